"""What the other side offers a line anywhere near: how alike its nearest lines are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from align.monotone.anchors import Piece
from align.search.margin import margin_k
from align.types import FloatArray

__all__ = ["Surroundings", "surroundings"]

# Lines are compared with those of their part of the documents, and with some before and behind it.
_PART: Final = 400
_AROUND: Final = 100


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The best cosine of each of n lines with the other side, and the mean of the best four.

    Both are (n,) float32. Both are 0 where the other side has no line.
    """

    best: FloatArray
    near: FloatArray


def surroundings(source: FloatArray, target: FloatArray, pieces: Sequence[Piece]) -> tuple[Surroundings, Surroundings]:
    """Return the surroundings of the lines of two sides, cut into pieces.

    They are (n, dim) and (m, dim) unit rows.
    """
    found = tuple(Surroundings(*np.zeros((2, len(rows)), np.float32)) for rows in (source, target))
    for part in _parts(pieces):
        sources = slice(part.source, part.source_end), _wider(part.source, part.source_end)
        targets = slice(part.target, part.target_end), _wider(part.target, part.target_end)
        _fill(found[0], source, target, sources[0], targets[1])
        _fill(found[1], target, source, targets[0], sources[1])
    return found[0], found[1]


def _fill(found: Surroundings, rows: FloatArray, others: FloatArray, own: slice, around: slice) -> None:
    k = margin_k(len(others[around]))
    for start in range(own.start, own.stop, _PART):
        block = slice(start, min(start + _PART, own.stop))
        cosine = rows[block] @ others[around].T
        if cosine.size:
            nearest = np.partition(cosine, cosine.shape[1] - k, axis=1)[:, cosine.shape[1] - k :]
            found.best[block], found.near[block] = nearest.max(axis=1), nearest.mean(axis=1)


def _wider(first: int, last: int) -> slice:
    return slice(max(first - _AROUND, 0), last + _AROUND)


def _parts(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield runs of neighbouring pieces as one, of some hundred lines."""
    first = 0
    for number, piece in enumerate(pieces):
        begun = pieces[first]
        if piece.source_end - begun.source >= _PART or number + 1 == len(pieces):
            yield Piece(begun.source, piece.source_end, begun.target, piece.target_end)
            first = number + 1
