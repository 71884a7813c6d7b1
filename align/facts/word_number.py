"""The record that the readers of number words hand on."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

__all__ = ["HALF", "WordNumber", "fraction"]

HALF: Final = Decimal("0.5")
_PLACES: Final = Decimal("0.0001")


class WordNumber(NamedTuple):
    """A number read from words: its value and the number of the token after it.

    `nearly` is true for one in -дай (мыңдай), `part` for a fraction (a third, үштен бірі), which is a fact even
    where a bare "one" would be none.
    """

    value: Decimal
    end: int
    ordinal: bool = False
    part: bool = False
    nearly: bool = False


def fraction(part: int, whole: int) -> Decimal:
    """Return a fraction as a decimal of at most four places, the same in both languages.

    >>> fraction(1, 3), fraction(3, 4)
    (Decimal('0.3333'), Decimal('0.7500'))
    """
    return (Decimal(part) / Decimal(whole)).quantize(_PLACES)
