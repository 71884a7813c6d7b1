"""Which pairs of documents are worth a look, and what is seen of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from align.pairing.document_rows import Documents
from align.search.candidates import IndexFactory
from align.search.margin import margin_k, ratio_margin
from align.search.rows import rank_in
from align.types import Doubles, FloatArray, IntArray

__all__ = ["FEATURES", "SeenPairs", "see_pairs"]

FEATURES: Final = (
    "votes",
    "voters",
    "best_vote",
    "source_covered",
    "target_covered",
    "mean_cosine",
    "title_cosine",
    "ahead_of_source_rival",
    "ahead_of_target_rival",
    "smaller_size",
)
_NEAREST_DOCUMENTS: Final = 3
_MOST_RIVALS: Final = 8
"""Pairs by votes that are kept of each document: the others have no hope."""


@dataclass(frozen=True, slots=True)
class SeenPairs:
    """n pairs of documents and their features.

    The numbers of the documents are (n,) int64, the features (n, f) float64 by `FEATURES`.
    """

    source: IntArray
    target: IntArray
    features: Doubles

    def __len__(self) -> int:
        return len(self.source)


def see_pairs(source: Documents, target: Documents, index: IndexFactory) -> SeenPairs:
    """Find and describe the pairs of documents that sentences or mean vectors speak for.

    Two sentences that are each other's nearest vote for their documents with their ratio margin less 1; the sum is
    divided by the root of both numbers of sentences, so that long documents do not win by their length alone.
    """
    keys, margins = _votes(source, target, index)
    candidates = np.union1d(keys, _near_means(source, target, index))
    place = np.searchsorted(candidates, keys)
    pairs = candidates // len(target), candidates % len(target)
    scale = np.sqrt(np.maximum(source.sizes[pairs[0]] * target.sizes[pairs[1]], 1))
    voters = np.bincount(place, minlength=len(candidates)) / scale
    votes = np.bincount(place, weights=np.maximum(margins - 1, 0), minlength=len(candidates)) / scale
    best = np.zeros(len(candidates))
    np.maximum.at(best, place, margins)
    kept = _hopeful(pairs, votes)
    rows = pairs[0][kept], pairs[1][kept]
    ahead = [_ahead(pairs[side], votes)[kept] for side in (0, 1)]
    covered = _covered(source, target, rows)
    columns = [
        votes[kept],
        voters[kept],
        best[kept],
        *covered,
        np.einsum("nd,nd->n", source.means()[rows[0]], target.means()[rows[1]]),
        np.einsum("nd,nd->n", source.titles()[rows[0]], target.titles()[rows[1]]),
        *ahead,
        np.log(np.maximum(np.minimum(source.sizes[rows[0]], target.sizes[rows[1]]), 1)),
    ]
    return SeenPairs(rows[0], rows[1], np.column_stack(columns))


def _votes(source: Documents, target: Documents, index: IndexFactory) -> tuple[IntArray, FloatArray]:
    """Return the documents that each two mutually nearest sentences vote for, and their margins.

    A pair of documents (s, t) is the number s * targets + t.
    """
    forward, to_target = _nearest(source.vectors, target.vectors, margin_k(len(target.vectors)), index)
    backward, to_source = _nearest(target.vectors, source.vectors, margin_k(len(source.vectors)), index)
    rows = np.flatnonzero(to_source[to_target[:, 0], 0] == np.arange(len(to_target)))
    columns = to_target[rows, 0]
    margins = ratio_margin(forward[rows, 0], forward[rows].mean(axis=1), backward[columns].mean(axis=1))
    return source.document[rows] * len(target) + target.document[columns], margins


def _near_means(source: Documents, target: Documents, index: IndexFactory) -> IntArray:
    """Return the pairs of documents that are among each other's nearest by mean vectors."""
    means = source.means(), target.means()
    _, forward = _nearest(means[0], means[1], _NEAREST_DOCUMENTS, index)
    _, backward = _nearest(means[1], means[0], _NEAREST_DOCUMENTS, index)
    proposed = np.arange(len(source))[:, None] * len(target) + forward
    answered = np.arange(len(target))[:, None] + backward * len(target)
    return np.intersect1d(proposed, answered)


def _nearest(rows: FloatArray, others: FloatArray, k: int, index: IndexFactory) -> tuple[FloatArray, IntArray]:
    held = index(rows.shape[1])
    held.add(others)
    return held.search(rows, min(k, len(others)))


def _hopeful(pairs: tuple[IntArray, IntArray], votes: Doubles) -> IntArray:
    """Return the places of the pairs among the first by votes of either document, ascending."""
    first = [rank_in(side, votes) < _MOST_RIVALS for side in pairs]
    return np.flatnonzero(first[0] | first[1])


def _ahead(numbers: IntArray, votes: Doubles) -> Doubles:
    """Return each pair's share of its own votes and those of its document's best other pair.

    Where there are no votes, it is a half.

    >>> _ahead(np.array([0, 0, 1]), np.array([3.0, 1.0, 2.0])).round(2).tolist()
    [0.75, 0.25, 1.0]
    """
    rank = rank_in(numbers, votes)
    best, second = np.zeros((2, int(numbers.max(initial=-1)) + 1))
    for place, found in enumerate((best, second)):
        found[numbers[rank == place]] = votes[rank == place]
    rival = np.where(rank == 0, second[numbers], best[numbers])
    ahead: Doubles = (votes + 1e-9) / (votes + rival + 2e-9)
    return ahead


def _covered(source: Documents, target: Documents, rows: tuple[IntArray, IntArray]) -> tuple[Doubles, Doubles]:
    """Return the mean best cosine of either document's sentences with one of the other."""
    covered = np.zeros((2, len(rows[0])))
    starts = source.starts, target.starts
    for number, (s, t) in enumerate(zip(*rows, strict=True)):
        mine = source.vectors[starts[0][s] : starts[0][s + 1]]
        cosine = mine @ target.vectors[starts[1][t] : starts[1][t + 1]].T
        if cosine.size:
            covered[:, number] = cosine.max(axis=1).mean(), cosine.max(axis=0).mean()
    return covered[0], covered[1]
