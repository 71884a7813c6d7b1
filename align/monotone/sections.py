"""Borders that no bead spans: where both documents begin a new section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from align.encode.bag import unit_rows
from align.types import FloatArray

__all__ = ["shared_borders"]

_AGREEING: Final = 0.75
"""Share of the sections that must be most alike to their counterpart: else one was left out, and another put in."""
_MOST: Final = 5000


def shared_borders(
    source: FloatArray, target: FloatArray, starts: tuple[Sequence[int], Sequence[int]]
) -> list[tuple[int, int]]:
    """Return the places (source, target) where both sides begin a section.

    There are none where the sections do not correspond. `source` and `target` are (n, dim) and (m, dim) float32 unit
    rows, `starts` the lines that begin a section, the first line left out. Sections correspond where both sides have
    as many and three of four are nearest to their own.

    >>> e = np.eye(4, dtype=np.float32)
    >>> shared_borders(e, e, ([2], [2])), shared_borders(e, e[[2, 3, 0, 1]], ([2], [2]))
    ([(2, 2)], [])
    """
    if len(starts[0]) != len(starts[1]) or not 0 < len(starts[0]) < _MOST:
        return []
    sums = [
        unit_rows(np.add.reduceat(rows, [0, *own], axis=0)) for rows, own in zip((source, target), starts, strict=True)
    ]
    cosine = sums[0] @ sums[1].T
    own = np.arange(len(cosine))
    agreeing = np.mean((cosine.argmax(axis=0) == own) & (cosine.argmax(axis=1) == own))
    return list(zip(*starts, strict=True)) if agreeing >= _AGREEING else []
