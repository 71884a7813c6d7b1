"""How fast somebody judges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import ceil
from statistics import median
from typing import Final

__all__ = ["FEWEST_FOR_PACE", "day_of_last", "gaps_by_day", "pace_of"]

FEWEST_FOR_PACE: Final = 5
"""Verdicts from which a pace is told."""

_PAUSE_SECONDS: Final = 300.0
_RECENT: Final = 7
"""Days whose pace tells when the rest will be done."""
_FARTHEST: Final = 3650
"""Days ahead from which nothing is foretold."""


def gaps_by_day(times: Sequence[str]) -> list[tuple[str, float]]:
    """Return the seconds between verdicts, each with the UTC day of the later one.

    `times` are one person's, UTC in ISO 8601, in order; pauses of five minutes and more are left out.

    >>> gaps_by_day(["2026-11-22T10:00:00Z", "2026-11-22T10:00:07Z", "2026-11-22T12:00:00Z"])
    [('2026-11-22', 7.0)]
    """
    moments = [(at[:10], datetime.fromisoformat(at).timestamp()) for at in times]
    gaps = [(day, later - earlier) for (_, earlier), (day, later) in pairwise(moments)]
    return [(day, gap) for day, gap in gaps if 0 <= gap < _PAUSE_SECONDS]


def pace_of(gaps: Sequence[float]) -> float | None:
    """Return the median of seconds between verdicts, None for fewer than five verdicts.

    >>> pace_of([4.0, 5.0, 9.0, 8.0]), pace_of([4.0])
    (6.5, None)
    """
    return median(gaps) if len(gaps) >= FEWEST_FOR_PACE - 1 else None


def day_of_last(done: Mapping[date, int], left: int, today: date, *, daily: int | None = None) -> str | None:
    """Return the day on which the last of `left` verdicts is given, None where nothing tells.

    Days are UTC, the result in ISO 8601. `done` counts verdicts by day: the pace is that of the last seven days,
    weekends included, or of those since the first. Where so many are meant to be given `daily`, those of today count
    towards today's.

    >>> day_of_last({date(2026, 3, 2): 7, date(2026, 3, 3): 5}, 14, date(2026, 3, 3))
    '2026-03-06'
    >>> day_of_last({date(2026, 3, 3): 5}, 14, date(2026, 3, 3), daily=10)
    '2026-03-04'
    """
    if not left:
        return today.isoformat()
    if daily:
        ahead = ceil(max(left - max(daily - done.get(today, 0), 0), 0) / daily)
        return (today + timedelta(days=ahead)).isoformat() if ahead < _FARTHEST else None
    worked = [day for day, count in done.items() if count]
    recent = sum(done[day] for day in worked if today - timedelta(days=_RECENT) < day <= today)
    if not recent:
        return None
    span = min(_RECENT, (today - min(worked)).days + 1)
    # A pace of a few verdicts a week would name a day that no calendar has.
    ahead = ceil(left * span / recent)
    return (today + timedelta(days=ahead)).isoformat() if ahead < _FARTHEST else None
