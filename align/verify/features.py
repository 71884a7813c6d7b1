"""What the verifier looks at: features of each candidate, by itself and among its rivals."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.search.candidates import LEXICAL_WEIGHT
from align.search.margin import margin_k, ratio_margin
from align.sides import Side
from align.types import Candidates, FloatArray, IntArray
from align.verify.fact_features import FACTS, fact_features
from align.verify.interaction import INTERACTION, interaction
from align.verify.logistic import Doubles
from align.verify.words import Bag, WordEncoder, bag

__all__ = ["FIRST", "SECOND", "THIRD", "contenders", "first_look", "gap_to_rival", "rank_in", "second_look"]

FIRST: Final = (
    "cosine",
    "lexical",
    "margin",
    *INTERACTION,
    "numbers_shared",
    "source_numbers_alone",
    "target_numbers_alone",
    "length_ratio",
    "length_difference",
    "shorter_length",
    "pool",
)
"""The columns of `first_look`, in order."""

SECOND: Final = (
    "first_score",
    "gap_among_targets",
    "gap_among_sources",
    "rank_among_targets",
    "rank_among_sources",
    *FACTS,
    "score_by_length",
    "score_by_pool",
    *FIRST,
)
"""The columns of `second_look`, in order."""

THIRD: Final = ("second_score", "neighbours_link", *SECOND)
"""The columns of the look at candidates between documents: the verdict so far, the surroundings, all of the above."""

_MOST_MARGIN: Final = 3.0
_MOST_GAP: Final = 6.0
_MOST_POOL: Final = 3000
"""Rows from which a larger side makes no difference: the training holds none, and a guess would be none the wiser."""

_CONTENDERS: Final = 4
_USUAL_LENGTH: Final = 4.4
_USUAL_POOL: Final = 5.0
"""Logarithms of a usual length and size, so that the products below measure the unusual."""


def first_look(candidates: Candidates, source: Side, target: Side, encoder: WordEncoder) -> FloatArray:
    """Return (n, f) float32, the columns named by `FIRST`: what a pair is like by itself.

    Cosine and margin come from the sides' bundled vectors, and words are compared with `encoder`, the bundled one,
    whichever encoder proposed the candidates: another one's cosines have another scale, of which nothing is known.
    """
    source_bag, target_bag = bag(source.texts), bag(target.texts)
    parts = [
        _likeness(candidates, source, target),
        interaction(candidates, source_bag, target_bag, encoder),
        _numbers(candidates, source_bag, target_bag),
        _sizes(candidates, source, target),
    ]
    return np.hstack(parts).astype(np.float32)


def contenders(candidates: Candidates, scores: Doubles) -> NDArray[np.bool_]:
    """Return (n,) bool: which candidates are worth a second look, the four best of their source or of their target."""
    best = np.minimum(rank_in(candidates.source, scores), rank_in(candidates.target, scores))
    return np.asarray(best < _CONTENDERS, dtype=bool)


def second_look(
    candidates: Candidates, first: FloatArray, scores: Doubles, *, chosen: IntArray, sides: tuple[Side, Side]
) -> FloatArray:
    """Return (m, f) float32, the columns named by `SECOND`, of the (m,) chosen candidates: a pair among its rivals.

    `first` (n, f) is the first look at all candidates and `scores` (n,) its log-odds. Rivals are the other candidates
    of the same source and of the same target; a gap is to the best of them, at most 6 either way and 6 where there is
    none, a rank is log(1 + rivals above). The facts of a pair are looked at only here.
    """
    facts = fact_features(candidates.source[chosen], candidates.target[chosen], *sides)
    length, pool = first[:, FIRST.index("shorter_length")], first[:, FIRST.index("pool")]
    among_rivals = (
        scores,
        gap_to_rival(candidates.source, scores),
        gap_to_rival(candidates.target, scores),
        np.log1p(rank_in(candidates.source, scores)),
        np.log1p(rank_in(candidates.target, scores)),
    )
    parts = [
        np.column_stack(among_rivals)[chosen],
        facts,
        np.column_stack([scores * (length - _USUAL_LENGTH), scores * (pool - _USUAL_POOL)])[chosen],
        first[chosen],
    ]
    return np.hstack(parts).astype(np.float32)


def rank_in(rows: IntArray, scores: Doubles | FloatArray) -> IntArray:
    """Return how many of the same row score higher, (n,) int64; equals go by their order.

    >>> rank_in(np.array([7, 7, 8]), np.array([.1, .2, .0])).tolist()
    [1, 0, 0]
    """
    order = np.lexsort((-scores, rows))
    ordered = rows[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]][: len(rows)])
    counts = np.diff(np.r_[first, len(rows)])
    ranks = np.empty(len(rows), dtype=np.int64)
    ranks[order] = np.arange(len(rows)) - np.repeat(first, counts)
    return ranks


def gap_to_rival(rows: IntArray, scores: Doubles, *, most: float = _MOST_GAP) -> FloatArray:
    """Return score minus the best other score of the same row, (n,) float32, within -`most` to `most`.

    >>> gap_to_rival(np.array([7, 7, 8]), np.array([.5, .25, .0])).tolist()
    [0.25, -0.25, 6.0]
    """
    order = np.lexsort((-scores, rows))
    ordered, ranked = rows[order], scores[order]
    leads = np.r_[True, ordered[1:] != ordered[:-1]][: len(rows)]
    first = np.flatnonzero(leads)
    counts = np.diff(np.r_[first, len(rows)])
    best = np.repeat(ranked[first], counts)
    second = np.where(counts > 1, ranked[np.minimum(first + 1, len(rows) - 1)], -np.inf)
    rival = np.where(leads, np.repeat(second, counts), best)
    gaps = np.empty(len(rows), dtype=np.float32)
    gaps[order] = np.clip(ranked - rival, -most, most)
    return gaps


def _likeness(candidates: Candidates, source: Side, target: Side) -> FloatArray:
    """Return (n, 3): cosine, lexical likeness and ratio margin."""
    rows, columns = candidates.source, candidates.target
    cosine = np.einsum("nd,nd->n", source.bundled[rows], target.bundled[columns])
    lexical = np.einsum("nd,nd->n", source.lexical[rows], target.lexical[columns])
    similarity = (1 - LEXICAL_WEIGHT) * cosine + LEXICAL_WEIGHT * lexical
    margin = ratio_margin(
        similarity,
        _neighbourhood(rows, similarity, margin_k(len(target))),
        _neighbourhood(columns, similarity, margin_k(len(source))),
    )
    return np.column_stack([cosine, lexical, np.clip(margin, 0, _MOST_MARGIN)])


def _neighbourhood(rows: IntArray, similarity: FloatArray, k: int) -> FloatArray:
    """Return for each candidate the mean of the k best similarities of its row, (n,) float32."""
    near = rank_in(rows, similarity) < k
    sums = np.bincount(rows[near], weights=similarity[near], minlength=int(rows.max(initial=0)) + 1)
    counts = np.bincount(rows[near], minlength=len(sums))
    return (sums / np.maximum(counts, 1))[rows].astype(np.float32)


def _numbers(candidates: Candidates, source: Bag, target: Bag) -> FloatArray:
    """Return (n, 3): how many numbers in digits both texts write, only the source writes, only the target writes."""
    left, right = _number_sets(source), _number_sets(target)
    counts = np.zeros((len(candidates), 3), dtype=np.float32)
    for n, (i, j) in enumerate(zip(candidates.source.tolist(), candidates.target.tolist(), strict=True)):
        if left[i] or right[j]:
            counts[n] = len(left[i] & right[j]), len(left[i] - right[j]), len(right[j] - left[i])
    return np.minimum(counts, 3)


def _number_sets(side: Bag) -> list[frozenset[str]]:
    names = np.array(side.vocabulary, dtype=object)
    rows = [side.ids[side.row(i)] for i in range(len(side))]
    return [frozenset(names[ids[side.number[ids]]]) if len(ids) else frozenset() for ids in rows]


def _sizes(candidates: Candidates, source: Side, target: Side) -> FloatArray:
    """Return (n, 4): log of source over target length, its size, log of the shorter, log of the larger side."""
    left = np.log([max(len(text), 1) for text in source.texts])[candidates.source]
    right = np.log([max(len(text), 1) for text in target.texts])[candidates.target]
    pool = np.full(len(candidates), np.log(min(max(len(source), len(target), 1), _MOST_POOL)))
    return np.column_stack([left - right, np.abs(left - right), np.minimum(left, right), pool])
