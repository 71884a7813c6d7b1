"""Keeps probabilities true when the share of segments with a counterpart differs from the share of the training."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from align.types import FloatArray, IntArray
from align.verify.logistic import Doubles, sigmoid

__all__ = ["Calibration", "best_per_row", "estimate_share", "isotonic", "shift"]

_ROUNDS = 500
_SETTLED = 1e-7
_LEAST = 1e-3


@dataclass(frozen=True, slots=True)
class Calibration:
    """A monotone map of log-odds: straight lines between the knots, slope 1 beyond them.

    `knots` and `values` are (m,) float64, both increasing; without knots the map changes nothing.
    """

    knots: Doubles
    values: Doubles

    def __call__(self, log_odds: Doubles) -> Doubles:
        """Return mapped log-odds, (n,) float64.

        >>> Calibration(np.array([0., 2.]), np.array([0., 1.]))(np.array([-1., 1., 4.])).tolist()
        [-1.0, 0.5, 3.0]
        """
        if not len(self.knots):
            return log_odds
        inside = np.interp(log_odds, self.knots, self.values)
        below = np.minimum(log_odds - self.knots[0], 0.0)
        above = np.maximum(log_odds - self.knots[-1], 0.0)
        return np.asarray(inside + below + above, np.float64)


def shift(log_odds: Doubles, *, trained: float, actual: float) -> Doubles:
    """Return log-odds as they are where a share `actual` is positive, from those learned where `trained` was.

    Bayes' rule: the odds change by the ratio of the prior odds. Shares are 0-1, ends excluded.

    >>> shift(np.array([0.0]), trained=0.5, actual=0.5).tolist()
    [0.0]
    >>> sigmoid(shift(np.array([0.0]), trained=0.5, actual=0.1)).round(3).tolist()
    [0.1]
    """
    return log_odds + _logit(actual) - _logit(trained)


def estimate_share(log_odds: Doubles, *, trained: float, strength: float = 4.0) -> float:
    """Return the share of positives, 0-1, under which the probabilities of (n,) log-odds agree with themselves.

    Expectation maximisation over the priors (Saerens, Latinne and Decaestecker 2002): the mean probability becomes
    the next share until nothing moves. `strength` counts imaginary judgements at the `trained` share, so that a run of
    four sentences moves little from it and a run of hundreds follows its own evidence.

    >>> estimate_share(np.empty(0), trained=0.5)
    0.5
    >>> round(estimate_share(np.array([9.0] * 100 + [-9.0] * 900), trained=0.5), 2)
    0.1
    """
    share = trained
    for _ in range(_ROUNDS):
        total = float(sigmoid(shift(log_odds, trained=trained, actual=share)).sum())
        step = (total + strength * trained) / (len(log_odds) + strength)
        step = float(np.clip(step, _LEAST, 1 - _LEAST))
        if abs(step - share) < _SETTLED:
            return step
        share = step
    return share


def best_per_row(rows: IntArray, scores: Doubles | FloatArray) -> IntArray:
    """Return the place of each row's best score, by row; equals go to the first.

    >>> best_per_row(np.array([0, 0, 2, 2]), np.array([.1, .5, .9, .2])).tolist()
    [1, 2]
    """
    order = np.lexsort((-np.asarray(scores, np.float64), rows))
    first = np.ones(len(rows), bool)
    first[1:] = rows[order][1:] != rows[order][:-1]
    return np.asarray(order[first], np.int64)


def isotonic(scores: Doubles, labels: Doubles) -> Doubles:
    """Return the increasing step function nearest to `labels` in squares, at each score, (n,) float64.

    Pool adjacent violators (Ayer et al. 1955; Zadrozny and Elkan 2002). Equal scores share one value.

    >>> isotonic(np.array([1., 2., 3.]), np.array([0., 1., 0.])).tolist()
    [0.0, 0.5, 0.5]
    """
    keys, place = np.unique(scores, return_inverse=True)
    counts = np.bincount(place).astype(np.float64)
    means = np.bincount(place, weights=labels) / np.maximum(counts, 1)
    blocks: list[tuple[float, float, int]] = []
    for mean, count in zip(means.tolist(), counts.tolist(), strict=True):
        block = (mean, count, 1)
        while blocks and blocks[-1][0] >= block[0]:
            mean_before, count_before, width = blocks.pop()
            both = count_before + block[1]
            block = ((mean_before * count_before + block[0] * block[1]) / both, both, width + block[2])
        blocks.append(block)
    fitted = np.concatenate([np.full(width, mean) for mean, _, width in blocks]) if blocks else np.empty(0)
    return np.asarray(fitted[place] if len(keys) else fitted, np.float64)


def _logit(share: float) -> float:
    return float(np.log(share) - np.log1p(-share))
