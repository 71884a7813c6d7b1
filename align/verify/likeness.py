"""How alike two texts are, and how far that stands out.

Among the run's other texts, and among the decoys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from align.hybrid import LEXICAL_WEIGHT, whole_products
from align.search.candidates import row_products
from align.search.rows import best_of, gap_to_rival
from align.sides import Side
from align.types import Candidates, FloatArray, IntArray
from align.verify.decoys import NEAREST, Decoys

__all__ = ["LIKENESS", "RIVALS", "Likeness"]

LIKENESS: Final = ("cosine", "lexical", "source_beyond_decoys", "target_beyond_decoys", "times_decoys")
"""The columns of `Likeness.alone`, in order."""

RIVALS: Final = (
    "margin",
    "gap_to_source_rival",
    "gap_to_target_rival",
    "least_gap",
    "late_gap_to_source",
    "late_gap_to_target",
    "late_least_gap",
)
"""The columns of `Likeness.among_rivals`, in order."""

_MOST_RATIO: Final = 3.0
_MOST_GAP: Final = 0.5
_FLOOR: Final = np.float32(0.02)
_LEXICAL: Final = np.float32(LEXICAL_WEIGHT)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the texts of n candidates are.

    `cosine` and `lexical`, (n,) float32, and the cosines of their texts with the nearest decoys.

    `source_decoys` and `target_decoys` are (n, 4), best first. Cosines are the bundled encoder's, whichever encoder
    made the candidates: another one's cosines have another scale, of which nothing is known.
    """

    cosine: FloatArray
    lexical: FloatArray
    source_decoys: FloatArray
    target_decoys: FloatArray

    @classmethod
    def of(cls, candidates: Candidates, source: Side, target: Side, decoys: Decoys) -> Likeness:
        """Measure candidates between two sides."""
        rows, columns = candidates.source, candidates.target
        return cls(
            _products(source.bundled, target.bundled, candidates),
            whole_products(source.rows, target.rows, (rows, columns), skip=source.vectors.shape[1]) / _LEXICAL,
            decoys.nearest_to(source.bundled, "kk")[rows],
            decoys.nearest_to(target.bundled, "en")[columns],
        )

    def alone(self) -> FloatArray:
        """Return (n, 5) float32, the columns named by `LIKENESS`.

        Nothing in them depends on the run's other texts.
        """
        source, target = self.source_decoys.mean(axis=1), self.target_decoys.mean(axis=1)
        ratio = 2 * self.cosine / np.maximum(source + target, _FLOOR)
        columns = (
            self.cosine,
            self.lexical,
            self.cosine - source,
            self.cosine - target,
            np.clip(ratio, 0, _MOST_RATIO),
        )
        return np.column_stack(columns).astype(np.float32)

    def among_rivals(self, candidates: Candidates, late: FloatArray) -> FloatArray:
        """Return (n, 7) float32, the columns named by `RIVALS`.

        `late` (n,) is the score of the second stage.

        Margin is the cosine over the mean of both texts' four nearest, in the run or among the decoys (Artetxe and
        Schwenk 2019, ratio). Gaps are to the best other, in cosine decoys count too; at most .5 either way. The least
        is that of the side where a rival is nearer: a translation stands out on both.
        """
        sides = ((candidates.source, self.source_decoys), (candidates.target, self.target_decoys))
        near = [self._neighbourhood(rows, decoys) for rows, decoys in sides]
        margin = 2 * self.cosine / np.maximum(near[0] + near[1], _FLOOR)
        gaps = [
            np.minimum(gap_to_rival(rows, self.cosine, most=_MOST_GAP), self.cosine - decoys[:, 0])
            for rows, decoys in sides
        ]
        late_gaps = [gap_to_rival(rows, late, most=_MOST_GAP) for rows, _ in sides]
        columns = (np.clip(margin, 0, _MOST_RATIO), *gaps, np.minimum(*gaps), *late_gaps, np.minimum(*late_gaps))
        return np.column_stack(columns).astype(np.float32)

    def _neighbourhood(self, rows: IntArray, decoys: FloatArray) -> FloatArray:
        """Return for each candidate the mean cosine of its row's nearest, (n,).

        The nearest in the run or among the decoys.
        """
        size = int(rows.max(initial=0)) + 1
        in_run = best_of(rows, self.cosine, size=size, k=NEAREST)[rows]
        # Decoys fill up a neighbourhood that the run is too small for, so that a pair alone has a margin as well.
        both = -np.sort(-np.hstack([in_run, decoys]), axis=1)[:, :NEAREST]
        mean: FloatArray = both.mean(axis=1)
        return mean


def _products(left: FloatArray, right: FloatArray, candidates: Candidates) -> FloatArray:
    """Return the inner products of the candidates' rows, (n,) float32."""
    return row_products(left, right, candidates.source, candidates.target)
