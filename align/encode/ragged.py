"""Rows of different lengths in two flat arrays.

So a batch of texts is picked without a Python loop.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from align.types import IntArray

__all__ = ["Ragged", "numbered"]


@dataclass(frozen=True, slots=True)
class Ragged:
    """n rows of whole numbers: row i is `values[starts[i]:starts[i + 1]]`.

    `starts` is (n + 1,) int64.
    """

    values: IntArray
    starts: IntArray

    def __len__(self) -> int:
        return len(self.starts) - 1

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Ragged:
        """Return the rows as arrays.

        >>> Ragged.of([[7, 8], [], [9]]).lengths.tolist()
        [2, 0, 1]
        """
        starts = np.zeros(len(rows) + 1, np.int64)
        starts[1:] = np.cumsum([len(row) for row in rows])
        return cls(np.fromiter((number for row in rows for number in row), np.int64, int(starts[-1])), starts)

    @property
    def lengths(self) -> IntArray:
        """Return the (n,) int64 lengths of the rows."""
        return np.diff(self.starts)

    def pick(self, rows: IntArray) -> Ragged:
        """Return the rows of these numbers, in their order.

        >>> Ragged.of([[7, 8], [], [9]]).pick(np.array([2, 0])).values.tolist()
        [9, 7, 8]
        """
        lengths = self.lengths[rows]
        starts = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(lengths, out=starts[1:])
        within = np.arange(starts[-1]) - np.repeat(starts[:-1] - self.starts[rows], lengths)
        return Ragged(self.values[within], starts)


def numbered(texts: Iterable[Sequence[str]], numbers: dict[str, int]) -> Ragged:
    """Return texts of words as rows of word numbers.

    A new word gets the next number, and is added to `numbers`.

    >>> known: dict[str, int] = {}
    >>> numbered([["b", "a", "b"]], known).values.tolist(), known
    ([0, 1, 0], {'b': 0, 'a': 1})
    """
    return Ragged.of([[numbers.setdefault(word, len(numbers)) for word in words] for words in texts])
