"""Pools to train and measure on: two sides of texts of which it is known which belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from align.train.pairs import Pair
from align.types import IntArray

__all__ = ["Pool", "PoolKind", "cut_clause", "draw_pool", "spoil"]

_CLAUSE: Final = re.compile(r"(?<=[,;:–—]) ")
_DIGIT: Final = re.compile(r"\d+")
_NAME: Final = re.compile(r"(?<=[a-zа-яәіңғүұқөһ,] )[A-Z][a-z]{3,}")
_KEPT_SHARE: Final = 0.5
_JITTER: Final = 1.5


@dataclass(frozen=True, slots=True)
class PoolKind:
    """What a pool is like.

    `size` is the segments of a side, `noise` (0-1) the share of them without a counterpart. A *comparable* pool is as
    news are: one side says more than the other, numbers and names differ. `document` is the mean segments of a
    document, 0 for a pool without.
    """

    size: int
    noise: float
    comparable: bool = False
    document: int = 0


@dataclass(frozen=True, slots=True)
class Pool:
    """Two sides of texts; `source_key` and `target_key`, (n,) int64, are equal where two texts belong together.

    `source_document` and `target_document` are (n,) int64, or None for a pool without documents.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    source_key: IntArray
    target_key: IntArray
    source_document: IntArray | None = None
    target_document: IntArray | None = None


def draw_pool(pairs: Sequence[Pair], kind: PoolKind, rng: np.random.Generator) -> Pool:
    """Draw a pool of distinct pairs, smaller where the pairs don't suffice.

    A pair's chance falls with the square root of its origin's size, so that no origin drowns the others.
    """
    size = max(1, min(kind.size, int(len(pairs) / (1 + kind.noise))))
    matched = max(1, round(size * (1 - kind.noise)))
    alone = size - matched
    chosen = rng.choice(len(pairs), size=matched + 2 * alone, replace=False, p=_chances(pairs))
    source_key = np.concatenate([chosen[:matched], chosen[matched : matched + alone]])
    target_key = np.concatenate([chosen[:matched], chosen[matched + alone :]])
    sources = {int(key): pairs[key].source for key in source_key}
    targets = {int(key): pairs[key].target for key in target_key}
    spoilt: set[int] = set()
    if kind.comparable:
        spoilt = _make_comparable(sources, targets, rng)
    source_place, target_place = _places(chosen, kind, rng)
    sides = [_arrange(source_key, source_place), _arrange(target_key, target_place)]
    (source_key, source_document), (target_key, target_document) = sides
    return Pool(
        tuple(sources[int(key)] for key in source_key),
        tuple(targets[int(key)] for key in target_key),
        source_key,
        # A counterpart that tells another number or name is none.
        np.array([-1 - key if key in spoilt else key for key in target_key.tolist()], dtype=np.int64),
        source_document if kind.document else None,
        target_document if kind.document else None,
    )


def cut_clause(text: str, rng: np.random.Generator) -> str:
    """Return the longer part of a text cut between two clauses; all of it where that would leave under half.

    >>> cut_clause("He came, saw what there was to see", np.random.default_rng(0))
    'saw what there was to see'
    """
    clauses = _CLAUSE.split(text)
    if len(clauses) < 2:
        return text
    cut = int(rng.integers(1, len(clauses)))
    longer = max(" ".join(clauses[:cut]), " ".join(clauses[cut:]), key=len)
    return longer if len(longer) >= _KEPT_SHARE * len(text) else text


def spoil(text: str, rng: np.random.Generator, names: Sequence[str] = ()) -> str | None:
    """Return the text with one number changed, or one name where there is no number; None where there is neither.

    >>> spoil("In 2016 it rained", np.random.default_rng(0)) != "In 2016 it rained"
    True
    """
    numbers = list(_DIGIT.finditer(text))
    if numbers:
        found = numbers[int(rng.integers(len(numbers)))]
        other = int(found.group()) + int(rng.integers(1, max(3, min(10 ** len(found.group()) // 2, 1000))))
        return text[: found.start()] + str(other) + text[found.end() :]
    held = list(_NAME.finditer(text))
    others = [name for name in names if name not in text]
    if not held or not others:
        return None
    found = held[int(rng.integers(len(held)))]
    return text[: found.start()] + others[int(rng.integers(len(others)))] + text[found.end() :]


def _chances(pairs: Sequence[Pair]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    _, origin, counts = np.unique([pair.origin for pair in pairs], return_inverse=True, return_counts=True)
    weights = 1 / np.sqrt(counts[origin])
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _make_comparable(sources: dict[int, str], targets: dict[int, str], rng: np.random.Generator) -> set[int]:
    """Change texts in place so that most pairs cover each other only in part; return whose target tells other facts."""
    spoilt = set()
    more_sources, more_targets = list(sources.values()), list(targets.values())
    names = [name.group() for text in more_targets for name in _NAME.finditer(text)]
    for key in sorted(sources.keys() | targets.keys()):
        change = rng.random()
        if key in sources and change < 0.3:
            sources[key] = _more_or_less(sources[key], more_sources, rng)
        elif key in targets and change < 0.65:
            targets[key] = _more_or_less(targets[key], more_targets, rng)
        elif key in sources and key in targets and change < 0.75:
            other = spoil(targets[key], rng, names)
            if other is not None:
                targets[key] = other
                spoilt.add(key)
    return spoilt


def _more_or_less(text: str, others: Sequence[str], rng: np.random.Generator) -> str:
    if rng.random() < 0.5:
        return cut_clause(text, rng)
    other = others[int(rng.integers(len(others)))]
    return f"{text} {other}" if rng.random() < 0.5 else f"{other} {text}"


def _places(keys: IntArray, kind: PoolKind, rng: np.random.Generator) -> tuple[dict[int, float], dict[int, float]]:
    """Return where each text stands on either side: whole numbers are documents, fractions places in them.

    Counterparts stand in documents of one number and at about the same place, in the manner of reports of one event;
    without documents, all places are drawn by lot.
    """
    if kind.document:
        documents = max(1, round(kind.size / kind.document))
        document, place = rng.integers(documents, size=len(keys)), rng.random(len(keys))
        jitter = rng.normal(0, _JITTER / kind.document, (2, len(keys)))
        sides = document + np.clip(place + jitter, 0, 0.999)
    else:
        sides = rng.random((2, len(keys)))
    source, target = (dict(zip(keys.tolist(), side.tolist(), strict=True)) for side in sides)
    return source, target


def _arrange(keys: IntArray, places: dict[int, float]) -> tuple[IntArray, IntArray]:
    place = np.array([places[key] for key in keys.tolist()])
    order = np.argsort(place, kind="stable")
    return keys[order], np.floor(place[order]).astype(np.int64)
