"""What a candidate's surroundings say: neighbouring sentences that link to neighbouring sentences."""

from __future__ import annotations

from typing import Final

import numpy as np

from align.sides import Side
from align.types import Candidates, IntArray
from align.verify.logistic import Doubles, sigmoid

__all__ = ["neighbours_link"]

_REACH: Final = 2


def neighbours_link(candidates: Candidates, log_odds: Doubles, sides: tuple[Side, Side]) -> Doubles | None:
    """Return for each candidate the best probability of a pair of its neighbours, (n,) float64.

    A neighbour stands in the same document, at most two segments away; both segments of the pair are others than the
    candidate's own, for its rivals are no evidence. `log_odds` (n,) is the verdict so far. None where a side has no
    documents.
    """
    source, target = sides[0].document, sides[1].document
    if source is None or target is None:
        return None
    return _neighbours(candidates, sigmoid(log_odds), source, target)


def _neighbours(candidates: Candidates, p: Doubles, source: IntArray, target: IntArray) -> Doubles:
    width = len(target)
    keys = candidates.source * width + candidates.target
    order = np.argsort(keys)
    ordered = keys[order]
    best = np.zeros(len(p))
    steps = [step for step in range(-_REACH, _REACH + 1) if step]
    for down in steps:
        for across in steps:
            i, j = candidates.source + down, candidates.target + across
            inside = (i >= 0) & (i < len(source)) & (j >= 0) & (j < width)
            i, j = np.where(inside, i, 0), np.where(inside, j, 0)
            inside &= (source[i] == source[candidates.source]) & (target[j] == target[candidates.target])
            place = np.minimum(np.searchsorted(ordered, i * width + j), len(keys) - 1)
            found = inside & (ordered[place] == i * width + j)
            best = np.maximum(best, np.where(found, p[order[place]], 0.0))
    return best
