"""Which side of zero an amount stands on: −5, minus five, 15 градус аяз, below zero.

Points of percent are here too.
"""

from __future__ import annotations

from typing import Final

from align.facts.numbers import DASHES, Number
from align.facts.tokens import Tokens, glued
from align.types import Lang

__all__ = ["has_minus", "is_freezing_point", "points_end", "tells_frost"]

_MINUS: Final = frozenset({"минус", "minus"})
_BELOW: Final = frozenset({"төмен", "төменгі", "below"})
_ABOVE: Final = frozenset({"жоғары", "жоғарғы", "above"})
_ZERO: Final = ("нөл", "нол", "zero", "freezing")
_FROST: Final = ("аяз", "суық", "frost")
_POINTS: Final = {"kk": ("тармақ", "пункт"), "en": ("point",)}
_BEFORE, _AFTER = 3, 3


def has_minus(tokens: Tokens, i: int) -> bool:
    """Say whether token `i` makes the number behind it negative.

    It is a sign glued to it alone, or the word.

    >>> from align.facts.tokens import tokenise
    >>> has_minus(tokenise("−5"), 0), has_minus(tokenise("5-7"), 1), has_minus(tokenise("минус 5"), 0)
    (True, False, True)
    """
    if tokens[i].low in _MINUS:
        return True
    if tokens[i].text not in DASHES or not glued(tokens, i + 1) or tokens[i + 1].kind != "number":
        return False
    return i == 0 or (not glued(tokens, i) and tokens[i - 1].kind != "number") or tokens[i - 1].text in '(«"'


def tells_frost(tokens: Tokens, start: int, end: int) -> bool:
    """Say whether degrees are below zero by a word beside them.

    They stand from token `start` to before token `end`.

    >>> from align.facts.tokens import tokenise
    >>> tells_frost(tokenise("15 градус аяз"), 0, 2), tells_frost(tokenise("15 degrees above zero"), 0, 2)
    (True, False)
    """
    before = [token.low for token in tokens[max(0, start - _BEFORE) : start]]
    after = [token.low for token in tokens[end : end + _AFTER]]
    if "." in after:
        after = after[: after.index(".")]
    if before[-1:] == ["-"] or before[-1:] == ["−"] or before[-1:] == ["минус"]:
        return False
    if any(word.startswith(_FROST) for word in (*before[-2:], *after[:2])):
        return True
    zero = any(word.startswith(_ZERO) for word in (*before, *after))
    return zero and not _BELOW.isdisjoint((*before, *after))


def is_freezing_point(tokens: Tokens, number: Number) -> bool:
    """Say whether a number is the zero that degrees are counted from: нөлден төмен, below zero."""
    return number.value == 0 and number.end < len(tokens) and tokens[number.end].low in _BELOW | _ABOVE


def points_end(tokens: Tokens, i: int, lang: Lang) -> int | None:
    """Return the number of the token after the "points" of percentage points, or None.

    The points are looked for at token `i`.

    >>> from align.facts.tokens import tokenise
    >>> points_end(tokenise("5 percentage points"), 2, "en"), points_end(tokenise("5 percent of"), 2, "en")
    (3, None)
    """
    return i + 1 if i < len(tokens) and tokens[i].low.startswith(_POINTS[lang]) else None
