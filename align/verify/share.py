"""From likelihood ratios to probabilities: the share of sources with a counterpart is estimated in the run itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, log1p
from typing import Final

from align.types import IntArray
from align.verify.logistic import Doubles, sigmoid

__all__ = ["Prior", "Sparse", "adjusted", "doubt_of", "estimate_share"]

_ROUNDS: Final = 500
_SETTLED: Final = 1e-9
_LEAST: Final = 1e-5
_MOST: Final = 1 - 1e-4
_FEW: Final = 20
_SPARSE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Prior:
    """The share (0-1) of sources with a counterpart before anything is seen, which counts like `counts` sources."""

    share: float
    counts: float


@dataclass(frozen=True, slots=True)
class Sparse:
    """A map to log-odds where few sources have a counterpart: `base` + `slope` x log-ratio + `share` x log(share).

    Estimating a share of a tenth of a per cent is hopeless where one wrong pair in a thousand looks right. From a share
    of `below` down the map says more and more, at half of that and less it alone.
    """

    base: float
    slope: float
    share: float
    below: float

    def log_odds(self, log_ratios: Doubles, share: float) -> Doubles:
        """Return (n,) float64."""
        return self.base + self.slope * log_ratios + self.share * log(share)


def estimate_share(log_ratios: Doubles, sources: int, prior: Prior) -> float:
    """Return the share (0-1) of the sources that have a counterpart, from the (m,) ratios of each one's best candidate.

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
    """Return (n,) float64 log-odds in a run of so many sources, and the share (0-1) that has a counterpart.

    `heads` are the places of each source's best candidate.
    """
    share = estimate_share(log_ratios[heads], sources, prior)
    usual = log_ratios + log(share) - log1p(-share)
    trust = min(max(2 * share / sparse.below - 1, 0.0), 1.0)
    if trust == 1:
        return usual, share
    return trust * usual + (1 - trust) * sparse.log_odds(log_ratios, share), share


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
