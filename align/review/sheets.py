"""Tables for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

__all__ = ["guarded", "sheet"]

_FORMULA: Final = ("=", "+", "-", "@", "\t")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula (OWASP, CSV injection).

    >>> guarded("=Carla"), guarded("Carla")
    ("'=Carla", 'Carla')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def sheet(names: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    r"""Return rows as CSV (RFC 4180) under these names.

    >>> sheet(["a", "b"], [{"a": "=1", "b": 2}])
    "a,b\r\n'=1,2\r\n"
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, list(names), lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: guarded(value) if isinstance(value, str) else value for name, value in row.items()})
    return text.getvalue()
