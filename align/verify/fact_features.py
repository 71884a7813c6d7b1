"""Facts of a pair as features: what matches, what disagrees, what stands on one side only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log
from typing import Final

import numpy as np

from align.facts import extract, match
from align.types import Fact, FloatArray, IntArray, Side

__all__ = ["FACTS", "fact_features"]

FACTS: Final = (
    "names_matched",
    "source_names_alone",
    "target_names_alone",
    "dates_matched",
    "dates_conflicting",
    "dates_alone",
    "amounts_matched",
    "amounts_conflicting",
    "source_amounts_alone",
    "target_amounts_alone",
)
"""The columns of `fact_features`, in order."""

_GROUPS: Final = {"name": "names", "date": "dates", "time": "dates"}
_MOST: Final = 3.0


def fact_features(sources: IntArray, targets: IntArray, source: Side, target: Side) -> FloatArray:
    """Return (n, 10) float32, the columns named by `FACTS`, for pairs of rows of the two sides.

    Each fact counts by its rarity among the sides' texts, at most 1: a name that every second text holds says little.
    No column is above 3.
    """
    left = _facts(source, np.unique(sources))
    right = _facts(target, np.unique(targets))
    rarity = _rarity([*left.values(), *right.values()])
    out = np.zeros((len(sources), len(FACTS)), dtype=np.float32)
    for row, (i, j) in enumerate(zip(sources.tolist(), targets.tolist(), strict=True)):
        if left[i] or right[j]:
            out[row] = _columns(left[i], right[j], rarity)
    return np.minimum(out, _MOST)


def _facts(side: Side, rows: IntArray) -> dict[int, tuple[Fact, ...]]:
    return {i: extract(side.texts[i], side.lang) for i in rows.tolist()}


def _rarity(texts: Sequence[tuple[Fact, ...]]) -> dict[tuple[str, str], float]:
    """Return how much each fact tells: 1 for one that stands in one text, near 0 for one that stands in all."""
    held = Counter(key for facts in texts for key in {(fact.kind, fact.value) for fact in facts})
    most = log(1 + len(texts))
    return {key: log(1 + len(texts) / count) / most for key, count in held.items()}


def _columns(source: tuple[Fact, ...], target: tuple[Fact, ...], rarity: dict[tuple[str, str], float]) -> list[float]:
    sums = dict.fromkeys(FACTS, 0.0)
    for entry in match(source, target).matches:
        group = _GROUPS.get(entry.kind, "amounts")
        weight = max(_weights((entry.source, entry.target), rarity))
        if entry.status in ("matched", "compatible"):
            sums[f"{group}_matched"] += weight
        elif entry.status == "conflict":
            # Names never conflict: another name is one more name.
            sums[f"{group}_conflicting"] += weight
        elif group == "dates":
            sums["dates_alone"] += weight
        else:
            sums[f"{'source' if entry.target is None else 'target'}_{group}_alone"] += weight
    return list(sums.values())


def _weights(facts: Iterable[Fact | None], rarity: dict[tuple[str, str], float]) -> list[float]:
    return [rarity[fact.kind, fact.value] for fact in facts if fact is not None]
