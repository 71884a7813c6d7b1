"""From likelihood ratios to probabilities.

The share of sources with a counterpart is estimated in the run itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, log1p
from typing import Final

from align.types import Doubles, IntArray
from align.verify.logistic import sigmoid

__all__ = ["LEAST_SHARE", "Prior", "Sparse", "adjusted", "by_the_run", "doubt_of", "estimate_share"]

_ROUNDS: Final = 500
_SETTLED: Final = 1e-9
_LEAST: Final = 1e-5
_MOST: Final = 1 - 1e-4
LEAST_SHARE: Final = 1e-3
_FEW: Final = 20
_SPARSE: Final = 0.01

_HEARD: Final = 0.3
"""How much the run's own distribution counts beside what the experts were fitted to, in a large run at most."""

_LARGE: Final = 200
_FEWEST: Final = 5.0
"""Sources that are to be likely right, and likely wrong, before a run says anything about either kind."""

_FIT_ROUNDS: Final = 100


@dataclass(frozen=True, slots=True)
class Prior:
    """The share (0-1) of sources with a counterpart before anything is seen.

    It counts like `counts` sources.
    """

    share: float
    counts: float


@dataclass(frozen=True, slots=True)
class Sparse:
    """A map to log-odds where few sources have a counterpart.

    `base` + `slope` x log-ratio + `share` x log(share).

    Estimating a share of a tenth of a per cent is hopeless where one wrong pair in a thousand looks right. From a share
    of `below` down the map says more and more, at half of that and less it alone.
    """

    base: float
    slope: float
    share: float
    below: float

    def log_odds(self, log_ratios: Doubles, share: float) -> Doubles:
        """Return (n,) float64 log-odds by the sparse map.

        No share is taken for less than a thousandth, where the estimate is but noise.
        """
        return self.base + self.slope * log_ratios + self.share * log(max(share, LEAST_SHARE))

    def trust(self, share: float) -> float:
        """Return how far (0-1) an estimated share is to be believed."""
        return min(max(2 * share / self.below - 1, 0.0), 1.0)


def estimate_share(log_ratios: Doubles, sources: int, prior: Prior) -> float:
    """Return the share (0-1) of the sources that have a counterpart.

    From the (m,) ratios of each one's best candidate.

    Expectation maximisation over the priors (Saerens, Latinne and Decaestecker 2002), from the prior on: a run of four
    sentences moves little. Sources without a candidate have no counterpart.

    >>> import numpy as np
    >>> many = np.array([5.0] * 100 + [-5.0] * 900)
    >>> round(estimate_share(many, 1000, Prior(0.5, 4.0)), 2)
    0.1
    >>> round(estimate_share(many[:0], 0, Prior(0.5, 4.0)), 2)
    0.5
    """
    share = prior.share
    for _ in range(_ROUNDS):
        right = float(sigmoid(log_ratios + log(share) - log1p(-share)).sum())
        new = (right + prior.share * prior.counts) / (sources + prior.counts)
        new = min(max(new, _LEAST), _MOST)
        settled = abs(new - share) < _SETTLED
        share = new
        if settled:
            break
    return share


def adjusted(
    log_ratios: Doubles, heads: IntArray, sources: int, *, prior: Prior, sparse: Sparse
) -> tuple[Doubles, float]:
    """Return (n,) float64 log-odds in a run of so many sources.

    And the share (0-1) that has a counterpart.

    `heads` are the places of each source's best candidate.
    """
    share = estimate_share(log_ratios[heads], sources, prior)
    # Bayes' rule in logarithms: a likelihood ratio times the prior odds.
    usual = log_ratios + log(share) - log1p(-share)
    trust = sparse.trust(share)
    if trust == 1:
        return usual, share
    # The two maps fade into each other, lest one more source turn every probability of a run.
    return trust * usual + (1 - trust) * sparse.log_odds(log_ratios, share), share


def by_the_run(log_ratios: Doubles, log_odds: Doubles, heads: IntArray, share: float, *, most: float) -> Doubles:
    """Return (n,) log-odds for this run.

    They lean on how the log-ratios of its best candidates are distributed.

    Lines of one subject come nearer to each other than those of many, so the experts are too sure of some runs and too
    doubtful of others. Right and wrong best candidates are taken for two normal distributions of one variance, found by
    expectation maximisation from the `share` on (Hastie, Tibshirani and Friedman 2009, sections 4.3 and 8.5), in each
    round half by what the experts say. `most` (0-1) is how much the run may be heard: 0 where the experts that trust
    the pair itself are. A run of few sources, or of one kind, leaves the log-odds as they are.

    >>> import numpy as np
    >>> ratios = np.r_[np.full(200, 9.0), np.full(200, 1.0)] + np.tile([-1.0, 1.0], 200)
    >>> odds = by_the_run(ratios, ratios, np.arange(400), 0.5, most=1.0)
    >>> bool(odds[-1] < ratios[-1])
    True
    """
    found = log_ratios[heads]
    heard = most * _HEARD * min(len(found) / _LARGE, 1.0)
    said = found + log(share) - log1p(-share)
    p = sigmoid(said)
    slope, shift = 1.0, log(share) - log1p(-share)
    for _ in range(_FIT_ROUNDS if heard else 0):
        right = float(p.sum())
        # A run of one kind has no second distribution to be fitted.
        if min(right, len(p) - right) < _FEWEST:
            return log_odds
        means = float((p * found).sum()) / right, float(((1 - p) * found).sum()) / (len(p) - right)
        spread = float((p * (found - means[0]) ** 2 + (1 - p) * (found - means[1]) ** 2).mean())
        slope = (means[0] - means[1]) / max(spread, _SETTLED)
        shift = log(right) - log(len(p) - right) - slope * (means[0] + means[1]) / 2
        p = sigmoid((said + slope * found + shift) / 2)
    return log_odds + heard * (slope * log_ratios + shift - log_odds)


def doubt_of(share: float, sources: int) -> str | None:
    """Return why the probabilities of a run are less sure than usual, None where they are not.

    >>> doubt_of(0.5, 4)
    'too small: of fewer than 20 sources the share with a counterpart is mostly guessed'
    >>> doubt_of(0.5, 400) is None
    True
    """
    if sources < _FEW:
        return f"too small: of fewer than {_FEW} sources the share with a counterpart is mostly guessed"
    if share < _SPARSE:
        return f"too sparse: under {_SPARSE:.0%} of the sources seem to have a counterpart, chance finds as many"
    return None
