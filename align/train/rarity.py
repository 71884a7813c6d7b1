"""How rare words and character n-grams are in the training texts.

These are the inverse document frequencies of the encoder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from align.encode.hashing import ngram_hashes, word_hash
from align.types import FloatArray, IntArray

__all__ = ["COUNT_CLASSES", "count_class", "idf", "ngram_rarity", "words_seen"]

COUNT_CLASSES = 32
"""Classes of counts: one for each doubling, more than any table of pairs can fill."""


def words_seen(pairs: Sequence[tuple[Sequence[str], Sequence[str]]], buckets: int) -> IntArray:
    """Return (buckets,) int64: how many pairs hold the word that hashes there.

    Where several do, it is the most frequent. The sides of a pair are lists of words in comparable form.

    >>> words_seen([(["a"], ["a", "b"]), (["c"], ["a"])], 8).max()
    np.int64(2)
    """
    frequency = Counter(word for source, target in pairs for word in {*source, *target})
    seen = np.zeros(buckets, np.int64)
    hashes = np.fromiter((word_hash(word) % buckets for word in frequency), np.int64, len(frequency))
    np.maximum.at(seen, hashes, np.fromiter(frequency.values(), np.int64, len(frequency)))
    return seen


def count_class(seen: IntArray) -> IntArray:
    """Return the class of each count, (n,) int64: counts of one class share a learned factor.

    >>> count_class(np.array([0, 1, 2, 3, 6, 7])).tolist()
    [0, 1, 1, 2, 2, 3]
    """
    return np.asarray(np.frexp(seen + 1.0)[1] - 1, dtype=np.int64)


def idf(seen: IntArray | NDArray[np.float64], texts: int) -> FloatArray:
    """Return (n,) float32: the inverse document frequencies.

    They are of what stands in so many of the texts.

    >>> idf(np.array([0, 9]), 9).round(2).tolist()
    [2.299999952316284, 0.0]
    """
    return np.asarray(np.log((texts + 1) / (seen + 1)), dtype=np.float32)


def ngram_rarity(texts: Sequence[Sequence[str]], buckets: int, *, sizes: tuple[int, int]) -> NDArray[np.uint8]:
    """Return (buckets,) uint8: the idf, in sixteenths, of the character n-grams that hash there.

    >>> int(ngram_rarity([["ab"], ["cd"]], 64, sizes=(2, 3)).max())
    18
    """
    vocabulary = sorted({word for words in texts for word in words})
    hashes, starts = ngram_hashes(vocabulary, *sizes)
    hashed = dict(zip(vocabulary, np.split(hashes % buckets, starts[1:]), strict=True))
    seen = np.zeros(buckets)
    for words in texts:
        seen[_together(hashed[word] for word in words)] += 1
    return np.minimum(np.rint(16 * idf(seen, len(texts))), 255).astype(np.uint8)


def _together(parts: Iterable[NDArray[np.int64]]) -> NDArray[np.int64]:
    parts = list(parts)
    # Fancy assignment with += counts a repeated bucket once, which is what a document frequency asks for.
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)
