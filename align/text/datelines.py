"""Datelines: the place, day and agency that a news agency puts before its first sentence."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from align.text.abbreviations import STARTERS

__all__ = ["Dateline", "dateline_of"]

_UPPER: Final = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ"
_NAME: Final = rf"[{_UPPER}][\w’'.-]*[\w’']"
_PLACE: Final = rf"(?P<place>{_NAME}(?: {_NAME}){{0,2}}(?:, {_NAME}(?: {_NAME})?)?)"
_SHOUTED: Final = rf"(?P<place>[{_UPPER}]{{3,}}(?:[ -][{_UPPER}]{{3,}}){{0,2}}(?:, {_NAME}(?: {_NAME})?)?)"
_MONTHS_KK: Final = "қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан"
_MONTHS_EN: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DAY: Final = (
    rf"(?P<day>(?:\d{{4}}\s+жыл(?:ғы|дың)?\s+)?\d{{1,2}}\s+(?:{_MONTHS_KK})(?:,?\s+\d{{4}}(?:\s*ж(?:ыл)?\b\.?)?)?"
    rf"|{_MONTHS_EN}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTHS_EN}(?:,?\s+\d{{4}})?"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
_BRACKETED: Final = r"\((?P<bracketed>[^()]{2,40})\)"
_AGENCY: Final = rf"(?P<agency>[{_UPPER}][\w’'./-]*(?: [\w’'./-]+){{0,2}})"
_DASH: Final = r"\s*(?:[–—]|-{1,2})\s+"
_STOP: Final = r"\s*(?:[–—]\s+|-{1,2}\s+|[.:]\s+|[.:]?$)"
# A day or an agency has to follow the place, and something has to close the whole; a lone place is none.
_FORMS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_PLACE}[.,]\s*(?i:{_DAY})[.,]?\s*{_BRACKETED}{_STOP}",
        rf"{_PLACE}[.,]\s*(?i:{_DAY})[.,]?\s*(?:{_AGENCY})?{_DASH}",
        rf"{_SHOUTED}[.,]?\s*{_BRACKETED}{_STOP}",
        rf"{_SHOUTED}[.,]\s*(?i:{_DAY})(?:\.\s+|$)",
        rf"{_PLACE},\s*(?i:{_DAY})(?:\.\s+|$)",
        rf"{_SHOUTED}[.,]\s*{_AGENCY}{_DASH}",
    )
)
_LONGEST: Final = 120
"""Characters in which a dateline ends."""


class Dateline(NamedTuple):
    """A dateline at a line's beginning: its characters with the space after them, and its text."""

    length: int
    place: str
    day: str | None
    agency: str | None


def dateline_of(line: str) -> Dateline | None:
    """Return the dateline that a line begins with, None where it begins with none.

    >>> dateline_of("АЛМАТЫ. 12 мамыр. ҚазТАГ – Ол келді.")
    Dateline(length=27, place='АЛМАТЫ', day='12 мамыр', agency='ҚазТАГ')
    >>> dateline_of("ALMATY, May 12 (Kazinform) -- He came.").agency, dateline_of("Алматы. Ол келді.")
    ('Kazinform', None)
    """
    head = line[:_LONGEST]
    for form in _FORMS:
        found = form.match(head)
        if found is not None:
            parts = found.groupdict()
            agency = parts.get("bracketed") or parts.get("agency")
            if agency is not None and agency.split()[0] in STARTERS["kk"] | STARTERS["en"]:
                continue  # "АСТАНА. Бүгін – мереке."
            return Dateline(found.end(), found["place"].rstrip("."), parts.get("day"), agency)
    return None
