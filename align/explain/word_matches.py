"""Which words of two texts correspond: what a reviewer sees highlighted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.search.word_numbers import MOST_WORDS
from align.text.words import Word, words
from align.types import FloatArray, WordMatch
from align.verify.word_arrays import WordEncoder, spelling_columns

__all__ = ["word_matches", "words_seen"]

_LEAST: Final = 0.45
"""Cosine from which two words are shown as corresponding: below it a reader would more often wonder than agree."""

_SPELT: Final = 0.75
"""Share of the shorter word's spelling that makes two words one name."""

_TELLING: Final = 0.25
"""Words that weigh less than this share of the weightiest are articles and the like: their likeness is chance."""


@lru_cache(maxsize=1 << 13)
def words_seen(text: str) -> tuple[Word, ...]:
    """Return the words of a text that are compared, found once for all who ask in a short while."""
    return words(text)[:MOST_WORDS]


def word_matches(source: str, target: str, encoder: WordEncoder, *, least: float = _LEAST) -> tuple[WordMatch, ...]:
    """Return the pairs of words that correspond, in source order, each word in at most one pair.

    A pair's likeness is the cosine of the words' vectors, or of two capitalised words the share of their spelling they
    have in common where that is more. The likeliest pair is taken first. Spans count characters of the texts as given.
    """
    left, right = words_seen(source), words_seen(target)
    if not left or not right:
        return ()
    likeness = _likeness([word.text for word in left], [word.text for word in right], encoder)
    _lift_names(likeness, _names(source, left), _names(target, right))
    taken = _greedy(likeness, least)
    return tuple(
        WordMatch((left[i].start, left[i].end), (right[j].start, right[j].end), round(float(likeness[i, j]), 3))
        for i, j in sorted(taken)
    )


def _likeness(source: list[str], target: list[str], encoder: WordEncoder) -> FloatArray:
    likeness = encoder.word_vectors(source) @ encoder.word_vectors(target).T
    # Two different numbers never correspond, however alike the model finds them.
    for i, word in enumerate(source):
        if word[0].isdigit():
            likeness[i] = [word == other for other in target]
    for j, word in enumerate(target):
        if word[0].isdigit():
            likeness[:, j] = [word == other for other in source]
    likeness[~_telling(source, encoder), :] = 0
    likeness[:, ~_telling(target, encoder)] = 0
    return np.asarray(np.clip(likeness, -1, 1), dtype=np.float32)


def _names(text: str, found: Sequence[Word]) -> list[tuple[int, frozenset[int]]]:
    """Return the places of capitalised words, and the columns of their spelling."""
    capitals = ((place, word.text) for place, word in enumerate(found) if text[word.start].isupper())
    return [(place, columns) for place, word in capitals if (columns := spelling_columns(word))]


def _lift_names(
    likeness: FloatArray, source: list[tuple[int, frozenset[int]]], target: list[tuple[int, frozenset[int]]]
) -> None:
    """Raise the likeness of names to how alike they are spelt.

    That is done where it is alike enough for one name.
    """
    for i, mine in source:
        for j, theirs in target:
            spelt = len(mine & theirs) / min(len(mine), len(theirs))
            if spelt >= _SPELT and spelt > likeness[i, j]:
                likeness[i, j] = spelt


def _telling(names: list[str], encoder: WordEncoder) -> NDArray[np.bool_]:
    weights = encoder.word_weights(names)
    return np.asarray(weights >= _TELLING * weights.max(), dtype=bool)


def _greedy(likeness: FloatArray, least: float) -> list[tuple[int, int]]:
    flat = likeness.ravel()
    places = np.flatnonzero(flat >= least)
    rows: set[int] = set()
    columns: set[int] = set()
    taken = []
    for place in places[np.argsort(-flat[places], kind="stable")].tolist():
        i, j = divmod(place, likeness.shape[1])
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            taken.append((i, j))
    return taken
