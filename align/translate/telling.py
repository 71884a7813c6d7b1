"""Facts in English words: what a gloss says for a date, an amount or a name."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from align.types import Fact

__all__ = ["tell"]

_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
_WEEKDAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SEASONS: Final = {"SP": "spring", "SU": "summer", "AU": "autumn", "WI": "winter"}
_SPANS: Final = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_NEAR_DAYS: Final = {"D-1": "yesterday", "D+0": "today", "D+1": "tomorrow"}
_PRECISION: Final = {"approximate": "about ", "at_least": "more than ", "at_most": "up to "}
_PLURALS: Final = {"foot": "feet", "century": "centuries", "inch": "inches", "times": "times"}


def tell(fact: Fact, name: str | None = None) -> str:
    """Return a fact in English; `name` is how a name is to be written, where that is known.

    >>> tell(Fact("money", "1500000", 0, 1, "KZT")), tell(Fact("date", "--02-01", 0, 1))
    ('1,500,000 KZT', 'February 1')
    """
    if fact.kind == "name":
        return name or _capitals(fact.value)
    if fact.kind == "date":
        return " to ".join(_date(part) for part in fact.value.split("/"))
    if fact.kind == "time":
        return fact.value
    if fact.unit == "score":
        numbers = fact.value.split("/")
        return ", ".join(map("-".join, zip(numbers[::2], numbers[1::2], strict=True)))
    return _PRECISION.get(fact.precision, "") + _counted(fact, "-".join(map(_number, fact.value.split("/"))))


def _capitals(value: str) -> str:
    """Return a comparable name with capitals, after hyphens too.

    >>> _capitals("kasym-zhomart tokaev"), _capitals("mh17")
    ('Kasym-Zhomart Tokaev', 'MH17')
    """
    if any(letter.isdigit() for letter in value):
        return value.upper()
    return " ".join("-".join(part[:1].upper() + part[1:] for part in word.split("-")) for word in value.split())


def _number(value: str) -> str:
    return f"{Decimal(value):,}"


def _counted(fact: Fact, number: str) -> str:
    one = fact.value == "1"
    if fact.kind == "percent":
        return f"{number}%"
    if fact.kind == "age":
        return f"{number} year{'' if one else 's'} old"
    if fact.kind == "ordinal":
        return f"{_ordinal(number)} {fact.unit}" if fact.unit else _ordinal(number)
    if fact.kind == "quantity" and fact.unit:
        unit = fact.unit.replace("-", " ")
        return f"{number} {unit if one else _PLURALS.get(unit, unit + 's')}"
    return f"{number} {fact.unit}" if fact.unit else number


def _ordinal(number: str) -> str:
    """Return a number with its English ending.

    >>> [_ordinal(number) for number in ("1", "12", "23", "21", "19")]
    ['1st', '12th', '23rd', '21st', '19th']
    """
    ending = "th" if number[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return number + ending


def _date(value: str) -> str:
    """Return an ISO date, whole or partial, as it is read aloud.

    >>> [_date(value) for value in ("2019-03-19", "--02", "2017-SP", "199X", "-W-7", "2019-W39")]
    ['March 19, 2019', 'February', 'spring 2017', 'the 1990s', 'Sunday', 'week 39 of 2019']
    """
    if value.startswith("-W-"):
        return _WEEKDAYS[int(value[3:]) - 1]
    if value[1:2] in {"+", "-"} and value[0] in _SPANS:
        return _distance(value)
    if value.endswith("X"):
        return f"the {value[:-1]}0s"
    year, month, day = _parts(value)
    if month.startswith("W") and month[1:].isdigit():
        return f"week {int(month[1:])} of {year}"
    name = _SEASONS.get(month) or (_MONTHS[int(month) - 1] if month else "")
    told = f"{name} {int(day)}" if day else name
    return f"{told}{', ' if day else ' '}{year}".strip() if year and told else told or year


def _parts(value: str) -> tuple[str, str, str]:
    year, month, day = "", value, ""
    if value.startswith("--"):
        month = value[2:]
    elif value[:4].isdigit():
        year, _, month = value.partition("-")
    if "-" in month:
        month, _, day = month.partition("-")
    return year, month.strip("-"), day


def _distance(value: str) -> str:
    """Return a date that is told from the day of writing.

    >>> _distance("D-1"), _distance("Y+1"), _distance("M-3"), _distance("D+2")
    ('yesterday', 'next year', '3 months ago', 'in 2 days')
    """
    if value in _NEAR_DAYS:
        return _NEAR_DAYS[value]
    unit, step = _SPANS[value[0]], int(value[1:])
    if abs(step) < 2:
        return f"{('last', 'this', 'next')[step + 1]} {unit}"
    return f"{-step} {unit}s ago" if step < 0 else f"in {step} {unit}s"
