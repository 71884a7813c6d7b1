"""The compiled twin of `nearest_exact`, for thousands of rows.

Products are made by BLAS, and the best of rows and columns kept.
This module imports numba; the machine code is kept beside this file, or in the user's cache.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from align.hybrid import WholeRows
from align.search.nearest import Nearest, RankKeys, Tell
from align.types import FloatArray, IntArray

__all__ = ["Best", "nearest_compiled"]

_NONE: Final = np.iinfo(np.int64).min
_LEAST: Final = -(2.0**25)
"""Less than any product of unit rows, and more than what stands for none."""

_SOURCES: Final = 1024
_TARGETS: Final = 2048
"""Rows multiplied at a time: a tile of products that stays in the processor's cache."""


class Best:
    """The k greatest keys of n rows so far, (n, k) int64 heaps.

    `least` is (n,) float32: the least product that gets into each.
    """

    def __init__(self, rows: int, k: int) -> None:
        self.keys: RankKeys = np.full((rows, k), _NONE, np.int64)
        self.least: FloatArray = np.full(rows, _LEAST, np.float32)

    def nearest(self) -> Nearest:
        """Return what was kept, best first; this empties the heaps."""
        self.keys.sort(axis=1)
        return Nearest(self.keys[:, ::-1])


def nearest_compiled(
    sources: WholeRows, targets: WholeRows, *, start: int = 0, k: int, tell: Tell | None = None
) -> tuple[Nearest, Nearest]:
    """Do what `nearest_exact` does."""
    forward, backward = Best(len(sources), min(k, len(targets))), Best(len(targets), min(k, len(sources)))
    numbers = np.arange(len(sources)), np.arange(len(targets))
    for first in range(0, len(sources), _SOURCES):
        mine = sources[first : first + _SOURCES].astype(np.float32)
        for other in range(0, len(targets), _TARGETS):
            theirs = targets[other : other + _TARGETS].astype(np.float32)
            rows, columns = numbers[0][first : first + _SOURCES], numbers[1][other : other + _TARGETS]
            keep(mine @ theirs.T, (rows, columns), forward, backward, start)
        if tell is not None:
            tell(min(first + _SOURCES, len(sources)), len(sources))
    return forward.nearest(), backward.nearest()


def keep(
    products: FloatArray, places: tuple[IntArray, IntArray], forward: Best, backward: Best, start: int = 0
) -> None:
    """Put products, (a, b) whole float32, among the best of their rows and columns.

    `places` are the (a,) places of the rows in `forward` and the (b,) places of the columns in `backward`; a row's
    number is its place and `start`.
    """
    _keep(products, *places, forward.keys, forward.least, backward.keys, backward.least, start)


@njit(cache=True, nogil=True, error_model="numpy")
def _keep(products, rows, columns, forward, least, backward, least_back, start):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    last = np.int64(2147483647)
    for i in range(products.shape[0]):
        row = rows[i]
        for j in range(products.shape[1]):
            product = products[i, j]
            column = columns[j]
            if product >= least[row]:
                _replace(forward[row], (np.int64(product) << 32) + (last - column), least, row)
            if product >= least_back[column]:
                _replace(backward[column], (np.int64(product) << 32) + (last - row - start), least_back, column)


@njit(cache=True, nogil=True, error_model="numpy")
def _replace(heap, key, least, row):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Put a key in the place of a heap's least, if it is greater."""
    if key <= heap[0]:
        return
    place, size = 0, len(heap)
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= key:
            break
        heap[place] = heap[child]
        place = child
    heap[place] = key
    if heap[0] != -9223372036854775808:
        least[row] = np.float32(heap[0] >> 32)
