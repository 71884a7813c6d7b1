"""English dates: July 1-2, 5 March 2024, the spring of 2017, on Sunday, the 1990s."""

from __future__ import annotations

import datetime
from typing import Final

from align.facts import cldr
from align.facts.dates import Found, iso, relative, weekday
from align.facts.digit_dates import read_digits, second_year
from align.facts.number_words import read_words
from align.facts.numbers import DASHES, read_literal
from align.facts.times import ZONES
from align.facts.tokens import Tokens, glued

__all__ = ["FIRST_WORDS", "read_date"]

_SEASONS: Final = {"spring": "SP", "summer": "SU", "autumn": "AU", "fall": "AU", "winter": "WI"}
_WORDS: Final = {"yesterday": ("D", -1), "today": ("D", 0), "tomorrow": ("D", 1)}
_STEPS: Final = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_SPANS: Final = {"year": "Y", "month": "M", "week": "W"}
# May, March, August and the abbreviation of Saturday's neighbours are words too: alone they need one of these before.
_WORDY_MONTHS: Final = frozenset({"may", "march", "mar", "august", "jan", "sep", "dec", "jun", "jul"})
_BEFORE_MONTH: Final = frozenset(
    "in of since until till by from to during last next this early late mid and between through before after".split()
)
_BEFORE_YEAR: Final = _BEFORE_MONTH | frozenset("the for back around about year months quarter".split()) | DASHES
_AFTER_YEAR: Final = _BEFORE_YEAR | frozenset("was is were will has as with on at".split())
_COUNTED_BY: Final = frozenset("more less over than least nearly almost".split())


FIRST_WORDS: Final = (*_WORDS, *_STEPS, *_SEASONS)
"""The words, besides months, days and numbers, that begin a date."""


def read_date(tokens: Tokens, i: int, reference: datetime.date | None) -> Found | None:
    """Return the date that starts at token `i`, or None.

    >>> from align.facts.tokens import tokenise
    >>> read_date(tokenise("July 1-2"), 0, None), read_date(tokenise("5th of March, 2024"), 0, None).value
    (Found(value='--07-01/--07-02', end=4), '2024-03-05')
    """
    if tokens[i].kind == "number":
        return (
            _day_month(tokens, i, reference)
            or read_digits(tokens, i, "en")
            or _decade(tokens, i)
            or _year_alone(tokens, i)
        )
    if tokens[i].kind != "word":
        return None
    dated = _month_first(tokens, i, reference) or _season(tokens, i) or _ordinal_day(tokens, i)
    return dated or _weekday(tokens, i, reference) or _told(tokens, i, reference)


def _integer(tokens: Tokens, i: int, least: int, most: int) -> int | None:
    if i >= len(tokens) or tokens[i].kind != "number" or len(tokens[i].text) > 4 or not tokens[i].text.isdecimal():
        return None
    value = read_literal(tokens[i].text, "en")
    return int(value) if value is not None and least <= value <= most else None


def _year_at(tokens: Tokens, i: int) -> int | None:
    return _integer(tokens, i, 1000, 2999) if i < len(tokens) and len(tokens[i].text) == 4 else None


def _month(tokens: Tokens, i: int) -> int | None:
    if i >= len(tokens):
        return None
    month = cldr.months("en").get(tokens[i].low)
    if month is None or tokens[i].text[:1].isupper():
        return month
    # Some corpora write everything small; may and march are months there beside a number or after "in".
    beside = i + 1 + (i + 1 < len(tokens) and tokens[i + 1].text == ".")
    numbered = beside < len(tokens) and tokens[beside].kind == "number"
    within = i > 0 and tokens[i - 1].low in {"in", "since", "until"}
    return month if numbered or within or tokens[i].low not in _WORDY_MONTHS else None


def _days(tokens: Tokens, i: int) -> tuple[list[int], int]:
    """Read "1", "1st", "1-2" or "1st-2nd" from token `i`."""
    found: list[int] = []
    while (day := _integer(tokens, i, 1, 31)) and len(found) < 2 and len(tokens[i].text) < 3:
        found.append(day)
        i += 1
        i += i < len(tokens) and tokens[i].low in {"st", "nd", "rd", "th"} and glued(tokens, i)
        if not _spans(tokens, i, day):
            break
        i += 1
    return found, i


def _spans(tokens: Tokens, i: int, day: int) -> bool:
    """Say whether a later day follows: July 1-2; Aug. 5 to 10, 2019.

    In "July 5 and 10 people" none does.
    """
    if i + 1 >= len(tokens) or _integer(tokens, i + 1, day + 1, 31) is None:
        return False
    closed = i + 2 >= len(tokens) or tokens[i + 2].kind == "sign" or _month(tokens, i + 2) is not None
    return tokens[i].text in DASHES or (tokens[i].low in {"to", "and"} and closed)


def _dated(year: int | None, month: int, days: list[int], end: int) -> Found | None:
    values = [iso(year, month, day) for day in days]
    return Found("/".join(value for value in values if value), end) if all(values) else None


def _year_after(tokens: Tokens, i: int) -> tuple[int | None, int]:
    comma = i < len(tokens) and tokens[i].text == ","
    year = _year_at(tokens, i + comma)
    return (year, i + comma + 1) if year else (None, i)


def _day_month(tokens: Tokens, i: int, reference: datetime.date | None) -> Found | None:
    """Read 5 March 2024, 5th of March, 9-10 July."""
    days, end = _days(tokens, i)
    if not days:
        return None
    end += end < len(tokens) and tokens[end].low == "of"
    month = _month(tokens, end)
    if month is None:
        return None
    year, end = _year_after(tokens, end + 1)
    if year is None:
        year, end = _told_year(tokens, end, reference)
    return _dated(year, month, days, end)


def _ordinal_day(tokens: Tokens, i: int) -> Found | None:
    """Read a day written out before its month: the fifth of May, 2019."""
    day = read_words(tokens, i, "en")
    if day is None or not day.ordinal or day.end + 1 >= len(tokens) or tokens[day.end].low != "of":
        return None
    month = _month(tokens, day.end + 1)
    year, end = _year_after(tokens, day.end + 2)
    return _dated(year, month, [int(day.value)], end) if month else None


def _month_first(tokens: Tokens, i: int, reference: datetime.date | None) -> Found | None:
    """Read March 5, 2024; July 1-2; March 2019; January-November 2018; in May."""
    month = _month(tokens, i)
    if month is None:
        return None
    after = i + 1 + (i + 1 < len(tokens) and tokens[i + 1].text == "." and len(tokens[i].text) < 5)
    days, end = _days(tokens, after)
    year, end = _year_after(tokens, end)
    if days and year is None:
        year, end = _told_year(tokens, end, reference)
    if days and (dated := _dated(year, month, days, end)):
        return dated
    if after + 1 < len(tokens) and tokens[after].text in DASHES and (second := _month(tokens, after + 1)):
        year, end = _year_after(tokens, after + 2)
        return Found(f"{iso(year, month)}/{iso(year, second)}", end)
    of = after + (after < len(tokens) and tokens[after].low == "of")
    year, end = _year_after(tokens, of)
    if year is None:
        return Found(iso(None, month) or "", _told_year(tokens, i + 1, None)[1]) if _meant(tokens, i) else None
    return Found(iso(year, month) or "", end)


def _told_year(tokens: Tokens, i: int, reference: datetime.date | None) -> tuple[int | None, int]:
    """Read the "of this year" or "last year" behind a month.

    Without the day of writing it adds nothing.
    """
    start = i
    i += i < len(tokens) and tokens[i].low == "of"
    if i + 1 >= len(tokens) or tokens[i].low not in _STEPS or tokens[i + 1].low != "year":
        return None, start
    return reference.year + _STEPS[tokens[i].low] if reference else None, i + 2


def _meant(tokens: Tokens, i: int) -> bool:
    """Say whether a month that is a word too, or short for one, is a month here."""
    before = tokens[i - 1].low if i else ""
    if before == "for" and tokens[i].low in {"march", "august"} and tokens[i].text[0].isupper():
        return True
    return tokens[i].low not in _WORDY_MONTHS or before in _BEFORE_MONTH or before in DASHES


def _season(tokens: Tokens, i: int) -> Found | None:
    season = _SEASONS.get(tokens[i].low)
    if season is None:
        return None
    of = i + 1 + (i + 1 < len(tokens) and tokens[i + 1].low == "of")
    year = _year_at(tokens, of)
    return Found(f"{year:04d}-{season}", of + 1) if year else None


def _weekday(tokens: Tokens, i: int, reference: datetime.date | None) -> Found | None:
    """Read on Sunday, last Friday, next Monday."""
    low = tokens[i].low
    day = cldr.weekdays("en").get(low) or cldr.weekdays("en").get(low.removesuffix("s"))
    step = _STEPS.get(tokens[i - 1].low, 0) if i else 0
    return Found(weekday(day, step, reference), i + 1) if day else None


def _told(tokens: Tokens, i: int, reference: datetime.date | None) -> Found | None:
    """Read yesterday, last year, this month."""
    step = _WORDS.get(tokens[i].low)
    if step:
        return Found(relative(*step, reference), i + 1)
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if tokens[i].low == "last" and after == "night":
        return Found(relative("D", -1, reference), i + 2)
    # The weekend is told by its week: last weekend, өткен аптаның соңында.
    unit = _SPANS.get("week" if after == "weekend" else after)
    if unit is None or tokens[i].low not in _STEPS:
        return None
    return Found(relative(unit, _STEPS[tokens[i].low], reference), i + 2)


def _decade(tokens: Tokens, i: int) -> Found | None:
    if i + 1 >= len(tokens) or tokens[i + 1].low != "s" or not glued(tokens, i + 1):
        return None
    year = _year_at(tokens, i)
    short = _integer(tokens, i, 10, 90)
    if year and year % 10 == 0:
        return Found(f"{year // 10}X", i + 2)
    aged = i > 0 and tokens[i - 1].low in {"his", "her", "their", "my", "your", "our", "its"}
    return Found(f"19{short // 10}X", i + 2) if short and short % 10 == 0 and not aged else None


def _year_alone(tokens: Tokens, i: int) -> Found | None:
    """Read a bare year: in 2019; 2010-2015; the 2016 election. "2000 people" is a count."""
    year = _year_at(tokens, i)
    if year is None or not 1000 <= year <= 2100:
        return None
    if second := second_year(tokens, i + 1, year):
        return Found(f"{year}/{second}", i + 3)
    before = tokens[i - 1].low if i else ""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if before in _COUNTED_BY or (
        after and (after.text in ZONES | {"%"} or (glued(tokens, i + 1) and after.kind == "word"))
    ):
        return None
    counts = after is not None and after.kind == "word" and after.text[:1].islower() and after.low not in _AFTER_YEAR
    return Found(f"{year:04d}", i + 1) if before in _BEFORE_YEAR or not counts else None
