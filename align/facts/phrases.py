"""Facts that are told in a set form: digit dates, times of day, decades, telephone numbers, multiples.

What counts is the form of the whole phrase, so a pattern says it more plainly than a reader of tokens, and one search
for all of them costs less. Each form is a pattern with a name, and a function of that name makes the fact of it.
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
    "phrase_facts",
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
_BEFORE: Final = 40
"""Characters before its sign that a form can begin."""
_LAST_HOUR, _NOON = 24, 12


class Forms:
    """Patterns by name, searched for together; the first that fits at a place counts.

    `made` has the function of each; `sign` is a cheaper pattern without which no text has any of them.
    """

    def __init__(self, patterns: Mapping[str, str], made: Mapping[str, Form], sign: str) -> None:
        self._patterns = {name: re.compile(pattern) for name, pattern in patterns.items()}
        # The same sign twice is looked at by the pattern itself.
        bare = (re.sub(r"\(\?P<\w+>", "(?:", pattern.replace("(?P=sign)", r"[./\-]")) for pattern in patterns.values())
        named = zip(patterns, bare, strict=True)
        self._all = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in named))
        self._made = made
        self._sign = re.compile(sign)

    def read(self, low: str) -> Iterator[Fact]:
        """Yield the facts in a text in lower case, in order."""
        end, place = 0, self._sign.search(low)
        while place and (found := self._all.search(low, max(place.start() - _BEFORE, end))):
            yield from self._facts(low, found)
            end = found.end()
            place = self._sign.search(low, end)

    def _facts(self, low: str, found: re.Match[str]) -> Iterator[Fact]:
        names = list(self._patterns)
        for name in names[names.index(found.lastgroup or "") :]:
            exact = self._patterns[name].match(low, found.start())
            if exact and (facts := list(self._made[name](exact))):
                yield from facts
                return


def phrase_facts(low: str, forms: Forms) -> list[Fact]:
    """Return the facts in a text in lower case, in order and without overlap."""
    found: list[Fact] = []
    for fact in forms.read(low):
        if not found or fact.start >= found[-1].end:
            found.append(fact)
    return found


def roman_low(text: str) -> int | None:
    """Return the value of a Roman numeral in small letters.

    >>> roman_low("xviii")
    18
    """
    return roman(text.upper())


def digit_date(day: str, month: str, year: str) -> str | None:
    """Return a date in ISO 8601; the month may be a Roman numeral, the year have two digits. None for no such day.

    >>> digit_date("16", "xii", "91"), digit_date("5", "3", "24"), digit_date("31", "2", "2024")
    ('1991-12-16', '2024-03-05', None)
    """
    number = int(month) if month.isdecimal() else roman_low(month) or 0
    whole = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < _THIS_CENTURY else 1900)
    return iso(whole, number, int(day)) if 1 <= number <= 12 and whole else None


def clock(hour: int, minute: int, half: str = "") -> str | None:
    """Return a time of day of 24 hours; `half` is "morning", "day", "evening", "night" or "" where none is told.

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
    """Yield both ends of 09.00-18.00; with points only quarters of an hour, or it may be two decimals."""
    ends = [(int(found["hour"]), int(found["minute"])), (int(found["hour2"]), int(found["minute2"]))]
    dotted = found["sign"] == "."
    if dotted and (any(minute % 15 for _, minute in ends) or len(found["hour"]) + len(found["hour2"]) < 4):
        return
    first, second = clock(*ends[0]), clock(*ends[1])
    if first and second:
        yield Fact("time", first, found.start(), found.end("minute"))
        yield Fact("time", second, found.start("hour2"), found.end())
