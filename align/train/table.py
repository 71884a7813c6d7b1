"""The n-gram table while it is trained: texts as rows of word numbers in, unit vectors with gradients out.

This module imports torch.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import normalize

from align.encode.ragged import Ragged
from align.train.contrastive import AdagradTable, ragged_sum
from align.types import FloatArray, IntArray

__all__ = ["TrainingTable"]


class TrainingTable:
    """Hold what is learned, and turn batches of texts into vectors.

    `spelling` gives each word number the table rows of its n-grams; `rarity` is (words,) float32. `table` is the
    (rows, dim) table of n-gram vectors, `log_weight` (rows, 1): an n-gram's part in the logarithm of a word's weight.
    """

    def __init__(self, spelling: Ragged, rarity: FloatArray, *, table: AdagradTable, log_weight: AdagradTable) -> None:
        self._spelling = spelling
        self._rarity = torch.from_numpy(rarity)
        self.table = table
        self.log_weight = log_weight
        self._used = torch.empty(0, dtype=torch.int64)
        self._leaves: tuple[Tensor, Tensor] = (torch.empty(0), torch.empty(0))

    def encode(self, sides: Sequence[Ragged]) -> list[Tensor]:
        """Return one (n, dim) tensor of unit rows for each side; `step` afterwards trains on their gradients."""
        words, word_slot = _distinct(np.concatenate([side.values for side in sides]), len(self._spelling))
        vectors, weights = self._words(words)
        return [_sums(side, word_slot, vectors, weights) for side in sides]

    def step(self, rate: float) -> None:
        """Move the rows that the last `encode` used against their gradients."""
        self.table.step(self._used, self._leaves[0], rate)
        self.log_weight.step(self._used, self._leaves[1], rate)

    def vectors(self, texts: Ragged, *, at_once: int = 4096) -> FloatArray:
        """Return (n, dim) float32 unit rows, without gradients."""
        if not len(texts):
            return np.zeros((0, self.table.values.shape[1]), np.float32)
        with torch.no_grad():
            blocks = [np.arange(start, min(start + at_once, len(texts))) for start in range(0, len(texts), at_once)]
            return np.concatenate([self.encode([texts.pick(block)])[0].numpy() for block in blocks])

    def largest_entry(self, *, at_once: int = 4096) -> float:
        """Return the largest absolute entry of any word's weighted vector."""
        with torch.no_grad():
            blocks = np.array_split(np.arange(len(self._spelling)), -(-len(self._spelling) // at_once))
            return max(float((vectors.abs().amax(1) * weights).max()) for vectors, weights in map(self._words, blocks))

    def _words(self, words: IntArray) -> tuple[Tensor, Tensor]:
        spelled = self._spelling.pick(words)
        rows, row_slot = _distinct(spelled.values, len(self.table.values))
        self._used = torch.from_numpy(rows)
        self._leaves = (self.table.rows(self._used), self.log_weight.rows(self._used))
        picks, lengths = torch.from_numpy(row_slot[spelled.values]), torch.from_numpy(spelled.lengths)
        share = (1 / lengths.float()).repeat_interleave(lengths)
        vectors = ragged_sum(self._leaves[0], picks, lengths, share.sqrt())
        learned = ragged_sum(self._leaves[1], picks, lengths, share)
        return vectors, self._rarity[torch.from_numpy(words)] * learned[:, 0].exp()


def _distinct(numbers: IntArray, limit: int) -> tuple[IntArray, IntArray]:
    """Return the distinct numbers in ascending order, and a (limit,) array of where each of them stands there."""
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
