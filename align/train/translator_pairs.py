"""Pairs for a translation model as token numbers, in even batches.

Some are trained on, and some are judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from align.errors import InputError
from align.train.pairs import Pair, read_pairs, split_pairs
from align.types import IntArray

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

    from align.translate.families import Family

__all__ = ["TokenPair", "TranslationPairs", "batches", "encode_pairs"]

_FEWEST_HELD: Final = 5
_WINDOW: Final = 100
"""Batches whose pairs are sorted by length together: enough for little padding, few enough to keep chance at work."""


@dataclass(frozen=True, slots=True)
class TokenPair:
    """A pair as the model's token numbers, with all that its family puts around them."""

    source: tuple[int, ...]
    target: tuple[int, ...]

    @property
    def length(self) -> int:
        """Return the tokens of the longer side."""
        return max(len(self.source), len(self.target))


@dataclass(frozen=True, slots=True)
class TranslationPairs:
    """Pairs to train on, and those that are kept apart for judging.

    `sha256` is that of the file they came from.
    """

    train: tuple[Pair, ...]
    held: tuple[Pair, ...]
    sha256: str

    @classmethod
    def read(cls, path: Path) -> TranslationPairs:
        """Read a table of pairs (`align.train.pairs`); a pair that stands there twice counts once.

        About one in 20 of the pairs of 3 words or more is held out, chosen by a hash of its text. Raises InputError
        for a bad table, and where fewer than 5 pairs are held out: nothing could be said about the training.
        """
        pairs = list(dict.fromkeys(read_pairs(path)))
        train, held = split_pairs(pairs)
        if len(held) < _FEWEST_HELD:
            raise InputError(
                f"{path}: {len(pairs)} pairs, too few to train a translator: {len(held)} would be kept apart for"
                f" judging and {_FEWEST_HELD} are needed; take 200 pairs of 3 words or more, better thousands"
            )
        return cls(tuple(train), tuple(held), hashlib.sha256(path.read_bytes()).hexdigest())

    def judged(self, count: int) -> tuple[Pair, ...]:
        """Return at most `count` of the held-out pairs, the same whatever their order in the file."""
        return tuple(sorted(self.held, key=_digest)[:count])


def encode_pairs(
    pairs: Sequence[Pair], tokenizer: PreTrainedTokenizerBase, family: Family, *, longest: int
) -> list[TokenPair]:
    """Return the pairs as the model reads them.

    Those with more than `longest` tokens on a side are left out.
    """
    sources = tokenizer([family.prefix + pair.source for pair in pairs], verbose=False).input_ids
    targets = tokenizer(text_target=[pair.target for pair in pairs], verbose=False).input_ids
    coded = [TokenPair(tuple(source), tuple(target)) for source, target in zip(sources, targets, strict=True)]
    return [pair for pair in coded if pair.length <= longest]


def batches(lengths: IntArray, tokens: int, *, random: np.random.Generator) -> list[IntArray]:
    """Return all rows as batches of at most `tokens` tokens, in random order.

    Padding counts, and alike lengths stand together. `lengths` is (n,) int64. A row longer than `tokens` makes a batch
    of its own.

    >>> made = batches(np.array([9, 2, 2, 9]), 20, random=np.random.default_rng(0))
    >>> sorted(sorted(batch.tolist()) for batch in made)
    [[0, 3], [1, 2]]
    """
    order = random.permutation(len(lengths))
    window = max(1, _WINDOW * tokens // max(1, int(np.mean(lengths))))
    made = [
        batch
        for start in range(0, len(order), window)
        for batch in _packed(order[start : start + window], lengths, tokens)
    ]
    return [made[number] for number in random.permutation(len(made))]


def _packed(rows: IntArray, lengths: IntArray, tokens: int) -> list[IntArray]:
    ordered = rows[np.argsort(lengths[rows], kind="stable")]
    starts = [0]
    for number, row in enumerate(ordered):
        # Rows come by rising length, so that the newest is what all of its batch are padded to.
        if number > starts[-1] and (number + 1 - starts[-1]) * lengths[row] > tokens:
            starts.append(number)
    return np.split(ordered, starts[1:])


def _digest(pair: Pair) -> str:
    return hashlib.sha256(f"{pair.source}\t{pair.target}".encode()).hexdigest()
