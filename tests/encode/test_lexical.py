from types import SimpleNamespace

import numpy as np
import pytest

from align.encode.lexical import LexicalSketch
from align.ports import Encoder

NAMES = ["Майк Помпео Нұр-Сұлтанда", "Mike Pompeo in Nur-Sultan", "The weather will be fine"]


def sketch():
    rarity = np.random.default_rng(0).integers(16, 160, 1 << 12, dtype=np.uint8)
    return LexicalSketch(SimpleNamespace(signature="tiny@0", lexical_rarity=rarity))


def exact_cosine(first, second):
    """Compute the cosine of the full n-gram counts with equal rarities: what the sketch estimates."""
    from collections import Counter

    from align.encode.hashing import ngram_hashes
    from align.text.words import words

    grams = (ngram_hashes([word.text for word in words(text)], 2, 5)[0].tolist() for text in (first, second))
    counts = [Counter(text) for text in grams]
    dot = sum(counts[0][gram] * counts[1][gram] for gram in counts[0])
    return dot / np.sqrt(np.prod([sum(value**2 for value in count.values()) for count in counts]))


def test_sketch_meets_the_port():
    encoder = sketch()
    vectors = encoder.encode([*NAMES, "", "..."], "kk")
    assert isinstance(encoder, Encoder)
    assert vectors.shape == (5, encoder.dim) and vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 1, 0, 0], atol=1e-6)


def test_sketch_is_the_same_to_the_bit_in_any_company():
    alone = np.vstack([sketch().encode([text], "en") for text in NAMES])
    assert np.array_equal(sketch().encode(NAMES * 50, "kk")[-3:], alone)


@pytest.mark.parametrize(("first", "second"), [(0, 1), (0, 2), (1, 2)])
def test_sketch_estimates_the_exact_cosine(first, second):
    even = LexicalSketch(SimpleNamespace(signature="", lexical_rarity=np.full(1 << 12, 16, np.uint8)))
    vectors = even.encode(NAMES, "en")
    # The standard error of signed hashing into 512 columns is 1 / sqrt(512) = .044 at most.
    assert float(vectors[first] @ vectors[second]) == pytest.approx(exact_cosine(NAMES[first], NAMES[second]), abs=0.12)
