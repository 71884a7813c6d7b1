"""The second stage: word against word orders the candidates that vectors have proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np

from align.search.interaction import word_scores
from align.search.margin import ratio_margin
from align.search.rows import NONE, best_of
from align.search.word_numbers import HUB_SHARE, WordSide, WordTable, word_side, words_of_side
from align.sides import Side, matched_lines
from align.types import Candidates, Doubles, FloatArray, IntArray, Lang

__all__ = ["COSINE_SHARE", "PROPOSED", "SecondStage", "Texts"]

Texts: TypeAlias = tuple[Sequence[str], Lang]
"""Texts of one language, as they are shown."""

PROPOSED: Final = 50
"""How many texts vectors propose to a search ordered by words: more than 99 of 100 counterparts are among them."""

COSINE_SHARE: Final = 0.25
"""How much of the encoder's cosine is added to the score of the words; chosen on the development sets among 0, .15, .2,
.25, .3, .4 and .5: more serves short lines, less serves news."""


@dataclass(frozen=True, slots=True)
class SecondStage:
    """Score candidates by their words, joined with the cosine of the encoder.

    It is the encoder that proposed them, whichever it was. `table` is the bundled encoder: it knows words in both
    languages.
    """

    table: WordTable
    share: float = COSINE_SHARE

    @property
    def signature(self) -> str:
        """Return what made a score.

        That is the table, what is taken off for hubs, and the weight of the cosine.
        """
        return f"words-{self.table.signature}|hub:{HUB_SHARE:g}|cosine:{self.share:g}"

    def __call__(self, found: Candidates, source: Side, target: Side) -> Candidates:
        """Return the same pairs with their score and word columns.

        They are sorted by source, then score, best first. No margin is taken: where one sentence may have several
        counterparts, they would be each other's rivals.
        """
        words = self.words(source), self.words(target)
        scores, seen = word_scores(*words, found.source, found.target, engine=source.builder.engine)
        score = self._joined(scores, found.cosine)
        order = np.lexsort((found.target, -score, found.source))
        return replace(found, score=score, words=seen).pick(order)

    def margins(self, found: Candidates) -> FloatArray:
        """Return (n,) float32: each score over the mean of its source's and target's two best.

        For one-to-one mining; the scores are those that this stage gave. A candidate's neighbourhood is that of the
        candidates, so that all of them are needed.
        """
        return ratio_margin(found.score, *(_neighbourhood(rows, found.score) for rows in (found.source, found.target)))

    def words(self, side: Side) -> WordSide:
        """Return the words of a side, ready to be compared."""
        return words_of_side(side, self.table)

    def order(self, queries: Texts, found: Sequence[Texts], cosines: FloatArray) -> list[tuple[FloatArray, IntArray]]:
        """Return, for each query, the scores of the texts found for it, best first.

        Their places among these come with them. `cosines` are the encoder's, (queries, k). Equal scores keep their
        order.
        """
        asked = self._words_of(queries)
        ordered = []
        for row, (texts, cosine) in enumerate(zip(found, cosines, strict=True)):
            told = self._words_of(texts)
            columns = np.arange(len(told), dtype=np.int64)
            scores, _ = self.score(asked, told, np.full_like(columns, row), columns, cosine)
            # Stable, since equal scores are to keep the order of the encoder.
            best = np.argsort(-scores, kind="stable")
            ordered.append((scores[best], best.astype(np.int64)))
        return ordered

    def _words_of(self, texts: Texts) -> WordSide:
        lines, lang = texts
        return word_side(matched_lines(lines, lang), lang, self.table)

    def score(
        self, source: WordSide, target: WordSide, rows: IntArray, columns: IntArray, cosine: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Return the (n,) float32 scores of pairs of texts, and their (n, 6) float32 word columns."""
        scores, seen = word_scores(source, target, rows, columns)
        return self._joined(scores, cosine), seen

    def _joined(self, scores: Doubles, cosine: FloatArray) -> FloatArray:
        return (scores + self.share * cosine.astype(np.float64)).astype(np.float32)


def _neighbourhood(rows: IntArray, scores: FloatArray) -> FloatArray:
    """Return for each candidate the mean of the two best scores of its row, (n,) float32."""
    best = best_of(rows, scores, size=int(rows.max(initial=0)) + 1, k=2)
    # A text with one candidate has it for both of its nearest.
    second = np.where(best[:, 1] == NONE, best[:, 0], best[:, 1])
    return ((best[:, 0] + second) / np.float32(2))[rows]
