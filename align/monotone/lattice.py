"""Sums and best paths over the lattices of many pieces of documents at once.

It goes a diagonal at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.monotone.moves import Move
from align.types import Doubles, FloatArray, IntArray

__all__ = ["Lattice"]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Places between sentences of B pieces, and what each step from each place scores.

    A place (i, j) stands before source i and target j; of a piece padded to S by T sentences it is row
    i * (T + 1) + j. `scores` are (moves, places, B) float32, by the place that a step begins at, -inf where it does
    not fit into its piece. `sizes` (B, 2) int64 are the pieces' own numbers of sentences.
    """

    moves: tuple[Move, ...]
    shape: tuple[int, int]
    sizes: IntArray
    scores: FloatArray

    @property
    def ends(self) -> IntArray:
        """Return the row of each piece's last place, (B,) int64."""
        ends: IntArray = self.sizes[:, 0] * (self.shape[1] + 1) + self.sizes[:, 1]
        return ends

    def _step(self, move: Move, diagonal: int) -> tuple[slice, slice, slice, slice] | None:
        """Return where a move that ends on a diagonal begins and ends.

        These are rows, and places of either diagonal. The places of one diagonal stand `columns` rows apart, so that
        each is a plain slice of the rows. None where the move does not fit.
        """
        rows, columns = self.shape
        before = diagonal - move.sources - move.targets
        first = max(0, diagonal - columns, move.sources) - move.sources
        last = min(rows, diagonal - move.targets) - move.sources
        first = max(first, before - columns)
        if before < 0 or first > last:
            return None
        spans = []
        for on, row in ((before, first), (diagonal, first + move.sources)):
            low = max(0, on - columns)
            spans.append(slice(row - low, row - low + last - first + 1))
        began, ended = first * columns + before, (first + move.sources) * columns + diagonal
        length = (last - first) * columns + 1
        return slice(began, began + length, columns), slice(ended, ended + length, columns), spans[0], spans[1]

    def _diagonal(self, diagonal: int) -> slice:
        rows, columns = self.shape
        low, high = max(0, diagonal - columns), min(rows, diagonal)
        return slice(low * columns + diagonal, high * columns + diagonal + 1, columns)

    def forward(self) -> Doubles:
        """Return the log sum over all paths from the first place to each, (places, B) float64."""
        sums = np.full(self.scores.shape[1:], -np.inf)
        sums[0] = 0.0
        for diagonal in range(1, sum(self.shape) + 1):
            here = self._diagonal(diagonal)
            terms = np.full((len(self.moves), *sums[here].shape), -np.inf)
            for number, move in enumerate(self.moves):
                if step := self._step(move, diagonal):
                    began, _, _, span = step
                    np.add(sums[began], self.scores[number, began], out=terms[number, span])
            sums[here] = _log_sum(terms)
        return sums

    def backward(self) -> Doubles:
        """Return the log sum over all paths from each place to the last, (places, B) float64."""
        sums = np.full(self.scores.shape[1:], -np.inf)
        sums[self.ends, np.arange(len(self.sizes))] = 0.0
        rows, columns = self.shape
        for diagonal in range(rows + columns - 1, -1, -1):
            here = self._diagonal(diagonal)
            terms = np.full((len(self.moves) + 1, *sums[here].shape), -np.inf)
            terms[-1] = sums[here]
            for number, move in enumerate(self.moves):
                if step := self._step(move, diagonal + move.sources + move.targets):
                    began, ended, span, _ = step
                    np.add(sums[ended], self.scores[number, began], out=terms[number, span])
            sums[here] = _log_sum(terms)
        return sums

    def posteriors(self) -> tuple[Doubles, Doubles]:
        """Return the probability of each step, (moves, places, B), and each piece's log sum, (B,)."""
        forward, backward = self.forward(), self.backward()
        total = forward[self.ends, np.arange(len(self.sizes))]
        probabilities = np.zeros(self.scores.shape)
        places = len(forward)
        for number, move in enumerate(self.moves):
            step = move.sources * (self.shape[1] + 1) + move.targets
            if step < places:
                inside = forward[: places - step] + self.scores[number, : places - step] + backward[step:] - total
                np.exp(inside, out=probabilities[number, : places - step])
        return probabilities, total

    def bead_probabilities(self) -> Doubles:
        """Return the probability of the bead that each step makes, (moves, places, B).

        A line is left out wherever on the other side the path stands just then: those steps make one bead.
        """
        probabilities, _ = self.posteriors()
        rows, columns = self.shape
        by_place = probabilities.reshape(len(self.moves), rows + 1, columns + 1, -1)
        for number, move in enumerate(self.moves):
            if not move.pairs:
                # The lines of the other side are the columns for a source, the rows for a target.
                by_place[number] = by_place[number].sum(axis=1 if move.sources else 0, keepdims=True)
        return probabilities

    def best(self, gains: Doubles) -> list[list[tuple[int, int, int]]]:
        """Return each piece's path of the greatest sum of gains.

        It is (move, source, target) from first to last. `gains` are (moves, places, B); a step that does not fit must
        have -inf.
        """
        sums = np.full(gains.shape[1:], -np.inf)
        sums[0] = 0.0
        taken = np.zeros(gains.shape[1:], np.int8)
        for diagonal in range(1, sum(self.shape) + 1):
            here = self._diagonal(diagonal)
            terms = np.full((len(self.moves), *sums[here].shape), -np.inf)
            for number, move in enumerate(self.moves):
                if step := self._step(move, diagonal):
                    began, _, _, span = step
                    np.add(sums[began], gains[number, began], out=terms[number, span])
            sums[here], taken[here] = terms.max(axis=0), terms.argmax(axis=0)
        return [self._traced(taken[:, piece], *size) for piece, size in enumerate(self.sizes.tolist())]

    def _traced(self, taken: NDArray[np.int8], source: int, target: int) -> list[tuple[int, int, int]]:
        path = []
        while source or target:
            number = int(taken[source * (self.shape[1] + 1) + target])
            source, target = source - self.moves[number].sources, target - self.moves[number].targets
            path.append((number, source, target))
        return path[::-1]


def _log_sum(terms: Doubles) -> Doubles:
    """Return the logarithm of the sum of exponentials over the first axis.

    Of nothing it is -inf.
    """
    highest = terms.max(axis=0)
    highest[np.isneginf(highest)] = 0.0
    with np.errstate(divide="ignore"):
        sums: Doubles = highest + np.log(np.exp(terms - highest).sum(axis=0))
    return sums
