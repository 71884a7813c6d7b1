"""Hashes of words' character n-grams: how words without a dictionary reach rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from align.types import IntArray

__all__ = ["ngram_hashes", "word_hash"]

# What is longer is no word, and would only cost time.
_MOST_LETTERS: Final = 60
_FACTOR: Final = np.uint32(0x01000193)


def word_hash(word: str) -> int:
    """Return the 32-bit hash of a whole word in its comparable form.

    >>> word_hash("almaty") == int(ngram_hashes(["almaty"], 3, 6)[0][0])
    True
    """
    return crc32(_marked(word))


def ngram_hashes(words: Sequence[str], shortest: int, longest: int, *, prefix: int = 0) -> tuple[IntArray, IntArray]:
    """Return the 32-bit hashes of the words' n-grams of bytes, and where each word's start.

    The hashes stand end to end; the starts are (n,) int64. `<` and `>` mark a word's ends. A number is one n-gram, the
    whole: 2016 is no more like 2017 than like 1991. A word longer than `longest` counts as a whole too, and comes first
    (Bojanowski et al. 2017, "Enriching Word Vectors with Subword Information", section 3.2). So do its beginnings that
    are longer than `longest`, up to `prefix` bytes: in a language of endings, they are its stem.

    >>> hashes, starts = ngram_hashes(["abc", "2016"], 3, 6)
    >>> len(hashes), starts.tolist()
    (7, [0, 6])
    """
    marked = [_marked(word) for word in words]
    lengths = np.fromiter(map(len, marked), np.int64, len(marked))
    is_number = np.fromiter((word[:1].isdecimal() for word in words), np.bool_, len(words))
    whole = np.flatnonzero(is_number | (lengths > longest) | (lengths < shortest))
    usable = np.where(is_number, 0, lengths)
    owners, hashes = _windows(marked, usable, sizes=range(shortest, longest + 1), prefix=prefix)
    owner = np.concatenate([whole, *owners])
    flat = np.concatenate([np.array([crc32(marked[word]) for word in whole], np.uint32), *hashes])
    order = np.argsort(owner, kind="stable")
    counts = np.bincount(owner, minlength=len(words))
    return flat[order].astype(np.int64), np.cumsum(counts) - counts


def _marked(word: str) -> bytes:
    return f"<{word[:_MOST_LETTERS]}>".encode()


def _windows(
    marked: Sequence[bytes], usable: IntArray, *, sizes: range, prefix: int
) -> tuple[list[IntArray], list[NDArray[np.uint32]]]:
    """Return, for each size, the words that its windows stand in, and the windows' hashes.

    `usable` are the bytes of each word that windows may cover: all of them, or none. Windows longer than all `sizes`
    stand at a word's beginning only, and reach at most to its last letter.
    """
    text = np.frombuffer(b"".join(marked), np.uint8).astype(np.uint32)
    lengths = np.fromiter(map(len, marked), np.int64, len(marked))
    owner = np.repeat(np.arange(len(marked)), lengths)
    left = np.repeat(np.cumsum(lengths) - lengths + usable, lengths) - np.arange(len(text))
    beginnings = np.cumsum(lengths) - lengths
    rolling = np.zeros(len(text), np.uint32)
    owners, hashes = [], []
    for size in range(1, max(sizes.stop, prefix + 2)):
        covered = max(len(text) - size + 1, 0)
        rolling[:covered] = rolling[:covered] * _FACTOR + text[size - 1 :]
        if size >= sizes.start:
            at = np.flatnonzero(left >= size) if size in sizes else beginnings[usable > size]
            owners.append(owner[at])
            hashes.append(_mixed(rolling[at] + np.uint32(size << 24)))
    return owners, hashes


def _mixed(numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the numbers with every bit depending on every other (Ettinger's lowbias32)."""
    numbers = (numbers ^ (numbers >> np.uint32(16))) * np.uint32(0x7FEB352D)
    numbers = (numbers ^ (numbers >> np.uint32(15))) * np.uint32(0x846CA68B)
    return numbers ^ (numbers >> np.uint32(16))
