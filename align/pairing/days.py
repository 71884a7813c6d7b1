"""What the days on which two documents were written say of whether they belong together."""

from __future__ import annotations

from typing import Final

import numpy as np

from align.types import IntArray
from align.verify.logistic import Doubles

__all__ = ["day_evidence"]

_SAME: Final = 0.5
"""How much less probable every further day between two reports of one event is."""
_LATE: Final = 0.05
"""Share of true pairs whose days say nothing: translated months later, or dated by a site's own clock."""
_SAMPLE: Final = 2000


def day_evidence(days: tuple[Doubles, Doubles], pairs: tuple[IntArray, IntArray]) -> Doubles:
    """Return what to add to the log-odds of each pair of documents, (n,).

    It is 0 where a day is not known. `days` are ordinals of both sides' documents, nan where not known. The logarithm
    of how much more often a true pair is so many days apart than any two documents of these sides are: in a
    collection of one day, days say nothing.

    >>> days = np.arange(100.0)
    >>> near, far = day_evidence((days, days), (np.array([5, 5]), np.array([5, 60])))
    >>> bool(near > 3), bool(far < -2)
    (True, True)
    """
    apart = np.abs(days[0][pairs[0]] - days[1][pairs[1]])
    known = ~np.isnan(apart)
    evidence = np.zeros(len(apart))
    if known.any():
        sample = [side[:: max(1, len(side) // _SAMPLE)] for side in days]
        any_two = np.abs(sample[0][:, None] - sample[1][None, :])
        any_two = any_two[~np.isnan(any_two)].astype(np.int64)
        counts = np.bincount(np.append(any_two, apart[known].astype(np.int64)))
        usual = (counts / counts.sum())[apart[known].astype(np.int64)]
        geometric = _SAME ** apart[known] * (1 - _SAME) * np.where(apart[known] > 0, 0.5, 1.0)
        evidence[known] = np.log(_LATE + (1 - _LATE) * geometric / usual)
        nothing_said = (apart[known] == 0) & (evidence[known] < 0)
        evidence[np.flatnonzero(known)[nothing_said]] = 0.0
    return evidence
