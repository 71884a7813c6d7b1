"""The features of a step: how alike its lines are, compared with the path's other choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from align.monotone.anchors import Piece
from align.monotone.lines import Lines
from align.monotone.moves import Move
from align.monotone.surroundings import Surroundings
from align.types import FloatArray, IntArray

__all__ = ["SeenLines", "SeenPieces", "by_place", "feature_names"]

_PAIRED: Final = ("bias", "cosine", "outside", "near", "length", "length_squared")
_LEFT_OUT: Final = ("bias", "best", "best_over_near", "length")
_CROSSED: Final = ("bias", "cosine", "weaker", "straight", "near", "length", "length_squared")
_SHORTEST: Final = 8.0
"""Characters that are added to a length before its logarithm, so that a line of a few says little."""


@dataclass(frozen=True, slots=True)
class SeenLines:
    """One side of two documents: its lines, and what the other side offers each."""

    lines: Lines
    around: Surroundings


@dataclass(frozen=True, slots=True)
class SeenPieces:
    """B pieces padded to `rows` by `columns` lines, with the features of each step.

    A step is named by the line of either side it begins at. `cosine` has for each pair of run lengths the cosines of
    those runs, (B, rows + margin, columns + margin) float32, from one line before the piece on. `source` and `target`
    are (B, rows) and (B, columns) numbers of lines.
    """

    sides: tuple[SeenLines, SeenLines]
    cosine: Mapping[tuple[int, int], FloatArray]
    source: IntArray
    target: IntArray

    @classmethod
    def of(cls, sides: tuple[SeenLines, SeenLines], pieces: Sequence[Piece], moves: Sequence[Move]) -> SeenPieces:
        """Compare the runs of lines that the moves pair, in each piece and just outside it."""
        shapes = {bead for move in moves if move.pairs for bead in move.beads}
        reach = 1 + max(move.sources + move.targets for move in moves)
        rows, columns = (max(1, *(piece.size[side] for piece in pieces)) for side in (0, 1))
        source = np.array([[piece.source] for piece in pieces]) + np.arange(-1, rows + reach)
        target = np.array([[piece.target] for piece in pieces]) + np.arange(-1, columns + reach)
        first, second = (side.lines for side in sides)
        at = np.clip(source + 1, 0, len(first) + 1), np.clip(target + 1, 0, len(second) + 1)
        cosine = {
            (a, b): first.runs[a - 1][at[0]] @ second.runs[b - 1][at[1]].transpose(0, 2, 1) for a, b in sorted(shapes)
        }
        inside = np.clip(source, 0, len(first) - 1), np.clip(target, 0, len(second) - 1)
        return cls(sides, cosine, inside[0][:, 1 : rows + 1], inside[1][:, 1 : columns + 1])

    def features(self, move: Move) -> list[FloatArray]:
        """Return each feature of a move, in their names' order.

        Each is (B, rows, columns) float32 or what broadcasts to it.
        """
        if move.crossed:
            return self._crossed(move)
        ((a, b),) = move.beads
        if a and b:
            return [*self._paired(a, b, 0, 0), *([self._gain(a, b)] if a + b > 2 else [])]
        return self._left_out(0) if a else self._left_out(1)

    def _at(self, shape: tuple[int, int], down: int = 0, across: int = 0) -> FloatArray:
        """Return the cosines of runs that begin where a step does.

        They hold `down` sources and `across` targets.
        """
        rows, columns = self.source.shape[1], self.target.shape[1]
        return self.cosine[shape][:, 1 + down : 1 + down + rows, 1 + across : 1 + across + columns]

    def _paired(self, a: int, b: int, down: int, across: int) -> list[FloatArray]:
        """Return bias, cosine, two margins and the ratio of the lengths.

        One margin is over the lines just outside, one over the four nearest.
        """
        cosine = self._at((a, b), down, across)
        outside = np.maximum(
            np.maximum(self._at((a, 1), down, across - 1), self._at((a, 1), down, across + b)),
            np.maximum(self._at((1, b), down - 1, across), self._at((1, b), down + a, across)),
        )
        near: FloatArray = (self._near(0, a, down)[:, :, None] + self._near(1, b, across)[:, None, :]) / np.float32(2)
        length: FloatArray = self._length(0, a, down)[:, :, None] - self._length(1, b, across)[:, None, :]
        return [np.ones((1, 1, 1), np.float32), cosine, cosine - outside, cosine - near, length, length * length]

    def _gain(self, a: int, b: int) -> FloatArray:
        """Return what the edge line of a longer side adds to the cosine."""
        shorter = [self._at((a - 1, b)), self._at((a - 1, b), 1, 0)] if a > 1 else []
        shorter += [self._at((a, b - 1)), self._at((a, b - 1), 0, 1)] if b > 1 else []
        gain: FloatArray = self._at((a, b)) - np.maximum.reduce(shorter)
        return gain

    def _left_out(self, number: int) -> list[FloatArray]:
        around, lines = self.sides[number].around, (self.source, self.target)[number]
        best = around.best[lines]
        columns = [best, best - around.near[lines], self._length(number, 1, 0)]
        placed = [each[:, :, None] if number == 0 else each[:, None, :] for each in columns]
        return [np.ones((1, 1, 1), np.float32), *placed]

    def _crossed(self, move: Move) -> list[FloatArray]:
        """Return both beads' features summed, the weaker cosine, and the straight order's offer."""
        first, second = (self._paired(a, b, i, j) for i, a, j, b in move.spans(0, 0))
        (a, b), (c, d) = move.beads
        straight = self._at((a, b)) + self._at((c, d), a, b)
        both = [x + y for x, y in zip(first, second, strict=True)]
        weaker = np.minimum(first[1], second[1])
        return [first[0], both[1], weaker, straight, *both[3:]]

    def _near(self, number: int, size: int, ahead: int) -> FloatArray:
        """Return the mean over a run of what its lines' four nearest are like, (B, lines) float32."""
        mean: FloatArray = self._run_sums(self.sides[number].around.near, number, size, ahead) / np.float32(size)
        return mean

    def _length(self, number: int, size: int, ahead: int) -> FloatArray:
        """Return the logarithm of a run's characters, (B, lines) float32."""
        characters = self._run_sums(self.sides[number].lines.lengths, number, size, ahead)
        logarithm: FloatArray = np.log(characters + np.float32(_SHORTEST))
        return logarithm

    def _run_sums(self, values: FloatArray, number: int, size: int, ahead: int) -> FloatArray:
        lines = (self.source, self.target)[number] + ahead
        ahead_of = [values[np.minimum(lines + step, len(values) - 1)] for step in range(size)]
        total: FloatArray = np.sum(ahead_of, axis=0, dtype=np.float32)
        return total


def feature_names(move: Move) -> tuple[str, ...]:
    """Return the names of a move's features, in the order in which they are computed.

    >>> feature_names(Move.of((1, 0)))
    ('bias', 'best', 'best_over_near', 'length')
    """
    if move.crossed:
        return _CROSSED
    if not move.pairs:
        return _LEFT_OUT
    return _PAIRED if move.beads == ((1, 1),) else (*_PAIRED, "gain")


def by_place(values: FloatArray, move: Move, seen: SeenPieces, sizes: IntArray, *, unfit: float) -> FloatArray:
    """Return a value of each step by the place it begins at, (places, B) float32.

    It is `unfit` where the step does not fit. A place (i, j) before source i and target j is row i * (columns + 1) +
    j. `sizes` (B, 2) are the pieces' own numbers of lines, `values` broadcasts to (B, rows, columns).
    """
    batch, rows, columns = len(seen.source), seen.source.shape[1], seen.target.shape[1]
    placed = np.zeros((rows + 1, columns + 1, batch), np.float32)
    by_line = np.broadcast_to(values, (batch, rows, columns)).transpose(1, 2, 0)
    placed[:rows, :columns] = by_line
    # A line that is left out may stand at the other side's end.
    if not move.targets:
        placed[:rows, columns] = by_line[:, -1]
    if not move.sources:
        placed[rows, :columns] = by_line[-1]
    ends = np.arange(rows + 1)[:, None, None] + move.sources, np.arange(columns + 1)[:, None] + move.targets
    placed[(ends[0] > sizes[:, 0]) | (ends[1] > sizes[:, 1])] = unfit
    return placed.reshape(-1, batch)
