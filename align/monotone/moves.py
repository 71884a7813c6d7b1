"""The steps that a path through two documents can take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

__all__ = ["LARGEST", "BeadSpan", "Move", "moves_of"]

LARGEST: Final = 4
"""Sentences of both sides together that a bead holds at most, unless more are asked for."""

_CROSSED: Final = (((1, 1), (1, 1)), ((1, 2), (1, 1)), ((2, 1), (1, 1)), ((1, 1), (1, 2)), ((1, 1), (2, 1)))

BeadSpan: TypeAlias = tuple[int, int, int, int]
"""A bead: its first source and how many, its first target and how many."""


@dataclass(frozen=True, slots=True)
class Move:
    """A step past one bead, or past two that change places.

    `beads` are the (sources, targets) of each, in the order of the sources; `sources` and `targets` count all of them.
    """

    beads: tuple[tuple[int, int], ...]
    sources: int
    targets: int

    @classmethod
    def of(cls, *beads: tuple[int, int]) -> Move:
        """Return the step past these beads.

        >>> str(Move.of((2, 1))), str(Move.of((1, 1), (1, 2)))
        ('2-1', '1-1x1-2')
        """
        return cls(beads, sum(sources for sources, _ in beads), sum(targets for _, targets in beads))

    def __str__(self) -> str:
        return "x".join(f"{sources}-{targets}" for sources, targets in self.beads)

    @property
    def crossed(self) -> bool:
        """Say whether two beads change places."""
        return len(self.beads) == 2

    @property
    def pairs(self) -> bool:
        """Say whether it pairs sentences, rather than leaving one out."""
        return bool(self.sources and self.targets)

    def spans(self, source: int, target: int) -> Iterator[BeadSpan]:
        """Yield the beads of a step that begins at a place.

        >>> list(Move.of((1, 1), (1, 2)).spans(5, 7))
        [(5, 1, 9, 1), (6, 1, 7, 2)]
        """
        after = target + self.targets
        for sources, targets in self.beads:
            after -= targets
            yield source, sources, after, targets
            source += sources


def moves_of(largest: int = LARGEST, *, one_to_many: bool = False) -> tuple[Move, ...]:
    """Return the steps whose beads hold at most `largest` sentences of both sides together.

    With `one_to_many` no bead holds two sources.

    >>> " ".join(map(str, moves_of()))
    '1-0 0-1 1-1 1-2 2-1 1-3 3-1 2-2 1-1x1-1 1-2x1-1 2-1x1-1 1-1x1-2 1-1x2-1'
    """
    straight = [shape for size in range(2, largest + 1) for shape in _shapes(size)]
    moves = [*map(Move.of, ((1, 0), (0, 1), *straight)), *(Move.of(*beads) for beads in _CROSSED)]
    fitting = [move for move in moves if all(sum(bead) <= largest for bead in move.beads)]
    return tuple(move for move in fitting if not one_to_many or all(sources <= 1 for sources, _ in move.beads))


def _shapes(size: int) -> list[tuple[int, int]]:
    """Return the shapes of that many sentences, the most uneven first.

    >>> _shapes(4)
    [(1, 3), (3, 1), (2, 2)]
    """
    return sorted(((a, size - a) for a in range(1, size)), key=lambda each: (-abs(each[0] - each[1]), each))
