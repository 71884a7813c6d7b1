"""The compiled twin of `word_sums_exact`, for hundreds of thousands of pairs.

The other twin is in `align.search.interaction`. This module imports numba. Compiling takes seconds the first time; the
machine code is kept beside this file, or in the user's cache.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from align.search.interaction import FOUND_FROM, FOUND_SPAN, SOUND, WORD_COLUMNS
from align.search.word_numbers import MOST_WORDS, WEIGHT_STEPS, WordSide
from align.types import IntArray

__all__ = ["ROWS", "take_words", "word_products", "word_sums_compiled"]

ROWS: Final = MOST_WORDS + MOST_WORDS % 4
_LEAST: Final = np.float32(-(2.0**24))
_FREE: Final = {"reassoc", "contract", "nsz"}
"""What the compiler may change: whole numbers below 2**24 add up to the same float32 in any order."""


def word_sums_compiled(source: WordSide, target: WordSide, rows: IntArray, columns: IntArray) -> NDArray[np.float64]:
    """Return (n, 6) float64 whole numbers, those of the twin to the last bit.

    A pair takes some 3 microseconds.
    """
    sums = np.zeros((len(rows), len(WORD_COLUMNS)))
    sides = [
        (side.rows, side.starts, side.vectors, side.weights, side.hubs.astype(np.float32), side.sounds)
        for side in (source, target)
    ]
    _fill(*sides, np.ascontiguousarray(rows), np.ascontiguousarray(columns), sums)
    return sums


@njit(cache=True, nogil=True, error_model="numpy")
def _fill(source, target, rows, columns, sums):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    dim = source[2].shape[1]
    mine, theirs = np.zeros((ROWS, dim), np.float32), np.zeros((ROWS, dim), np.float32)
    best, hubs = np.zeros((ROWS, ROWS), np.float32), np.zeros(ROWS, np.float32)
    forward, backward = np.zeros(ROWS, np.float32), np.zeros(ROWS, np.float32)
    last, m = -1, 0
    words = source[0][:0]
    for pair in range(len(rows)):
        if rows[pair] != last:
            last = rows[pair]
            words = source[0][source[1][last] : source[1][last + 1]]
            m = len(words)
            take_words(source[2], words, mine)
        others = target[0][target[1][columns[pair]] : target[1][columns[pair] + 1]]
        n = len(others)
        if m and n:
            take_words(target[2], others, theirs)
            word_products(mine, theirs, m, n, best)
            for j in range(n):
                hubs[j], backward[j] = target[4][others[j]], _LEAST
            for i in range(m):
                forward[i] = _best(best[i], hubs, source[4][words[i]], n, backward)
            for i in range(m):
                if source[5][words[i], 0]:
                    _sounds(source[5][words[i], 0], source[5][words[i], 1], i, target[5], others, forward, backward)
            _add_up(source[3], words, forward, sums[pair, 0::2])
            _add_up(target[3], others, backward, sums[pair, 1::2])


@njit(cache=True, nogil=True, error_model="numpy")
def take_words(vectors, words, into):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """Write the vectors of words, (v, dim) int8, into the first rows of a float32 array."""
    for i in range(len(words)):
        row, out = vectors[words[i]], into[i]
        for k in range(len(out)):
            out[k] = row[k]


@njit(cache=True, nogil=True, fastmath=True, error_model="numpy")
def _best(alike, hubs, hub, n, backward):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Return a word's best likeness less hubs among n words, and lift theirs."""
    top = _LEAST
    for j in range(n):
        value = alike[j] - (hub + hubs[j])
        top = value if value > top else top
        backward[j] = value if value > backward[j] else backward[j]
    return top


@njit(cache=True, nogil=True, fastmath=_FREE, error_model="numpy")
def word_products(left, right, m, n, out):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """Write the inner products of two times four rows at a time.

    That is what a processor's registers hold.
    """
    zero = np.float32(0)
    for i in range(0, m, 2):
        x, y = left[i], left[i + 1]
        for j in range(0, n, 4):
            p, q, r, s = right[j], right[j + 1], right[j + 2], right[j + 3]
            a, b, c, d, e, f, g, h = zero, zero, zero, zero, zero, zero, zero, zero
            for k in range(left.shape[1]):
                a += x[k] * p[k]
                b += x[k] * q[k]
                c += x[k] * r[k]
                d += x[k] * s[k]
                e += y[k] * p[k]
                f += y[k] * q[k]
                g += y[k] * r[k]
                h += y[k] * s[k]
            out[i, j], out[i, j + 1], out[i, j + 2], out[i, j + 3] = a, b, c, d
            out[i + 1, j], out[i + 1, j + 1], out[i + 1, j + 2], out[i + 1, j + 3] = e, f, g, h


@njit(cache=True, nogil=True, error_model="numpy")
def _sounds(one, two, i, sounds, others, forward, backward):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Lift what sounds like word i, whose sounds are `one` and, if not 0, `two`."""
    sound = np.float32(SOUND)
    for j in range(len(others)):
        a, b = sounds[others[j], 0], sounds[others[j], 1]
        if one == a or one == b or (two != 0 and (two == a or two == b)):
            forward[i], backward[j] = max(forward[i], sound), max(backward[j], sound)


@njit(cache=True, nogil=True, error_model="numpy")
def _add_up(weights, words, best, out):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Write one text's covered, found and worst."""
    covered, sure, worst = 0.0, 0.0, 0.0
    for i in range(len(words)):
        weight = float(weights[words[i]])
        found = min(max(best[i] - FOUND_FROM, 0), FOUND_SPAN)
        covered += weight * best[i]
        sure += weight * found
        worst = max(worst, weight * (FOUND_SPAN - found))
    out[0], out[1], out[2] = covered, sure, worst / WEIGHT_STEPS
