"""Whatever goes wrong within a file becomes one line.

It names the file and the kind of its fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from align.errors import InputError, UnforeseenError

__all__ = ["faults_of"]

_LONGEST = 200
"""Characters of a library's own message that are told: some repeat the whole of what they were given."""


@contextmanager
def faults_of(name: str) -> Iterator[None]:
    """Turn any error of the block into an UnforeseenError that names the file.

    An InputError passes as it is. A reader meets damage that nobody has foreseen, in libraries that fail in as many
    ways as there are kinds of it. The error stays as the cause of ours, for whoever wants to see it.

    >>> with faults_of("a.pdf"):
    ...     [][1]
    Traceback (most recent call last):
    align.errors.UnforeseenError: a.pdf: can't be read (IndexError: list index out of range): save it again
    """
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        said = " ".join(str(error).split())[:_LONGEST]
        kind = f"{type(error).__name__}: {said}" if said else type(error).__name__
        raise UnforeseenError(f"{name}: can't be read ({kind}): save it again") from error
