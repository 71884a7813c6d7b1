"""The compiled twins of what `align.verify.word_comparison` sums up.

They are for many thousands of pairs. This module imports numba. Compiling takes seconds the first time; the machine
code is kept beside this file, or in the user's cache.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from align.search.compiled import ROWS, take_words, word_products
from align.search.word_numbers import WordSide
from align.types import IntArray
from align.verify.word_comparison import FOUND_FROM, FOUND_SPAN, SPECIAL_FROM, Usual

__all__ = ["word_bests_compiled", "word_shares_compiled"]

_ZERO: Final = np.float32(0)


def word_bests_compiled(
    source: WordSide, target: WordSide, rows: IntArray, columns: IntArray
) -> tuple[IntArray, IntArray]:
    """Return the sum of each word's best cosines over the pairs, int64: those of the twin."""
    sums = np.zeros(len(source.rows), np.int64), np.zeros(len(target.rows), np.int64)
    sides = [(side.rows, side.starts, side.vectors) for side in (source, target)]
    _sum_bests(*sides, np.ascontiguousarray(rows), np.ascontiguousarray(columns), *sums)
    return sums


def word_shares_compiled(
    source: WordSide, target: WordSide, rows: IntArray, columns: IntArray, usual: Usual
) -> NDArray[np.float64]:
    """Return (n, 10) float64 whole numbers, those of the twin to the last bit."""
    sums = np.zeros((len(rows), 10))
    sides = [
        (side.rows, side.starts, side.vectors, side.weights, own)
        for side, own in ((source, usual.source), (target, usual.target))
    ]
    _sum_shares(*sides, np.ascontiguousarray(rows), np.ascontiguousarray(columns), sums)
    return sums


@njit(cache=True, nogil=True, error_model="numpy")
def _bests(mine, theirs, m, n, best, forward, backward):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Write the best cosine of each of m and of n words, not below 0."""
    word_products(mine, theirs, m, n, best)
    for j in range(n):
        backward[j] = _ZERO
    for i in range(m):
        forward[i] = _best(best[i], n, backward)


@njit(cache=True, nogil=True, fastmath=True, error_model="numpy")
def _best(alike, n, backward):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    top = _ZERO
    for j in range(n):
        value = alike[j]
        top = value if value > top else top
        backward[j] = value if value > backward[j] else backward[j]
    return top


@njit(cache=True, nogil=True, error_model="numpy")
def _sum_bests(source, target, rows, columns, sums, sums_back):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    dim = source[2].shape[1]
    mine, theirs = np.zeros((ROWS, dim), np.float32), np.zeros((ROWS, dim), np.float32)
    best = np.zeros((ROWS, ROWS), np.float32)
    forward, backward = np.zeros(ROWS, np.float32), np.zeros(ROWS, np.float32)
    last = -1
    for pair in range(len(rows)):
        start, end = source[1][rows[pair]], source[1][rows[pair] + 1]
        if rows[pair] != last:
            last = rows[pair]
            take_words(source[2], source[0][start:end], mine)
        begin, stop = target[1][columns[pair]], target[1][columns[pair] + 1]
        take_words(target[2], target[0][begin:stop], theirs)
        m, n = end - start, stop - begin
        if m and n:
            _bests(mine, theirs, m, n, best, forward, backward)
            for i in range(m):
                sums[start + i] += np.int64(forward[i])
            for j in range(n):
                sums_back[begin + j] += np.int64(backward[j])


@njit(cache=True, nogil=True, error_model="numpy")
def _sum_shares(source, target, rows, columns, sums):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    dim = source[2].shape[1]
    mine, theirs = np.zeros((ROWS, dim), np.float32), np.zeros((ROWS, dim), np.float32)
    best = np.zeros((ROWS, ROWS), np.float32)
    forward, backward = np.zeros(ROWS, np.float32), np.zeros(ROWS, np.float32)
    last = -1
    for pair in range(len(rows)):
        start, end = source[1][rows[pair]], source[1][rows[pair] + 1]
        if rows[pair] != last:
            last = rows[pair]
            take_words(source[2], source[0][start:end], mine)
        begin, stop = target[1][columns[pair]], target[1][columns[pair] + 1]
        take_words(target[2], target[0][begin:stop], theirs)
        m, n = end - start, stop - begin
        if m and n:
            _bests(mine, theirs, m, n, best, forward, backward)
            _add_up(source, start, end, forward, sums[pair, 0::2])
            _add_up(target, begin, stop, backward, sums[pair, 1::2])


@njit(cache=True, nogil=True, error_model="numpy")
def _add_up(side, start, end, best, out):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Write what is summed up of one text's words."""
    covered, sure, worst, ahead, special = 0.0, 0.0, 0.0, 0.0, 0.0
    for place in range(start, end):
        weight, value = float(side[3][side[0][place]]), float(best[place - start])
        usual = float(side[4][place])
        found = min(max(value - FOUND_FROM, 0.0), float(FOUND_SPAN))
        covered += weight * value
        sure += weight * found
        worst = max(worst, weight * (FOUND_SPAN - found))
        ahead += weight * (value - usual)
        special += weight * max(value - usual - SPECIAL_FROM, 0.0)
    out[0], out[1], out[2], out[3], out[4] = covered, sure, worst, ahead, special
