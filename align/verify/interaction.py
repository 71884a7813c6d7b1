"""Late interaction: each word of one text looks for its best counterpart in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from align.types import Candidates, FloatArray, IntArray
from align.verify.words import Bag, WordEncoder, spelling_vectors

__all__ = ["INTERACTION", "interaction", "spelling_likeness"]

INTERACTION: Final = (
    "source_covered",
    "target_covered",
    "source_found",
    "target_found",
    "source_worst",
    "target_worst",
    "source_names_found",
    "target_names_found",
    "source_names_missing",
    "target_names_missing",
)
"""The columns of `interaction`, in order."""

_BLOCK: Final = 65536
"""Pairs whose words are looked up together: each word once, and not so many that the vectors fill the memory."""

_PIECE: Final = 512
"""Pairs whose words are compared in one matrix product: a product for each pair would keep waking threads."""

_FOUND_FROM: Final = np.float32(0.3)
_FOUND_TO: Final = np.float32(0.7)
_MOST_NAMES: Final = np.float32(4.0)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """What one block needs of a side's words. `rows` leads from word ids to rows of the arrays."""

    rows: IntArray
    vectors: FloatArray
    spellings: FloatArray
    weights: FloatArray


@dataclass(frozen=True, slots=True)
class _Half:
    """The words of some texts, one after the other: text j's begin at `starts[j]`, and none is empty.

    `rows` leads to the vocabulary.
    """

    rows: IntArray
    weights: FloatArray
    proper: FloatArray
    starts: IntArray


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How alike the words of a piece are, (s, t) float32: in meaning, and in meaning or spelling.

    `source` and `target` lead from vocabulary rows to rows and columns.
    """

    meaning: FloatArray
    either: FloatArray
    source: IntArray
    target: IntArray


def interaction(candidates: Candidates, source: Bag, target: Bag, encoder: WordEncoder) -> FloatArray:
    """Return (n, 10) float32, the columns named by `INTERACTION`; a pair with a wordless side has a row of zeros.

    *covered* is the mean over a side's words, by weight, of the best cosine with a word of the other side (Khattab
    and Zaharia 2020, made symmetric); *found* the share of weight that has a good counterpart; *worst* the largest
    weight without one. Names count when meaning or spelling finds them again.
    """
    out = np.zeros((len(candidates), len(INTERACTION)), dtype=np.float32)
    source_full, target_full = np.diff(source.starts) > 0, np.diff(target.starts) > 0
    wordy = np.flatnonzero(source_full[candidates.source] & target_full[candidates.target])
    for block in _blocks(candidates.source[wordy], _BLOCK):
        pairs = wordy[block]
        texts, partners = candidates.source[pairs], candidates.target[pairs]
        left = _vocabulary(source, np.unique(texts), encoder)
        right = _vocabulary(target, np.unique(partners), encoder)
        for piece in _blocks(texts, _PIECE):
            out[pairs[piece]] = _compare_piece((source, target), (left, right), texts[piece], partners[piece])
    return out


def _compare_piece(
    sides: tuple[Bag, Bag], known: tuple[_Vocabulary, _Vocabulary], texts: IntArray, partners: IntArray
) -> FloatArray:
    edges = np.flatnonzero(np.r_[True, texts[1:] != texts[:-1], True])
    mine = [_half(sides[0], texts[start : start + 1], known[0]) for start in edges[:-1].tolist()]
    theirs = [_half(sides[1], partners[start:end], known[1]) for start, end in pairwise(edges.tolist())]
    likeness = _likeness(known, [half.rows for half in mine], [half.rows for half in theirs])
    return np.vstack([_compare(one, other, likeness) for one, other in zip(mine, theirs, strict=True)])


def _likeness(
    known: tuple[_Vocabulary, _Vocabulary], source: Sequence[IntArray], target: Sequence[IntArray]
) -> _Likeness:
    used = [np.unique(np.concatenate(rows)) for rows in (source, target)]
    left, right = known[0].vectors[used[0]], known[1].vectors[used[1]]
    meaning = np.maximum(left @ right.T, 0)
    spelt = spelling_likeness(known[0].spellings[used[0]], known[1].spellings[used[1]])
    places = []
    for rows, side in zip(used, known, strict=True):
        place = np.zeros(len(side.weights), dtype=np.int64)
        place[rows] = np.arange(len(rows))
        places.append(place)
    return _Likeness(meaning, np.maximum(meaning, spelt), *places)


def _blocks(rows: IntArray, size: int) -> Iterator[slice]:
    """Cut sorted rows into slices of about `size` that end where a row ends."""
    start = 0
    while start < len(rows):
        end = min(start + size, len(rows))
        end = int(np.searchsorted(rows, rows[end - 1], side="right"))
        yield slice(start, end)
        start = end


def _vocabulary(side: Bag, texts: IntArray, encoder: WordEncoder) -> _Vocabulary:
    used = np.unique(np.concatenate([side.ids[side.row(int(i))] for i in texts]))
    rows = np.full(len(side.vocabulary), -1, dtype=np.int64)
    rows[used] = np.arange(len(used))
    names = [side.vocabulary[int(i)] for i in used]
    weights = np.asarray(encoder.word_weights(names), dtype=np.float32)
    return _Vocabulary(rows, encoder.word_vectors(names), spelling_vectors(names), weights)


def _half(side: Bag, texts: IntArray, known: _Vocabulary) -> _Half:
    spans = [side.row(int(i)) for i in texts]
    places = np.concatenate([np.arange(span.start, span.stop) for span in spans])
    rows = known.rows[side.ids[places]]
    starts = np.cumsum([0, *(span.stop - span.start for span in spans[:-1])])
    proper = side.proper[places].astype(np.float32)
    return _Half(rows, known.weights[rows], proper, starts)


def _compare(mine: _Half, theirs: _Half, likeness: _Likeness) -> FloatArray:
    """Return the features of one source with its c candidates, (c, 10), from the likenesses of their words."""
    where = np.ix_(likeness.source[mine.rows], likeness.target[theirs.rows])
    meaning, either = likeness.meaning[where], likeness.either[where]
    forward, forward_names = (np.maximum.reduceat(each, theirs.starts, axis=1) for each in (meaning, either))
    backward, backward_names = meaning.max(axis=0), either.max(axis=0)
    found, found_names = _found(forward), mine.proper[:, None] * _found(forward_names)
    total = mine.weights.sum()
    found_back, found_names_back = _found(backward), theirs.proper * _found(backward_names)
    totals = np.add.reduceat(theirs.weights, theirs.starts)

    def by_text(values: FloatArray) -> FloatArray:
        return np.add.reduceat(values, theirs.starts)

    columns = (
        mine.weights @ forward / total,
        by_text(theirs.weights * backward) / totals,
        mine.weights @ found / total,
        by_text(theirs.weights * found_back) / totals,
        (mine.weights[:, None] * (1 - found)).max(axis=0),
        np.maximum.reduceat(theirs.weights * (1 - found_back), theirs.starts),
        np.minimum(found_names.sum(axis=0), _MOST_NAMES),
        np.minimum(by_text(found_names_back), _MOST_NAMES),
        np.minimum((mine.proper[:, None] - found_names).sum(axis=0), _MOST_NAMES),
        np.minimum(by_text(theirs.proper - found_names_back), _MOST_NAMES),
    )
    return np.column_stack(columns).astype(np.float32)


def _found(best: FloatArray) -> FloatArray:
    """Return 0 for a bad counterpart, 1 for a good one, and what lies between in proportion."""
    return np.asarray(np.clip((best - _FOUND_FROM) / (_FOUND_TO - _FOUND_FROM), 0, 1), dtype=np.float32)


def spelling_likeness(left: FloatArray, right: FloatArray) -> FloatArray:
    """Return how much of the shorter word's spelling stands in the longer, (a, b) float32, 0-1."""
    sizes = np.minimum(left.sum(axis=1)[:, None], right.sum(axis=1)[None, :])
    return np.asarray((left @ right.T) / np.maximum(sizes, 1), dtype=np.float32)
