"""Kazakh dates: 26 сәуірде, наурыздың 19-ы күні, 2017 жылдың көктемінде, былтыр."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Final

from align.facts import cldr
from align.facts.dates import Found, iso, relative, weekday
from align.facts.digit_dates import read_digits, second_year
from align.facts.number_words import read_words
from align.facts.numbers import DASHES, read_number
from align.facts.stems import Stems, is_form
from align.facts.suffixes import is_ending, stems
from align.facts.tokens import Token, Tokens, glued
from align.facts.years_kk import bare_year, decade, integer, is_year_word

__all__ = ["FIRST_WORDS", "begins", "ordinal_day", "read_date"]

_SEASONS: Final = {"көктем": "SP", "жаз": "SU", "күз": "AU", "қыс": "WI"}
# June is also a season, October a cauldron, August a verb and March a feast: alone they need a sign.
_JUNE, _OCTOBER = 6, 10
_NEEDS_ENDING: Final = frozenset({3, 8})
_COOKING: Final = frozenset("ет су ас сорпа май қайнады қайнап қайнатты қайнайды пісірді пісіп піседі".split())
_GENITIVE: Final = ("ның", "нің", "дың", "дің", "тың", "тің")
_WORDS: Final = {
    **dict.fromkeys(("былтыр", "былтырғы"), ("Y", -1)),
    **dict.fromkeys(("биыл", "биылғы"), ("Y", 0)),
    **dict.fromkeys(("кеше", "кешегі", "кешеден"), ("D", -1)),
    # English says "today" for бүгінде (nowadays) too.
    **dict.fromkeys(("бүгін", "бүгінгі", "бүгіннен", "бүгінде"), ("D", 0)),
    **dict.fromkeys(("ертең", "ертеңгі", "ертеңнен"), ("D", 1)),
}
_AND: Final = frozenset({"және", "мен", "пен", "бен"})
_STEPS: Final = {
    "өткен": -1,
    "былтырғы": -1,
    "осы": 0,
    "биылғы": 0,
    "үстіміздегі": 0,
    "келесі": 1,
    "келер": 1,
    "алдағы": 1,
    "ағымдағы": 0,
}
_SPANS: Final = {"жыл": "Y", "ай": "M", "апта": "W"}
_SEASON_STEMS: Final = Stems(_SEASONS)
_SPAN_STEMS: Final = Stems(_SPANS)
_FEAST: Final = frozenset({"мейрамы", "мейрам", "мерекесі", "тойы", "көже"})


FIRST_WORDS: Final = (*_WORDS, *_STEPS)
"""The words, besides months, days and numbers, that begin a date."""


def _is(token: Token, word: str) -> bool:
    return token.low.startswith(word[:2]) and is_form(token.low, word)


@lru_cache(maxsize=1)
def _months_by_start() -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for name, number in cldr.months("kk").items():
        found.setdefault(name[:2], []).append((name, number))
    return found


@lru_cache(maxsize=1)
def _weekday_stems() -> Stems:
    return Stems(cldr.weekdays("kk"))


@lru_cache(maxsize=1 << 12)
def _month_of(word: str) -> int | None:
    """Return the month that a word is a case form of.

    Қазандық (boiler) and маусымдық (seasonal) are words of their own.
    """
    for name, number in _months_by_start().get(word[:2], ()):
        # қыркүйек softens before a vowel: қыркүйегі.
        for stem in (name, name[:-1] + "г") if name[-1] == "к" else (name,):
            if word.startswith(stem) and (word == name or is_ending(word[len(stem) :])):
                return number
    return None


def _month(tokens: Tokens, i: int) -> int | None:
    return _month_of(tokens[i].low) if i < len(tokens) and tokens[i].kind == "word" else None


def begins(word: str) -> bool:
    """Say whether a lower-case word that is no number may begin a date.

    >>> begins("наурыздың"), begins("былтыр"), begins("наубайхана")
    (True, True, False)
    """
    return word in _WORDS or word in _STEPS or _month_of(word) is not None or _weekday_of(word) is not None


def read_date(tokens: Tokens, i: int, reference: datetime.date | None) -> Found | None:
    """Return the date that starts at token `i`, or None.

    >>> from align.facts.tokens import tokenise
    >>> read_date(tokenise("2017 жылдың көктемінде"), 0, None), read_date(tokenise("наурыздың 19-ы күні"), 0, None)
    (Found(value='2017-SP', end=3), Found(value='--03-19', end=5))
    >>> read_date(tokenise("былтыр"), 0, datetime.date(2018, 9, 14)).value
    '2017'
    """
    if tokens[i].kind == "number":
        return read_digits(tokens, i, "kk") or _year(tokens, i) or _day_month(tokens, i)
    if tokens[i].kind != "word":
        return None
    dated = _month_day(tokens, i, None) or _month_alone(tokens, i) or ordinal_day(tokens, i)
    return dated or _weekday(tokens, i, reference) or _told(tokens, i, reference)


def _span(tokens: Tokens, i: int, bounds: tuple[int, int]) -> tuple[list[int], int]:
    """Read "9" or "9-10" from token `i`: the integers, and the number of the token after them."""
    first = integer(tokens[i], *bounds) if i < len(tokens) else None
    if first is None:
        return [], i
    if i + 2 < len(tokens) and tokens[i + 1].text in DASHES and (second := integer(tokens[i + 2], *bounds)):
        return ([first, second], i + 3) if second > first else ([], i)
    return [first], i + 1


def _year(tokens: Tokens, i: int) -> Found | None:
    years, end = _span(tokens, i, (1000, 2999))
    if not years:
        return decade(tokens, i)
    if len(years) == 1 and (second := second_year(tokens, end, years[0])):
        years, end = [*years, second], end + 2
        if end < len(tokens) and _is(tokens[end], "маусым"):
            return Found(f"{years[0]}/{years[1]}", end)
    if bare := bare_year(tokens, end, years):
        return bare
    # 2017-2018 оқу жылы is a school year.
    end += end < len(tokens) and tokens[end].low in {"оқу", "-"}
    if end >= len(tokens) or not is_year_word(tokens[end].low):
        return None
    if tokens[end].low.startswith("жылдар") and len(years) == 1 and years[0] % 10 == 0:
        return Found(f"{years[0] // 10}X", end + 1)
    end += 1
    if end < len(tokens) and tokens[end].low in {"бұрын", "кейін"}:
        return None
    end += end < len(tokens) and tokens[end].text == "." and tokens[end - 1].low in {"ж", "жж"}
    if len(years) == 2:
        return Found(f"{years[0]}/{years[1]}", end)
    return _of_year(tokens, end, years[0]) or Found(f"{years[0]:04d}", end)


def _of_year(tokens: Tokens, i: int, year: int | None) -> Found | None:
    """Read what follows a year: 2024 жылғы 5 наурыз, 2005 жылғы тамыздың 24-і."""
    if i >= len(tokens):
        return None
    if tokens[i].kind == "number":
        return _day_month(tokens, i, year)
    if tokens[i].kind != "word":
        return None
    season = _SEASON_STEMS.of(tokens[i].low) if year else None
    if season:
        return Found(f"{year:04d}-{_SEASONS[season]}", i + 1)
    return _month_day(tokens, i, year) or _months(tokens, i, year)


def _months(tokens: Tokens, i: int, year: int | None) -> Found | None:
    """Read a month or a span of months: 2018 жылғы қаңтар-қарашада, маусым айында."""
    first = _month(tokens, i)
    if first is None:
        return None
    end, value = i + 1, iso(year, first)
    if end + 1 < len(tokens) and tokens[end].text in DASHES and (second := _month(tokens, end + 1)):
        end, value = end + 2, f"{value}/{iso(year, second)}"
    end += end < len(tokens) and _is(tokens[end], "ай")
    return Found(value or "", end)


def _day_month(tokens: Tokens, i: int, year: int | None = None) -> Found | None:
    """Read 26 сәуірде, 1–2 шілде, 5 наурыз 2024."""
    days, end = _span(tokens, i, (1, 31))
    if not days:
        return None
    end = _after_ending(tokens, end)
    days, end = _and_day(tokens, end, days)
    month = _month(tokens, end)
    if month is None:
        return None
    end += 1
    if year is None and end < len(tokens):
        year, end = _year_after(tokens, end)
    return _dated(year, month, days, end)


def ordinal_day(tokens: Tokens, i: int) -> Found | None:
    """Return the date of a day written out before its month, or None.

    >>> from align.facts.tokens import tokenise
    >>> ordinal_day(tokenise("бесінші мамырда"), 0)
    Found(value='--05-05', end=2)
    """
    day = read_words(tokens, i, "kk")
    month = _month(tokens, day.end) if day and day.ordinal else None
    return _dated(None, month, [int(day.value)], day.end + 1) if day and month else None


def _and_day(tokens: Tokens, i: int, days: list[int]) -> tuple[list[int], int]:
    """Read the second day of 5 және 10 тамыз аралығында and of 5-тен 10 тамызға дейін."""
    joined = i < len(tokens) and (tokens[i].low in _AND or tokens[i - 1].low in {"тан", "тен", "дан", "ден", "нан"})
    at = i + (i < len(tokens) and tokens[i].low in _AND)
    if not joined or len(days) != 1 or at >= len(tokens):
        return days, i
    second, end = _span(tokens, at, (days[0] + 1, 31))
    return ([*days, *second], end) if len(second) == 1 and _month(tokens, end) else (days, i)


def _dated(year: int | None, month: int, days: list[int], end: int) -> Found | None:
    values = [iso(year, month, day) for day in days]
    return Found("/".join(value for value in values if value), end) if all(values) else None


def _year_after(tokens: Tokens, i: int) -> tuple[int | None, int]:
    year = integer(tokens[i], 1000, 2100)
    if year is None:
        return None, i
    told = i + 1 < len(tokens) and (_is(tokens[i + 1], "жыл") or tokens[i + 1].low == "ж")
    return (year, i + 1 + told) if told or year >= 1900 else (None, i)


def _after_ending(tokens: Tokens, i: int) -> int:
    """Step over the -сы of 26-сы, the -ші of 5-ші, and the hyphen of 26-сәуір."""
    if i + 1 < len(tokens) and tokens[i].text in DASHES and glued(tokens, i) and glued(tokens, i + 1):
        return i + 1 if _month(tokens, i + 1) else i + 2
    return i


def _month_day(tokens: Tokens, i: int, year: int | None) -> Found | None:
    """Read a month in the genitive and its day: наурыздың 19-ы күні, қыркүйектің 14-і."""
    month = _month(tokens, i)
    if month is None or i + 1 >= len(tokens) or not tokens[i].low.endswith(_GENITIVE):
        return None
    days, end = _span(tokens, i + 1, (1, 31))
    if not days:
        written = read_number(tokens, i + 1, "kk")
        if written is None or not written.words or not 1 <= written.value <= 31:
            return None
        days, end = [int(written.value)], written.end
    end = _after_ending(tokens, end)
    end += end < len(tokens) and tokens[end].low == "күні"
    return _dated(year, month, days, end)


def _month_alone(tokens: Tokens, i: int) -> Found | None:
    found = _months(tokens, i, None)
    if found is None or "/" in found.value or _is(tokens[found.end - 1], "ай"):
        return found
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    return found if after not in _FEAST and _meant(tokens, i, int(found.value[2:])) else None


def _meant(tokens: Tokens, i: int, month: int) -> bool:
    """Say whether a month's name without day or year is a month here.

    It may be a season, a cauldron, a verb or a feast.
    """
    before = tokens[i - 1].low if i else "."
    if before in _WORDS or is_year_word(before):
        return True
    low = tokens[i].low
    if month == _JUNE:
        return low.startswith("маусымда") and before in {".", "!", "?", '"', "«"}
    if month == _OCTOBER:
        after = {stem for token in tokens[i + 1 : i + 3] for stem in stems(token.low)}
        return before in _STEPS or (low.startswith("қазанда") and _COOKING.isdisjoint(after))
    return month not in _NEEDS_ENDING or before in _STEPS or low not in cldr.months("kk")


@lru_cache(maxsize=1 << 12)
def _weekday_of(word: str) -> int | None:
    stem = _weekday_stems().of(word)
    return cldr.weekdays("kk")[stem] if stem else None


def _weekday(tokens: Tokens, i: int, reference: datetime.date | None) -> Found | None:
    """Read жексенбі күні, өткен жұмада."""
    day = _weekday_of(tokens[i].low)
    if day is None:
        return None
    step = _STEPS.get(tokens[i - 1].low, 0) if i else 0
    return Found(weekday(day, step, reference), i + 1 + (i + 1 < len(tokens) and tokens[i + 1].low == "күні"))


def _told(tokens: Tokens, i: int, reference: datetime.date | None) -> Found | None:
    """Read былтыр, кеше, өткен айда, осы жылы."""
    step, after = _WORDS.get(tokens[i].low), tokens[i + 1].low if i + 1 < len(tokens) else ""
    if step and not (step[0] == "Y" and _is_unit(after, "Y")):
        return _refined(tokens, i + 1, *step, reference)
    if tokens[i].low not in _STEPS or i + 1 >= len(tokens):
        return None
    span = _SPAN_STEMS.of(tokens[i + 1].low)
    # өткен айлар and өткен жылдары are the past in general.
    if span is None or any(plural in tokens[i + 1].low for plural in ("лар", "дар", "тар", "лер")):
        return None
    return _refined(tokens, i + 2, _SPANS[span], _STEPS[tokens[i].low], reference)


def _is_unit(word: str, unit: str) -> bool:
    return any(_SPANS.get(stem) == unit for stem in stems(word))


def _refined(tokens: Tokens, i: int, unit: str, step: int, reference: datetime.date | None) -> Found:
    """Let a year told as биыл or осы жылдың join the month or day behind it.

    Examples: биыл наурыздың 19-ы, осы жылдың мамырында. Without a reference the year stays unknown, so the day and the
    month are all there is.
    """
    value = relative(unit, step, reference)
    inside = _of_year(tokens, i, int(value) if reference else None) if unit == "Y" else None
    return inside or Found(value, i)
