"""Facts that are told in a set form.

They are digit dates, times of day, decades, telephone numbers, multiples. What counts is the form of the whole phrase,
so a pattern says it more plainly than a reader of tokens, and one search for all of them costs less. Each form is a
pattern with a name, and a function of that name makes the fact of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from align.facts.dates import iso
from align.facts.romans import roman
from align.types import Fact

__all__ = [
    "DATE_YEAR_FIRST",
    "START",
    "TELEPHONE",
    "TIMES",
    "Form",
    "Forms",
    "clock",
    "date_year_first",
    "digit_date",
    "roman_low",
    "telephone",
    "times",
]

START: Final = r"(?<![\w.,:/–-])"
"""Where digits begin that are no part of others."""

TELEPHONE: Final = r"(?<![\w.,])(?:\+\s?\d|8(?=[\s(-]\s?\(?7\d\d))[\s(-]{0,2}\d{3}(?:[\s)-]{1,2}\d{2,4}){2,4}(?!\w)"
DATE_YEAR_FIRST: Final = (
    START + r"(?P<year>[12]\d{3})(?P<sign>[./])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?![\w.]\d)"
)
TIMES: Final = (
    START + r"(?P<hour>[0-2]?\d)(?P<sign>[.:])(?P<minute>[0-5]\d)\s?[-–—]\s?"
    r"(?P<hour2>[0-2]?\d)[.:](?P<minute2>[0-5]\d)(?!\d|\s?[ap]\.?m)"
)

Form: TypeAlias = Callable[[re.Match[str]], Iterator[Fact]]
_THIS_CENTURY: Final = 40
"""Years of two digits below this one belong to the twenty-first century."""
_DIGITS: Final = re.compile(r"(?<![\w.,])[+\d]")
_LAST_HOUR, _NOON = 24, 12


class Forms:
    """Forms by name: the signs without which a text has none of them, and the pattern.

    Forms without signs begin with a digit, and are tried where digits begin; the first of them that fits counts. `made`
    has the function of each. `gate` is the pattern of the words of which a form without digits has one at least.
    """

    def __init__(self, patterns: Mapping[str, tuple[str, str]], made: Mapping[str, Form], gate: str) -> None:
        self._gate = re.compile(gate)
        self._digits = [(re.compile(pattern), made[name]) for name, (signs, pattern) in patterns.items() if not signs]
        self._words = [
            (tuple(signs.split("|")), re.compile(pattern), made[name])
            for name, (signs, pattern) in patterns.items()
            if signs
        ]

    def may_hold(self, word: str) -> bool:
        """Say whether a form without digits may have this word, in lower case, in it."""
        return self._gate.search(word) is not None

    def read(self, low: str, *, words: bool = True, digits: bool = True) -> list[Fact]:
        """Return the facts in a text in lower case, in order and without overlap.

        The longer of two counts. `words` and `digits` say whether the text has a word of the gate, and digits.
        """
        found: list[Fact] = []
        for signs, pattern, made in self._words if words else ():
            for sign in signs:
                if sign in low:
                    found += (fact for match in pattern.finditer(low) for fact in made(match))
                    break
        for place in _DIGITS.finditer(low) if digits else ():
            for pattern, made in self._digits:
                match = pattern.match(low, place.start())
                if match and (facts := list(made(match))):
                    found += facts
                    break
        return _apart(found) if len(found) > 1 else found


def _apart(facts: list[Fact]) -> list[Fact]:
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda fact: (fact.start, -fact.end)):
        if not kept or fact.start >= kept[-1].end:
            kept.append(fact)
    return kept


def roman_low(text: str) -> int | None:
    """Return the value of a Roman numeral in small letters.

    >>> roman_low("xviii")
    18
    """
    return roman(text.upper())


def digit_date(day: str, month: str, year: str) -> str | None:
    """Return a date in ISO 8601, None for no such day.

    The month may be a Roman numeral, the year have two digits.

    >>> digit_date("16", "xii", "91"), digit_date("5", "3", "24"), digit_date("31", "2", "2024")
    ('1991-12-16', '2024-03-05', None)
    """
    number = int(month) if month.isdecimal() else roman_low(month) or 0
    whole = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < _THIS_CENTURY else 1900)
    return iso(whole, number, int(day)) if 1 <= number <= 12 and whole else None


def clock(hour: int, minute: int, half: str = "") -> str | None:
    """Return a time of day of 24 hours.

    `half` is "morning", "day", "evening", "night" or "" where none is told.

    >>> clock(7, 0, "evening"), clock(2, 30, "night"), clock(11, 0, "night"), clock(1, 0, "day"), clock(25, 0)
    ('19:00', '02:30', '23:00', '13:00', None)
    """
    if hour > _LAST_HOUR or minute > 59:
        return None
    late = half == "evening" or (half == "night" and hour >= 6) or (half == "day" and hour < 7)
    if late and hour < _NOON:
        hour += _NOON
    elif half in {"night", "morning"} and hour == _NOON:
        hour = 0
    return f"{hour % 24:02d}:{minute:02d}"


def telephone(found: re.Match[str]) -> Iterator[Fact]:
    """Yield a telephone number as one number, the trunk prefix 8 as the country's 7."""
    digits = re.sub(r"\D", "", found[0])
    if 10 <= len(digits) <= 15:
        yield Fact("number", "7" + digits[1:] if digits[0] == "8" else digits, *found.span(), "telephone")


def date_year_first(found: re.Match[str]) -> Iterator[Fact]:
    """Yield the date of 2024.03.05."""
    if value := digit_date(found["day"], found["month"], found["year"]):
        yield Fact("date", value, *found.span())


def times(found: re.Match[str]) -> Iterator[Fact]:
    """Yield both ends of 09.00-18.00.

    With points only quarters of an hour count, or it may be two decimals.
    """
    ends = [(int(found["hour"]), int(found["minute"])), (int(found["hour2"]), int(found["minute2"]))]
    dotted = found["sign"] == "."
    if dotted and (any(minute % 15 for _, minute in ends) or len(found["hour"]) + len(found["hour2"]) < 4):
        return
    first, second = clock(*ends[0]), clock(*ends[1])
    if first and second:
        yield Fact("time", first, found.start(), found.end("minute"))
        yield Fact("time", second, found.start("hour2"), found.end())
