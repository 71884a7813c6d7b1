"""How results look on a terminal: tables on standard output, progress on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

__all__ = ["as_json", "note", "stages", "table"]


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; long texts are folded to the terminal's width."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        # A text is never markup: a sentence may well hold square brackets.
        drawn.add_row(*(Text(str(cell)) for cell in row))
    Console(soft_wrap=False).print(drawn)


def as_json(record: Mapping[str, Any]) -> None:
    """Print one JSON object."""
    print(json.dumps(record, ensure_ascii=False, indent=2))


def note(message: str) -> None:
    """Print one line for a person to standard error."""
    print(message, file=sys.stderr)


def stages() -> Callable[[str], None]:
    """Return a function that names each stage on standard error as it begins."""
    return lambda stage: note(f"align: {stage} ...")
