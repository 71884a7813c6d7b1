"""Late interaction: every word of a text looks for its best counterpart in the other.

It follows Khattab and Zaharia 2020.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.blocks import blocks_of, by_blocks
from align.encode.ragged import Ragged
from align.ports import Engine
from align.search.word_numbers import SCALE, WEIGHT_STEPS, WordSide
from align.types import Doubles, FloatArray, IntArray

__all__ = ["FOUND_FROM", "FOUND_SPAN", "PAIRS", "SOUND", "WORD_COLUMNS", "word_scores", "word_sums_exact"]

WORD_COLUMNS: Final = (
    "source_covered",
    "target_covered",
    "source_found",
    "target_found",
    "source_worst",
    "target_worst",
)
"""The columns of what word against word tells of a pair, in order."""

FOUND_FROM: Final = round(0.1 * SCALE)
FOUND_SPAN: Final = round(0.4 * SCALE)
"""From where to where, less hubness, a counterpart goes from bad to good."""

SOUND: Final = round(0.8 * SCALE)
"""How alike two names of one sound are; chosen on the development sets among .4, .6 and .8."""

_COMPILED_FROM: Final = 150_000
"""Pairs from which the compiled kernel saves more than it takes to load: a second, and 130 MB."""

PAIRS: Final = 32
"""Pairs for each text of an engine's block: comparing their words takes some microseconds."""

_COMPILED_IF_LOADED: Final = 5_000
"""The same where the compiler was loaded before, for the nearest."""

_ONE_THREAD: Final = 1 << 18
"""Multiplications up to which OpenBLAS stays on one thread: waiting for a second one costs more than it saves."""


def word_scores(
    source: WordSide, target: WordSide, rows: IntArray, columns: IntArray, *, engine: Engine | None = None
) -> tuple[Doubles, FloatArray]:
    """Compare the words of n pairs of texts: (n,) float64 scores and the `WORD_COLUMNS`.

    A higher score is better; the columns are (n, 6). With s the cosine of two words less a quarter of either one's
    hubness, or .8 where two names sound alike, a score is the mean, by weight, of the best s of each word of both
    texts. *covered* is the same for one text, *found* the share of its weight that has a good counterpart, *worst* the
    largest weight without one. A pair with a wordless side has zeros. Every pair's numbers are the same to the last bit
    whatever other pairs there are, so that an `engine` compares them block by block.
    """
    sums = _sums((source, target), rows, columns, engine)
    mine, theirs = source.totals[rows], target.totals[columns]
    wordy = (mine > 0) & (theirs > 0)
    sums[~wordy] = 0
    totals = np.maximum(np.column_stack([mine, theirs]).astype(np.float64), 1)
    scores = (sums[:, 0] + sums[:, 1]) / (totals.sum(axis=1) * SCALE)
    seen = np.hstack([sums[:, :2] / (totals * SCALE), sums[:, 2:4] / (totals * FOUND_SPAN), sums[:, 4:] / FOUND_SPAN])
    return scores, seen.astype(np.float32)


def _sums(sides: tuple[WordSide, WordSide], rows: IntArray, columns: IntArray, engine: Engine | None) -> Doubles:
    blocks = blocks_of(engine, len(rows), times=PAIRS)
    given = [(rows[block], columns[block], len(rows)) for block in blocks]
    made = by_blocks(engine, sums_block, given, stage="compare words", common=sides)
    sums = np.empty((len(rows), len(WORD_COLUMNS)))
    for block, found in zip(blocks, made, strict=True):
        sums[block] = found
    return sums


def sums_block(models: object, given: tuple[tuple[WordSide, WordSide], tuple[IntArray, IntArray, int]]) -> Doubles:
    """Return (n, 6) float64 whole numbers for n pairs of rows.

    With them comes how many pairs there are in all. The `models` are not needed.
    """
    sides, (rows, columns, total) = given
    if total < (_COMPILED_IF_LOADED if "numba" in sys.modules else _COMPILED_FROM):
        return word_sums_exact(*sides, rows, columns)
    from align.search.compiled import word_sums_compiled

    return word_sums_compiled(*sides, rows, columns)


def word_sums_exact(source: WordSide, target: WordSide, rows: IntArray, columns: IntArray) -> Doubles:
    """Return (n, 6) float64 whole numbers: what `word_scores` divides.

    It is the readable twin of the compiled kernel. Pairs of one source are fastest side by side.
    """
    sums = np.zeros((len(rows), len(WORD_COLUMNS)))
    full = (np.diff(source.starts)[rows] > 0) & (np.diff(target.starts)[columns] > 0)
    pairs = np.flatnonzero(full)
    edges = np.flatnonzero(np.r_[True, rows[pairs][1:] != rows[pairs][:-1], True]) if len(pairs) else np.zeros(1, int)
    words = Ragged(target.rows, target.starts)
    for first, last in pairwise(edges.tolist()):
        block = pairs[first:last]
        row = int(rows[block[0]])
        mine = source.rows[source.starts[row] : source.starts[row + 1]]
        sums[block] = _of_one(source, target, mine, words.pick(columns[block]))
    return sums


def _of_one(source: WordSide, target: WordSide, mine: IntArray, theirs: Ragged) -> Doubles:
    """Return (c, 6): the sums of one source, whose m words are `mine`, with c targets."""
    best = _products(source.vectors[mine], target.vectors[theirs.values])
    # Whole numbers of this size are exact in float32, differences too.
    best -= source.hubs[mine, None].astype(np.float32)
    best -= target.hubs[theirs.values].astype(np.float32)
    alike = _sound_alike(source.sounds[mine], target.sounds[theirs.values])
    best[alike] = np.maximum(best[alike], SOUND)
    starts = theirs.starts[:-1]
    forward = np.maximum.reduceat(best, starts, axis=1).astype(np.float64)
    backward = best.max(axis=0).astype(np.float64)
    weight, weights = source.weights[mine].astype(np.float64), target.weights[theirs.values].astype(np.float64)
    found, found_back = (np.clip(each - FOUND_FROM, 0, FOUND_SPAN) for each in (forward, backward))
    return np.column_stack(
        [
            weight @ forward,
            np.add.reduceat(weights * backward, starts),
            weight @ found,
            np.add.reduceat(weights * found_back, starts),
            (weight[:, None] * (FOUND_SPAN - found)).max(axis=0) / WEIGHT_STEPS,
            np.maximum.reduceat(weights * (FOUND_SPAN - found_back), starts) / WEIGHT_STEPS,
        ]
    )


def _products(left: NDArray[np.int8], right: NDArray[np.int8]) -> FloatArray:
    """Return (a, b) float32 whole numbers: the inner products of the rows."""
    # One call multiplies many blocks, each too small for a second thread; the last one is filled up with zeros.
    size = max(_ONE_THREAD // left.size, 1)
    blocks = -(-len(right) // size)
    padded = np.zeros((blocks * size, right.shape[1]), np.float32)
    padded[: len(right)] = right
    products = left.astype(np.float32) @ padded.reshape(blocks, size, -1).transpose(0, 2, 1)
    return np.ascontiguousarray(products.transpose(1, 0, 2)).reshape(len(left), -1)[:, : len(right)]


def _sound_alike(left: IntArray, right: IntArray) -> tuple[IntArray, IntArray]:
    """Return the rows and columns of the words that sound alike.

    One of the two sounds of one word is one of the other's.
    """
    named, others = np.flatnonzero(left[:, 0]), np.flatnonzero(right[:, 0])
    one, other = left[named, None, :, None], right[None, others, None, :]
    rows, columns = np.nonzero(((one == other) & (one > 0)).any(axis=(2, 3)))
    return named[rows], others[columns]
