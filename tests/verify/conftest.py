from zlib import crc32

import numpy as np
import pytest

from align.types import Candidates, Side

# Comparable Kazakh words and the English ones that mean the same.
LEXICON = {"prezident": "president", "keldi": "arrived", "kytay": "china", "saylau": "election", "uilendi": "married"}
ARTICLES = {"the", "in", "of", "a"}
DIM = 32


class DictionaryEncoder:
    """Knows a few words in both languages; every word it does not know is unlike all others."""

    signature = "dictionary"
    dim = DIM

    def word_vectors(self, words):
        return np.stack([self._vector(LEXICON.get(word, word)) for word in words]).reshape(-1, DIM)

    def word_weights(self, words):
        return np.array([0.1 if word in ARTICLES else 1.0 for word in words], dtype=np.float32)

    def encode(self, texts, lang):
        from align.text.words import words

        sums = [self.word_vectors([word.text for word in words(text)] or ["-"]).sum(axis=0) for text in texts]
        rows = np.stack(sums).astype(np.float32)
        return np.ascontiguousarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))

    def _vector(self, word):
        vector = np.random.default_rng(crc32(word.encode())).normal(size=DIM)
        return (vector / np.linalg.norm(vector)).astype(np.float32)


@pytest.fixture
def encoder():
    return DictionaryEncoder()


@pytest.fixture
def make_side(encoder):
    def make(texts, lang, document=None):
        vectors = encoder.encode(texts, lang)
        return Side(tuple(texts), lang, vectors, vectors, None if document is None else np.array(document))

    return make


@pytest.fixture
def all_pairs():
    def make(source, target):
        rows, columns = (axis.ravel().astype(np.int64) for axis in np.indices((len(source), len(target))))
        cosine = np.einsum("nd,nd->n", source.vectors[rows], target.vectors[columns]).astype(np.float32)
        return Candidates(rows, columns, cosine, cosine, np.ones(len(rows), dtype=np.float32))

    return make
