"""Dates that mean the same in both languages, and how two of them compare.

They are in ISO 8601 with the unknown parts left out.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Final, NamedTuple

__all__ = ["Found", "day_of", "iso", "relative", "same_date", "weekday"]

_SEASON_MONTHS: Final = {"SP": (3, 4, 5), "SU": (6, 7, 8), "AU": (9, 10, 11), "WI": (12, 1, 2)}


class Found(NamedTuple):
    """A date's value, read up to before token `end`."""

    value: str
    end: int


def iso(year: int | None = None, month: int | None = None, day: int | None = None) -> str | None:
    """Return the ISO 8601 form of a whole or partial date, or None where there is no such day.

    >>> iso(2019, 3, 19), iso(None, 2, 1), iso(2019, 3), iso(None, 3), iso(2019), iso(2019, 2, 30)
    ('2019-03-19', '--02-01', '2019-03', '--03', '2019', None)
    """
    if day is not None and not _exists(year, month, day):
        return None
    if year is None:
        return f"--{month:02d}" if day is None else f"--{month:02d}-{day:02d}"
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)])


def _exists(year: int | None, month: int | None, day: int) -> bool:
    try:
        # 2000 had a 29 February, so a day without a year gets the benefit of the doubt.
        datetime.date(year or 2000, month or 1, day)
    except ValueError:
        return False
    return True


def day_of(stated: str | None) -> datetime.date | None:
    """Return the day of an ISO 8601 date or moment, or None where it states none.

    >>> day_of("2020-02-02T17:45:00+06:00"), day_of("2020-02"), day_of(None)
    (datetime.date(2020, 2, 2), None, None)
    """
    try:
        return datetime.date.fromisoformat(stated[:10]) if stated else None
    except ValueError:
        return None


def weekday(day: int, step: int, reference: datetime.date | None) -> str:
    """Return a day of the week (ISO, 1-7), resolved where the text says last or next.

    Then `step` is -1 or 1. Without that, or without the day of writing, it may be the one before or the one after, and
    stays as it is.

    >>> weekday(7, -1, datetime.date(2020, 2, 2)), weekday(7, 0, datetime.date(2020, 2, 2))
    ('2020-01-26', '-W-7')
    """
    if reference is None or not step:
        return f"-W-{day}"
    away = (day - reference.isoweekday()) % 7 or 7
    return (reference + datetime.timedelta(days=away if step > 0 else away - 7 or -7)).isoformat()


def relative(unit: str, step: int, reference: datetime.date | None) -> str:
    """Return a date told from the day of writing: `step` units later, earlier if negative.

    The unit is "Y", "M", "W" or "D". Without a reference the value is the distance itself, which still compares between
    two texts of one day.

    >>> relative("M", -1, datetime.date(2020, 1, 31)), relative("Y", -1, None)
    ('2019-12', 'Y-1')
    """
    if reference is None:
        return f"{unit}{step:+d}"
    if unit == "Y":
        return f"{reference.year + step:04d}"
    if unit == "M":
        months = reference.year * 12 + reference.month - 1 + step
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    day = reference + datetime.timedelta(days=step * (7 if unit == "W" else 1))
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}" if unit == "W" else day.isoformat()


@lru_cache(maxsize=1 << 12)
def _parts(value: str) -> dict[str, str] | None:
    """Return the known parts of a date, or None for a distance or a decade, which has none."""
    if value[:3] == "-W-":
        return {"weekday": value[3:]}
    year, month, day = _split(value)
    if year and not year.isdigit():
        return None
    found = {"year": year, "month": month, "day": day}
    if month in _SEASON_MONTHS:
        found = {"year": year, "season": month}
    elif month.isdigit():
        found["season"] = next(name for name, months in _SEASON_MONTHS.items() if int(month) in months)
    elif month:
        return None
    if year and month.isdigit() and day:
        found["weekday"] = str(datetime.date(int(year), int(month), int(day)).isoweekday())
    return {name: part for name, part in found.items() if part}


def _same_decade(source: str, target: str) -> bool | None:
    """Compare a decade (199X) with another, or with a year in it."""
    if not (source[:3] + target[:3]).isdecimal():
        return None
    return source[:3] == target[:3]


def _same_span(source: list[str], target: list[str]) -> bool | None:
    """Compare spans end by end, and a date with the ends of a span."""
    if len(source) == len(target):
        ends = [same_date(one, other) for one, other in zip(source, target, strict=True)]
        return None if None in ends else all(ends)
    ends = [same_date(one, other) for one in source for other in target]
    return True if True in ends else None if None in ends else False


def _split(value: str) -> tuple[str, str, str]:
    if value.startswith("--"):
        month, _, day = value[2:].partition("-")
        return "", month, day
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    return year, month, day


def same_date(source: str, target: str) -> bool | None:
    """Say whether two partial dates may be one.

    True where what both know agrees, False where it differs. None means that they have nothing in common to compare (a
    year and a weekday).

    >>> same_date("2020-02-01", "--02-01"), same_date("--02-01", "--02-02"), same_date("2019", "-W-7")
    (True, False, None)
    >>> same_date("2020-02-02", "-W-7"), same_date("2017-SP", "2017-04"), same_date("--03", "2019")
    (True, True, None)
    """
    if source == target:
        return True
    if "/" in source or "/" in target:
        return _same_span(source.split("/"), target.split("/"))
    if "X" in source + target:
        return _same_decade(source, target)
    one, other = _parts(source), _parts(target)
    if one is None or other is None:
        return False if one is other is None and source[0] == target[0] and source[0] in "YMWD" else None
    shared = one.keys() & other.keys()
    if not shared:
        return None
    return all(one[name] == other[name] for name in shared)
