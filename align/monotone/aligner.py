"""Two lists of lines that translate each other to beads, each with its probability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from align.encode.bag import unit_rows
from align.models import BUNDLED_FOLDER
from align.monotone.anchors import Piece, pieces
from align.monotone.bead import Bead
from align.monotone.features import SeenLines, SeenPieces, by_place
from align.monotone.lattice import Lattice
from align.monotone.lines import Lines
from align.monotone.moves import Move, moves_of
from align.monotone.surroundings import surroundings
from align.monotone.weights import BeadWeights
from align.ports import Encoder
from align.types import Doubles, FloatArray
from align.verify.ranking import plain

__all__ = ["MOVES", "WEIGHTS_FILE", "BeadAligner", "shared_borders"]

WEIGHTS_FILE: Final = "beads.json"
MOVES: Final = moves_of()
_PLACES_AT_ONCE: Final = 60_000
_FLOOR: Final = 0.01
"""Where a whole neighbourhood is as good as orthogonal, its mean is bounded here."""
# What a bead must be worth to be taken: half of the F1 that is reached. The sum of probabilities less this is greatest
# where the expected F1 is.
_WORTH: Final = 0.48
_AGREEING: Final = 0.75
"""Share of the sections that must be most alike to their counterpart: else one was left out, and another put in."""
_MOST: Final = 5000


@dataclass(frozen=True, slots=True)
class BeadAligner:
    """Align documents that are translations of one another."""

    encoder: Encoder
    weights: BeadWeights

    @classmethod
    def load(cls, encoder: Encoder | None = None, *, weights: Path | None = None) -> BeadAligner:
        """Return an aligner; None stands for the bundled encoder and the bundled weights.

        Raises ModelUnavailableError where they are not.
        """
        from align.encode.ngram import NgramEncoder

        read = BeadWeights.read(weights or BUNDLED_FOLDER / WEIGHTS_FILE)
        return cls(encoder or NgramEncoder.load(), read)

    @property
    def signatures(self) -> dict[str, str]:
        """Return what decides the beads: the encoder, and the weights as what verifies."""
        return {"encoder": self.encoder.signature, "verifier": self.weights.signature}

    def align(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        *,
        moves: tuple[Move, ...] = MOVES,
        sections: tuple[Sequence[int], Sequence[int]] = ((), ()),
    ) -> list[Bead]:
        """Return the beads of Kazakh and English lines; every line is in one.

        They come in the order of the sources' path. `moves` are the shapes that are allowed (`moves_of`). `sections`
        are the numbers of the lines on either side that begin a section, the first left out: where the sections
        correspond, no bead spans their borders.
        """
        if not sources or not targets:
            lone = [Bead((i,), (), 1.0) for i in range(len(sources))]
            return lone + [Bead((), (j,), 1.0) for j in range(len(targets))]
        longest = max(max(bead) for move in moves for bead in move.beads)
        source = Lines.encode(sources, "kk", self.encoder, longest=longest)
        target = Lines.encode(targets, "en", self.encoder, longest=longest)
        borders = shared_borders(source.vectors, target.vectors, sections)
        return list(self.align_lines((source, target), moves, borders=borders))

    def align_lines(
        self, lines: tuple[Lines, Lines], moves: tuple[Move, ...] = MOVES, *, borders: Sequence[tuple[int, int]] = ()
    ) -> Iterator[Bead]:
        """Yield the beads of encoded lines.

        The path goes through the places (source, target) of `borders`.
        """
        vectors = lines[0].vectors, lines[1].vectors
        cut = pieces(*vectors, borders=borders)
        around = surroundings(*vectors, cut)
        sides = SeenLines(lines[0], around[0]), SeenLines(lines[1], around[1])
        found: dict[int, list[Bead]] = {}
        for batch in _batches(cut):
            beads = self._aligned(sides, [cut[number] for number in batch], moves)
            found.update(zip(batch, beads, strict=True))
        for number in range(len(cut)):
            yield from found[number]

    def lattice(self, seen: SeenPieces, batch: Sequence[Piece], moves: tuple[Move, ...]) -> Lattice:
        """Return what each step of each piece of a batch scores."""
        sizes = np.array([piece.size for piece in batch], np.int64)
        scores = [
            by_place(_weighed(seen.features(move), self.weights.of(move)), move, seen, sizes, unfit=-np.inf)
            for move in moves
        ]
        return Lattice(moves, (seen.source.shape[1], seen.target.shape[1]), sizes, np.stack(scores))

    def _aligned(
        self, sides: tuple[SeenLines, SeenLines], batch: Sequence[Piece], moves: tuple[Move, ...]
    ) -> list[list[Bead]]:
        seen = SeenPieces.of(sides, batch, moves)
        lattice = self.lattice(seen, batch, moves)
        probabilities = lattice.bead_probabilities()
        paths = lattice.best(_gains(lattice, probabilities))
        columns = lattice.shape[1] + 1
        aligned: list[list[Bead]] = []
        for row, path in enumerate(paths):
            steps = [(moves[number], (i, j), probabilities[number, i * columns + j, row]) for number, i, j in path]
            aligned.append([bead for step in steps for bead in _beads(*step, piece=batch[row], seen=seen, row=row)])
        return aligned


def _beads(
    move: Move, place: tuple[int, int], probability: float, *, piece: Piece, seen: SeenPieces, row: int
) -> Iterator[Bead]:
    """Yield the beads of one step of the path through piece `row` of those that were seen."""
    likely = plain(min(probability, 1.0))
    for i, a, j, b in move.spans(*place):
        source = tuple(range(piece.source + i, piece.source + i + a))
        target = tuple(range(piece.target + j, piece.target + j + b))
        if a and b:
            cosine = float(seen.cosine[a, b][row, 1 + i, 1 + j])
            near = np.concatenate([seen.sides[0].around.near[list(source)], seen.sides[1].around.near[list(target)]])
            yield Bead(source, target, likely, plain(cosine), plain(cosine / max(float(near.mean()), _FLOOR)))
        else:
            yield Bead(source, target, likely)


def _weighed(features: Sequence[FloatArray], weights: FloatArray) -> FloatArray:
    total: FloatArray = np.zeros((1, 1, 1), np.float32)
    for feature, weight in zip(features, weights, strict=True):
        total = total + weight * feature
    return total


def _gains(lattice: Lattice, probabilities: Doubles) -> Doubles:
    """Return what each step is worth to the expected F1; -inf where it does not fit."""
    beads = np.array([len(move.beads) for move in lattice.moves])[:, None, None]
    gains: Doubles = np.where(np.isneginf(lattice.scores), -np.inf, beads * (probabilities - _WORTH))
    return gains


def _batches(cut: Sequence[Piece]) -> Iterator[list[int]]:
    """Yield numbers of pieces of about one size, as many as are worth computing at once."""
    batch: list[int] = []
    for number in sorted(range(len(cut)), key=lambda each: (max(cut[each].size), cut[each].places)):
        rows, columns = (max(cut[each].size[side] for each in (*batch, number)) + 1 for side in (0, 1))
        if batch and rows * columns * (len(batch) + 1) > _PLACES_AT_ONCE:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


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
