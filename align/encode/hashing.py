"""Hashes of a word's character n-grams: how words without a dictionary reach rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from align.types import IntArray

__all__ = ["ngram_hashes", "ragged", "word_hash"]


def word_hash(word: str) -> int:
    """Return the 32-bit hash of a whole word in its comparable form.

    >>> word_hash("almaty") == ngram_hashes("almaty", 8, 8)[0]
    True
    """
    return crc32(f"<{word}>".encode())


def ngram_hashes(word: str, shortest: int, longest: int) -> list[int]:
    """Return the 32-bit hashes of the word's n-grams of bytes, `<` and `>` marking its ends.

    A number is one n-gram, the whole: 2016 is no more like 2017 than like 1991. A word longer than `longest` counts as
    a whole too (Bojanowski et al. 2017, "Enriching Word Vectors with Subword Information", section 3.2).

    >>> len(ngram_hashes("abc", 3, 6)), len(ngram_hashes("2016", 3, 6))
    (6, 1)
    """
    marked = f"<{word}>".encode()
    length = len(marked)
    if word[:1].isdecimal() or length < shortest:
        return [crc32(marked)]
    whole = [crc32(marked)] if length > longest else []
    sizes = range(shortest, min(longest, length) + 1)
    return whole + [crc32(marked[start : start + size]) for size in sizes for start in range(length - size + 1)]


def ragged(rows: Sequence[Sequence[int]]) -> tuple[IntArray, IntArray]:
    """Return the numbers of all rows, end to end, and where each row starts: both int64.

    >>> [array.tolist() for array in ragged([[7, 8], [9]])]
    [[7, 8, 9], [0, 2]]
    """
    lengths = np.fromiter((len(row) for row in rows), np.int64, len(rows))
    flat = np.fromiter((number for row in rows for number in row), np.int64, int(lengths.sum()))
    return flat, np.cumsum(lengths) - lengths
