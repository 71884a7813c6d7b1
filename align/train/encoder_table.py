"""The n-gram table while it is trained.

Texts go in as rows of word numbers, and unit vectors with gradients come out. This module imports torch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import normalize

from align.encode.ragged import Ragged
from align.train.contrastive import AdagradTable, ragged_sum
from align.train.rarity import COUNT_CLASSES, count_class, idf
from align.types import FloatArray, IntArray

__all__ = ["TrainingTable"]


class TrainingTable:
    """Hold what is learned, and turn batches of texts into vectors.

    `spelling` gives each word number the table rows of its n-grams; `seen` (words,) int64 in how many of the `pairs` it
    stands. Of the learned `parts`, "table" is the (rows, dim) table of n-gram vectors, "log_weight" (rows, 1) an
    n-gram's part in the logarithm of a word's weight, and "log_factor" (classes, 1) that of how often it was seen.
    """

    def __init__(self, spelling: Ragged, seen: IntArray, pairs: int, *, parts: Mapping[str, AdagradTable]) -> None:
        self._spelling = spelling
        self._seen = seen
        self._pairs = pairs
        self.parts = dict(parts)
        self._used: tuple[Tensor, ...] = ()
        self._leaves: tuple[Tensor, ...] = ()

    def encode(self, sides: Sequence[Ragged], *, own: int = 1) -> list[Tensor]:
        """Return one (n, dim) tensor of unit rows for each side.

        `step` afterwards trains on their gradients. `own` pairs are taken off a word's count: in training, a text is
        read as if its own pair had not been counted, for a word that no other pair has is as new as those that a later
        text brings.
        """
        words, word_slot = _distinct(np.concatenate([side.values for side in sides]), len(self._spelling))
        vectors, weights = self._words(words, own)
        return [_sums(side, word_slot, vectors, weights) for side in sides]

    def step(self, rate: float) -> None:
        """Move the rows that the last `encode` used against their gradients."""
        for part, used, leaf in zip(self.parts.values(), self._used, self._leaves, strict=True):
            part.step(used, leaf, rate)

    def vectors(self, texts: Ragged, *, at_once: int = 4096) -> FloatArray:
        """Return (n, dim) float32 unit rows, without gradients."""
        if not len(texts):
            return np.zeros((0, self.parts["table"].values.shape[1]), np.float32)
        with torch.no_grad():
            blocks = [np.arange(start, min(start + at_once, len(texts))) for start in range(0, len(texts), at_once)]
            return np.concatenate([self.encode([texts.pick(block)], own=0)[0].numpy() for block in blocks])

    def largest_entry(self, *, at_once: int = 4096) -> float:
        """Return the largest absolute entry of any word's weighted vector."""
        with torch.no_grad():
            blocks = np.array_split(np.arange(len(self._spelling)), -(-len(self._spelling) // at_once))
            found = (self._words(block, own=0) for block in blocks)
            return max(float((vectors.abs().amax(1) * weights).max()) for vectors, weights in found)

    def _words(self, words: IntArray, own: int) -> tuple[Tensor, Tensor]:
        spelled = self._spelling.pick(words)
        seen = np.maximum(self._seen[words] - own, 0)
        rows, row_slot = _distinct(spelled.values, len(self.parts["table"].values))
        classes, class_slot = _distinct(count_class(seen), COUNT_CLASSES)
        self._used = tuple(torch.from_numpy(used) for used in (rows, rows, classes))
        self._leaves = tuple(part.rows(used) for part, used in zip(self.parts.values(), self._used, strict=True))
        picks, lengths = torch.from_numpy(row_slot[spelled.values]), torch.from_numpy(spelled.lengths)
        share = (1 / lengths.float()).repeat_interleave(lengths)
        vectors = ragged_sum(self._leaves[0], picks, lengths, share.sqrt())
        learned = ragged_sum(self._leaves[1], picks, lengths, share)[:, 0]
        factor = self._leaves[2][torch.from_numpy(class_slot[count_class(seen)])][:, 0]
        return _shortened(vectors), torch.from_numpy(idf(seen, self._pairs)) * (learned + factor).exp()


def _shortened(vectors: Tensor) -> Tensor:
    """Return the rows over the square roots of their lengths.

    A word that is surer counts for more, but not for all.
    """
    squares = vectors.square().sum(1, keepdim=True).clamp_min(1e-12)
    return vectors / squares.sqrt().sqrt()


def _distinct(numbers: IntArray, limit: int) -> tuple[IntArray, IntArray]:
    """Return the distinct numbers in ascending order, and where each of them stands there.

    The latter is a (limit,) array.
    """
    # Marking is an order of magnitude faster than sorting here, and this runs for every batch.
    mark = np.zeros(limit, np.bool_)
    mark[numbers] = True
    distinct = np.flatnonzero(mark)
    slot = np.zeros(limit, np.int64)
    slot[distinct] = np.arange(len(distinct))
    return distinct, slot


def _sums(side: Ragged, slot: IntArray, vectors: Tensor, weights: Tensor) -> Tensor:
    picks = torch.from_numpy(slot[side.values])
    return normalize(ragged_sum(vectors, picks, torch.from_numpy(side.lengths), weights[picks]), dim=1)
