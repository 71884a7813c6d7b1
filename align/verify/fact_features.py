"""Facts of a pair as features: what matches, what disagrees, what stands on one side only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log
from typing import Final

import numpy as np

from align.facts import match
from align.facts.kinds import KINDS
from align.sides import Side
from align.types import Fact, FloatArray, IntArray

__all__ = ["FACTS", "fact_features"]

_GROUPS: Final = ("names", "dates", "amounts")
_FATES: Final = ("matched", "conflicting", "source_alone", "target_alone")

FACTS: Final = tuple(f"{group}_{fate}" for group in _GROUPS for fate in _FATES)
"""The columns of `fact_features`, in order."""

_FATE_OF: Final = {
    "matched": "matched",
    "compatible": "matched",
    "conflict": "conflicting",
    "source_only": "source_alone",
    "target_only": "target_alone",
}
_MOST: Final = 3.0


def fact_features(sources: IntArray, targets: IntArray, source: Side, target: Side) -> FloatArray:
    """Return (n, 12) float32, the columns named by `FACTS`, for pairs of rows of the two sides.

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
    return {i: side.facts(i) for i in rows.tolist()}


def _rarity(texts: Sequence[tuple[Fact, ...]]) -> dict[tuple[str, str], float]:
    """Return how much each fact tells: 1 for one that stands in one text, near 0 for one that stands in all."""
    held = Counter(key for facts in texts for key in {(fact.kind, fact.value) for fact in facts})
    most = log(1 + len(texts))
    return {key: log(1 + len(texts) / count) / most for key, count in held.items()}


def _columns(source: tuple[Fact, ...], target: tuple[Fact, ...], rarity: dict[tuple[str, str], float]) -> list[float]:
    sums = dict.fromkeys(FACTS, 0.0)
    for entry in match(source, target).matches:
        held = [fact for fact in (entry.source, entry.target) if fact is not None]
        group = "names" if entry.kind == "role" else KINDS[entry.kind].group
        # The weights know no column for denials, directions and roles yet.
        if group not in _GROUPS:
            continue
        column = f"{group}_{_FATE_OF[entry.status]}"
        sums[column] += max(rarity[fact.kind, fact.value] for fact in held)
    return list(sums.values())
