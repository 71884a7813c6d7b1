"""Which words of two texts correspond: what a reviewer sees highlighted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.text.words import Word, words
from align.types import FloatArray, WordMatch
from align.verify.word_arrays import MOST_WORDS, WordEncoder, spelling_likeness, spelling_vectors

__all__ = ["word_matches"]

_LEAST: Final = 0.45
"""Cosine from which two words are shown as corresponding: below it a reader would more often wonder than agree."""

_SPELT: Final = 0.75
"""Share of the shorter word's spelling that makes two words one name."""

_TELLING: Final = 0.25
"""Words that weigh less than this share of the weightiest are articles and the like: their likeness is chance."""


def word_matches(source: str, target: str, encoder: WordEncoder, *, least: float = _LEAST) -> tuple[WordMatch, ...]:
    """Return the pairs of words that correspond, in source order, each word in at most one pair.

    A pair's likeness is the cosine of the words' vectors, or of two capitalised words the share of their spelling they
    have in common where that is more. The likeliest pair is taken first. Spans count characters of the texts as given.
    """
    left, right = words(source)[:MOST_WORDS], words(target)[:MOST_WORDS]
    if not left or not right:
        return ()
    likeness = _likeness([word.text for word in left], [word.text for word in right], encoder)
    capitals = np.outer(
        [source[word.start].isupper() for word in left], [target[word.start].isupper() for word in right]
    )
    likeness = np.maximum(likeness, _alike_names(left, right) * capitals)
    taken = _greedy(likeness, least)
    return tuple(
        WordMatch((left[i].start, left[i].end), (right[j].start, right[j].end), round(float(likeness[i, j]), 3))
        for i, j in sorted(taken)
    )


def _likeness(source: list[str], target: list[str], encoder: WordEncoder) -> FloatArray:
    likeness = encoder.word_vectors(source) @ encoder.word_vectors(target).T
    rows, columns = (np.array([word[0].isdigit() for word in side], dtype=bool) for side in (source, target))
    for i, j in np.argwhere(rows[:, None] | columns).tolist():
        # Two different numbers never correspond, however alike the model finds them.
        likeness[i, j] = float(source[i] == target[j])
    likeness[~_telling(source, encoder), :] = 0
    likeness[:, ~_telling(target, encoder)] = 0
    return np.asarray(np.clip(likeness, -1, 1), dtype=np.float32)


def _alike_names(source: Sequence[Word], target: Sequence[Word]) -> FloatArray:
    """Return how alike words are spelt, (a, b) float32.

    It is 0 where that is not alike enough for one name.
    """
    vectors = (spelling_vectors([word.text for word in side]) for side in (source, target))
    spelt = spelling_likeness(*vectors)
    return np.where(spelt >= _SPELT, spelt, np.float32(0))


def _telling(names: list[str], encoder: WordEncoder) -> NDArray[np.bool_]:
    weights = encoder.word_weights(names)
    return np.asarray(weights >= _TELLING * weights.max(), dtype=bool)


def _greedy(likeness: FloatArray, least: float) -> list[tuple[int, int]]:
    order = np.argsort(-likeness, axis=None, kind="stable")
    rows: set[int] = set()
    columns: set[int] = set()
    taken = []
    for place in order.tolist():
        i, j = divmod(place, likeness.shape[1])
        if likeness[i, j] < least:
            break
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            taken.append((i, j))
    return taken
