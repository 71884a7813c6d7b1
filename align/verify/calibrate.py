"""Keeps probabilities true when the share of segments with a counterpart differs from the share of the training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from align.types import FloatArray, IntArray
from align.verify.logistic import Doubles, sigmoid

__all__ = ["Adapted", "Prior", "adapt", "best_per_row", "shift"]

_ROUNDS: Final = 500
_SETTLED: Final = 1e-7
_LEAST: Final = 1e-3
_SHARE_WEIGHT: Final = 4.0
"""How many judgements the training's share counts for."""

_DRIFT_WEIGHT: Final = 200.0
"""How many right judgements the training's log-odds count for: few links must not tell what links look like."""

_MOST_DRIFT: Final = 2.0


@dataclass(frozen=True, slots=True)
class Prior:
    """What the training saw of the best candidates of each source.

    `share` (0-1) of them were right, and the log-odds of those had this `mean` and `spread` (standard deviation).
    """

    share: float
    mean: float
    spread: float


@dataclass(frozen=True, slots=True)
class Adapted:
    """Log-odds (n,) as they are in this run, and what they were adjusted to.

    `share` (0-1) is the share of sources whose best candidate is right, `drift` how far the right ones' log-odds lie
    from those of the training.
    """

    log_odds: Doubles
    share: float
    drift: float


def shift(log_odds: Doubles, *, trained: float, actual: float) -> Doubles:
    """Return log-odds as they are where a share `actual` is positive, from those learned where `trained` was.

    Bayes' rule: the odds change by the ratio of the prior odds. Shares are 0-1, ends excluded.

    >>> shift(np.array([0.0]), trained=0.5, actual=0.5).tolist()
    [0.0]
    >>> sigmoid(shift(np.array([0.0]), trained=0.5, actual=0.1)).round(3).tolist()
    [0.1]
    """
    return log_odds + _logit(actual) - _logit(trained)


def adapt(log_odds: Doubles, heads: IntArray, prior: Prior) -> Adapted:
    """Return (n,) log-odds adjusted to a run in which another share is right, and the right ones look less sure.

    `heads` are the places of each source's best candidate: from these the share is estimated. Expectation maximisation
    over the priors (Saerens, Latinne and Decaestecker 2002), in which the right ones' log-odds, taken as normal, may
    drift: texts of another kind than the training's are harder or easier, while wrong pairs look alike everywhere. Both
    start from the training and need evidence to leave it, so that a run of four sentences moves little.

    >>> prior = Prior(0.5, 4.0, 2.5)
    >>> many = np.array([5.0] * 100 + [-5.0] * 900)
    >>> round(adapt(many, np.arange(1000), prior).share, 2)
    0.1
    >>> few = np.array([5.0, -5.0])
    >>> round(adapt(few, np.arange(2), prior).share, 2)
    0.5
    """
    share, drift = prior.share, 0.0
    for _ in range(_ROUNDS):
        p = sigmoid(_moved(log_odds[heads], prior, share, drift))
        right = float(p.sum())
        new_share = float(
            np.clip((right + _SHARE_WEIGHT * prior.share) / (len(heads) + _SHARE_WEIGHT), _LEAST, 1 - _LEAST)
        )
        pull = float((p * (log_odds[heads] - prior.mean)).sum())
        new_drift = float(np.clip(pull / (right + _DRIFT_WEIGHT), -_MOST_DRIFT, _MOST_DRIFT))
        settled = abs(new_share - share) + abs(new_drift - drift) < _SETTLED
        share, drift = new_share, new_drift
        if settled:
            break
    return Adapted(_moved(log_odds, prior, share, drift), share, drift)


def _moved(log_odds: Doubles, prior: Prior, share: float, drift: float) -> Doubles:
    """Return log-odds under another share, and under right ones whose normal distribution lies `drift` away."""
    shifted = shift(log_odds, trained=prior.share, actual=share)
    return shifted + (2 * drift * (log_odds - prior.mean) - drift**2) / (2 * prior.spread**2)


def best_per_row(rows: IntArray, scores: Doubles | FloatArray) -> IntArray:
    """Return the place of each row's best score, by row; equals go to the first.

    >>> best_per_row(np.array([0, 0, 2, 2]), np.array([.1, .5, .9, .2])).tolist()
    [1, 2]
    """
    order = np.lexsort((-np.asarray(scores, np.float64), rows))
    first = np.ones(len(rows), bool)
    first[1:] = rows[order][1:] != rows[order][:-1]
    return np.asarray(order[first], np.int64)


def _logit(share: float) -> float:
    return float(np.log(share) - np.log1p(-share))
