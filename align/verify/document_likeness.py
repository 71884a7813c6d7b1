"""What the documents of a pair say of it.

How alike they are, and whether their other sentences correspond too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.sides import Side
from align.types import Candidates, FloatArray, IntArray

__all__ = ["DOCUMENTS", "documents"]

DOCUMENTS: Final = (
    "documents_alike",
    "documents_stand_out",
    "document_rank",
    "best_beside",
    "support_beside",
    "source_title",
    "target_title",
)
"""The columns of `documents`, in order."""

_NEAREST: Final = 20
_WITNESSES: Final = 40
"""Best pairs of two documents that are asked whether they support another one."""

_COUNTED: Final = 6
_FROM: Final = np.float32(0.35)
"""Score from which a pair supports others of its documents."""


def documents(candidates: Candidates, scores: FloatArray, source: Side, target: Side) -> FloatArray | None:
    """Return (n, 7) float32, the columns named by `DOCUMENTS`.

    None where a side has no documents.

    `scores` (n,) is the second stage's. Documents are alike by the cosine of their mean vectors, and stand out by what
    that is above the mean of either's nearest twenty. A pair is supported by the best other pairs of its two documents,
    of two other sentences: its rivals are no evidence. The first text of a document is its title.
    """
    if source.document is None or target.document is None:
        return None
    rows = source.document[candidates.source], target.document[candidates.target]
    parts = (
        _documents_alike(source, target, rows),
        _beside(candidates, scores, rows),
        np.column_stack([_first(source.document)[candidates.source], _first(target.document)[candidates.target]]),
    )
    return np.hstack(parts).astype(np.float32)


def _documents_alike(source: Side, target: Side, rows: tuple[IntArray, IntArray]) -> FloatArray:
    """Return how alike the documents are, (n, 3).

    The columns: cosine of the documents, how far it stands out, log(1 + documents that are more alike).
    """
    alike = _means(source) @ _means(target).T
    likeness = alike[rows]
    near = [
        -np.sort(-matrix, axis=1)[:, :_NEAREST].mean(axis=1)[own]
        for matrix, own in ((alike, rows[0]), (alike.T, rows[1]))
    ]
    rank = (alike[rows[0]] > likeness[:, None]).sum(axis=1) if len(likeness) else np.zeros(0)
    return np.column_stack([likeness, likeness - (near[0] + near[1]) / 2, np.log1p(rank)]).astype(np.float32)


def _means(side: Side) -> FloatArray:
    """Return (documents, dim) float32 unit rows: the mean vector of each document."""
    number = side.document if side.document is not None else np.zeros(len(side), dtype=np.int64)
    sums = np.zeros((int(number.max(initial=0)) + 1, side.bundled.shape[1]), dtype=np.float32)
    np.add.at(sums, number, side.bundled)
    means: FloatArray = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), np.float32(1e-6))
    return means


def _first(document: IntArray) -> NDArray[np.bool_]:
    return np.asarray(np.r_[True, document[1:] != document[:-1]][: len(document)], dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class _Witnesses:
    """The best pairs of two documents, best first.

    Rows of either side, and their scores above the least that counts.
    """

    sources: IntArray
    targets: IntArray
    scores: FloatArray


def _beside(candidates: Candidates, scores: FloatArray, rows: tuple[IntArray, IntArray]) -> FloatArray:
    """Return how well the other sentences of the two documents correspond, (n, 2).

    The columns: the best score of another pair, and the sum of what the best six exceed .35 by.
    """
    found = np.zeros((len(candidates), 2), dtype=np.float32)
    if not len(candidates):
        return found
    # One number a pair of documents, so that one sort brings its candidates together, best first.
    key = rows[0] * (int(rows[1].max()) + 1) + rows[1]
    order = np.lexsort((-scores, key))
    edges = np.flatnonzero(np.r_[True, key[order][1:] != key[order][:-1], True])
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        group = order[start:end]
        best = group[:_WITNESSES]
        witnesses = _Witnesses(candidates.source[best], candidates.target[best], scores[best])
        found[group] = _testimony(candidates.source[group], candidates.target[group], witnesses)
    return found


def _testimony(sources: IntArray, targets: IntArray, witnesses: _Witnesses) -> FloatArray:
    # A pair of the same source or target is a rival and not a witness.
    other = (sources[:, None] != witnesses.sources) & (targets[:, None] != witnesses.targets)
    best = np.where(other, witnesses.scores, 0).max(axis=1, initial=0)
    above = np.where(other, np.maximum(witnesses.scores - _FROM, 0), 0)
    # The witnesses are sorted, so the first that count are the best.
    counted = np.where(np.cumsum(other, axis=1) <= _COUNTED, above, 0)
    return np.column_stack([best, counted.sum(axis=1)]).astype(np.float32)
