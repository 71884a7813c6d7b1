import numpy as np
import pytest

from align.encode.hashing import ngram_hashes, word_hash

COUNTS = [
    ("abc", 6),  # <ab abc bc> <abc abc> <abc>
    ("a", 1),  # <a>
    ("almaty", 1 + 6 + 5 + 4 + 3),  # the whole, and windows of 3, 4, 5 and 6 over eight bytes
    ("2016", 1),
    ("1.5", 1),
    ("北京", 1 + 6 + 5 + 4 + 3),  # three bytes a letter make eight with the marks
]


@pytest.mark.parametrize(("word", "count"), COUNTS, ids=[case[0] for case in COUNTS])
def test_word_has_so_many_ngrams(word, count):
    hashes, starts = ngram_hashes([word], 3, 6)
    assert len(set(hashes.tolist())) == len(hashes) == count
    assert starts.tolist() == [0]


BEGINNINGS = [("abcde", 0), ("abcdef", 1), ("abcdefg", 2), ("abcdefghijklm", 4), ("123456789", 0)]


@pytest.mark.parametrize(("word", "count"), BEGINNINGS, ids=[case[0] for case in BEGINNINGS])
def test_long_beginnings_of_a_word_count_as_ngrams(word, count):
    plain, beside = (ngram_hashes([word], 3, 6, prefix=prefix)[0] for prefix in (0, 9))
    assert len(set(beside.tolist()) - set(plain.tolist())) == len(beside) - len(plain) == count


def test_an_inflected_word_shares_the_beginning_that_is_its_stem():
    stem, inflected = (ngram_hashes([word], 6, 6, prefix=9)[0].tolist() for word in ("astanalyk", "astanalykpen"))
    # Five windows of six bytes lie in the first, and four longer beginnings.
    assert len(set(stem) & set(inflected)) == 5 + 4


def test_hashes_of_a_word_do_not_hang_on_its_neighbours():
    words = [word for word, _ in COUNTS]
    hashes, starts = ngram_hashes(words, 2, 5)
    for word, part in zip(words, np.split(hashes, starts[1:]), strict=True):
        assert np.array_equal(part, ngram_hashes([word], 2, 5)[0])


def test_words_share_the_hashes_of_what_they_share():
    first, second, other = (set(ngram_hashes([word], 3, 6)[0].tolist()) for word in ("abcde", "abcdx", "zzzzz"))
    # Both hold <ab abc bcd <abc abcd <abcd, and nothing else together.
    assert len(first & second) == 6
    assert not first & other


def test_hashes_fill_32_bits_evenly():
    hashes = np.unique(ngram_hashes([f"w{number:05x}" for number in range(4000)], 3, 6)[0])
    assert hashes.min() >= 0 and hashes.max() < 2**32
    for part in (hashes >> 28, hashes % 16):
        assert np.bincount(part, minlength=16).min() > 0.8 * len(hashes) / 16


def test_no_word_and_an_endless_word_are_served():
    assert [array.tolist() for array in ngram_hashes([], 3, 6)] == [[], []]
    assert len(ngram_hashes(["a" * 100_000], 3, 6)[0]) < 300
    assert word_hash("a" * 100_000) == word_hash("a" * 60)
