"""The bundled encoder: a sentence is the weighted sum of its words, a word that of its character n-grams."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from align.encode.bag import LARGEST_ENTRY, BagOfWords, unit_rows
from align.encode.hashing import ngram_hashes, ragged, word_hash
from align.encode.weights import EncoderWeights
from align.types import FloatArray, IntArray, Lang

__all__ = ["BUNDLED_PATH", "NgramEncoder"]

BUNDLED_PATH: Final = Path(__file__).parents[1] / "models" / "kk-en"
# So many words at a time share enough n-grams, and make a small enough matrix, for a product to beat a running sum.
_WORDS_AT_ONCE: Final = 16


class NgramEncoder:
    """Encode Kazakh and English texts with one table of hashed n-grams, in numpy alone.

    A word's vector is the sum of its n-grams' rows (Bojanowski et al. 2017) over the square root of their number; a
    text's is the sum of its words' vectors, each times its weight, scaled to length 1. The table was trained so that
    translations lie close together.
    """

    def __init__(self, weights: EncoderWeights) -> None:
        self.signature = weights.signature
        self.dim = weights.dim
        self._weights = weights
        self._bag = BagOfWords(self._whole_numbers, weights.dim)

    @classmethod
    def load(cls, path: Path | None = None) -> NgramEncoder:
        """Read an encoder from its folder; None is the bundled one. Raises ModelUnavailableError where it is not."""
        return cls(EncoderWeights.read(path or BUNDLED_PATH))

    def encode(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        """Return (n, dim) float32, C order, unit rows; a text without a word gives a zero row.

        `lang` makes no difference: both languages share the table. A text's vector is the same to the last bit
        whatever stands beside it.
        """
        return unit_rows(self._bag.sums(texts))

    def word_vectors(self, words: Sequence[str]) -> FloatArray:
        """Return (n, dim) float32 unit rows for words in comparable form (`align.text.words`)."""
        return unit_rows(self._vectors(words))

    def word_weights(self, words: Sequence[str]) -> FloatArray:
        """Return (n,) float32, above 0: how much each word in comparable form tells, rarity times what was learned."""
        return self._factors(words)

    def _whole_numbers(self, words: Sequence[str]) -> FloatArray:
        weighted = self._vectors(words) * (self._factors(words) * np.float32(self._weights.resolution))[:, None]
        rounded: FloatArray = np.clip(np.rint(weighted), -LARGEST_ENTRY, LARGEST_ENTRY)
        return rounded

    def _vectors(self, words: Sequence[str]) -> FloatArray:
        """Return (n, dim) float32: the sums of the words' table rows over the square roots of their numbers."""
        sums = np.zeros((len(words), self.dim), np.float32)
        lengths = np.empty(len(words), np.float32)
        for start in range(0, len(words), _WORDS_AT_ONCE):
            block = words[start : start + _WORDS_AT_ONCE]
            flat, starts = ragged([self._rows_of(word) for word in block])
            lengths[start : start + len(block)] = np.diff(starts, append=len(flat))
            # The table holds whole numbers, whose sums are exact in any order: a word's vector hangs on no other word.
            sums[start : start + len(block)] = _counts(flat, starts) @ self._rows(np.unique(flat))
        sums *= self._weights.scale
        sums /= np.sqrt(lengths)[:, None]
        return sums

    def _factors(self, words: Sequence[str]) -> FloatArray:
        """Return (n,) float32: rarity times the exponential of the n-grams' mean learned weight."""
        if not words:
            return np.zeros(0, np.float32)
        flat, starts = ragged([self._rows_of(word) for word in words])
        learned = np.add.reduceat(self._weights.log_weight[flat], starts) / np.diff(starts, append=len(flat))
        rarity = self._weights.rarity[[word_hash(word) % len(self._weights.rarity) for word in words]]
        factors: FloatArray = (rarity * np.exp(learned)).astype(np.float32)
        return factors

    def _rows(self, numbers: IntArray) -> FloatArray:
        return self._weights.table[numbers].astype(np.float32)

    def _rows_of(self, word: str) -> list[int]:
        rows = len(self._weights.table)
        return [number % rows for number in ngram_hashes(word, *self._weights.ngrams)]


def _counts(flat: IntArray, starts: IntArray) -> FloatArray:
    """Return (words, distinct rows) float32: how often each word uses each table row, rows in ascending order."""
    distinct, column = np.unique(flat, return_inverse=True)
    word = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(flat)))
    counts = np.bincount(word * len(distinct) + column, minlength=len(starts) * len(distinct))
    return counts.reshape(len(starts), len(distinct)).astype(np.float32)
