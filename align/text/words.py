"""Words in a form that compares across the two languages: lower-case, in Latin letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from align.text.romanise import romanise

__all__ = ["Word", "comparable", "raw_words", "words"]

# Digits grouped by thousands are one word (35,000 = 35 000), so are a decimal (1,5 = 1.5) and an abbreviation with
# points (U.S.); combining accents and soft hyphens inside a word do not end it.
_WORD: Final = re.compile(
    r"(?:[^\W\d_]{2,}|[^\W\d_](?=[\u0300-\u036f]))(?:[\u0300-\u036f\u00ad\u200b-\u200d]+[^\W\d_]*)*"
    r"|\d{1,3}(?:[ \u00a0\u202f.,']\d{3})+(?!\d)"
    r"|\d+[.,]\d{1,2}(?![.,]?\d)"
    r"|\d+"
    r"|[^\W\d_](?:\.[^\W\d_](?![^\W\d_]))*"
)
_GROUPING: Final = re.compile(r"[ \u00a0\u202f.,'](?=\d{3}(?:\D|$))")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its comparable form, with its span `start` to `end` in its text."""

    text: str
    start: int
    end: int


def comparable(raw: str) -> str:
    """Return the comparable form of one word as written; "" where nothing is left.

    >>> comparable("Сұлтанның"), comparable("35 000"), comparable("1,5"), comparable("U.S")
    ('sultannyn', '35000', '1.5', 'u.s')
    """
    if raw[:1].isdecimal():
        return _GROUPING.sub("", raw).replace(",", ".")
    return romanise(raw).lower()


_remembered = lru_cache(maxsize=1 << 16)(comparable)
"""Most words of a text stand in others too."""


def raw_words(text: str) -> list[str]:
    """Return the words as they were written, in order.

    This is the fast path, for callers that keep a cache of their own.

    >>> raw_words("Ол 35 000 теңге алды.")
    ['Ол', '35 000', 'теңге', 'алды']
    """
    return _WORD.findall(text)


def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order, each with its span in the text as it was given.

    >>> words("Нұр-Сұлтан")
    (Word(text='nur', start=0, end=3), Word(text='sultan', start=4, end=10))
    """
    found = ((_remembered(match.group()), match.start(), match.end()) for match in _WORD.finditer(text))
    return tuple(Word(text, start, end) for text, start, end in found if text)
