"""The k nearest of the other side, for both sides from one pass.

The rows are those of `align.hybrid`, whose products are exact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from align.hybrid import STEPS, WholeRows
from align.types import FloatArray, IntArray

__all__ = [
    "AllRows",
    "AllRowsExact",
    "Nearest",
    "RankKeys",
    "Tell",
    "keys_of",
    "merged",
    "mutual",
    "nearest_block",
    "nearest_exact",
]

RankKeys: TypeAlias = NDArray[np.int64]
Tell: TypeAlias = Callable[[int, int], None]
"""Who is told how much is done, and of how much."""

_NONE: Final = np.iinfo(np.int64).min
_ROW_BITS: Final = 32
_LAST: Final = (1 << 31) - 1
_BLOCK: Final = 512
_COMPILED_FROM: Final = 16_000_000
"""Products from which the compiled twin saves more than it takes to load: a second, and 130 MB."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest k of n rows, best first; equals go to the lower row.

    `keys` is (n, k) int64, descending: a similarity and a row in one number, so that sorting sorts by both.
    """

    keys: RankKeys

    @property
    def found(self) -> NDArray[np.bool_]:
        """Return (n, k) bool: False where a row has fewer than k."""
        return np.asarray(self.keys != _NONE, dtype=np.bool_)

    @property
    def similarity(self) -> FloatArray:
        """Return (n, k) float32 cosines; 0 where there is none."""
        whole = np.where(self.found, self.keys >> _ROW_BITS, 0)
        return (whole / float(STEPS**2)).astype(np.float32)

    @property
    def row(self) -> IntArray:
        """Return (n, k) int64 rows of the other side; -1 where there is none."""
        return np.where(self.found, _LAST - (self.keys & ((1 << _ROW_BITS) - 1)), -1)


def keys_of(products: FloatArray, rows: IntArray) -> RankKeys:
    """Return the keys, int64, of whole products and the rows that they are with.

    The two are broadcast.

    >>> Nearest(keys_of(np.float32([[16e6, 8e6]]), np.array([7, 9]))).row.tolist()
    [[7, 9]]
    """
    return (products.astype(np.int64) << _ROW_BITS) + (_LAST - rows)


def nearest_block(
    sources: WholeRows, targets: WholeRows, *, start: int = 0, k: int, tell: Tell | None = None
) -> tuple[Nearest, Nearest]:
    """Return the k nearest targets of b sources, and of these sources to each of m targets.

    `sources` is (b, d) and `targets` (m, d); `start` is the number of the first source. Blocks of sources are put
    together by concatenating the first and by `merged` on the second, with the same result whatever their size.
    """
    if len(sources) * len(targets) >= _COMPILED_FROM:
        from align.search.nearest_compiled import nearest_compiled

        return nearest_compiled(sources, targets, start=start, k=k, tell=tell)
    return nearest_exact(sources, targets, start=start, k=k)


def nearest_exact(sources: WholeRows, targets: WholeRows, *, start: int = 0, k: int) -> tuple[Nearest, Nearest]:
    """Do what `nearest_block` does, in numpy: the readable twin of the compiled one."""
    forward, backward = [np.empty((0, min(k, len(targets))), np.int64)], Nearest(np.empty((len(targets), 0), np.int64))
    theirs = targets.astype(np.float32)
    for first in range(0, len(sources), _BLOCK):
        products = sources[first : first + _BLOCK].astype(np.float32) @ theirs.T
        rows = start + first + np.arange(len(products))
        forward.append(_best(keys_of(products, np.arange(len(targets))), k))
        backward = merged(backward, Nearest(_best(keys_of(products, rows[:, None]).T, k)), k=k)
    return Nearest(np.concatenate(forward)), backward


def _best(keys: RankKeys, k: int) -> RankKeys:
    """Return the k greatest of each row, descending."""
    if k < keys.shape[1]:
        keys = np.partition(keys, keys.shape[1] - k, axis=1)[:, -k:]
    return np.ascontiguousarray(np.sort(keys, axis=1)[:, ::-1])


@dataclass(frozen=True, slots=True)
class AllRows:
    """A pass over two sides that compares all sources, (n, d), with all targets, (m, d)."""

    sources: WholeRows
    targets: WholeRows

    def block(self, start: int, stop: int, *, k: int, tell: Tell | None = None) -> tuple[Nearest, Nearest]:
        """Return the nearest of some sources, and these sources' part in those of all targets."""
        return nearest_block(self.sources[start:stop], self.targets, start=start, k=k, tell=tell)

    def recall(self, forward: Nearest) -> float | None:
        """Return None: all rows were compared."""
        return None


@dataclass(frozen=True, slots=True)
class AllRowsExact:
    """The readable twin of `AllRows`."""

    sources: WholeRows
    targets: WholeRows

    def block(self, start: int, stop: int, *, k: int, tell: Tell | None = None) -> tuple[Nearest, Nearest]:
        """Do what that of the twin does, and tell nobody how far it is."""
        return nearest_exact(self.sources[start:stop], self.targets, start=start, k=k)

    def recall(self, forward: Nearest) -> float | None:
        """Return None: all rows were compared."""
        return None


def merged(one: Nearest, other: Nearest, *, k: int) -> Nearest:
    """Return the k nearest of two blocks' nearest, for the same n rows, in any order of the two."""
    return Nearest(_best(np.hstack([one.keys, other.keys]), k))


def mutual(forward: Nearest, backward: Nearest, k: int) -> tuple[IntArray, IntArray, FloatArray]:
    """Return the pairs in which each is among the k nearest of the other, by source.

    WholeRows and columns are (m,) int64, similarities (m,) float32.
    """
    width = len(backward.keys)
    to_target, to_source = forward.keys[:, :k], backward.keys[:, :k]
    ahead, back = to_target != _NONE, to_source != _NONE
    rows, columns = np.nonzero(ahead)[0], _LAST - (to_target[ahead] & ((1 << _ROW_BITS) - 1))
    pairs = rows * width + columns
    reverse = (_LAST - (to_source[back] & ((1 << _ROW_BITS) - 1))) * width + np.nonzero(back)[0]
    both = np.flatnonzero(np.isin(pairs, reverse, assume_unique=True))
    similarity = ((to_target[ahead][both] >> _ROW_BITS) / float(STEPS**2)).astype(np.float32)
    return rows[both], columns[both], similarity
