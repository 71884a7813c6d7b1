"""The words of a side as arrays: what the word features and the evidence are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, runtime_checkable
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from align.text.words import Word, words
from align.types import FloatArray, IntArray

__all__ = ["MOST_WORDS", "Bag", "WordEncoder", "bag", "spelling", "spelling_vectors"]

MOST_WORDS = 120
"""Words of a text that are looked at: what is longer is no sentence, and would only cost time."""

_SPELLING_DIM = 256
_SHORTEST_NAME = 4
_TITLE_SHARE = 0.6
_SHORTEST_TITLE = 4
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


@dataclass(frozen=True, slots=True)
class Bag:
    """The words of n texts: text i holds the words `ids[starts[i]:starts[i + 1]]`.

    `ids` is (w,) int64 into `vocabulary`; `starts` is (n + 1,) int64. `proper` is (w,) bool: written with a capital
    where only a name would be. `number` is (len(vocabulary),) bool.
    """

    vocabulary: tuple[str, ...]
    ids: IntArray
    starts: IntArray
    proper: NDArray[np.bool_]
    number: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, i: int) -> slice:
        """Return where text i's words stand in `ids` and `proper`."""
        return slice(int(self.starts[i]), int(self.starts[i + 1]))


def bag(texts: Sequence[str]) -> Bag:
    """Return the words of the texts.

    >>> b = bag(["He met Pompeo.", "Pompeo spoke"])
    >>> b.ids.tolist(), b.starts.tolist(), b.proper.tolist()
    ([0, 1, 2, 2, 3], [0, 3, 5], [False, False, True, True, False])
    """
    found = [words(text)[:MOST_WORDS] for text in texts]
    vocabulary: dict[str, int] = {}
    ids = [vocabulary.setdefault(word.text, len(vocabulary)) for row in found for word in row]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in found])]).astype(np.int64)
    number = np.array([word[:1].isdigit() for word in vocabulary], dtype=bool)
    array = np.array(ids, dtype=np.int64)
    return Bag(tuple(vocabulary), array, starts, _proper(texts, found, array), number)


def _proper(texts: Sequence[str], found: Sequence[Sequence[Word]], ids: IntArray) -> NDArray[np.bool_]:
    """Tell names by their capitals.

    A capital at a sentence's start or in a headline tells nothing by itself: there a word is a name if it stands with
    a capital in the middle of some other sentence.
    """
    sure, maybe = [], []
    for text, row in zip(texts, found, strict=True):
        capitals = [text[word.start].isupper() for word in row]
        headline = len(row) >= _SHORTEST_TITLE and sum(capitals) > _TITLE_SHARE * len(row)
        sure += [capital and place > 0 and not headline for place, capital in enumerate(capitals)]
        maybe += capitals
    certain = np.array(sure, dtype=bool)
    names = np.unique(ids[certain])
    return np.asarray(certain | (np.array(maybe, dtype=bool) & np.isin(ids, names)), dtype=bool)


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


def spelling_vectors(words: Sequence[str]) -> FloatArray:
    """Return (n, 256) float32 rows of 0 and 1.

    The hashed letter pairs and triples of each word, its start marked.

    The end is not marked, so that all of "pompeo" stands in "pompeonyn"; words of fewer than four letters and numbers
    give zero rows, for in them likeness is chance.

    >>> a, b = spelling_vectors(["pompeo", "pompeonyn"])
    >>> float(a @ b / a.sum())
    1.0
    """
    rows = np.zeros((len(words), _SPELLING_DIM), dtype=np.float32)
    for i, word in enumerate(words):
        if len(word) < _SHORTEST_NAME or word[0].isdigit():
            continue
        rows[i, _columns(word)] = 1.0
    return rows


@lru_cache(maxsize=1 << 16)
def _columns(word: str) -> list[int]:
    marked = "^" + spelling(word)
    grams = {marked[j : j + size] for size in (2, 3) for j in range(len(marked) - size + 1)}
    return [crc32(gram.encode()) % _SPELLING_DIM for gram in grams]
