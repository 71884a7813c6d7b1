"""An inverted index for both sides at once.

Rows are compared only where they lie in the same cells.
It follows Jégou, Douze and Schmid 2011, "Product Quantization for Nearest Neighbor Search" (IVFADC), without the
quantisation: cells are whole blocks, so that their rows are multiplied as matrices. All numbers are whole, so that the
cells, and what is found in them, are the same for any number of threads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from align.encode.ragged import Ragged
from align.hybrid import STEPS, WholeRows
from align.search.nearest import AllRows, Nearest, Tell, nearest_block
from align.search.nearest_compiled import Best, keep
from align.types import FloatArray, IntArray

__all__ = ["Cells", "InCells", "in_cells", "recall_of"]

_PROBED: Final = 24
"""How many cells a row looks into."""

_PER_CELL: Final = 256
"""Training rows of a cell at most: more move its centre little."""

_MOST_CELLS: Final = 4096
_ROUNDS: Final = 6
_FEWEST: Final = 2000
"""Rows of a side from which cells are made."""

_COLUMNS: Final = 256
_BLOCK: Final = 4096
_SAMPLED: Final = 500


@dataclass(frozen=True, slots=True)
class Cells:
    """The centres of c cells, (c, d) float32 whole numbers: rows of `align.hybrid`."""

    centres: FloatArray

    @classmethod
    def of(cls, rows: WholeRows) -> Cells:
        """Return cells for (n, d) rows, about four times the root of n.

        Their centres come from evenly spaced rows by spherical k-means.
        """
        count = max(1, min(_MOST_CELLS, round(4 * len(rows) ** 0.5), len(rows)))
        sample = rows[:: max(1, len(rows) // (_PER_CELL * count))]
        centres = sample[np.linspace(0, len(sample) - 1, count).astype(np.int64)].astype(np.float32)
        for _ in range(_ROUNDS):
            cells = cls(centres).nearest(sample, 1)[:, 0]
            order = np.argsort(cells, kind="stable")
            held, first = np.unique(cells[order], return_index=True)
            # Sums of whole numbers are the same in any order.
            sums = np.add.reduceat(sample[order].astype(np.int32), first, axis=0).astype(np.float64)
            lengths = np.sqrt(np.maximum((sums**2).sum(axis=1, keepdims=True), 1))
            centres[held] = np.rint(sums / lengths * STEPS).astype(np.float32)
        return cls(centres)

    def nearest(self, rows: WholeRows, k: int) -> IntArray:
        """Return the k nearest cells of (n, d) rows, (n, k) int64, best first, equals ascending."""
        k = min(k, len(self.centres))
        found = np.empty((len(rows), k), np.int64)
        number = np.arange(len(self.centres))
        for start in range(0, len(rows), _BLOCK):
            products = rows[start : start + _BLOCK].astype(np.float32) @ self.centres.T
            # A product and a cell in one number, exact as a float of 53 bits.
            keys = number - products.astype(np.float64) * len(number)
            near = np.argpartition(keys, k - 1, axis=1)[:, :k] if k < len(number) else np.tile(number, (len(keys), 1))
            order = np.take_along_axis(keys, near, axis=1).argsort(axis=1)
            found[start : start + _BLOCK] = np.take_along_axis(near, order, axis=1)
        return found


def in_cells(sources: WholeRows, targets: WholeRows) -> AllRows | InCells:
    """Return a pass by cells; sides of fewer rows than make some cells are compared whole."""
    if min(len(sources), len(targets)) < _FEWEST:
        return AllRows(sources, targets)
    # Cells go by meaning alone: the first columns.
    cells = Cells.of(np.concatenate([rows[:, :_COLUMNS] for rows in (sources[::2], targets[::2])]))
    probed = (cells.nearest(rows[:, :_COLUMNS], _PROBED) for rows in (sources, targets))
    return InCells(sources, targets, len(cells.centres), *probed)


@dataclass(frozen=True, slots=True)
class InCells:
    """A pass over two sides that compares the rows that share one of `count` cells.

    A row lies in one cell, the first of its `probed` ones, and looks into all of them, 24, (n, 24) and (m, 24) int64;
    of two rows it is enough that one looks.
    """

    sources: WholeRows
    targets: WholeRows
    count: int
    sources_probed: IntArray
    targets_probed: IntArray

    def block(self, start: int, stop: int, *, k: int, tell: Tell | None = None) -> tuple[Nearest, Nearest]:
        """Return the nearest of some sources, and these sources' part in those of all targets."""
        sources = self.sources[start:stop]
        members = (
            _Members.of(self.sources_probed[start:stop], self.count),
            _Members.of(self.targets_probed, self.count),
        )
        best = Best(len(sources), k), Best(len(self.targets), k)
        for cell in range(self.count):
            _compare(cell, (sources, self.targets), members, best, start)
            if tell is not None:
                tell(cell + 1, self.count)
        return best[0].nearest(), best[1].nearest()

    def recall(self, forward: Nearest) -> float | None:
        """Return which share of the pairs that are each other's nearest was found, estimated.

        It is None where there is one cell, in which all rows are compared.
        """
        return recall_of(forward, self.sources, self.targets) if self.count > 1 else None


def _compare(
    cell: int,
    sides: tuple[WholeRows, WholeRows],
    members: tuple[_Members, _Members],
    best: tuple[Best, Best],
    first: int,
) -> None:
    """Compare the rows in a cell with those of the other side that look into it.

    The number of the first source is `first`.
    """
    columns, rows = members[1].inside(cell), members[0].looking(cell)
    right = sides[1][columns].astype(np.float32)
    for start in range(0, len(rows), _BLOCK) if len(columns) else ():
        left = rows[start : start + _BLOCK]
        keep(sides[0][left].astype(np.float32) @ right.T, (left, columns), *best, first)
    rows, columns = members[0].inside(cell), members[1].looking(cell)
    left = sides[0][rows].astype(np.float32)
    looked = np.zeros((len(rows), members[0].count), np.bool_)
    looked[np.arange(len(rows))[:, None], members[0].probed[rows]] = True
    for start in range(0, len(columns), _BLOCK) if len(rows) else ():
        some = columns[start : start + _BLOCK]
        products = left @ sides[1][some].astype(np.float32).T
        # A source that looked into the target's cell has met it there.
        products[looked[:, members[1].cell[some]]] = -np.inf
        keep(products, (rows, some), *best, first)


@dataclass(frozen=True, slots=True)
class _Members:
    """One side's rows in cells.

    Row i lies in `cell[i]`, (n,) int64, and looks into `probed[i]`, (n, p) int64.
    """

    count: int
    cell: IntArray
    probed: IntArray
    _inside: Ragged
    _looking: Ragged

    @classmethod
    def of(cls, probed: IntArray, count: int) -> _Members:
        """Sort rows into the cells that they look into."""
        cell = probed[:, 0].copy()
        return cls(count, cell, probed, _rows_by(cell[:, None], count), _rows_by(probed, count))

    def inside(self, cell: int) -> IntArray:
        """Return the rows that lie in a cell, ascending."""
        return self._inside.values[self._inside.starts[cell] : self._inside.starts[cell + 1]]

    def looking(self, cell: int) -> IntArray:
        """Return the rows that look into a cell, ascending."""
        return self._looking.values[self._looking.starts[cell] : self._looking.starts[cell + 1]]


def _rows_by(cells: IntArray, count: int) -> Ragged:
    """Return which rows each of `count` cells holds, of (n, p) cells."""
    order = np.argsort(cells, axis=None, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(cells.ravel(), minlength=count))]).astype(np.int64)
    return Ragged(order // cells.shape[1], starts)


def recall_of(forward: Nearest, sources: WholeRows, targets: WholeRows) -> float:
    """Return which share (0-1) of the pairs that are each other's nearest was found.

    They are those of five hundred evenly spaced sources, compared with all targets. Pairs that are each other's nearest
    are those that a search is for: what else is near has no counterpart, and is near by chance.
    """
    asked = np.unique(np.linspace(0, len(sources) - 1, _SAMPLED).astype(np.int64))
    best = nearest_block(sources[asked], targets, k=1)[0].row[:, 0]
    back = nearest_block(targets[best], sources, k=1)[0].row[:, 0]
    each = back == asked
    return float((forward.row[asked[each], 0] == best[each]).mean()) if each.any() else 1.0
