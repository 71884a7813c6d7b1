"""The bundled encoder: a sentence is the weighted sum of its words, a word that of its character n-grams."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from align.encode.bag import LARGEST_ENTRY, BagOfWords, unit_rows
from align.encode.hashing import ngram_hashes, ragged, word_hash
from align.encode.weights import EncoderWeights
from align.types import FloatArray, Lang

__all__ = ["BUNDLED_PATH", "NgramEncoder"]

BUNDLED_PATH: Final = Path(__file__).parents[1] / "models" / "kk-en"
# Dequantised rows take 25 kB a word: so many words at a time stay small.
_WORDS_AT_ONCE: Final = 2048


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
        weighted = self._vectors(words) * self._factors(words)[:, None] * np.float32(self._weights.resolution)
        rounded: FloatArray = np.clip(np.rint(weighted), -LARGEST_ENTRY, LARGEST_ENTRY)
        return rounded

    def _vectors(self, words: Sequence[str]) -> FloatArray:
        vectors = np.zeros((len(words), self.dim), np.float32)
        for start in range(0, len(words), _WORDS_AT_ONCE):
            block = words[start : start + _WORDS_AT_ONCE]
            flat, starts = ragged([self._rows_of(word) for word in block])
            rows = self._weights.table[flat] * self._weights.scale[flat, None]
            vectors[start : start + len(block)] = np.add.reduceat(rows, starts, axis=0)
            vectors[start : start + len(block)] /= np.diff(starts, append=len(flat))[:, None]
        return vectors

    def _factors(self, words: Sequence[str]) -> FloatArray:
        """Return (n,) float32: rarity times the exponential of the n-grams' mean learned weight."""
        if not words:
            return np.zeros(0, np.float32)
        flat, starts = ragged([self._rows_of(word) for word in words])
        learned = np.add.reduceat(self._weights.log_weight[flat], starts) / np.diff(starts, append=len(flat))
        rarity = self._weights.rarity[[word_hash(word) % len(self._weights.rarity) for word in words]]
        factors: FloatArray = (rarity * np.exp(learned)).astype(np.float32)
        return factors

    def _rows_of(self, word: str) -> list[int]:
        rows = len(self._weights.table)
        return [number % rows for number in ngram_hashes(word, *self._weights.ngrams)]
