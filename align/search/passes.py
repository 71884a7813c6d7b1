"""The nearest of both sides from one pass.

It is made at once here, or block by block by an engine.
"""

from __future__ import annotations

from functools import partial
from typing import Final, Protocol

import numpy as np

from align.hybrid import WholeRows
from align.ports import Models
from align.search import PASSES
from align.search.nearest import AllRows, Nearest, RankKeys, Tell, merged
from align.sides import Side

__all__ = ["Pass", "by_size", "nearest_of", "search_block"]

_SOURCES: Final = 8192
"""Sources of a block at least: each block brings the nearest of all targets, which have to be merged."""

_CELLS_FROM: Final = 4_000_000_000
"""Products from which `auto` makes cells: to compare all rows would take minutes."""


class Pass(Protocol):
    """What compares two sides; an engine's processes are given it whole."""

    def block(self, start: int, stop: int, *, k: int, tell: Tell | None = None) -> tuple[Nearest, Nearest]:
        """Return the k nearest of some sources, and their part in those of all targets."""
        ...

    def recall(self, forward: Nearest) -> float | None:
        """Return which share of the pairs that are each other's nearest was found.

        None where all were compared.
        """
        ...


def by_size(sources: WholeRows, targets: WholeRows) -> Pass:
    """Return a pass over all rows, or where that would take long, one by cells."""
    if len(sources) * len(targets) < _CELLS_FROM:
        return AllRows(sources, targets)
    # Cells need the compiler, which takes a second and 60 MB to load.
    from align.search.cells import in_cells

    return in_cells(sources, targets)


def nearest_of(source: Side, target: Side, *, k: int, index: str) -> tuple[Nearest, Nearest, float | None]:
    """Return the k nearest targets of the sources and the other way round, and the recall.

    That is which share of the pairs that are each other's nearest was found, None where all were compared. `index` is
    one of `PASSES`.
    """
    searched: Pass = PASSES.load(index)(source.rows, target.rows)
    engine = source.builder.engine
    if engine is None or not engine.apart:
        tell = None if engine is None else partial(engine.step, "search")
        found = searched.block(0, len(source), k=k, tell=tell)
        return *found, searched.recall(found[0])
    size = max(engine.size, _SOURCES)
    blocks = [(start, min(start + size, len(source)), k) for start in range(0, len(source), size)]
    forward: list[RankKeys] = []
    backward = Nearest(np.empty((len(target), 0), np.int64))
    for ahead, back in engine.map(search_block, blocks, stage="search", common=searched):
        forward.append(ahead)
        backward = merged(backward, Nearest(back), k=k)
    whole = Nearest(np.concatenate(forward))
    return whole, backward, searched.recall(whole)


def search_block(models: Models, given: tuple[Pass, tuple[int, int, int]]) -> tuple[RankKeys, RankKeys]:
    """Return the keys of what a pass finds for some sources, and of their part for all targets.

    They are (stop - start, k) and (m, k) int64. The `models` are not needed.
    """
    searched, (start, stop, k) = given
    forward, backward = searched.block(start, stop, k=k)
    return np.ascontiguousarray(forward.keys), np.ascontiguousarray(backward.keys)
