"""The inverted index of FAISS behind the Index port, for sides of many rows.

See Jégou, Douze and Schmid 2011.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from align.types import FloatArray, IntArray

__all__ = ["AutoIndex", "IvfIndex", "trained"]

_FEWEST: Final = 10_000
"""Rows below which every row is looked at: cells of a few rows would lose more than they save."""

_AUTO_FROM: Final = 200_000
_PER_CELL: Final = 64
_SHARE_PROBED: Final = 1 / 16
"""Which part of the cells a query looks into: more finds more, and takes longer."""


def trained(rows: FloatArray) -> Any:  # noqa: ANN401 (FAISS has no types)
    """Return an empty FAISS index with cells for (n, dim) float32 unit rows.

    They are twice the root of n, and ranked by inner products.
    """
    import faiss

    cells = max(1, round(2 * len(rows) ** 0.5))
    index: Any = faiss.index_factory(rows.shape[1], f"IVF{cells},Flat", faiss.METRIC_INNER_PRODUCT)
    index.nprobe = max(1, round(cells * _SHARE_PROBED))
    # Evenly spaced rows, and no random ones: the same rows give the same cells.
    index.train(np.ascontiguousarray(rows[:: max(1, len(rows) // (_PER_CELL * cells))]))
    return index


class IvfIndex:
    """Hold rows until the first search, and then make cells of them.

    A few rows are searched whole.
    """

    fewest = _FEWEST

    def __init__(self, dim: int) -> None:
        self._dim = dim
        self._added: list[FloatArray] = []
        self._index: Any = None

    def add(self, vectors: FloatArray) -> None:
        """Append (n, dim) float32 rows."""
        if self._index is None:
            self._added.append(vectors)
        else:
            self._index.add(vectors)

    def search(self, queries: FloatArray, k: int) -> tuple[FloatArray, IntArray]:
        """Return similarities (m, k) float32, best first, and rows (m, k) int64.

        Where the cells that a query looks into hold fewer than k rows, the last rows are -1.
        """
        if self._index is None:
            self._index = self._made()
        similarities, rows = self._index.search(queries, min(k, self._index.ntotal))
        return similarities, rows

    def _made(self) -> Any:  # noqa: ANN401 (FAISS has no types)
        import faiss

        rows = np.concatenate([np.empty((0, self._dim), np.float32), *self._added])
        self._added.clear()
        index = trained(rows) if len(rows) >= self.fewest else faiss.IndexFlatIP(self._dim)
        index.add(rows)
        return index


class AutoIndex(IvfIndex):
    """Search every row of up to 200,000, and cells of more."""

    fewest = _AUTO_FROM
