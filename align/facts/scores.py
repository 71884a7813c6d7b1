"""Scores of games, as one thing: 3:1, 48-7, 7-6, 6-4.

The sets of a tennis match are told and matched together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from align.types import Fact

__all__ = ["SCORE", "score", "scores_agree"]

_SET: Final = r"\d{1,3}[:–-]\d{1,3}(?:\s?\(\d{1,2}(?:[:–-]\d{1,2})?\))?"
SCORE: Final = (
    rf"(?<![\w.,:/–-]){_SET}(?:(?:\s?[,;]\s?|\s){_SET}){{0,4}}"
    r"(?!\w|[:/]\d|[–-]\d|[.,]\d|\s?[%$€°]|\s?(?:пайыз|процент|percent|per cent|[ap]\.?m(?!\w)))"
)
"""One set or up to five, in small letters; the points of a tie-break stand in brackets."""

_PAIR: Final = re.compile(r"(\d{1,3})([:–-])(\d{1,3})(?:\s?\([^)]*\))?")
_TOLD: Final = re.compile(
    r"ұпай|ұтыл|ұтты|ұтып|аяқтал|жең(?:ді|іп|ген|іск|іст|ісі|іліп|іліс|ілген|ілді(?!к))|(?<!\w)(?:сет|гол)|"
    r"(?<!\w)(?:beat|beaten|defeat|won|win|victor|lost|lose|loss|lead|led|draw|drew|goal|straight|sets?|ended|finished)(?!\w{4})"
)
"""Words beside which two numbers, the higher first, are a score."""
_NAMED: Final = re.compile(r"есеб|есеп|scor")
_CLOSED: Final = re.compile(
    r"\s*(?:$|[.,;)!?»\"”]|-(?:[ғгқк][ае]|[дт][ае]н?|[мпб]ен)(?!\w)|\s(?:to|in|on|at|against|by|after)(?!\w))"
)
"""What stands behind numbers that count no noun."""
_NEAR, _BESIDE = 60, 18
"""Characters on either side in which a word tells of a game, and in which one names the score."""
_HIGHEST_OF_SETS: Final = 30


def score(found: re.Match[str]) -> Iterator[Fact]:
    """Yield a score with all its sets, its numbers between strokes.

    A span of numbers or a time of day yields nothing.

    >>> [fact.value for fact in score(re.search(SCORE, "ол 3:6, 4:6 есебімен ұтылды"))]
    ['3/6/4/6']
    >>> list(score(re.search(SCORE, "aged 40-49, 50-59"))), list(score(re.search(SCORE, "10:30")))
    ([], [])
    """
    sets = [(int(one), sign, other) for one, sign, other in _PAIR.findall(found[0])]
    low, (start, end) = found.string, found.span()
    named = _NAMED.search(low[max(0, start - _BESIDE) : end + _BESIDE]) is not None
    if named or _is_score(sets, low[max(0, start - _NEAR) : start], low[end : end + _NEAR]):
        yield Fact("number", "/".join(f"{one}/{int(other)}" for one, _, other in sets), start, end, "score")


def _is_score(sets: list[tuple[int, str, str]], before: str, after: str) -> bool:
    if any(sign == ":" for _, sign, _ in sets):
        # 10:30 is a time, 3:1 and 25:70 are none.
        return any(len(other) != 2 or one > 24 or int(other) > 59 for one, _, other in sets)
    told = _TOLD.search(before) or _TOLD.search(after)
    # 5-7 is a span of numbers, 7-5 is none.
    falling = any(one >= int(other) for one, _, other in sets)
    if max(max(one, int(other)) for one, _, other in sets) > _HIGHEST_OF_SETS:
        return falling and told is not None
    return (falling or told is not None) and (
        len(sets) > 1 or bool(told and falling) or _CLOSED.match(after) is not None
    )


def scores_agree(one: str, other: str) -> bool:
    """Say whether two scores may be one: told from the other side, or one tells fewer sets.

    >>> scores_agree("3/6/4/6", "6/3/6/4"), scores_agree("3/6/4/6", "3/6"), scores_agree("3/6/4/6", "3/6/6/4")
    (True, True, False)
    """
    sets, others = _sets(one), _sets(other)
    if len(sets) > len(others):
        sets, others = others, sets
    return set(sets) <= set(others) or {(b, a) for a, b in sets} <= set(others)


def _sets(value: str) -> list[tuple[str, str]]:
    numbers = value.split("/")
    return list(zip(numbers[::2], numbers[1::2], strict=True))
