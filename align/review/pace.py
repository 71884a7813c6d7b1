"""How fast somebody judges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Final

__all__ = ["FEWEST_FOR_PACE", "gaps_by_day", "pace_of"]

FEWEST_FOR_PACE: Final = 5
"""Verdicts from which a pace is told."""

_PAUSE_SECONDS: Final = 300.0


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
