"""Beads: which lines of two documents say the same."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Bead"]


@dataclass(frozen=True, slots=True)
class Bead:
    """Neighbouring lines of both sides that translate each other, as numbers from 0.

    One side may be empty. `probability` (0-1) says how sure it is that exactly these lines belong together, or that a
    line has no counterpart. `score` is the cosine of the two sides, -1 to 1; `margin` is that over the mean of what
    the lines' four nearest are like, 1.0 = no better than the neighbourhood. Both are 0 where a side is empty.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    probability: float
    score: float = 0.0
    margin: float = 0.0

    @property
    def kind(self) -> str:
        """Return how many lines of either side it holds.

        >>> Bead((4, 5), (3,), 0.9, 0.7).kind
        '2-1'
        """
        return f"{len(self.source)}-{len(self.target)}"

    @property
    def pairs(self) -> bool:
        """Say whether it holds lines of both sides."""
        return bool(self.source and self.target)
