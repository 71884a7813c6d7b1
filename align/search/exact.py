"""The numpy twin of the FAISS indexes, slower and readable.

The fast ones are tested against it.
"""

from __future__ import annotations

import numpy as np

from align.types import FloatArray, IntArray

__all__ = ["ExactIndex"]

_QUERY_BLOCK = 1024
"""Rows compared at a time, so that memory stays at block times rows held."""


class ExactIndex:
    """Compare every query with every row held.

    >>> index = ExactIndex(2)
    >>> index.add(np.eye(2, dtype=np.float32))
    >>> index.search(np.array([[0, 1]], dtype=np.float32), 2)[1].tolist()
    [[1, 0]]
    """

    def __init__(self, dim: int) -> None:
        self._rows: FloatArray = np.empty((0, dim), dtype=np.float32)

    def add(self, vectors: FloatArray) -> None:
        """Append (n, dim) float32 rows."""
        self._rows = np.concatenate([self._rows, vectors])

    def search(self, queries: FloatArray, k: int) -> tuple[FloatArray, IntArray]:
        """Return similarities (m, k) float32, best first, and rows (m, k) int64.

        Equals go to the lower row.
        """
        k = min(k, len(self._rows))
        similarities = np.empty((len(queries), k), dtype=np.float32)
        rows = np.empty((len(queries), k), dtype=np.int64)
        for start in range(0, len(queries), _QUERY_BLOCK):
            block = slice(start, start + _QUERY_BLOCK)
            scores = queries[block] @ self._rows.T
            # A stable sort of the negated scores leaves equals in the order of their rows.
            rows[block] = np.argsort(-scores, axis=1, kind="stable")[:, :k]
            similarities[block] = np.take_along_axis(scores, rows[block], axis=1)
        return similarities, rows
