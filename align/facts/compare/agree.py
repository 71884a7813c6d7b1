"""How two facts compare: the judges that the ledger asks.

They go from the surest to the last resort.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from align.facts.compare.conversion import TOLERANCE, in_one_unit
from align.facts.compare.spelling import same_name, same_word
from align.facts.dates import same_date
from align.facts.gazetteer import countries_of_languages, known_values
from align.facts.kinds import AMOUNTS, KINDS
from align.facts.scores import scores_agree
from align.types import Fact

__all__ = [
    "LOOSE",
    "FactStatus",
    "amounts_agree",
    "clock_agrees",
    "codes_agree",
    "converted_agree",
    "dates_agree",
    "days_may_be_one",
    "disagrees_with_range",
    "end_of",
    "is_range",
    "lies_within",
    "names_agree",
    "split_code",
    "times_agree",
    "untold_dates_agree",
]

FactStatus: TypeAlias = Literal["matched", "compatible", "conflict", "source_only", "target_only"]
LOOSE: Final = frozenset(kind for kind, each in KINDS.items() if each.loose)
"""The kinds that are compared with each other, since one text may leave out the unit."""

# What a year, a month, a week or a day looks like once its year is known.
_WHOLE: Final = {
    unit: re.compile(r"\d{4}" + rest)
    for unit, rest in {"Y": "", "M": r"-\d\d", "W": r"-W\d\d", "D": r"-\d\d-\d\d"}.items()
}
_DAY_WITHOUT_YEAR: Final = re.compile(r"--\d\d-\d\d")
# Today is left out here too.
_TOLD_DAY: Final = re.compile(r"-W-[1-7]|D[+-][1-9]\d*")
# What an approximate value may be off by, what "more than" may leave out, and what "up to" may fall short by.
_NEARLY: Final = Decimal("0.1")
_MORE: Final = Decimal("1.25")
# A share in percent is told in whole percents: a third is 33 %.
_SHARE: Final = Decimal("0.7")
# To halve is to leave a half, and to go down two times.
_HALVED: Final = {("0.5", None), ("2", "times")}
# English has one word for the weight and the money.
_POUNDS: Final = frozenset({"pound", "GBP"})
# Kazakh counts by tens what English counts by dozens: он шақты, about a dozen.
_DOZEN: Final = frozenset({Decimal(10), Decimal(12)})
# A rounded value differs from the exact one by less than this share.
_ROUNDED: Final = Decimal("0.01")


def dates_agree(source: Fact, target: Fact) -> FactStatus | None:
    """Return "compatible" for dates, or spans, that may be one: what both know agrees."""
    if source.kind != "date" or target.kind != "date" or ("/" in source.value) != ("/" in target.value):
        return None
    return "compatible" if same_date(source.value, target.value) else None


def untold_dates_agree(source: Fact, target: Fact) -> FactStatus | None:
    """Return "compatible" for "last year" and a year, "yesterday" and a day.

    One of the days of writing must be unknown. Today is left out: бүгін is as often nowadays.
    """
    if source.kind != "date" or target.kind != "date":
        return None
    for told, dated in ((source.value, target.value), (target.value, source.value)):
        if told[0] in _WHOLE and told != "D+0" and _WHOLE[told[0]].fullmatch(dated):
            return "compatible"
    return None


def days_may_be_one(source: Fact, target: Fact) -> bool:
    """Say whether two days may be one, for all the texts say.

    One text tells a day without its year, the other a day of the week or yesterday.

    >>> days_may_be_one(Fact("date", "-W-3", 0, 9), Fact("date", "--07-13", 0, 7))
    True
    >>> days_may_be_one(Fact("date", "D+0", 0, 5), Fact("date", "--07-13", 0, 7))
    False
    """
    if source.kind != "date" or target.kind != "date":
        return False
    told = sorted((source.value, target.value), key=lambda value: value.startswith("--"))
    return _TOLD_DAY.fullmatch(told[0]) is not None and _DAY_WITHOUT_YEAR.fullmatch(told[1]) is not None


def names_agree(source: Fact, target: Fact) -> FactStatus | None:
    """Return "matched" for one name, "compatible" for what may be one.

    That is a part of it, a people and its country, or EXPO and EXPO-2017.
    """
    if source.kind != "name" or target.kind != "name":
        return None
    return _same_named(source.value, target.value)


@lru_cache(maxsize=1 << 17)
def _same_named(source: str, target: str) -> FactStatus | None:
    # The names of a pool come again and again, so each pair of spellings is compared once.
    known = known_values()
    if source in known and target in known:
        # Both are sure, so a likeness of letters (Kazakh, Kazakhstan; Iran, Iraq) counts for nothing.
        homes = countries_of_languages()
        related = target == homes.get(source) or source == homes.get(target)
        return "matched" if source == target else "compatible" if related else None
    (one, digits), (other, others) = split_code(source), split_code(target)
    if bool(digits) != bool(others):
        return "compatible" if same_word(one, other) else None
    found = same_name(source, target)
    # Nur-Sultan is no part of Nursultan Nazarbayev, nor Washington of George Washington.
    return None if found == "compatible" and (source in known or target in known) else found


def codes_agree(source: Fact, target: Fact) -> FactStatus | None:
    """Return "compatible" where a code's digits are a number.

    EXPO-2017 is also written EXPO in 2017.
    """
    for code, other in ((source, target), (target, source)):
        if code.kind == "name" and other.kind in AMOUNTS | {"date"}:
            digits = split_code(code.value)[1]
            if digits and digits == other.value:
                return "compatible"
    return None


def times_agree(source: Fact, target: Fact) -> FactStatus | None:
    """Return "compatible" for times twelve hours apart.

    One side may leave out which half of the day it means.
    """
    if source.kind != "time" or target.kind != "time":
        return None
    (hour, minute), (other, others) = source.value.split(":"), target.value.split(":")
    return "compatible" if minute == others and (int(hour) - int(other)) % 12 == 0 else None


def clock_agrees(source: Fact, target: Fact) -> FactStatus | None:
    """Return "compatible" for a time, and a number that is written as one.

    English has "at 18.30" as well as a price of 18.30.

    >>> clock_agrees(Fact("time", "18:30", 0, 8), Fact("number", "18.3", 3, 8))
    'compatible'
    >>> clock_agrees(Fact("time", "18:00", 0, 8), Fact("number", "18", 3, 5))
    """
    told, other = (source, target) if source.kind == "time" else (target, source)
    if told.kind != "time" or other.kind != "number" or other.unit or is_range(other):
        return None
    hour, minute = told.value.split(":")
    written = {len(hour) + 3, len(hour.lstrip("0")) + 3}
    if other.end - other.start not in written:
        return None
    return "compatible" if Decimal(other.value) == Decimal(f"{hour}.{minute}") else None


def amounts_agree(source: Fact, target: Fact) -> FactStatus | None:
    """Return "compatible" for one value told in two ways.

    Examples: 66 and 66 years, about 35 000 and 34 800, 5-7 and 6.
    """
    if source.unit == target.unit == "score":
        return "compatible" if scores_agree(source.value, target.value) else None
    if source.unit and target.unit and source.unit != target.unit and {source.unit, target.unit} != _POUNDS:
        return None
    if share := _share_agrees(source, target):
        return share
    if {(source.value, source.unit), (target.value, target.unit)} == _HALVED:
        return "compatible"
    one, other = _amount(source), _amount(target)
    if one is None or other is None or {source.kind, target.kind} == {"date"}:
        return None
    if len(one) != len(other):
        return None
    if "date" in {source.kind, target.kind}:
        return "compatible" if one == other else None
    agree = all(_equal(a, b) for a, b in zip(one, other, strict=True))
    if not agree and len(one) == 1 and (source.kind == target.kind or _may_lack_unit(source, target)):
        agree = _meant_alike(source, target)
    return "compatible" if agree else None


def _share_agrees(source: Fact, target: Fact) -> FactStatus | None:
    """Return "compatible" for a share told in percent and as a fraction.

    Examples: a quarter and 25 %, a third and 33 %.
    """
    part, percent = (source, target) if target.kind == "percent" else (target, source)
    if part.kind != "number" or percent.unit != "percent" or is_range(part) or is_range(percent):
        return None
    share = Decimal(part.value) * 100
    if not 0 < share < 100 or share == share.to_integral() == Decimal(part.value):
        return None
    return "compatible" if abs(share - Decimal(percent.value)) < _SHARE else None


def converted_agree(source: Fact, target: Fact) -> FactStatus | None:
    """Return "compatible" for one quantity told in two units.

    Examples: 100 km and 62 miles, two weeks and 14 days. Between two systems of units a rounded conversion may be off
    by `TOLERANCE`; approximate values by more.
    """
    if {source.kind, target.kind} != {"quantity"} or "/" in source.value + target.value:
        return None
    units = source.unit or "", target.unit or ""
    found = in_one_unit((Decimal(source.value), units[0]), (Decimal(target.value), units[1]))
    if found is None or units[0] == units[1]:
        return None
    one, other, rounded = found
    nearly = _NEARLY if {"approximate"} & {source.precision, target.precision} else TOLERANCE if rounded else Decimal(0)
    agree = _equal(one, other) or abs(one - other) <= nearly * max(abs(one), abs(other))
    return "compatible" if agree else None


def _amount(fact: Fact) -> tuple[Decimal, ...] | None:
    """Return an amount's value, a range's two ends, or None for what is no amount.

    A bare year may be a count.
    """
    if fact.kind == "date" and not fact.value.replace("/", "").isdecimal():
        return None
    if fact.kind != "date" and fact.kind not in AMOUNTS:
        return None
    return tuple(Decimal(end) for end in fact.value.split("/"))


def _may_lack_unit(source: Fact, target: Fact) -> bool:
    return {source.kind, target.kind} <= LOOSE


def _equal(one: Decimal, other: Decimal) -> bool:
    return one == other or _rounds(one, other) or _regrouped(one, other)


def _rounds(one: Decimal, other: Decimal) -> bool:
    """Say whether the shorter of two numbers is the longer one rounded.

    402 is 402.3 rounded, but 60 is not 63 rounded.
    """
    short, long = sorted((one.normalize(), other.normalize()), key=lambda value: len(value.as_tuple().digits))
    size = len(short.as_tuple().digits)
    if size < 2 or size == len(long.as_tuple().digits):
        return False
    return abs(short - long) <= abs(long) * _ROUNDED and round(long, size - 1 - long.adjusted()) == short


def _regrouped(one: Decimal, other: Decimal) -> bool:
    """Say whether one is the other, its separator read in the other notation.

    Examples: 22,976 and 22.976.
    """
    small, large = sorted((one, other))
    return small * 1000 == large and small != small.to_integral()


def _meant_alike(source: Fact, target: Fact) -> bool:
    """Say whether an approximate value or a bound allows the other value."""
    one, other = Decimal(source.value), Decimal(target.value)
    precisions = {source.precision, target.precision}
    if "approximate" in precisions:
        if {one, other} == _DOZEN:
            return True
        return abs(one - other) <= max(abs(one), abs(other)) * _NEARLY
    if precisions == {"at_least", "exact"}:
        least, told = (one, other) if source.precision == "at_least" else (other, one)
        return least <= told <= least * _MORE
    if precisions == {"at_most", "exact"}:
        most, told = (one, other) if source.precision == "at_most" else (other, one)
        return most * (1 - _NEARLY) <= told <= most
    return False


def is_range(fact: Fact) -> bool:
    """Say whether a fact's value is a range.

    A name may hold a stroke too (Radio Free Europe/Radio Liberty).
    """
    return "/" in fact.value and fact.kind != "name"


def end_of(fact: Fact, span: Fact) -> int | None:
    """Return which end of a range of its kind a fact tells: 0, 1, or None for neither.

    >>> end_of(Fact("date", "--07-02", 0, 1), Fact("date", "--07-01/--07-02", 0, 1))
    1
    """
    if not is_range(span) or is_range(fact) or not _ranged_alike(fact, span):
        return None
    ends = span.value.split("/")
    if fact.kind == "date":
        # A day in a year is more than the year that begins a span.
        same = [len(fact.value) <= len(end) and bool(same_date(end, fact.value)) for end in ends]
    else:
        same = [_equal(Decimal(end), Decimal(fact.value)) for end in ends]
    return same.index(True) if True in same else None


def lies_within(fact: Fact, span: Fact) -> bool:
    """Say whether an amount lies between the ends of a range of its kind: 6 in 5-7."""
    if not is_range(span) or is_range(fact) or not _ranged_alike(fact, span):
        return False
    if fact.kind == "date" or span.unit == "score":
        return False
    low, high = (Decimal(end) for end in span.value.split("/"))
    return low <= Decimal(fact.value) <= high


def _ranged_alike(fact: Fact, span: Fact) -> bool:
    """Say whether a fact may be told by a range.

    They are of one kind, or amounts of which one lacks its unit.
    """
    if fact.kind == span.kind:
        # The other text may write a score as two numbers: 21 to 20.
        return fact.unit == span.unit or (span.unit == "score" and fact.unit is None)
    return {fact.kind, span.kind} <= LOOSE and not (fact.unit and span.unit and fact.unit != span.unit)


def disagrees_with_range(fact: Fact, span: Fact) -> bool:
    """Say whether a fact stands where the other end of a range would.

    It has the range's kind, and is no end of it.
    """
    if not _ranged_alike(fact, span) or is_range(fact) or span.unit == "score":
        return False
    return fact.kind != "date" or same_date(fact.value, span.value) is False


@lru_cache(maxsize=1 << 14)
def split_code(value: str) -> tuple[str, str]:
    """Return the letters and the digits of a code: EXPO and 2017 of EXPO-2017."""
    letters = "".join(c for c in value if not c.isdigit())
    return letters, "".join(c for c in value if c.isdigit())
