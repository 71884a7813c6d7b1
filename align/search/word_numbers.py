"""The words of a side as whole numbers.

Word is compared with word by them, exactly the same in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from align.sides import Side
from align.text.sounds import sounds_of
from align.text.words import comparable, raw_words
from align.types import FloatArray, IntArray, Lang

__all__ = ["HUB_SHARE", "MOST_WORDS", "SCALE", "WEIGHT_STEPS", "WordSide", "WordTable", "word_side", "words_of_side"]

MOST_WORDS: Final = 120
"""Words of a text that are looked at: what is longer is no sentence, and would only cost time."""

_STEPS: Final = 300
SCALE: Final = _STEPS**2
"""What a cosine of 1 is, as a whole number. Products of vectors in steps of 1/300 stay below 2**24, and are exact in
float32, in any order and by any library."""

WEIGHT_STEPS: Final = 64
HUB_SHARE: Final = 0.25
"""How much of either word's hubness is taken off their cosine; chosen on the development sets among 0, .25 and .5."""

_NEVER: Final = 4 * SCALE
_AT_ONCE: Final = 8192
"""Words whose vectors are made at a time."""


class WordTable(Protocol):
    """What knows single words, whichever encoder made the candidates."""

    signature: str

    def word_vectors(self, words: Sequence[str]) -> FloatArray:
        """Return (n, dim) float32 unit rows of comparable words."""
        ...

    def word_weights(self, words: Sequence[str]) -> FloatArray:
        """Return (n,) float32: how much a word tells, small for the frequent."""
        ...

    def word_hubness(self, words: Sequence[str], lang: Lang) -> FloatArray:
        """Return (n,) float32: how near a word lies to the words of the other language."""
        ...


@dataclass(frozen=True, slots=True)
class WordSide:
    """The words of n texts, with what they are compared by.

    Text i holds the words `rows[starts[i]:starts[i + 1]]` of a vocabulary of v. `rows` is (w,) and `starts` (n + 1,)
    int64. Of the vocabulary, `vectors` is (v, dim) int8, steps of 1/300; `weights` (v,) int64 in sixty-fourths; `hubs`
    (v,) int64, what is taken off a product; `sounds` (v, 2) int64 the hashes of how a name sounds, 0 where there is
    none; and `numbers` (v,) int64 a hash of each number in digits, 0 for other words.
    """

    rows: IntArray
    starts: IntArray
    vectors: NDArray[np.int8]
    weights: IntArray
    hubs: IntArray
    sounds: IntArray
    numbers: IntArray

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def totals(self) -> IntArray:
        """Return (n,) int64: the summed weight of each text's words."""
        sums = np.concatenate([[0], np.cumsum(self.weights[self.rows])])
        return np.asarray(sums[self.starts[1:]] - sums[self.starts[:-1]], dtype=np.int64)


def words_of_side(side: Side, table: WordTable) -> WordSide:
    """Return the words of a side's texts as they are matched.

    They are looked up once, however often they are asked for.
    """
    return side.once(f"words {table.signature}", lambda: word_side(side.texts, side.lang, table))


def word_side(texts: Sequence[str], lang: Lang, table: WordTable) -> WordSide:
    """Return the words of the texts, each looked up once."""
    slots: dict[str, int] = {}
    found = [[slots.setdefault(word, len(slots)) for word in raw_words(text)[:MOST_WORDS]] for text in texts]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in found])]).astype(np.int64)
    rows = np.fromiter((slot for row in found for slot in row), np.int64, int(starts[-1]))
    return WordSide(rows, starts, *_vocabulary(list(slots), lang, table))


def _vocabulary(
    written: Sequence[str], lang: Lang, table: WordTable
) -> tuple[NDArray[np.int8], IntArray, IntArray, IntArray, IntArray]:
    words = [comparable(word) for word in written]
    known: dict[str, int] = {}
    place = np.array([known.setdefault(word, len(known)) for word in words], dtype=np.int64)
    distinct = list(known)
    vectors = _vectors(distinct, table)
    weights = np.rint(table.word_weights(distinct) * WEIGHT_STEPS).astype(np.int64)
    hubs = np.rint(table.word_hubness(distinct, lang) * (HUB_SHARE * SCALE)).astype(np.int64)
    numbers = np.array([1 + crc32(word.encode()) if word[:1].isdigit() else 0 for word in distinct], dtype=np.int64)
    # What is left of marks alone is no word: it weighs nothing, and nothing finds its counterpart in it.
    empty = np.array([not word for word in distinct], dtype=bool)
    weights[empty], hubs[empty], vectors[empty] = 0, _NEVER, 0
    sounds = np.zeros((len(words), 2), np.int64)
    for row, (raw, word) in enumerate(zip(written, words, strict=True)):
        # A capital is what tells a name, in either language.
        for column, sound in enumerate(sounds_of(word, lang) if raw[0].isupper() else ()):
            sounds[row, column] = 1 + crc32(sound.encode())
    return vectors[place], weights[place], hubs[place], sounds, numbers[place]


def _vectors(words: Sequence[str], table: WordTable) -> NDArray[np.int8]:
    """Return the (n, dim) int8 vectors of words.

    They are made some at a time: as floats they would take four times the memory.
    """
    blocks = [words[start : start + _AT_ONCE] for start in range(0, len(words), _AT_ONCE)] or [words]
    whole = (np.rint(table.word_vectors(block) * _STEPS) for block in blocks)
    return np.concatenate([np.clip(rows, -127, 127).astype(np.int8) for rows in whole])
