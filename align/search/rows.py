"""Candidates ranked within the rows they share.

The best of a text, the gap to the next, the mean of the nearest.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.types import Doubles, FloatArray, IntArray

__all__ = ["NONE", "best_of", "best_per_row", "gap_to_rival", "rank_in"]

NONE: Final = np.float32(-1)
"""What stands where a row has fewer scores than are asked for; scores are above it."""


def best_per_row(rows: IntArray, scores: Doubles | FloatArray) -> IntArray:
    """Return the place of each row's best score, by row; equals go to the first.

    >>> best_per_row(np.array([0, 0, 2, 2]), np.array([.1, .5, .9, .2])).tolist()
    [1, 2]
    """
    order = np.lexsort((-np.asarray(scores, np.float64), rows))
    return np.asarray(order[_leads(rows[order])], np.int64)


def rank_in(rows: IntArray, scores: Doubles | FloatArray) -> IntArray:
    """Return how many of the same row score higher, (n,) int64; equals go by their order.

    >>> rank_in(np.array([7, 7, 8]), np.array([.1, .2, .0])).tolist()
    [1, 0, 0]
    """
    order = np.lexsort((-scores, rows))
    first = np.flatnonzero(_leads(rows[order]))
    counts = np.diff(np.r_[first, len(rows)])
    ranks = np.empty(len(rows), dtype=np.int64)
    ranks[order] = np.arange(len(rows)) - np.repeat(first, counts)
    return ranks


def gap_to_rival(rows: IntArray, scores: Doubles | FloatArray, *, most: float) -> FloatArray:
    """Return score minus the best other score of the same row, (n,) float32.

    It is kept within -`most` to `most`.

    >>> gap_to_rival(np.array([7, 7, 8]), np.array([.5, .25, .0]), most=6).tolist()
    [0.25, -0.25, 6.0]
    """
    order = np.lexsort((-scores, rows))
    ranked = np.asarray(scores, np.float64)[order]
    leads = _leads(rows[order])
    first = np.flatnonzero(leads)
    counts = np.diff(np.r_[first, len(rows)])
    second = np.where(counts > 1, ranked[np.minimum(first + 1, len(rows) - 1)], -np.inf)
    rival = np.where(leads, np.repeat(second, counts), np.repeat(ranked[first], counts))
    gaps = np.empty(len(rows), dtype=np.float32)
    gaps[order] = np.clip(ranked - rival, -most, most)
    return gaps


def best_of(rows: IntArray, scores: FloatArray, *, size: int, k: int) -> FloatArray:
    """Return the k best scores of each of `size` rows, (size, k) float32.

    Best first, `NONE` where there are fewer.

    >>> best_of(np.array([0, 0, 2]), np.float32([.25, .5, .75]), size=3, k=2).tolist()
    [[0.5, 0.25], [-1.0, -1.0], [0.75, -1.0]]
    """
    best = np.full((size, k), NONE, dtype=np.float32)
    ranks = rank_in(rows, scores)
    near = ranks < k
    best[rows[near], ranks[near]] = scores[near]
    return best


def _leads(ordered: IntArray) -> NDArray[np.bool_]:
    """Say of each sorted row whether it is the first of its kind."""
    return np.asarray(np.r_[True, ordered[1:] != ordered[:-1]][: len(ordered)], dtype=np.bool_)
