"""Kazakh years: what makes four digits a year, and decades."""

from __future__ import annotations

from typing import Final

from align.facts.dates import Found
from align.facts.numbers import DASHES, read_literal
from align.facts.suffixes import is_ending
from align.facts.tokens import Token, Tokens

__all__ = ["bare_year", "decade", "integer", "is_year_word"]

_UNIT_SIGNS: Final = frozenset("%₸$€£₽/:")


def integer(token: Token, least: int, most: int) -> int | None:
    """Return the value of a token of at most four digits that lies within the bounds, or None.

    >>> from align.facts.tokens import tokenise
    >>> integer(tokenise("2019")[0], 1000, 2999), integer(tokenise("3,5")[0], 1, 31)
    (2019, None)
    """
    if token.kind != "number" or len(token.text) > 4 or not token.text.isdecimal():
        return None
    value = read_literal(token.text, "kk")
    return int(value) if value is not None and least <= value <= most else None


def is_year_word(word: str) -> bool:
    """Say whether a word is a form of жыл; жылдық is an anniversary.

    >>> is_year_word("жылғы"), is_year_word("жылдық")
    (True, False)
    """
    rest = word.removeprefix("жыл")
    return word in {"жыл", "ж", "жж"} or (rest != word and (is_ending(rest) or rest.startswith("дар")))


def bare_year(tokens: Tokens, end: int, years: list[int]) -> Found | None:
    """Read a year without жыл, as in a title (Open 2010) or in brackets.

    Before a noun it would be a count.

    >>> from align.facts.tokens import tokenise
    >>> bare_year(tokenise("2010"), 1, [2010]), bare_year(tokenise("2010 адам"), 1, [2010])
    (Found(value='2010', end=1), None)
    """
    after = tokens[end] if end < len(tokens) else None
    counted = after is not None and (after.text[0].islower() or after.text in DASHES or after.text in _UNIT_SIGNS)
    least = 1900 if len(years) == 1 else 1000
    dated = least <= years[0] and years[-1] <= 2100 and not counted
    return Found("/".join(f"{year:04d}" for year in years), end) if dated else None


def decade(tokens: Tokens, i: int) -> Found | None:
    """Read 90-жылдары, always of the twentieth century.

    >>> from align.facts.tokens import tokenise
    >>> decade(tokenise("90-жылдары"), 0)
    Found(value='199X', end=3)
    """
    tens = integer(tokens[i], 10, 90)
    if tens is None or tens % 10 or i + 2 >= len(tokens) or tokens[i + 1].text not in DASHES:
        return None
    if not tokens[i + 2].low.startswith("жылдар"):
        return None
    return Found(f"19{tens // 10}X", i + 3)
