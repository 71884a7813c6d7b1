"""Judged candidates in order: the best first, and each text in one pair at most."""

from __future__ import annotations

from typing import Final

import numpy as np

from align.types import Candidates, FloatArray, IntArray

__all__ = ["DECIMALS", "best_first", "one_to_one", "plain"]

DECIMALS: Final = 4
"""Digits of a number that is written: what is written is what decides, so the rounding comes first."""


def best_first(found: Candidates, probabilities: FloatArray, *, least: float) -> IntArray:
    """Return the rows of the candidates of at least that probability, (m,) int64.

    Best first, then by their place.
    """
    order = np.lexsort((found.target, found.source, -probabilities))
    kept: IntArray = order[probabilities[order] >= np.float32(least)]
    return kept


def one_to_one(found: Candidates, order: IntArray) -> IntArray:
    """Keep the ordered rows whose texts no earlier kept row has taken, (k,) int64."""
    sources: set[int] = set()
    targets: set[int] = set()
    kept: list[int] = []
    for row in order.tolist():
        source, target = int(found.source[row]), int(found.target[row])
        if source not in sources and target not in targets:
            sources.add(source)
            targets.add(target)
            kept.append(row)
    return np.array(kept, dtype=np.int64)


def plain(value: float | np.floating) -> float:
    """Return a float of four decimals: what is written is what a reader can reproduce.

    >>> plain(np.float32(0.1))
    0.1
    """
    return round(float(value), DECIMALS)
