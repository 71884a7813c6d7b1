"""Facts of a text (numbers, amounts, dates, names) that compare across the two languages."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import datetime

    from align.facts.compare.ledger import Ledger, match
    from align.facts.gazetteer import Gazetteer, default_gazetteer, read_gazetteer
    from align.facts.reader import extract, extract_counted
    from align.types import Fact, Lang

__all__ = ["Gazetteer", "Ledger", "default_gazetteer", "extract", "extract_counted", "match", "read_gazetteer"]

_HOME: Final = {
    "Gazetteer": "align.facts.gazetteer",
    "Ledger": "align.facts.compare.ledger",
    "default_gazetteer": "align.facts.gazetteer",
    "extract": "align.facts.reader",
    "extract_counted": "align.facts.reader",
    "match": "align.facts.compare.ledger",
    "read_gazetteer": "align.facts.gazetteer",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 (it stands for any of the names above)
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Writing the name into the module keeps the function `extract` in place of the module it was imported from.
    found = globals()[name] = getattr(import_module(_HOME[name]), name)
    return found


class _Called(ModuleType):
    """What makes `align.facts(text)` a call, though `align.facts` is also where the facts live."""

    def __call__(
        self,
        text: str,
        lang: Lang | None = None,
        *,
        reference_date: datetime.date | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> list[Fact]:
        """Return the facts of a text, its language found unless given.

        The rest is as for `align.extract_facts`.

        >>> import align
        >>> [fact.value for fact in align.facts("It cost 5 billion tenge in 2024.")]
        ['5000000000', '2024']
        """
        from align.facts.reader import extract
        from align.text.language import language_of

        return list(extract(text, lang or language_of(text), reference_date=reference_date, gazetteer=gazetteer))


sys.modules[__name__].__class__ = _Called
