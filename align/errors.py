"""The errors a user may meet.

    AlignError                      exit status 1: the work failed
    └── InputError                  exit status 2: a file, folder or argument can't be used as it is
        ├── SettingsError           a setting is unknown or out of range
        ├── MissingExtraError       a library that is an extra is not installed; the message is the pip line
        ├── UnknownNameError        a name that no table knows; the message lists the names that it does
        ├── UnforeseenError         a file made its reader fail in a way that nobody foresaw; the cause is chained
        ├── ModelUnavailableError   a model is neither on disk nor to be had from the hub
        └── IndexMismatchError      an index was built by another encoder, or its files don't fit together

Every message is one line: the file and line where there is one, what is wrong, and what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "AlignError",
    "IndexMismatchError",
    "InputError",
    "MissingExtraError",
    "ModelUnavailableError",
    "SettingsError",
    "UnforeseenError",
    "UnknownNameError",
]


class AlignError(Exception):
    """Stand at the root of every error this package raises on purpose."""

    exit_code = 1


class InputError(AlignError):
    """A file, folder or argument can't be used as it is."""

    exit_code = 2


class SettingsError(InputError):
    """A setting is unknown or out of range."""


class MissingExtraError(InputError):
    """A library that is an extra is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an extra: pip install 'align-workbench[{extra}]'")


class UnknownNameError(InputError):
    """A name that no table knows."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown {kind} {name!r}: known are {', '.join(sorted(known))}")


class UnforeseenError(InputError):
    """A file made its reader fail in a way that nobody foresaw.

    The reader's own error is the cause.
    """


class ModelUnavailableError(InputError):
    """A model is neither on disk nor to be had from the hub."""


class IndexMismatchError(InputError):
    """An index was built by another encoder, or its files don't fit together."""
