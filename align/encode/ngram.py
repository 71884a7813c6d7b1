"""The bundled encoder: a sentence is the weighted sum of its words.

A word is the sum of its character n-grams.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.encode.bag import LARGEST_ENTRY, BagOfWords, product, unit_rows
from align.encode.encoder_weights import EncoderWeights, unpacked
from align.encode.hashing import ngram_hashes, word_hash
from align.encode.ragged import Ragged
from align.models import BUNDLED_FOLDER
from align.types import FloatArray, IntArray, Lang

__all__ = ["NgramEncoder", "table_sums"]

# So many words at a time share enough n-grams, and make a small enough matrix, for a product to beat a running sum.
_WORDS_AT_ONCE: Final = 16
_COMPILED_FROM: Final = 512
"""Words from which a compiled sum, which is the same, is worth loading where the search has loaded the compiler."""

_LEAST_LENGTH: Final = np.float32(1e-6)
_USUAL_HUBNESS: Final = np.float32(0.3)


class NgramEncoder:
    """Encode Kazakh and English texts with one table of hashed n-grams, in numpy alone.

    A word's vector is the sum of its n-grams' rows (Bojanowski et al. 2017) over the square root of their number, and
    then over the square root of its length; a text's is the sum of its words' vectors, each times its weight, scaled to
    length 1. The table was trained so that translations lie close together.
    """

    def __init__(self, weights: EncoderWeights) -> None:
        self.signature = weights.signature
        self.dim = weights.dim
        self.weights = weights
        self._bag = BagOfWords(self._whole_numbers, weights.dim)

    @classmethod
    def load(cls, path: Path | None = None) -> NgramEncoder:
        """Read an encoder from its folder; None is the bundled one.

        Raises ModelUnavailableError where it is not.
        """
        return cls(EncoderWeights.read(path or BUNDLED_FOLDER))

    def encode(self, texts: str | Sequence[str], lang: Lang | None = None) -> FloatArray:
        """Return (n, dim) float32, C order, unit rows, one for a single text.

        A text without a word gives a zero row. `lang` makes no difference: both languages share the table. A text's
        vector is the same to the last bit whatever stands beside it.
        """
        return unit_rows(self._bag.sums([texts] if isinstance(texts, str) else texts))

    def sums(self, texts: Sequence[str]) -> FloatArray:
        """Return (n, dim) float32, C order: what `encode` scales to length 1.

        A text's parts add up to it.
        """
        return self._bag.sums(texts)

    def word_vectors(self, words: Sequence[str]) -> FloatArray:
        """Return (n, dim) float32 unit rows for words in comparable form (`align.text.words`)."""
        return unit_rows(self._vectors(self._hashed(words)))

    def word_weights(self, words: Sequence[str]) -> FloatArray:
        """Return (n,) float32, above 0: how much each word in comparable form tells.

        That is its rarity times what was learned.
        """
        return self._factors(words, self._hashed(words))

    def word_hubness(self, words: Sequence[str], lang: Lang) -> FloatArray:
        """Return (n,) float32: how near each word lies to the other language's commonest words.

        That is the mean of its ten best cosines with them. It was computed once, for the words of the training
        (Radovanović et al. 2010, "Hubs in Space"); a word in comparable form that training never met has the usual .3.
        """
        hubs = self.weights.hubs[0 if lang == "kk" else 1]
        known = hubs[[word_hash(word) % len(hubs) for word in words]] if words else hubs[:0]
        return np.where(known > 0, known / np.float32(255), _USUAL_HUBNESS).astype(np.float32)

    def _whole_numbers(self, words: Sequence[str]) -> FloatArray:
        hashed = self._hashed(words)
        factors = self._factors(words, hashed) * np.float32(self.weights.resolution)
        weighted = self._vectors(hashed)
        weighted *= factors[:, None]
        rounded: FloatArray = np.clip(np.rint(weighted), -LARGEST_ENTRY, LARGEST_ENTRY)
        return rounded

    def _hashed(self, words: Sequence[str]) -> Ragged:
        """Return the table rows of each word's n-grams."""
        hashes, starts = ngram_hashes(words, *self.weights.ngrams, prefix=self.weights.prefix)
        return Ragged(hashes % len(self.weights.table), np.append(starts, len(hashes)))

    def _vectors(self, hashed: Ragged) -> FloatArray:
        """Return (n, dim) float32: the sums of the words' table rows, scaled.

        Each is divided by the square root of its length.
        """
        # The table holds whole numbers, whose sums are exact in any order: a word's vector depends on no other word.
        if len(hashed) >= _COMPILED_FROM and "numba" in sys.modules:
            from align.encode.table_sums_compiled import table_sums_compiled

            sums = table_sums_compiled(self.weights.table, hashed)
        else:
            sums = table_sums(self.weights.table, hashed)
        sums *= self.weights.scale
        sums /= np.sqrt(hashed.lengths.astype(np.float32))[:, None]
        lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums))
        sums /= np.sqrt(np.maximum(lengths, _LEAST_LENGTH))[:, None]
        return sums

    def _factors(self, words: Sequence[str], hashed: Ragged) -> FloatArray:
        """Return (n,) float32: rarity times the exponential of the n-grams' mean learned weight."""
        if not words:
            return np.zeros(0, np.float32)
        learned = np.add.reduceat(self.weights.log_weight[hashed.values], hashed.starts[:-1]) / hashed.lengths
        rarity = self.weights.rarity[[word_hash(word) % len(self.weights.rarity) for word in words]]
        factors: FloatArray = (rarity * np.exp(learned)).astype(np.float32)
        return factors


def table_sums(table: NDArray[np.uint8], hashed: Ragged) -> FloatArray:
    """Return (n, dim) float32 whole numbers: the sums of the table's rows that each word uses."""
    sums = np.empty((len(hashed), 2 * table.shape[1]), np.float32)
    for start in range(0, len(hashed), _WORDS_AT_ONCE):
        starts = hashed.starts[start : start + _WORDS_AT_ONCE + 1]
        flat = hashed.values[starts[0] : starts[-1]]
        distinct, column = np.unique(flat, return_inverse=True)
        counts = _counts(column, starts, columns=len(distinct))
        sums[start : start + len(counts)] = product(counts, unpacked(table[distinct]))
    return sums


def _counts(column: IntArray, starts: IntArray, *, columns: int) -> FloatArray:
    """Return (words, columns) float32: how often each word uses each column."""
    words = len(starts) - 1
    word = np.repeat(np.arange(words), np.diff(starts))
    counts = np.bincount(word * columns + column, minlength=words * columns)
    return counts.reshape(words, columns).astype(np.float32)
