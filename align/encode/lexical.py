"""A likeness of spelling beside any encoder.

Names, loans and numbers count even where no model knows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from align.encode.bag import LARGEST_ENTRY, BagOfWords, unit_rows
from align.encode.encoder_weights import EncoderWeights
from align.encode.hashing import ngram_hashes
from align.models import BUNDLED_FOLDER
from align.types import FloatArray, Lang

__all__ = ["LEXICAL_NGRAMS", "LexicalSketch"]

LEXICAL_NGRAMS: Final = (2, 5)
_COLUMN_BITS: Final = 9
_SIGN_BIT: Final = 31


class LexicalSketch:
    """Sketch the TF-IDF vector of a text's character n-grams by signed hashing.

    The n-grams are of 2 to 5 romanised characters, the columns 512. The inner product of two sketches estimates the
    cosine of the full TF-IDF vectors (Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning").
    Rarities come from the training pairs, so a text's sketch does not depend on its neighbours.
    """

    def __init__(self, weights: EncoderWeights) -> None:
        self.signature = f"lexical-{weights.signature}"
        self.dim = 1 << _COLUMN_BITS
        self._rarity = weights.lexical_rarity
        self._bag = BagOfWords(self._sketches, self.dim)

    @classmethod
    def load(cls, path: Path | None = None) -> LexicalSketch:
        """Read the sketch's rarities from a model folder; None is the bundled one.

        Raises ModelUnavailableError where it is not.
        """
        return cls(EncoderWeights.read(path or BUNDLED_FOLDER))

    def encode(self, texts: Sequence[str], lang: Lang | None = None) -> FloatArray:
        """Return (n, 512) float32, C order, unit rows; a text without a word gives a zero row.

        `lang` is not used.
        """
        return unit_rows(self._bag.sums(texts))

    def _sketches(self, words: Sequence[str]) -> FloatArray:
        hashes, starts = ngram_hashes(words, *LEXICAL_NGRAMS)
        row = np.repeat(np.arange(len(words)), np.diff(starts, append=len(hashes)))
        value = self._rarity[hashes % len(self._rarity)] * (1.0 - 2.0 * (hashes >> _SIGN_BIT))
        column = (hashes >> (_SIGN_BIT - _COLUMN_BITS)) % self.dim
        flat = np.bincount(row * self.dim + column, weights=value, minlength=len(words) * self.dim)
        sketches = flat.reshape(len(words), self.dim).astype(np.float32)
        return np.clip(sketches, -LARGEST_ENTRY, LARGEST_ENTRY)
