"""Intervals of coefficients of agreement.

How far they would move had other items been drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["FEWEST_ITEMS", "alpha_interval", "kappa_interval"]

Interval: TypeAlias = tuple[float, float]
Floats: TypeAlias = NDArray[np.float64]

FEWEST_ITEMS: Final = 10
"""Items from which an interval is told: fewer say nothing of the items that were not drawn."""
_SAMPLES: Final = 4000
_SEED: Final = 20
_SHARES: Final = (0.025, 0.975)
_MOST_UNDEFINED: Final = 0.1
"""Share of samples in which all verdicts may be alike, so that no coefficient is defined; past it no interval is."""


def kappa_interval(table: Sequence[Sequence[int]]) -> Interval | None:
    """Return the 95 % interval of Cohen's kappa, (c, c) counts of items by both verdicts.

    None for too few of them.

    Percentile bootstrap over items (Efron and Tibshirani 1993, chapter 13), the same for the same counts: to draw items
    again is to draw the cells of the table. scikit-learn has the coefficient, and no interval.

    >>> kappa_interval([[20, 5], [10, 15]])
    (0.13, 0.64)
    """
    counts = np.array(table, dtype=np.float64)
    drawn = _drawn(counts.ravel())
    if drawn is None:
        return None
    shares = drawn.reshape(-1, *counts.shape) / counts.sum()
    expected = np.einsum("si,si->s", shares.sum(axis=2), shares.sum(axis=1))
    alike = np.trace(shares, axis1=1, axis2=2)
    return _interval(alike - expected, 1 - expected)


def alpha_interval(units: Sequence[Sequence[str]]) -> Interval | None:
    """Return the 95 % interval of Krippendorff's nominal alpha.

    None for fewer than ten units of two values or more.

    Percentile bootstrap over units, as above. Krippendorff's own (2004, Communication Methods and Measures 1) draws
    pairs of values instead of units and so takes those of one unit for independent.

    >>> alpha_interval([["a", "a"]] * 12 + [["b", "b"]] * 6 + [["a", "b"]] * 4)
    (0.2, 0.91)
    """
    values = sorted({value for unit in units for value in unit})
    patterns = Counter(tuple(unit.count(value) for value in values) for unit in units if len(unit) > 1)
    drawn = _drawn(np.array(list(patterns.values()), dtype=np.float64))
    if drawn is None:
        return None
    given = np.array(list(patterns), dtype=np.float64)
    size = given.sum(axis=1)
    # In each unit, the values that meet the same value, over those that each of them meets.
    alike = drawn @ ((given * (given - 1)).sum(axis=1) / (size - 1))
    totals, n = drawn @ given, drawn @ size
    expected = n * n - (totals * totals).sum(axis=1)
    return _interval(expected - (n - 1) * (n - alike), expected)


def _drawn(counts: Floats) -> Floats | None:
    """Return how often each kind of item is drawn, (samples, kinds)."""
    n = int(counts.sum())
    if n < FEWEST_ITEMS:
        return None
    return np.random.default_rng(_SEED).multinomial(n, counts / n, size=_SAMPLES).astype(np.float64)


def _interval(over: Floats, under: Floats) -> Interval | None:
    defined = under > 1e-12
    if 1 - defined.mean() > _MOST_UNDEFINED:
        return None
    low, high = np.quantile(over[defined] / under[defined], _SHARES)
    return round(float(low), 2), round(float(high), 2)
