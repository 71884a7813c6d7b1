"""Times of day: 11:30, сағат 20.00-де, таңғы 8:30, 8.30am, 7 p.m."""

from __future__ import annotations

from typing import Final

from align.facts.numbers import DASHES
from align.facts.stems import is_form
from align.facts.tokens import Tokens, glued
from align.types import Fact, Lang

__all__ = ["ZONES", "read_time"]

_LATER_KK: Final = frozenset({"кешкі", "кеш", "кеші", "кешке", "кешкісін"})
ZONES: Final = frozenset("GMT UTC CET CEST EST EDT CST CDT MST MDT PST PDT BST MSK".split())
_EVENING: Final = 6
_HALF: Final = 12
_LAST_HOUR: Final = 24


def read_time(tokens: Tokens, i: int, lang: Lang) -> tuple[Fact, int] | None:
    """Return the time of day at token `i` as HH:MM of 24 hours, or None.

    The number of the token after it comes with it.

    >>> from align.facts.tokens import tokenise
    >>> read_time(tokenise("сағат 20.00-де"), 1, "kk")[0].value, read_time(tokenise("8.30am"), 0, "en")[0].value
    ('20:00', '08:30')
    """
    if tokens[i].kind != "number":
        return None
    clock, end = _clock(tokens, i)
    if lang == "en":
        half, end = _half_en(tokens, end)
        told = half is not None
        half = half or _half_after_span(tokens, end)
    else:
        half, told = _half_kk(tokens, i), _oclock(tokens, i)
    colon = end > i + 1 and tokens[i + 1].text == ":"
    zone = end < len(tokens) and tokens[end].text in ZONES
    if clock is None or not (told or colon or zone):
        return None
    end += zone
    hour = _hour(clock[0], half)
    return Fact("time", f"{hour:02d}:{clock[1]:02d}", tokens.starts[i], tokens.end(end - 1)), end


def _clock(tokens: Tokens, i: int) -> tuple[tuple[int, int] | None, int]:
    """Return hours and minutes written as 11:30, 11.30 or 11, and the next token's number."""
    parts, end = tokens[i].text.split("."), i + 1
    if len(parts) == 1 and i + 2 < len(tokens) and tokens[i + 1].text == ":" and len(tokens[i + 2].text) == 2:
        parts, end = [parts[0], tokens[i + 2].text], i + 3
    hour, minute = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], "00")
    if i + 1 < len(tokens) and tokens[i + 1].text in ZONES and len(hour) == 4:
        hour, minute = hour[:2], hour[2:]
    if len(parts) > 2 or len(hour) > 2 or len(minute) != 2 or not (hour + minute).isdecimal():
        return None, i + 1
    return ((int(hour), int(minute)), end) if int(hour) <= _LAST_HOUR and int(minute) < 60 else (None, i + 1)


def _half_en(tokens: Tokens, i: int) -> tuple[str | None, int]:
    """Return "am" or "pm" as written at token `i`, and the number of the token after it."""
    if i < len(tokens) and tokens[i].low in {"am", "pm"}:
        return tokens[i].low, i + 1
    if i + 2 < len(tokens) and tokens[i].low in {"a", "p"} and tokens[i + 1].text == "." and tokens[i + 2].low == "m":
        dotted = i + 3 < len(tokens) and tokens[i + 3].text == "." and glued(tokens, i + 3)
        return tokens[i].low + "m", i + 3 + dotted
    return None, i


def _half_after_span(tokens: Tokens, i: int) -> str | None:
    """Return the half of the day that 10:00-11:00 pm tells at its end only."""
    if i + 1 >= len(tokens) or (tokens[i].text not in DASHES and tokens[i].low != "to"):
        return None
    clock, end = _clock(tokens, i + 1)
    return _half_en(tokens, end)[0] if clock else None


def _half_kk(tokens: Tokens, i: int) -> str | None:
    before = [token.low for token in tokens[max(0, i - 3) : i]]
    if "түнгі" in before:
        return "night"
    return "pm" if not _LATER_KK.isdisjoint(before) or ("түстен" in before and "кейін" in before) else None


def _oclock(tokens: Tokens, i: int) -> bool:
    """Say whether сағат stands before the number: o'clock; after it, it counts hours."""
    return i > 0 and tokens[i - 1].low == "сағат" and not (i + 1 < len(tokens) and is_form(tokens[i + 1].low, "сағат"))


def _hour(hour: int, half: str | None) -> int:
    # түнгі 2 is two in the morning, түнгі 11 an hour before midnight.
    late = half == "pm" or (half == "night" and hour >= _EVENING)
    if late and hour < _HALF:
        return hour + _HALF
    return 0 if half in {"am", "night"} and hour == _HALF else hour % 24
