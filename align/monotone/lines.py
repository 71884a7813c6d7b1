"""One side of two documents: its lines, and the vectors of every run of neighbouring lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

import numpy as np

from align.encode.bag import unit_rows
from align.ports import Encoder
from align.types import FloatArray, Lang

__all__ = ["AddingEncoder", "Lines"]

_FEW: Final = 20
"""Lines of which the mean is half believed to be what all texts have in common."""


@runtime_checkable
class AddingEncoder(Protocol):
    """An encoder whose vector of a text is the sum of its parts' vectors, scaled to length 1."""

    def sums(self, texts: Sequence[str]) -> FloatArray:
        """Return (n, dim) float32, C order: the vectors before they are scaled."""
        ...


@dataclass(frozen=True, slots=True)
class Lines:
    """The n lines of one side.

    `runs[k - 1]` is (n + 2, dim) float32: row i + 1 is the unit vector of the k lines from line i on. The first and
    the last row, and those of runs that end behind the last line, are zero. `lengths` (n,) float32 counts characters.
    """

    runs: tuple[FloatArray, ...]
    lengths: FloatArray

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def vectors(self) -> FloatArray:
        """Return the lines' own vectors, (n, dim) float32 unit rows."""
        return self.runs[0][1:-1]

    @classmethod
    def encode(cls, texts: Sequence[str], lang: Lang, encoder: Encoder, *, longest: int) -> Lines:
        """Encode lines, and runs of up to `longest` of them.

        Where vectors add up, each line is encoded once; else the joined texts of every run are, and what all lines have
        in common is subtracted: some models put any two texts at a cosine of .7, and the weights are for about 0.
        """
        lengths = np.fromiter(map(len, texts), np.float32, len(texts))
        if isinstance(encoder, AddingEncoder):
            return cls.adding(encoder.sums(texts), lengths, longest=longest)
        runs = []
        for size in range(1, longest + 1):
            joined = [" ".join(texts[first : first + size]) for first in range(len(texts) - size + 1)]
            runs.append(encoder.encode(joined, lang))
        common = runs[0].sum(axis=0) / np.float32(len(texts) + _FEW)
        return cls(tuple(_framed(unit_rows(run - common), len(texts)) for run in runs), lengths)

    @classmethod
    def adding(cls, sums: FloatArray, lengths: FloatArray, *, longest: int) -> Lines:
        """Make the runs of lines whose vectors (n, dim) add up."""
        runs, total = [], sums
        for size in range(1, longest + 1):
            if size > 1:
                total = total[: max(len(sums) - size + 1, 0)] + sums[size - 1 :]
            runs.append(_framed(unit_rows(total), len(sums)))
        return cls(tuple(runs), lengths)


def _framed(rows: FloatArray, lines: int) -> FloatArray:
    framed = np.zeros((lines + 2, rows.shape[1]), np.float32)
    framed[1 : len(rows) + 1] = rows
    return framed
