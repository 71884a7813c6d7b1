"""The training pairs as numbers.

These are words, the table rows that spell them, and how rare they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.encode.hashing import ngram_hashes, word_hash
from align.encode.lexical import LEXICAL_NGRAMS
from align.encode.ragged import Ragged, numbered
from align.errors import InputError
from align.text.words import comparable, raw_words
from align.train.encoder_settings import EncoderSettings
from align.train.pairs import Pair, split_pairs
from align.train.rarity import ngram_rarity, words_seen
from align.types import IntArray

__all__ = ["TrainingTexts"]


@dataclass(frozen=True, slots=True)
class TrainingTexts:
    """What an encoder is trained on.

    Row i of `source` and of `target` are the word numbers of a pair; `held_source` and `held_target` those of the
    pairs kept out. `spelling` gives a word number its table rows, `seen` (words,) int64 the count of its pairs, of all
    `pairs` to train on. `buckets_seen` (buckets,) int64 has those counts by the words' hashes, and `lexical_rarity` is
    the table that goes into the encoder. `words` are the words by their numbers.
    """

    source: Ragged
    target: Ragged
    held_source: Ragged
    held_target: Ragged
    spelling: Ragged
    seen: IntArray
    buckets_seen: IntArray
    lexical_rarity: NDArray[np.uint8]
    words: tuple[str, ...]

    @classmethod
    def build(cls, pairs: Sequence[Pair], settings: EncoderSettings) -> TrainingTexts:
        """Turn the pairs to numbers.

        Raises InputError where no pair to train on has a word on both sides.
        """
        train, held = (_word_lists(part) for part in split_pairs(pairs))
        if not train:
            raise InputError("no pair to train on has a word on both sides")
        buckets_seen = words_seen(train, settings.word_buckets)
        numbers: dict[str, int] = {}
        sides = [numbered([pair[side] for pair in part], numbers) for part in (train, held) for side in (0, 1)]
        source, target, held_source, held_target = sides
        hashes, starts = ngram_hashes(tuple(numbers), *settings.ngrams, prefix=settings.prefix)
        return cls(
            source=source,
            target=target,
            held_source=held_source,
            held_target=held_target,
            spelling=Ragged(hashes % settings.rows, np.append(starts, len(hashes))),
            seen=buckets_seen[[word_hash(word) % len(buckets_seen) for word in numbers]],
            buckets_seen=buckets_seen,
            words=tuple(numbers),
            lexical_rarity=ngram_rarity(
                [words for pair in train for words in pair], settings.lexical_buckets, sizes=LEXICAL_NGRAMS
            ),
        )

    def fingerprint(self, settings: EncoderSettings) -> str:
        """Return 16 hex digits that change with the pairs to train on and with the settings."""
        digest = hashlib.sha256(repr(settings).encode())
        for side in (self.source, self.target):
            digest.update(side.values.tobytes() + side.starts.tobytes())
        digest.update(self.spelling.values.tobytes())
        return digest.hexdigest()[:16]


def _word_lists(pairs: Sequence[Pair]) -> list[tuple[list[str], list[str]]]:
    """Return the comparable words of both sides of each pair.

    Pairs with a side without words are left out.
    """
    lists = [(_words(pair.source), _words(pair.target)) for pair in pairs]
    return [(source, target) for source, target in lists if source and target]


def _words(text: str) -> list[str]:
    return [word for word in map(comparable, raw_words(text)) if word]
