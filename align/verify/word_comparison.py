"""Late interaction: each word of one text looks for its best counterpart in the other.

All of it is sums of whole numbers, so that a pair's numbers are the same in any block and on any number of threads.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.blocks import blocks_of, by_blocks
from align.encode.ragged import Ragged
from align.ports import Engine
from align.search.interaction import PAIRS
from align.search.word_numbers import SCALE, WEIGHT_STEPS, WordSide
from align.types import Doubles, FloatArray, IntArray

__all__ = [
    "FOUND_FROM",
    "FOUND_SPAN",
    "INTERACTION",
    "SPECIAL_FROM",
    "Usual",
    "bests_block",
    "interaction",
    "shares_block",
    "usual_bests",
    "word_bests_exact",
    "word_shares_exact",
]

INTERACTION: Final = (
    "late",
    "source_covered",
    "target_covered",
    "source_found",
    "target_found",
    "found_again",
    "found_again_log",
    "found_at_most",
    "source_worst",
    "target_worst",
    "told",
    "source_special",
    "target_special",
    "special_again",
    "special_at_most",
)
"""The columns of `interaction`, in order."""

FOUND_FROM: Final = round(0.3 * SCALE)
FOUND_SPAN: Final = round(0.4 * SCALE)
"""From where to where a counterpart goes from bad to good."""

SPECIAL_FROM: Final = round(0.1 * SCALE)
_USUAL: Final = round(0.4 * SCALE)
"""Best cosine of a word with the words of a sentence that is not about the same."""

_USUAL_COUNTS: Final = 4
"""How many sentences that is worth beside those of the run."""

_COMPILED_FROM: Final = 100_000
"""Pairs from which the compiled kernel saves more than it takes to load: a second, and 130 MB."""

_COMPILED_IF_LOADED: Final = 2_000
"""The same where the compiler was loaded before, by the search."""

_ONE_THREAD: Final = 1 << 18
"""Multiplications up to which OpenBLAS computes a product on one thread."""

_SHARES: Final = 10
"""Columns of `word_shares_exact`."""


@dataclass(frozen=True, slots=True)
class Usual:
    """How well each word is found in a text that was proposed for its own, as a rule.

    `source` and `target` are int64, one number for each of `WordSide.rows`, in steps of 1/`SCALE`.
    """

    source: IntArray
    target: IntArray


def usual_bests(
    source: WordSide, target: WordSide, rows: IntArray, columns: IntArray, *, engine: Engine | None = None
) -> Usual:
    """Return how well words are found in the texts of the pairs.

    It is a cautious mean over each text's pairs, which an engine compares by blocks.
    """
    sums = np.zeros(len(source.rows), np.int64), np.zeros(len(target.rows), np.int64)
    blocks = [(rows[block], columns[block], len(rows)) for block in blocks_of(engine, len(rows), times=PAIRS)]
    for found in by_blocks(engine, bests_block, blocks, stage="words as a rule", common=(source, target)):
        for side, (places, own) in zip(sums, found, strict=True):
            side[places] += own
    return Usual(_mean(source, rows, sums[0]), _mean(target, columns, sums[1]))


def bests_block(
    models: object, given: tuple[tuple[WordSide, WordSide], tuple[IntArray, IntArray, int]]
) -> tuple[tuple[IntArray, IntArray], tuple[IntArray, IntArray]]:
    """Return the sums of words' best cosines over some pairs of two sides.

    For both sides: the places of the words of their texts, and the sums, both int64. With the pairs comes how many
    there are in all. The `models` are not needed.
    """
    sides, (rows, columns, total) = given
    if _is_compiled(total):
        from align.verify.word_comparison_compiled import word_bests_compiled

        sums = word_bests_compiled(*sides, rows, columns)
    else:
        sums = word_bests_exact(*sides, rows, columns)
    held = (
        Ragged(np.arange(len(side.rows)), side.starts).pick(np.unique(texts)).values
        for side, texts in zip(sides, (rows, columns), strict=True)
    )
    mine, theirs = ((places, own[places]) for places, own in zip(held, sums, strict=True))
    return mine, theirs


def _mean(side: WordSide, texts: IntArray, sums: IntArray) -> IntArray:
    pairs = np.bincount(texts, minlength=len(side))
    seen = np.repeat(pairs, np.diff(side.starts)) + _USUAL_COUNTS
    return np.rint((sums + _USUAL * _USUAL_COUNTS) / seen).astype(np.int64)


def interaction(
    sides: tuple[WordSide, WordSide], pairs: tuple[IntArray, IntArray], usual: Usual, *, engine: Engine | None = None
) -> FloatArray:
    """Return (n, 15) float32, the columns named by `INTERACTION`, for n pairs of rows.

    A pair with a wordless side has a row of zeros. An engine compares the words by blocks.

    *late* is the mean over both sides' words, by weight, of the best cosine with a word of the other side (Khattab and
    Zaharia 2020, made symmetric), *covered* the same over one side. *found* is the share of a side's weight that has a
    good counterpart; *found_again* the weight itself, on the side where it is less, and *told* the logarithm of all the
    weight of the lighter side. *worst* is the largest weight without a counterpart. *special* is how much better a
    side's words are found in this candidate than in the others: words that every sentence of a report has tell little.
    """
    (source, target), (rows, columns) = sides, pairs
    blocks = [(rows[block], columns[block], len(rows)) for block in blocks_of(engine, len(rows), times=PAIRS)]
    parts = by_blocks(engine, shares_block, blocks, stage="compare closely", common=(sides, usual))
    sums = np.concatenate([np.zeros((0, _SHARES)), *parts])
    totals = np.column_stack([source.totals[rows], target.totals[columns]]).astype(np.float64)
    wordy = (totals > 0).all(axis=1)
    totals = np.maximum(totals, 1)
    covered, found, worst, ahead, special = (sums[:, place : place + 2] for place in range(0, 10, 2))
    again, beyond = found / (FOUND_SPAN * WEIGHT_STEPS), special / (SCALE * WEIGHT_STEPS)
    made = np.column_stack(
        [
            covered.sum(axis=1) / (totals.sum(axis=1) * SCALE),
            covered / (totals * SCALE),
            found / (totals * FOUND_SPAN),
            again.min(axis=1),
            np.log1p(again.min(axis=1)),
            again.max(axis=1),
            worst / (FOUND_SPAN * WEIGHT_STEPS),
            np.log1p(totals.min(axis=1) / WEIGHT_STEPS),
            ahead / (totals * SCALE),
            np.log1p(beyond.min(axis=1)),
            np.log1p(beyond.max(axis=1)),
        ]
    )
    made[~wordy] = 0
    return made.astype(np.float32)


def shares_block(
    models: object, given: tuple[tuple[tuple[WordSide, WordSide], Usual], tuple[IntArray, IntArray, int]]
) -> Doubles:
    """Return (n, 10) float64 whole numbers for n pairs of rows.

    With them comes how many pairs there are in all. The `models` are not needed.
    """
    (sides, usual), (rows, columns, total) = given
    if not _is_compiled(total):
        return word_shares_exact(*sides, rows, columns, usual)
    from align.verify.word_comparison_compiled import word_shares_compiled

    return word_shares_compiled(*sides, rows, columns, usual)


def _is_compiled(pairs: int) -> bool:
    return pairs >= (_COMPILED_IF_LOADED if "numba" in sys.modules else _COMPILED_FROM)


def word_bests_exact(
    source: WordSide, target: WordSide, rows: IntArray, columns: IntArray
) -> tuple[IntArray, IntArray]:
    """Return the sum of each word's best cosines over the pairs, int64 whole numbers.

    Sums of blocks of pairs add up to those of all. It is the readable twin of the compiled kernel.
    """
    sums = np.zeros(len(source.rows), np.int64), np.zeros(len(target.rows), np.int64)
    for group in _groups(source, target, rows, columns):
        sums[0][group.mine] += group.forward.sum(axis=1)
        np.add.at(sums[1], group.theirs.values, group.backward)
    return sums


def word_shares_exact(source: WordSide, target: WordSide, rows: IntArray, columns: IntArray, usual: Usual) -> Doubles:
    """Return (n, 10) float64 whole numbers: what `interaction` divides.

    Source and target take turns. They are what is covered, found, worst, how far words are found beyond the usual, and
    how far clearly beyond.
    """
    sums = np.zeros((len(rows), _SHARES))
    for group in _groups(source, target, rows, columns):
        starts, places = group.theirs.starts[:-1], group.theirs.values
        weight, weights = source.weights[source.rows[group.mine]][:, None], target.weights[target.rows[places]]
        seen = _seen(group.forward, usual.source[group.mine][:, None]), _seen(group.backward, usual.target[places])
        for column, (mine, theirs) in enumerate(zip(*seen, strict=True)):
            # The third is the largest weight of one word, the others are sums.
            add = np.maximum if column == 2 else np.add
            sums[group.pairs, 2 * column] = add.reduce(weight * mine, axis=0)
            sums[group.pairs, 2 * column + 1] = add.reduceat(weights * theirs, starts)
    return sums


def _seen(best: IntArray, usual: IntArray) -> tuple[IntArray, ...]:
    """Return what is summed up of words' best cosines, whole numbers."""
    found = np.clip(best - FOUND_FROM, 0, FOUND_SPAN)
    return best, found, FOUND_SPAN - found, best - usual, np.maximum(best - usual - SPECIAL_FROM, 0)


@dataclass(frozen=True, slots=True)
class _Group:
    """A source with its c targets: how well each word is found again, whole numbers.

    `forward` is (a, c): each source word's best cosine in each target. `backward` is (w,): each target word's best
    cosine in the source, target after target. `mine` (a,) and `theirs` (w,) are the words' places in their sides.
    """

    pairs: IntArray
    forward: IntArray
    backward: IntArray
    mine: slice
    theirs: Ragged


def _groups(source: WordSide, target: WordSide, rows: IntArray, columns: IntArray) -> Iterator[_Group]:
    full = (np.diff(source.starts)[rows] > 0) & (np.diff(target.starts)[columns] > 0)
    wordy = np.flatnonzero(full)
    edges = np.flatnonzero(np.r_[True, rows[wordy][1:] != rows[wordy][:-1], True]) if len(wordy) else np.zeros(1, int)
    places = Ragged(np.arange(len(target.rows)), target.starts)
    for first, last in pairwise(edges.tolist()):
        pairs = wordy[first:last]
        row = int(rows[pairs[0]])
        mine, theirs = slice(int(source.starts[row]), int(source.starts[row + 1])), places.pick(columns[pairs])
        cosine = _products(source.vectors[source.rows[mine]], target.vectors[target.rows[theirs.values]])
        whole = np.maximum(cosine, 0).astype(np.int64)
        yield _Group(pairs, np.maximum.reduceat(whole, theirs.starts[:-1], axis=1), whole.max(axis=0), mine, theirs)


def _products(left: NDArray[np.int8], right: NDArray[np.int8]) -> FloatArray:
    """Return (a, w) float32 inner products.

    The pieces are too small for threads: waking them costs more than they save.
    """
    mine, theirs = left.astype(np.float32), right.astype(np.float32)
    step = max(_ONE_THREAD // max(left.size, 1), 1)
    products = np.empty((len(left), len(right)), dtype=np.float32)
    for start in range(0, len(right), step):
        products[:, start : start + step] = mine @ theirs[start : start + step].T
    return products
