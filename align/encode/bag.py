"""Sums of word vectors, the same to the last bit however the texts are batched, and fast because words repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.text.words import comparable, raw_words
from align.types import FloatArray

__all__ = ["BagOfWords", "unit_rows"]

# A block is one matrix product: enough words to fill it, few enough for the processor's cache.
_BLOCK_TEXTS: Final = 48
_BLOCK_WORDS: Final = 4096
# Sums of integers below 2**24 are exact in float32 in any order, which is what makes a text's vector independent of
# its neighbours; entries stay within 2**11, so 8,192 words are summed at a time.
LARGEST_ENTRY: Final = 2047
_MOST_WORDS: Final = 8192
_MOST_CACHED: Final = 100_000


def unit_rows(rows: FloatArray) -> FloatArray:
    """Return the (n, dim) float32 rows scaled to length 1; a zero row stays zero.

    >>> unit_rows(np.array([[3, 4], [0, 0]], dtype=np.float32)).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    lengths[lengths == 0] = 1
    return np.ascontiguousarray(rows / lengths[:, None], dtype=np.float32)


class BagOfWords:
    """Add up the vectors of a text's words.

    `vectors_of` gets n words in comparable form and returns (n, dim) float32 whose entries are whole numbers from
    -2047 to 2047. Vectors are remembered by the word as it was written, up to about 100,000 of them.
    """

    def __init__(self, vectors_of: Callable[[Sequence[str]], FloatArray], dim: int) -> None:
        self._vectors_of = vectors_of
        self._slots: dict[str, int] = {}
        self._vectors = np.empty((1024, dim), np.float32)

    def sums(self, texts: Sequence[str]) -> FloatArray:
        """Return (n, dim) float32, C order: each text's sum of word vectors, a zero row where there is no word."""
        sums = np.zeros((len(texts), self._vectors.shape[1]), np.float32)
        for start, block in _blocks(texts):
            if len(block) == 1:
                for part in range(0, len(block[0]), _MOST_WORDS):
                    sums[start] += self._product([block[0][part : part + _MOST_WORDS]])[0]
            else:
                sums[start : start + len(block)] = self._product(block)
        return sums

    def _product(self, block: Sequence[list[str]]) -> FloatArray:
        slots = self._slots_of([word for words in block for word in words])
        used, column = np.unique(slots, return_inverse=True)
        row = np.repeat(np.arange(len(block)), [len(words) for words in block])
        counts = np.bincount(row * len(used) + column, minlength=len(block) * len(used))
        product: FloatArray = counts.reshape(len(block), len(used)).astype(np.float32) @ self._vectors[used]
        return product

    def _slots_of(self, words: Sequence[str]) -> NDArray[np.int64]:
        missing = set(words).difference(self._slots)
        if missing:
            self._remember(sorted(missing), needed=set(words))
        return np.fromiter(map(self._slots.__getitem__, words), np.int64, len(words))

    def _remember(self, missing: list[str], *, needed: set[str]) -> None:
        if len(self._slots) + len(missing) > _MOST_CACHED:
            self._slots.clear()
            missing = sorted(needed)
        first, last = len(self._slots), len(self._slots) + len(missing)
        if last > len(self._vectors):
            grown = np.empty((max(last, 2 * len(self._vectors)), self._vectors.shape[1]), np.float32)
            grown[:first] = self._vectors[:first]
            self._vectors = grown
        self._vectors[first:last] = self._vectors_of([comparable(word) for word in missing])
        self._slots.update(zip(missing, range(first, last), strict=True))


def _blocks(texts: Sequence[str]) -> Iterator[tuple[int, list[list[str]]]]:
    """Yield runs of consecutive texts as words, each run with the number of its first text."""
    start, held = 0, 0
    block: list[list[str]] = []
    for number, text in enumerate(texts):
        words = raw_words(text)
        if block and (len(block) == _BLOCK_TEXTS or held + len(words) > _BLOCK_WORDS):
            yield start, block
            start, block, held = number, [], 0
        block.append(words)
        held += len(words)
    if block:
        yield start, block
