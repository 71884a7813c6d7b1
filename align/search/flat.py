"""The flat inner-product index of FAISS: exact, fast to some million rows.

It is that of Johnson, Douze and Jégou 2017.
"""

from __future__ import annotations

from align.types import FloatArray, IntArray

__all__ = ["FlatIndex"]


class FlatIndex:
    """Wrap `faiss.IndexFlatIP` behind the Index port."""

    def __init__(self, dim: int) -> None:
        import faiss

        self._index = faiss.IndexFlatIP(dim)

    def add(self, vectors: FloatArray) -> None:
        """Append (n, dim) float32 rows."""
        self._index.add(vectors)

    def search(self, queries: FloatArray, k: int) -> tuple[FloatArray, IntArray]:
        """Return similarities (m, k) float32, best first, and rows (m, k) int64."""
        similarities, rows = self._index.search(queries, min(k, self._index.ntotal))
        return similarities, rows
