"""Chooses the probability above which links have a wanted precision, and says how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from align.types import FloatArray

__all__ = ["Threshold", "expected_at", "precision_interval", "threshold_for"]

_Z95 = 1.959964
_ROUNDING = 1e-6
"""What a probability loses as float32: .9 is to meet a target of .9."""

_SYSTEMATIC = 0.04
"""How far the mean probability above the cut may lie from the truth, one standard deviation, beside the luck of the
draw: so it was over the held-out pairs of 22 origins, each mixed and judged by itself at three levels of noise."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A cut: links with at least the probability `value` are taken.

    `precision` (0-1) is what they are expected to have, `interval` its 95 % interval, `taken` how many they are and
    `right` how many of them are expected to be right. `reached` is False where not even the best link is good enough;
    then `value` is above 1 and nothing is taken.
    """

    value: float
    precision: float
    interval: tuple[float, float]
    taken: int
    right: float
    reached: bool = True


def threshold_for(probabilities: FloatArray, target_precision: float) -> Threshold:
    """Return the lowest cut whose links are expected to be right at the rate `target_precision` (0-1).

    `probabilities` is (n,), calibrated: their mean above the cut is the precision expected there. Links of equal
    probability stay together. Raises ValueError for a target outside (0, 1].

    >>> cut = threshold_for(np.array([.99, .95, .9, .3], np.float32), 0.94)
    >>> round(cut.value, 2), round(cut.precision, 3), cut.taken
    (0.9, 0.947, 3)
    """
    if not 0 < target_precision <= 1:
        raise ValueError(f"target precision must be above 0 and at most 1, not {target_precision}")
    ranked = np.sort(np.asarray(probabilities, np.float64))[::-1]
    running = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    # Only the last of equal probabilities is a cut that a comparison can make.
    last = np.append(ranked[1:] < ranked[:-1], True)[: len(ranked)]
    cuts = np.flatnonzero((running >= target_precision - _ROUNDING) & last)
    if not len(cuts):
        return Threshold(1.000001, 0.0, (0.0, 1.0), 0, 0.0, reached=False)
    taken = int(cuts[-1]) + 1
    precision = float(running[taken - 1])
    return Threshold(
        float(ranked[taken - 1]), precision, precision_interval(precision, taken), taken, precision * taken
    )


def expected_at(probabilities: FloatArray, value: float) -> Threshold:
    """Return what is expected of the links with at least the probability `value`; `probabilities` as above.

    >>> cut = expected_at(np.array([.99, .95, .9, .3], np.float32), 0.9)
    >>> round(cut.precision, 3), cut.taken, round(cut.right, 2)
    (0.947, 3, 2.84)
    """
    above = np.asarray(probabilities, np.float64)[np.asarray(probabilities) >= np.float32(value)]
    precision = float(above.mean()) if len(above) else 0.0
    return Threshold(value, precision, precision_interval(precision, len(above)), len(above), float(above.sum()))


def precision_interval(precision: float, count: int, *, systematic: float = _SYSTEMATIC) -> tuple[float, float]:
    """Return the 95 % interval of the share that is right among `count` links expected right at `precision`.

    Wilson's score interval (1927) for the luck of the draw, with as many links as would make the error of the
    probabilities themselves (`systematic`, one standard deviation) part of it.

    >>> [round(end, 2) for end in precision_interval(0.95, 400)]
    [0.8, 0.99]
    >>> precision_interval(0.95, 0)
    (0.0, 1.0)
    """
    if count <= 0:
        return 0.0, 1.0
    spread = max(precision * (1 - precision), 1e-4)
    n = spread / (spread / count + systematic**2)
    middle = (precision + _Z95**2 / (2 * n)) / (1 + _Z95**2 / n)
    half = _Z95 / (1 + _Z95**2 / n) * sqrt(precision * (1 - precision) / n + _Z95**2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)
