"""Whether a text denies what it tells, in either language."""

from __future__ import annotations

from align.facts import denials_en, denials_kk
from align.types import Fact, Lang

__all__ = ["may_deny", "read_polarity"]


def read_polarity(text: str, lang: Lang, sorts: int = 7) -> list[Fact]:
    """Return the denials of a text, in order.

    The role of one that denies the whole sentence is "predicate". `sorts` are those that its words may hold, by
    `sorts_in` of the language's denials.

    >>> read_polarity("Ол келген жоқ", "kk")[0].role, read_polarity("He left without a word", "en")[0].role
    ('predicate', None)
    """
    found = denials_kk.denials(text, sorts) if lang == "kk" else denials_en.denials(text)
    return [Fact("polarity", "denied", start, end, role="predicate" if main else None) for start, end, main in found]


def may_deny(text: str, lang: Lang) -> bool:
    """Say whether a text has words that another language may tell by a denial.

    They tell a ban, an end, or "only".

    >>> may_deny("Only five came", "en"), may_deny("Five came", "en")
    (True, False)
    """
    return denials_kk.hints(text) if lang == "kk" else denials_en.hints(text)
