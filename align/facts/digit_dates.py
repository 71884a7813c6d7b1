"""Dates in digits alone: 12.05.2019, 2019-05-12, 05/12/2019."""

from __future__ import annotations

from typing import Final

from align.facts.dates import Found, iso
from align.facts.numbers import DASHES
from align.facts.tokens import Tokens, glued
from align.types import Lang

__all__ = ["read_digits", "second_year"]

_AFTER_ALL_YEARS: Final = 3000


def read_digits(tokens: Tokens, i: int, lang: Lang) -> Found | None:
    """Return the date in digits at token `i`, or None.

    Between strokes English has the month first, Kazakh the day.

    >>> from align.facts.tokens import tokenise
    >>> [read_digits(tokenise(text), 0, "en").value for text in ("12.05.2019", "2019-05-12", "05/12/2019")]
    ['2019-05-12', '2019-05-12', '2019-05-12']
    """
    parts = tokens[i].text.split(".")
    if len(parts) == 3 and len(parts[2]) == 4 and all(part.isdecimal() for part in parts):
        return _checked(int(parts[2]), int(parts[1]), int(parts[0]), i + 1)
    if i + 4 >= len(tokens) or not all(glued(tokens, i + n) for n in range(1, 5)):
        return None
    signs, numbers = tokens[i + 1].text + tokens[i + 3].text, [tokens[i + n].text for n in (0, 2, 4)]
    if not all(number.isdecimal() and len(number) <= 4 for number in numbers):
        return None
    one, other, last = (int(number) for number in numbers)
    if signs == "--" and len(numbers[0]) == 4:
        return _checked(one, other, last, i + 5)
    if signs == "//" and len(numbers[2]) == 4:
        month_first = lang == "en" and one <= 12
        return _checked(last, *((one, other) if month_first or other > 12 else (other, one)), i + 5)
    return None


def second_year(tokens: Tokens, i: int, first: int) -> int | None:
    """Return the year that ends a span whose dash or stroke is token `i`, or None.

    Examples: 2010-2015, 1990-95, 2018/19.

    >>> from align.facts.tokens import tokenise
    >>> second_year(tokenise("1990-95"), 1, 1990), second_year(tokenise("2018/19"), 1, 2018)
    (1995, 2019)
    """
    if i + 1 >= len(tokens) or not (tokens[i].text in DASHES or tokens[i].text == "/"):
        return None
    digits = tokens[i + 1].text
    if not digits.isascii() or not digits.isdecimal() or len(digits) not in {2, 4}:
        return None
    if len(digits) == 2 and not glued(tokens, i + 1):
        return None
    second = int(digits) if len(digits) == 4 else first - first % 100 + int(digits)
    return second if first < second < _AFTER_ALL_YEARS else None


def _checked(year: int, month: int, day: int, end: int) -> Found | None:
    value = iso(year, month, day) if 1 <= month <= 12 and year else None
    return Found(value, end) if value else None
