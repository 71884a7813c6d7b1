"""Pools to train and measure on: two sides of texts.

It is known which of them belong together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from align.train.made_comparable import KeyedTexts, loosen, make_comparable, twins_of
from align.train.pairs import Pair
from align.types import Doubles, IntArray

__all__ = ["Pool", "PoolKind", "draw_pool", "fair_chances"]

_JITTER = 1.5
"""How many segments a counterpart stands, one standard deviation, from where it would in a translation."""

_ELSEWHERE = 0.3
"""Share of counterparts that stand anywhere: in reports of another event, or as background at another place."""


@dataclass(frozen=True, slots=True)
class PoolKind:
    """What a pool is like.

    `size` is the segments of a side and `noise` (0-1) the share of them without a counterpart. `loose` (0-1) is the
    share of words that get lost or replaced, as in free translation. A *comparable* pool is as news are: one side says
    more than the other, numbers and names differ. `document` is the mean segments of a document, 0 for none. `twins`
    (0-1) is the share of targets that stand beside a twin with another number or name, which is no counterpart.
    """

    size: int
    noise: float
    loose: float = 0.0
    comparable: bool = False
    document: int = 0
    twins: float = 0.0


@dataclass(frozen=True, slots=True)
class Pool:
    """Two sides of texts, with keys that say which belong together.

    `source_key` and `target_key`, (n,) int64, are equal where two texts do. `source_document` and `target_document` are
    (n,) int64, or None for a pool without documents.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    source_key: IntArray
    target_key: IntArray
    source_document: IntArray | None = None
    target_document: IntArray | None = None


def draw_pool(pairs: Sequence[Pair], chances: Doubles, kind: PoolKind, rng: np.random.Generator) -> Pool:
    """Draw a pool of distinct pairs, each by its chance; smaller where the pairs don't suffice."""
    size = max(1, min(kind.size, int(len(pairs) / (1 + kind.noise))))
    matched = max(1, round(size * (1 - kind.noise)))
    alone = size - matched
    chosen = rng.choice(len(pairs), size=matched + 2 * alone, replace=False, p=chances / chances.sum()).tolist()
    sources: KeyedTexts = [(key, pairs[key].source) for key in chosen[: matched + alone]]
    targets: KeyedTexts = [(key, pairs[key].target) for key in chosen[:matched] + chosen[matched + alone :]]
    if kind.twins:
        targets = targets + twins_of(targets, kind.twins, rng)
    if kind.loose:
        sources, targets = loosen(sources, kind.loose, rng), loosen(targets, kind.loose, rng)
    if kind.comparable:
        drawn = set(chosen)
        spare = [pair for key, pair in enumerate(pairs) if key not in drawn]
        more = [pair.source for pair in spare], [pair.target for pair in spare]
        sources, targets = make_comparable((sources, targets), more, rng)
    sides = [
        _laid_out(texts, place, kind)
        for texts, place in zip((sources, targets), _places(sources, targets, kind, rng), strict=True)
    ]
    (source_texts, source_key, source_document), (target_texts, target_key, target_document) = sides
    return Pool(source_texts, target_texts, source_key, target_key, source_document, target_document)


def fair_chances(pairs: Sequence[Pair]) -> Doubles:
    """Return (n,) float64: chances that fall with the square root of an origin's size.

    So none drowns the others.

    >>> fair_chances([Pair("", "", "a")] * 4 + [Pair("", "", "b")]).tolist()
    [0.5, 0.5, 0.5, 0.5, 1.0]
    """
    _, origin, counts = np.unique([pair.origin for pair in pairs], return_inverse=True, return_counts=True)
    return np.asarray(1 / np.sqrt(counts[origin]), dtype=np.float64)


def _places(
    sources: KeyedTexts, targets: KeyedTexts, kind: PoolKind, rng: np.random.Generator
) -> tuple[Sequence[float], Sequence[float]]:
    """Return where each text stands on its side.

    Whole numbers are documents, fractions places in them. Counterparts stand in documents of one number and at about
    the same place, in the manner of reports of one event; without documents, all places are drawn by lot.
    """
    if not kind.document:
        return rng.random(len(sources)).tolist(), rng.random(len(targets)).tolist()
    documents = max(1, round(kind.size / kind.document))
    home: dict[int, float] = {}
    sides = []
    for texts in (sources, targets):
        places = []
        for key, _ in texts:
            # A spoilt counterpart, whose key is turned negative, stays where the true one would stand.
            new = float(rng.integers(documents)) + rng.random()
            place = home.setdefault(key if key >= 0 else -1 - key, new)
            if rng.random() < _ELSEWHERE:
                place = new
            moved = place % 1 + rng.normal(0, _JITTER / kind.document)
            places.append(place // 1 + min(max(moved, 0.0), 0.999))
        sides.append(places)
    return sides[0], sides[1]


def _laid_out(
    texts: KeyedTexts, places: Sequence[float], kind: PoolKind
) -> tuple[tuple[str, ...], IntArray, IntArray | None]:
    order = np.argsort(places, kind="stable").tolist()
    keys = np.array([texts[row][0] for row in order], dtype=np.int64)
    document = np.array([int(places[row]) for row in order], dtype=np.int64)
    return tuple(texts[row][1] for row in order), keys, document if kind.document else None
