"""The probability above which links have a wanted precision, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from align.types import Doubles, FloatArray

__all__ = ["Threshold", "expected_at", "precision_interval", "threshold_for"]

_ROUNDING = 1e-6
"""What a probability loses as float32: .9 is to meet a target of .9."""
_DIGITS = 6
"""Digits that a probability has in any form: .9491 as float32 is .94910002, and compared as .9491."""

_STRENGTH = 29.0
"""How many links the expected precision is worth: with it, .95 may be .91 or .99 (one standard deviation), as it was
over the held-out pairs of 22 origins, each mixed and judged by itself at three levels of noise."""

_TAIL = 0.025
_MOST_TRIALS = 20_000
"""Links from which luck no longer counts beside the systematic error."""


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


def threshold_for(probabilities: FloatArray | Doubles, target_precision: float) -> Threshold:
    """Return the lowest cut whose links are right at the rate `target_precision` (0-1).

    That is what is expected of them.

    `probabilities` is (n,), calibrated: their mean above the cut is the precision expected there. Links of equal
    probability stay together. Raises ValueError for a target outside (0, 1].

    >>> cut = threshold_for(np.array([.99, .95, .9, .3], np.float32), 0.94)
    >>> round(cut.value, 2), round(cut.precision, 3), cut.taken
    (0.9, 0.947, 3)
    """
    if not 0 < target_precision <= 1:
        raise ValueError(f"target precision must be above 0 and at most 1, not {target_precision}")
    ranked = np.sort(_written(probabilities))[::-1]
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


def expected_at(probabilities: FloatArray | Doubles, value: float) -> Threshold:
    """Return what is expected of the links with at least the probability `value`.

    `probabilities` are as above.

    >>> cut = expected_at(np.array([.99, .95, .9, .3], np.float32), 0.9)
    >>> round(cut.precision, 3), cut.taken, round(cut.right, 2)
    (0.947, 3, 2.84)
    """
    written = _written(probabilities)
    above = written[written >= round(value, _DIGITS)]
    precision = float(above.mean()) if len(above) else 0.0
    return Threshold(value, precision, precision_interval(precision, len(above)), len(above), float(above.sum()))


def _written(probabilities: FloatArray | Doubles) -> Doubles:
    """Return probabilities as they are written, (n,) float64, whatever their width was."""
    return np.asarray(np.round(np.asarray(probabilities, np.float64), _DIGITS), np.float64)


def precision_interval(precision: float, count: int) -> tuple[float, float]:
    """Return the range that holds the share of right ones among `count` links in 95 of 100 runs.

    The links are expected to be right at the rate `precision`, which is uncertain itself: the count of right ones is
    beta-binomial, and the interval lies between the outer fortieths.

    >>> [round(end, 2) for end in precision_interval(0.95, 400)]
    [0.84, 1.0]
    >>> precision_interval(0.95, 0)
    (0.0, 1.0)
    """
    if count <= 0:
        return 0.0, 1.0
    mean = min(max(precision, _TAIL), 1 - _TAIL)
    chances = _beta_binomial(min(count, _MOST_TRIALS), mean * _STRENGTH, (1 - mean) * _STRENGTH)
    below = np.cumsum(chances)
    low, high = np.searchsorted(below, [_TAIL, 1 - _TAIL])
    return float(low) / (len(chances) - 1), float(min(high, len(chances) - 1)) / (len(chances) - 1)


def _beta_binomial(n: int, a: float, b: float) -> Doubles:
    """Return the chances of 0 to n right ones among n, (n + 1,) float64.

    >>> _beta_binomial(2, 1.0, 1.0).round(3).tolist()
    [0.333, 0.333, 0.333]
    """
    k = np.arange(n, dtype=np.float64)
    steps = np.log((n - k) * (k + a)) - np.log((k + 1) * (n - k - 1 + b))
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    chances = np.exp(logs - logs.max())
    return np.asarray(chances / chances.sum(), dtype=np.float64)
