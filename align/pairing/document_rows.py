"""Documents as the rows of their sentences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from align.encode.bag import unit_rows
from align.types import Doubles, FloatArray, IntArray

__all__ = ["Documents"]


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents of one language, numbered from 0.

    `vectors` is (n, dim) float32 unit rows, one a sentence, document by document; `document` (n,) int64 numbers the
    document of each, ascending. `days` has the day on which each document was written as its ordinal, nan where that is
    not known, (documents,) float64.
    """

    vectors: FloatArray
    document: IntArray
    days: Doubles

    def __len__(self) -> int:
        return len(self.days)

    @property
    def sizes(self) -> IntArray:
        """Return how many sentences each document has, (documents,) int64."""
        return np.bincount(self.document, minlength=len(self))

    @property
    def starts(self) -> IntArray:
        """Return the first row of each document and, last, the row count, (documents + 1,) int64."""
        return np.concatenate([[0], np.cumsum(self.sizes)])

    def means(self) -> FloatArray:
        """Return the mean of each document's sentences as unit rows, (documents, dim) float32."""
        sums = np.zeros((len(self), self.vectors.shape[1]), np.float32)
        np.add.at(sums, self.document, self.vectors)
        return unit_rows(sums)

    def titles(self) -> FloatArray:
        """Return the first sentence of each document, (documents, dim) float32.

        A document without sentences has zeros.
        """
        rows = np.zeros((len(self), self.vectors.shape[1]), np.float32)
        filled = self.sizes > 0
        rows[filled] = self.vectors[self.starts[:-1][filled]]
        return rows
