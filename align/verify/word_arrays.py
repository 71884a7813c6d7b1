"""How words are spelt, as arrays: what names are known by in the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol, runtime_checkable
from zlib import crc32

from align.types import FloatArray

__all__ = ["WordEncoder", "spelling", "spelling_columns"]

_SPELLING_DIM = 256
_SHORTEST_NAME = 4
_FOLDS = (("kh", "h"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("w", "v"), ("j", "zh"), ("zhzh", "zh"))
_VOWELS = frozenset("aeiou")


@runtime_checkable
class WordEncoder(Protocol):
    """An encoder that also knows single words."""

    signature: str

    def word_vectors(self, words: Sequence[str]) -> FloatArray:
        """Return (n, dim) float32 unit rows of comparable words."""
        ...

    def word_weights(self, words: Sequence[str]) -> FloatArray:
        """Return (n,) float32: how much a word tells, small for the frequent."""
        ...


def spelling(word: str) -> str:
    """Return a comparable word with the differences between romanisations taken away.

    >>> spelling("tokayev"), spelling("toqaev"), spelling("qassym")
    ('tokaev', 'tokaev', 'kasym')
    """
    for old, new in _FOLDS:
        word = word.replace(old, new)
    kept = [
        letter
        for i, letter in enumerate(word)
        if not (i and letter == word[i - 1])
        and not (letter == "y" and 0 < i < len(word) - 1 and word[i - 1] in _VOWELS and word[i + 1] in _VOWELS)
    ]
    return "".join(kept)


@lru_cache(maxsize=1 << 16)
def spelling_columns(word: str) -> frozenset[int]:
    """Return the hashed letter pairs and triples of a comparable word, numbers below 256.

    The start of the word is marked. The end is not, so that all of "pompeo" stands in "pompeonyn"; words of fewer than
    four letters and numbers have none, for in them likeness is chance.

    >>> spelling_columns("pompeo") <= spelling_columns("pompeonyn"), spelling_columns("abc")
    (True, frozenset())
    """
    if len(word) < _SHORTEST_NAME or word[0].isdigit():
        return frozenset()
    marked = "^" + spelling(word)
    grams = {marked[j : j + size] for size in (2, 3) for j in range(len(marked) - size + 1)}
    return frozenset(crc32(gram.encode()) % _SPELLING_DIM for gram in grams)
