"""How results look on a terminal: tables on standard output, progress on standard error."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, Final

from align.progress import hearer

__all__ = [
    "as_json",
    "debugging",
    "failed",
    "is_quiet",
    "json_text",
    "note",
    "quieted",
    "say",
    "stages",
    "table",
    "tell",
    "visible",
]

_quiet: ContextVar[bool] = ContextVar("quiet", default=False)
"""Whether -q was given: then nothing but errors goes to standard error."""
_NARROW: Final = 18
"""Letters up to which a column is never broken: a word of a fixed vocabulary is not cut inside."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor, changes its colours or turns the order of its letters around."""
_UNSEEN_IN_TEXT = re.compile("(?![\n\t])" + _UNSEEN.pattern)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table, long texts folded to the terminal's width.

    Where nobody looks, it is one plain line a row, tabs between. The title of plain lines is told to standard error, so
    that what is piped holds rows alone.
    """
    if not sys.stdout.isatty():
        note(f"align: {title}")
        print("\t".join(columns))
        for row in rows:
            print("\t".join(visible(" ".join(str(cell).split())) for cell in row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    # A text is never markup: a sentence may well hold square brackets.
    cells = [[Text(_UNSEEN_IN_TEXT.sub(_escaped, str(cell))) for cell in row] for row in rows]
    for number, column in enumerate(columns):
        narrow = all(len(row[number]) <= _NARROW for row in cells)
        drawn.add_column(column, overflow="fold", no_wrap=narrow)
    for row in cells:
        drawn.add_row(*row)
    console = Console(soft_wrap=False)
    console.print(Text(visible(title), style="italic"))
    console.print(drawn)


def as_json(record: Mapping[str, Any]) -> None:
    """Print one JSON object."""
    print(json_text(record, indent=2))


def json_text(record: Mapping[str, Any], *, indent: int | None = None) -> str:
    """Return an object as JSON that standard output can hold.

    It is in ASCII where the output's encoding is no Unicode.
    """
    unicode = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    text = json.dumps(record, ensure_ascii=not unicode, indent=indent)
    return _UNSEEN_IN_TEXT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say(message: str) -> None:
    """Print one line for a person to standard output."""
    print(visible(message))


def tell(message: str) -> None:
    """Print one line for a person.

    It stands below a table on a terminal, and goes to standard error where rows are piped.
    """
    (say if sys.stdout.isatty() else note)(message)


def note(message: str) -> None:
    """Print one line for a person to standard error, unless -q was given."""
    if not _quiet.get():
        print(visible(message), file=sys.stderr)


def failed(message: str) -> None:
    """Print the one line of an error to standard error, whatever was given."""
    print(visible(message), file=sys.stderr)


def is_quiet() -> bool:
    """Say whether -q was given."""
    return _quiet.get()


def quieted(quiet: bool) -> None:
    """Let `note` say nothing from here on, or say it again."""
    _quiet.set(quiet)


def visible(text: str) -> str:
    r"""Return a text with escapes for what a terminal would obey rather than show.

    Names may hold anything.

    >>> visible("a\x1b[31m\n.txt")
    'a\\x1b[31m\\n.txt'
    """
    return _UNSEEN.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def debugging() -> bool:
    """Say whether --debug was given: whoever gives it wants to see an error where it happens."""
    import click

    context = click.get_current_context(silent=True)
    return context is not None and context.obj is True


def stages() -> Callable[[str], None]:
    """Return who names each stage on standard error, and shows how far a long one is."""
    if _quiet.get():
        return lambda stage: None
    return hearer(lambda line: note(f"align: {line}"))
