"""A text made out of another, and the way back.

Each character knows what of the original it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["Respelling", "Respelt"]

Respelt: TypeAlias = tuple[str, int, int]
"""What stands for the characters `start` to `end` of the original."""


@dataclass(frozen=True, slots=True)
class Respelling:
    """A text made out of another.

    For each of its characters, `starts` and `ends` hold the span it stands for.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, pieces: Iterable[Respelt]) -> Respelling:
        """Return the text that the pieces make.

        They come in order; a piece may be empty, or longer than what it stands for.

        >>> Respelling.of([("щ", 0, 2), ("и", 2, 3)]).text
        'щи'
        """
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for piece, start, end in pieces:
            text.append(piece)
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))
        return cls("".join(text), tuple(starts), tuple(ends))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that the characters `start` to `end` stand for.

        >>> Respelling.of([("щ", 0, 2), ("и", 2, 3)]).original(0, 1)
        (0, 2)
        """
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return place, place
        return self.starts[start], self.ends[end - 1]

    def after(self, earlier: Respelling) -> Respelling:
        """Return this respelling as one of `earlier`'s original.

        This one was made of `earlier`'s text.
        """
        spans = [earlier.original(start, end) for start, end in zip(self.starts, self.ends, strict=True)]
        return Respelling(self.text, tuple(start for start, _ in spans), tuple(end for _, end in spans))
