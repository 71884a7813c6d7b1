"""How rare words and character n-grams are in the training texts: the inverse document frequencies of the encoder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from align.encode.hashing import ngram_hashes, word_hash
from align.types import FloatArray

__all__ = ["ngram_rarity", "word_rarity"]


def word_rarity(texts: Sequence[Sequence[str]], buckets: int) -> FloatArray:
    """Return (buckets,) float32: the idf of the words that hash there, of the most frequent one where several do.

    `texts` are lists of words in comparable form. A word that was never seen counts as one seen in no text.

    >>> word_rarity([["a", "b"], ["a"]], 8).round(2).max()
    np.float32(1.1)
    """
    frequency = Counter(word for words in texts for word in set(words))
    seen = np.zeros(buckets)
    hashes = np.fromiter((word_hash(word) % buckets for word in frequency), np.int64, len(frequency))
    np.maximum.at(seen, hashes, np.fromiter(frequency.values(), np.float64, len(frequency)))
    return _idf(seen, len(texts)).astype(np.float32)


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
    return np.minimum(np.rint(16 * _idf(seen, len(texts))), 255).astype(np.uint8)


def _together(parts: Iterable[NDArray[np.int64]]) -> NDArray[np.int64]:
    parts = list(parts)
    # Fancy assignment with += counts a repeated bucket once, which is what a document frequency asks for.
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _idf(seen: NDArray[np.float64], texts: int) -> NDArray[np.float64]:
    return np.log((texts + 1) / (seen + 1))
