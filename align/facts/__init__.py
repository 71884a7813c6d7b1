"""Facts of a text (numbers, amounts, dates, names) in a form that compares across the two languages."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from align.facts.compare.ledger import Ledger, match
    from align.facts.gazetteer import Gazetteer, default_gazetteer, read_gazetteer
    from align.facts.reader import extract

__all__ = ["Gazetteer", "Ledger", "default_gazetteer", "extract", "match", "read_gazetteer"]

_HOME: Final = {
    "Gazetteer": "align.facts.gazetteer",
    "Ledger": "align.facts.compare.ledger",
    "default_gazetteer": "align.facts.gazetteer",
    "extract": "align.facts.reader",
    "match": "align.facts.compare.ledger",
    "read_gazetteer": "align.facts.gazetteer",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 (it stands for any of the names above)
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Writing the name into the module keeps the function `extract` in place of the module it was imported from.
    found = globals()[name] = getattr(import_module(_HOME[name]), name)
    return found
