"""What a stratified random audit says of the precision above a threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.types import Doubles

__all__ = ["Audited", "PrecisionEstimate", "ThresholdPoint", "estimate", "point", "stratified_wilson", "wilson"]


_Z: Final = 1.959964
"""The normal's quantile that leaves a fortieth above it: 95 % between both."""

_CERTAIN: Final = 1e6
"""Draws that leave no doubt: what a stratum is worth of which everything is judged."""

_STEPS: Final = 41


@dataclass(frozen=True, slots=True)
class ThresholdPoint:
    """The precision at a `threshold`.

    How many `pairs` the run has there, and their estimated `precision` with a 95 % interval `low`-`high`.

    Right are accepted and partial pairs; `whole` (with `whole_low`, `whole_high`) counts the accepted ones alone. `n`
    audited pairs stand above the threshold; with none, the precisions are None.
    """

    threshold: float
    pairs: int
    n: int
    precision: float | None
    low: float
    high: float
    whole: float | None
    whole_low: float
    whole_high: float


@dataclass(frozen=True, slots=True)
class PrecisionEstimate:
    """The point asked for and the curve, thresholds rising.

    And how many audited decisions it rests on.

    `signature` names the metric, what decided the probabilities, and n.
    """

    now: ThresholdPoint
    curve: tuple[ThresholdPoint, ...]
    audited: int
    signature: str


@dataclass(frozen=True, slots=True)
class Audited:
    """The run's links and the random sample of them that was judged.

    `probabilities` and `strata` are (N,), of all links. `rows` (n,) are the sampled ones' rows, `right` and `whole`
    (n,) say 0 or 1 (or between, where two reviewers disagree).
    """

    probabilities: Doubles
    strata: NDArray[np.int64]
    rows: NDArray[np.int64]
    right: Doubles
    whole: Doubles


def estimate(audited: Audited, threshold: float, *, signature: str) -> PrecisionEstimate:
    """Return the precision at a threshold and along a curve.

    The curve goes from the lowest probability to the highest.
    """
    p = audited.probabilities
    ends = (float(p.min()), float(p.max())) if len(p) else (0.0, 1.0)
    thresholds = np.unique(np.round(np.append(np.linspace(*ends, _STEPS), threshold), 4))
    curve = tuple(point(audited, float(each)) for each in thresholds)
    return PrecisionEstimate(point(audited, threshold), curve, len(audited.rows), f"{signature}|n={len(audited.rows)}")


def point(audited: Audited, threshold: float) -> ThresholdPoint:
    """Return the precision at a threshold."""
    above = audited.probabilities >= threshold
    taken = above[audited.rows]
    strata = audited.strata[audited.rows][taken]
    sizes = _collapsed(np.bincount(audited.strata[above], minlength=1), np.bincount(strata, minlength=1))
    n = int(taken.sum())
    estimates = [
        stratified_wilson(sizes, strata, values[taken]) if n else (None, 0.0, 1.0)
        for values in (audited.right, audited.whole)
    ]
    return ThresholdPoint(threshold, int(above.sum()), n, *estimates[0], *estimates[1])


def _collapsed(sizes: NDArray[np.int64], sampled: NDArray[np.int64]) -> Sequence[tuple[tuple[int, ...], int]]:
    """Return groups of strata and their sizes.

    One of which none is sampled yet goes to the nearest that is.

    Cochran (1977), Sampling Techniques, section 5A.12, collapses strata likewise.

    >>> _collapsed(np.array([10, 20, 5, 0]), np.array([2, 0, 1]))
    [((0, 1), 30), ((2,), 5)]
    """
    sampled = np.append(sampled, np.zeros(max(len(sizes) - len(sampled), 0), dtype=np.int64))
    homes = np.flatnonzero(sampled[: len(sizes)])
    groups: dict[int, list[int]] = {int(home): [] for home in homes}
    for stratum in np.flatnonzero(sizes).tolist():
        if len(homes):
            groups[int(homes[np.argmin(np.abs(homes - stratum))])].append(stratum)
    return [(tuple(members), int(sizes[members].sum())) for members in groups.values()]


def stratified_wilson(
    groups: Sequence[tuple[tuple[int, ...], int]], strata: NDArray[np.int64], values: Doubles
) -> tuple[float, float, float]:
    """Return a share over strata of known sizes, and its 95 % interval.

    `groups` are strata that count as one, with how many items the run has of them; `strata` and `values` (n,) are
    those of the sample. The interval is Wilson's for as many plain draws as the stratified sample is worth (Franco,
    Little, Louis and Slud 2019, the effective sample size), with the variance within a stratum taken at its share and
    one more observation of the overall one, since of five right ones the variance is not nothing.
    """
    sizes = np.array([size for _, size in groups], dtype=np.float64)
    samples = [values[np.isin(strata, members)] for members, _ in groups]
    means = np.array([sample.mean() for sample in samples])
    drawn = np.array([len(sample) for sample in samples], dtype=np.float64)
    weights = sizes / sizes.sum()
    # The population is finite: the draws from a stratum are worth more, and all of it leaves no doubt.
    worth = np.minimum(drawn * np.maximum(sizes - 1, 1) / np.maximum(sizes - drawn, 1e-9), _CERTAIN)
    share = float(weights @ means)
    overall = (share * worth.sum() + _Z**2 / 2) / (worth.sum() + _Z**2)
    within = (means * worth + overall) / (worth + 1)
    variance = float(np.sum(weights**2 * within * (1 - within) / worth))
    centre = float(weights @ within)
    low, high = wilson(share, centre * (1 - centre) / variance)
    return share, max(low, 0.0), min(high, 1.0)


def wilson(share: float, n: float, *, z: float = _Z) -> tuple[float, float]:
    """Return the interval of a share of n trials (Wilson 1927).

    >>> [round(end, 4) for end in wilson(0.9, 100)]
    [0.8256, 0.9448]
    """
    centre = share + z**2 / (2 * n)
    reach = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return float((centre - reach) / (1 + z**2 / n)), float((centre + reach) / (1 + z**2 / n))
