"""How results look on a terminal: tables on standard output, progress on standard error."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

__all__ = ["as_json", "debugging", "json_text", "note", "say", "stages", "table", "visible"]

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor, changes its colours or turns the order of its letters around."""
_UNSEEN_IN_TEXT = re.compile("(?![\n\t])" + _UNSEEN.pattern)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; long texts are folded to the terminal's width."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(title=Text(visible(title)), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        # A text is never markup: a sentence may well hold square brackets.
        drawn.add_row(*(Text(_UNSEEN_IN_TEXT.sub(_escaped, str(cell))) for cell in row))
    Console(soft_wrap=False).print(drawn)


def as_json(record: Mapping[str, Any]) -> None:
    """Print one JSON object."""
    print(json_text(record, indent=2))


def json_text(record: Mapping[str, Any], *, indent: int | None = None) -> str:
    """Return an object as JSON that standard output can hold: in ASCII where its encoding is no Unicode."""
    unicode = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    text = json.dumps(record, ensure_ascii=not unicode, indent=indent)
    return _UNSEEN_IN_TEXT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say(message: str) -> None:
    """Print one line for a person to standard output."""
    print(visible(message))


def note(message: str) -> None:
    """Print one line for a person to standard error."""
    print(visible(message), file=sys.stderr)


def visible(text: str) -> str:
    r"""Return a text with escapes for what a terminal would obey rather than show: names may hold anything.

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
    """Return a function that names each stage on standard error as it begins."""
    return lambda stage: note(f"align: {stage} ...")
