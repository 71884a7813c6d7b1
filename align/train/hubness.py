"""How near each word of the training lies to the words of the other language."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.encode.hashing import word_hash
from align.encode.ngram import NgramEncoder
from align.encode.ragged import Ragged
from align.train.encoder_texts import TrainingTexts
from align.types import FloatArray, IntArray

__all__ = ["hubs_of"]

_COMMONEST: Final = 8000
_NEAREST: Final = 10
_AT_ONCE: Final = 256


def hubs_of(encoder: NgramEncoder, texts: TrainingTexts) -> NDArray[np.uint8]:
    """Return (2, buckets) uint8: the hubness of the Kazakh and English words that hash there.

    It is in 255ths, at least 1. That is the mean of a word's ten best cosines with the 8,000 commonest words of the
    other language; 0 stands where there is no word. Where several words share a bucket, the commonest counts. This
    imports torch, whose product is the same on one thread everywhere.
    """
    counts = [_pairs_with(side, len(texts.words)) for side in (texts.source, texts.target)]
    vectors = [encoder.word_vectors([texts.words[number] for number in _commonest(count)]) for count in counts]
    hubs = np.zeros((2, len(texts.buckets_seen)), np.uint8)
    for row, count in enumerate(counts):
        numbers = np.flatnonzero(count)[np.argsort(count[count > 0], kind="stable")]
        words = [texts.words[number] for number in numbers.tolist()]
        found = np.clip(np.rint(_hubness(encoder.word_vectors(words), vectors[1 - row]) * 255), 1, 255)
        # Assigned in order of frequency, the commonest of a bucket comes last and stays.
        for word, hub in zip(words, found.astype(np.uint8).tolist(), strict=True):
            hubs[row, word_hash(word) % hubs.shape[1]] = hub
    return hubs


def _pairs_with(side: Ragged, words: int) -> IntArray:
    """Return (words,) int64: how many texts of a side hold each word."""
    text = np.repeat(np.arange(len(side)), side.lengths)
    distinct = np.unique(text * words + side.values)
    return np.bincount(distinct % words, minlength=words)


def _commonest(count: IntArray) -> list[int]:
    """Return the numbers of the commonest words, those of equal counts in order."""
    order = np.argsort(-count, kind="stable")[:_COMMONEST]
    return [int(number) for number in order if count[number]]


def _hubness(vectors: FloatArray, others: FloatArray) -> FloatArray:
    from torch import from_numpy

    nearest = min(_NEAREST, len(others))
    other = from_numpy(others).T
    starts = range(0, len(vectors), _AT_ONCE)
    blocks = [(from_numpy(vectors[start : start + _AT_ONCE]) @ other).topk(nearest).values for start in starts]
    return np.concatenate([block.mean(1).numpy() for block in blocks]) if blocks else np.zeros(0, np.float32)
