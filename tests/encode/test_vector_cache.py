import multiprocessing

import numpy as np
import pytest

from align.encode.vector_cache import CachedEncoder, VectorCache
from align.ports import Encoder


class CountingEncoder:
    """A small deterministic encoder that counts the texts it was given."""

    dim = 8

    def __init__(self, signature="counting"):
        self.signature = signature
        self.seen = []

    def encode(self, texts, lang):
        self.seen += texts
        rows = [np.random.default_rng([ord(letter) for letter in lang + text]).normal(size=8) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), 8)


@pytest.fixture
def cache(tmp_path):
    return VectorCache(tmp_path / "deep" / "vectors.db")


def test_a_second_run_encodes_nothing_and_an_added_text_only_itself(cache):
    first = CountingEncoder()
    vectors = CachedEncoder(first, cache).encode(["a", "b", "a"], "kk")
    assert first.seen == ["a", "b"]
    second = CountingEncoder()
    again = CachedEncoder(second, cache).encode(["c", "b", "a"], "kk")
    assert second.seen == ["c"]
    np.testing.assert_array_equal(again[[2, 1, 2]], vectors)
    np.testing.assert_array_equal(vectors, CountingEncoder().encode(["a", "b", "a"], "kk"))


@pytest.mark.parametrize(("signature", "lang"), [("other", "kk"), ("counting", "en")])
def test_another_encoder_or_language_shares_nothing(cache, signature, lang):
    CachedEncoder(CountingEncoder(), cache).encode(["a"], "kk")
    encoder = CountingEncoder(signature)
    CachedEncoder(encoder, cache).encode(["a"], lang)
    assert encoder.seen == ["a"]


def test_cached_encoder_meets_the_port_and_takes_no_texts(cache):
    encoder = CachedEncoder(CountingEncoder(), cache)
    assert isinstance(encoder, Encoder)
    assert encoder.encode([], "kk").shape == (0, 8)


def test_entries_and_clear(cache):
    CachedEncoder(CountingEncoder(), cache).encode(["a", "b"], "kk")
    (entry,) = cache.entries()
    assert (entry.model, entry.values, entry.size) == ("counting", 2, 64)
    assert cache.clear() == 2 and cache.entries() == []


def _fill(path, offset):
    CachedEncoder(CountingEncoder(), VectorCache(path)).encode([f"text {offset + i}" for i in range(3000)], "kk")


def test_two_processes_fill_one_cache(cache):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_fill, args=(cache.path, offset)) for offset in (0, 1500)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    assert cache.entries()[0].values == 4500
