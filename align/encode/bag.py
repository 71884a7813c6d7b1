"""Sums of word vectors, the same to the last bit however the texts are batched.

They are fast because words repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np

from align.text.words import comparable, raw_words
from align.types import FloatArray, IntArray

__all__ = ["LARGEST_ENTRY", "BagOfWords", "product", "unit_rows"]

# Words are looked up for so many texts at a time, and multiplied in blocks: enough words to fill a matrix product, few
# enough for the processor's cache.
_TEXTS_AT_ONCE: Final = 256
_BLOCK_TEXTS: Final = 32
# Sums of integers below 2**24 are exact in float32 in any order, which is what makes a text's vector independent of
# its neighbours; entries stay within 2**11, so 8,192 words are summed at a time.
LARGEST_ENTRY: Final = 2047
_MOST_WORDS: Final = 8192
_MOST_CACHED: Final = 100_000
# OpenBLAS computes products of up to so many multiplications on one thread. A larger one of the sizes met here gains
# nothing from a second thread, and is a hundred times slower where the threads wait for a busy processor.
_ONE_THREAD: Final = 1 << 18


def unit_rows(rows: FloatArray) -> FloatArray:
    """Return the (n, dim) float32 rows scaled to length 1; a zero row stays zero.

    >>> unit_rows(np.array([[3, 4], [0, 0]], dtype=np.float32)).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    lengths[lengths == 0] = 1
    return np.ascontiguousarray(rows / lengths[:, None], dtype=np.float32)


def product(counts: FloatArray, rows: FloatArray) -> FloatArray:
    """Return the (n, dim) float32 product of (n, m) counts and (m, dim) rows.

    It is computed in pieces too small for threads.

    >>> product(np.ones((1, 3), np.float32), np.array([[1, 2], [3, 4], [5, 6]], np.float32)).tolist()
    [[9.0, 12.0]]
    """
    step = max(_ONE_THREAD // (counts.shape[0] * rows.shape[1]), 1)
    total = np.zeros((counts.shape[0], rows.shape[1]), np.float32)
    for start in range(0, len(rows), step):
        total += counts[:, start : start + step] @ rows[start : start + step]
    return total


class BagOfWords:
    """Add up the vectors of a text's words.

    `vectors_of` gets n words in comparable form and returns (n, dim) float32 whose entries are whole numbers from
    -2047 to 2047. Vectors are remembered by the word as it was written, up to about 100,000 of them.
    """

    def __init__(self, vectors_of: Callable[[Sequence[str]], FloatArray], dim: int) -> None:
        self._vectors_of = vectors_of
        self._slots: dict[str, int] = {}
        self._vectors = np.empty((1024, dim), np.int16)

    def sums(self, texts: Sequence[str]) -> FloatArray:
        """Return (n, dim) float32, C order: each text's sum of word vectors.

        A text without a word gives a zero row.
        """
        sums = np.zeros((len(texts), self._vectors.shape[1]), np.float32)
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            words = [raw_words(text) for text in texts[start : start + _TEXTS_AT_ONCE]]
            slots = self._slots_of([word for text in words for word in text])
            ends = np.cumsum([0, *map(len, words)])
            for first, last in _blocks(ends):
                sums[start + first : start + last] = self._product(
                    slots[ends[first] : ends[last]], ends[first : last + 1]
                )
        return sums

    def _product(self, slots: IntArray, ends: IntArray) -> FloatArray:
        """Return (n, dim) float32, the sums of n consecutive texts.

        `ends` are the n + 1 borders between them.
        """
        if len(slots) > _MOST_WORDS:
            parts = [slots[start : start + _MOST_WORDS] for start in range(0, len(slots), _MOST_WORDS)]
            total: FloatArray = np.sum([self._product(part, np.array([0, len(part)])) for part in parts], axis=0)
            return total
        used, column = np.unique(slots, return_inverse=True)
        texts = len(ends) - 1
        row = np.repeat(np.arange(texts), np.diff(ends))
        counts = np.bincount(row * len(used) + column, minlength=texts * len(used)).reshape(texts, len(used))
        return product(counts.astype(np.float32), self._vectors[used].astype(np.float32))

    def _slots_of(self, words: Sequence[str]) -> IntArray:
        try:
            return np.fromiter(map(self._slots.__getitem__, words), np.int64, len(words))
        except KeyError:
            self._remember(sorted(set(words).difference(self._slots)), needed=set(words))
        return np.fromiter(map(self._slots.__getitem__, words), np.int64, len(words))

    def _remember(self, missing: list[str], *, needed: set[str]) -> None:
        if len(self._slots) + len(missing) > _MOST_CACHED:
            self._slots.clear()
            missing = sorted(needed)
        first, last = len(self._slots), len(self._slots) + len(missing)
        if last > len(self._vectors):
            size = (max(last, 2 * len(self._vectors)), self._vectors.shape[1])
            grown = np.empty(size, np.int16)
            grown[:first] = self._vectors[:first]
            self._vectors = grown
        self._vectors[first:last] = self._vectors_of([comparable(word) for word in missing])
        self._slots.update(zip(missing, range(first, last), strict=True))


def _blocks(ends: IntArray) -> Iterator[tuple[int, int]]:
    """Yield runs of texts as (first, one past the last).

    A run has 32 texts at most, and few enough words for an exact sum.

    >>> list(_blocks(np.array([0, 8000, 8100, 8500])))
    [(0, 2), (2, 3)]
    """
    first = 0
    for last in range(1, len(ends)):
        full = last - first == _BLOCK_TEXTS
        if full or last + 1 == len(ends) or ends[last + 1] - ends[first] > _MOST_WORDS:
            yield first, last
            first = last
