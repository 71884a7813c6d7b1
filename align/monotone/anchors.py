"""Where two documents can be cut: between pairs of lines that surely belong together.

Such lines are each other's nearest, in order, without a doubt.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from align.types import FloatArray, IntArray

__all__ = ["Piece", "increasing_chain", "pieces"]

# A chain of sampled lines bounds where the others are compared, so that the work grows with the lines and not their
# square; a stretch between two of its links is compared whole.
_SAMPLED: Final = 1000
_STRETCH: Final = 400
_BLOCK: Final = 500
# A cut stands in the middle of four pairs in a row, each of them ahead of its rivals by so much cosine.
_RUN: Final = 4
_AHEAD: Final = 0.1
_LEAST: Final = 16
_MOST_PLACES: Final = 600_000
_MOST_COMPARED: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines to be aligned by themselves: `source` to `source_end`, `target` to `target_end`.

    The ends are not included.
    """

    source: int
    source_end: int
    target: int
    target_end: int

    @property
    def size(self) -> tuple[int, int]:
        """Return its numbers of sources and of targets."""
        return self.source_end - self.source, self.target_end - self.target

    @property
    def places(self) -> int:
        """Return how many places a path may touch."""
        return (self.source_end - self.source + 1) * (self.target_end - self.target + 1)


def pieces(source: FloatArray, target: FloatArray, *, borders: Iterable[tuple[int, int]] = ()) -> list[Piece]:
    """Cut two documents into pieces small enough to be aligned path by path.

    The documents are (n, dim) and (m, dim) unit rows. They are cut only inside certain runs, and at the `borders`.
    Where such runs are far between, as in a long foreign stretch, single anchors have to do; where there are none, a
    piece is halved.
    """
    whole = Piece(0, len(source), 0, len(target))
    return [piece for part in _cut(whole, borders) for piece in _pieces(source, target, part)]


def _pieces(source: FloatArray, target: FloatArray, whole: Piece) -> list[Piece]:
    cut: list[Piece] = []
    loose: list[tuple[int, int]] = []
    sure: list[tuple[int, int]] = []
    for stretch in _stretches(source, target, whole):
        chain, ahead = _anchors(source, target, stretch)
        loose += chain
        sure += _inside_runs(chain, ahead)
    for piece in _cut(whole, _spaced(sure, whole.source)):
        cut += _bounded(piece, loose)
    return cut


def increasing_chain(pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Return the numbers of the longest run of pairs that increase on both sides.

    `pairs` ascend by their first.

    >>> increasing_chain([(0, 0), (1, 5), (2, 1), (3, 2)])
    [0, 2, 3]
    """
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, target) in enumerate(pairs):
        place = bisect_left(ends, target)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [target]
        last[place : place + 1] = [number]
    chain = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(number)
        number = before[number]
    return chain[::-1]


def _stretches(source: FloatArray, target: FloatArray, whole: Piece) -> Iterator[Piece]:
    """Yield parts of long documents, by anchors among a sample of the lines."""
    if whole.size[0] <= _SAMPLED and whole.size[1] <= 2 * _SAMPLED:
        yield whole
        return
    own, other = source[whole.source : whole.source_end], target[whole.target : whole.target_end]
    rows = np.arange(0, len(own), max(1, len(own) // _SAMPLED))
    nearest = _nearest(own[rows], other)
    mutual = _nearest(other[nearest], own) == rows
    places = rows[mutual] + whole.source, nearest[mutual] + whole.target
    found = list(zip(places[0].tolist(), places[1].tolist(), strict=True))
    chain = [found[number] for number in increasing_chain(found)]
    yield from _cut(whole, _spaced(_agreeing(chain), whole.source, least=_STRETCH))


def _agreeing(chain: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the links of a chain that lie near the line between their neighbours.

    A stray one does not.
    """
    for (a, x), (b, y), (c, z) in zip(chain, chain[1:], chain[2:], strict=False):
        expected = x + (z - x) * (b - a) / max(c - a, 1)
        if abs(y - expected) <= 0.5 * (c - a) + 5:
            yield b, y


def _nearest(rows: FloatArray, others: FloatArray) -> IntArray:
    nearest = [(rows[at : at + _BLOCK] @ others.T).argmax(axis=1) for at in range(0, len(rows), _BLOCK)]
    return np.concatenate(nearest) if nearest else np.zeros(0, np.int64)


def _anchors(source: FloatArray, target: FloatArray, stretch: Piece) -> tuple[list[tuple[int, int]], FloatArray]:
    """Return the chain of mutually nearest lines, and each pair's lead over its rivals."""
    if not all(stretch.size) or stretch.places > _MOST_COMPARED:
        return [], np.zeros(0, np.float32)
    cosine = source[stretch.source : stretch.source_end] @ target[stretch.target : stretch.target_end].T
    columns = cosine.argmax(axis=1)
    rows = np.flatnonzero(cosine.argmax(axis=0)[columns] == np.arange(len(cosine)))
    columns = columns[rows]
    best = cosine[rows, columns]
    cosine[rows, columns] = -1.0
    ahead = best - np.maximum(cosine[rows].max(axis=1), cosine[:, columns].max(axis=0))
    found = list(zip((rows + stretch.source).tolist(), (columns + stretch.target).tolist(), strict=True))
    chain = increasing_chain(found)
    return [found[number] for number in chain], ahead[chain]


def _inside_runs(chain: Sequence[tuple[int, int]], ahead: FloatArray) -> Iterator[tuple[int, int]]:
    """Yield the places in the middle of four neighbouring pairs without a doubt."""
    for number in range(len(chain) - _RUN + 1):
        first, last = chain[number], chain[number + _RUN - 1]
        in_row = last[0] - first[0] == last[1] - first[1] == _RUN - 1
        if in_row and ahead[number : number + _RUN].min() >= _AHEAD:
            yield chain[number + _RUN // 2]


def _spaced(places: Iterable[tuple[int, int]], before: int, *, least: int = _LEAST) -> Iterator[tuple[int, int]]:
    """Yield the places at least so many sources after the one yielded before, or the first line."""
    for place in places:
        if place[0] - before >= least:
            before = place[0]
            yield place


def _cut(piece: Piece, places: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    borders = [(piece.source, piece.target), *places, (piece.source_end, piece.target_end)]
    for (source, target), (source_end, target_end) in pairwise(borders):
        yield Piece(source, source_end, target, target_end)


def _bounded(piece: Piece, anchors: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Yield a piece, or the parts of one that is too large."""
    if piece.places <= _MOST_PLACES:
        yield piece
        return
    inside = [(i, j) for i, j in anchors if piece.source < i < piece.source_end and piece.target < j < piece.target_end]
    middle = piece.source + piece.size[0] // 2, piece.target + piece.size[1] // 2
    place = min(inside, key=lambda each: abs(each[0] - middle[0]) + abs(each[1] - middle[1])) if inside else middle
    for part in _cut(piece, [place]):
        yield from _bounded(part, inside)
