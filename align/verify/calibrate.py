"""Keeps probabilities true when the share of segments with a counterpart differs from the share of the training."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, log1p, pi, sqrt
from typing import Final

import numpy as np

from align.types import FloatArray, IntArray
from align.verify.logistic import Doubles, sigmoid

__all__ = ["Adapted", "Prior", "adapt", "best_per_row"]

_ROUNDS: Final = 500
_SETTLED: Final = 1e-7
_LEAST: Final = 1e-3
_SHARE_WEIGHT: Final = 8.0
"""How many judgements the training's share counts for."""

_DRIFT_WEIGHT: Final = 100.0
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


def adapt(log_odds: Doubles, heads: IntArray, prior: Prior) -> Adapted:
    """Return (n,) log-odds adjusted to a run in which another share is right, and the right ones look less sure.

    `heads` are the places of each source's best candidate: from these the share is estimated. Expectation maximisation
    over the priors (Saerens, Latinne and Decaestecker 2002), in which the right ones' log-odds, taken as logistic, may
    drift: texts of another kind than the training's are harder or easier, while wrong pairs look alike everywhere. Both
    start from the training and need evidence to leave it, so that a run of four sentences moves little. A large share
    lifts no candidate above which its source has a better one.

    >>> prior = Prior(0.5, 4.0, 2.5)
    >>> many = np.array([5.0] * 100 + [-5.0] * 900)
    >>> round(adapt(many, np.arange(1000), prior).share, 2)
    0.1
    >>> few = np.array([5.0, -5.0])
    >>> round(adapt(few, np.arange(2), prior).share, 2)
    0.5
    """
    share, drift = prior.share, 0.0
    scale = _scale(prior)
    best = log_odds[heads]
    for _ in range(_ROUNDS):
        p = sigmoid(best + _shifted(prior, share) + _drifted(best, prior, drift))
        right = float(p.sum())
        new_share = (right + _SHARE_WEIGHT * prior.share) / (len(heads) + _SHARE_WEIGHT)
        new_share = float(np.clip(new_share, _LEAST, 1 - _LEAST))
        # One step of Fisher scoring for the location of a logistic distribution, pulled towards no drift.
        pull = float((p * np.tanh((best - prior.mean - drift) / (2 * scale))).sum()) * 3 * scale
        new_drift = drift + (pull - _DRIFT_WEIGHT * drift) / (right + _DRIFT_WEIGHT)
        new_drift = float(np.clip(new_drift, -_MOST_DRIFT, _MOST_DRIFT))
        settled = abs(new_share - share) + abs(new_drift - drift) < _SETTLED
        share, drift = new_share, new_drift
        if settled:
            break
    lift = np.full(len(log_odds), min(_shifted(prior, share), 0.0))
    lift[heads] = _shifted(prior, share)
    return Adapted(log_odds + lift + _drifted(log_odds, prior, drift), share, drift)


def _shifted(prior: Prior, share: float) -> float:
    """Return what another share adds to log-odds: Bayes' rule."""
    return _logit(share) - _logit(prior.share)


def _drifted(log_odds: Doubles, prior: Prior, drift: float) -> Doubles:
    """Return what it adds to log-odds that the right ones' distribution lies `drift` away from the training's."""
    scale = _scale(prior)
    return _log_density((log_odds - prior.mean - drift) / scale) - _log_density((log_odds - prior.mean) / scale)


def _log_density(x: Doubles) -> Doubles:
    """Return the logarithm of the standard logistic density, whose tails are flat enough for none to be ruled out."""
    return np.asarray(-x - 2 * np.logaddexp(0, -x), dtype=np.float64)


def _scale(prior: Prior) -> float:
    return prior.spread * sqrt(3) / pi


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
    return log(share) - log1p(-share)
