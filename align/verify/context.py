"""What a candidate's surroundings say: neighbouring sentences that link to neighbouring sentences."""

from __future__ import annotations

from typing import Final

import numpy as np

from align.types import Candidates, FloatArray, IntArray, Side
from align.verify.calibrate import best_per_row
from align.verify.logistic import Doubles, sigmoid

__all__ = ["CONTEXT", "context_features"]

CONTEXT: Final = ("second_score", "neighbours_link", "documents_link")
"""The columns of `context_features`, in order."""

_REACH: Final = 2
_MOST_LINKS: Final = 3.0


def context_features(candidates: Candidates, log_odds: Doubles, sides: tuple[Side, Side]) -> FloatArray | None:
    """Return (n, 3) float32, the columns named by `CONTEXT`, or None where a side has no documents.

    `log_odds` (n,) is the verdict so far, *second_score*. *neighbours_link* is the best probability of a pair of
    neighbours, at most two segments away on both sides; *documents_link* sums, over the other links of the same two
    documents that are the best of both their segments, their probabilities, at most 3.
    """
    source, target = sides[0].document, sides[1].document
    if source is None or target is None:
        return None
    p = sigmoid(log_odds)
    near = _neighbours(candidates, p, source, target)
    shared = np.minimum(_documents(candidates, p, source, target), _MOST_LINKS)
    return np.column_stack([log_odds, near, shared]).astype(np.float32)


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


def _documents(candidates: Candidates, p: Doubles, source: IntArray, target: IntArray) -> Doubles:
    chosen = np.zeros(len(p), dtype=bool)
    chosen[best_per_row(candidates.source, p)] = True
    mutual = np.zeros(len(p), dtype=bool)
    mutual[best_per_row(candidates.target, p)] = True
    mine = np.where(chosen & mutual, p, 0.0)
    pairs = source[candidates.source] * (int(target.max()) + 1) + target[candidates.target]
    _, group = np.unique(pairs, return_inverse=True)
    # A candidate is no evidence for itself, and its rivals are none either: they share a segment with it.
    own = np.zeros(len(p))
    for rows in (candidates.source, candidates.target):
        _, member = np.unique(rows * (int(group.max()) + 1) + group, return_inverse=True)
        own += np.bincount(member, weights=mine)[member]
    return np.maximum(np.bincount(group, weights=mine)[group] - own + mine, 0.0)
