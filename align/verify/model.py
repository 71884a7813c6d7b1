"""The verifier: up to three looks at a candidate, each a logistic model, and probabilities fitted to the run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from align.models import BUNDLED_FOLDER
from align.sides import Side
from align.types import Candidates, FloatArray, IntArray, Judgement
from align.verify.calibrate import Prior, adapt, best_per_row
from align.verify.context import neighbours_link
from align.verify.features import contenders, first_look, second_look
from align.verify.logistic import Doubles, Logistic, sigmoid
from align.verify.weights import VerifierWeights
from align.verify.words import WordEncoder

__all__ = ["BUNDLED_VERIFIER", "LogisticVerifier", "Seen", "look_again"]

BUNDLED_VERIFIER: Final = BUNDLED_FOLDER / "verifier.json"

_RULED_OUT: Final = -8.0
"""Log-odds at most left to a candidate that has better rivals on both sides and gets no second look."""


class LogisticVerifier:
    """Judge candidates by the likeness of their words, their facts, their rivals and their surroundings.

    Words are compared with `encoder`, the bundled one, whichever encoder proposed the candidates.
    """

    def __init__(self, weights: VerifierWeights, encoder: WordEncoder) -> None:
        self.signature = f"{weights.signature}-{encoder.signature}"
        self._weights = weights
        self._encoder = encoder

    @classmethod
    def load(cls, encoder: WordEncoder, path: Path | None = None) -> LogisticVerifier:
        """Read the weights from a file; None is the bundled one. Raises ModelUnavailableError where it is not."""
        return cls(VerifierWeights.read(path or BUNDLED_VERIFIER), encoder)

    def judge(self, candidates: Candidates, source: Side, target: Side) -> Judgement:
        """Return (n,) calibrated probabilities, and the share of the sources that have a counterpart in this run."""
        if not len(candidates):
            return Judgement(np.empty(0, dtype=np.float32), 0.0)
        log_odds, prior = self._judged(candidates, (source, target))
        heads = best_per_row(candidates.source, log_odds)
        probabilities = sigmoid(adapt(log_odds, heads, prior).log_odds)
        share = float(probabilities[heads].sum()) / len(source)
        return Judgement(probabilities.astype(np.float32), share)

    def _judged(self, candidates: Candidates, sides: tuple[Side, Side]) -> tuple[Doubles, Prior]:
        """Return (n,) log-odds under the share of right ones that the training had, and what that was."""
        weights = self._weights
        alone = first_look(candidates, *sides, self._encoder)
        seen = look_again(candidates, alone, weights.first, sides)
        log_odds = seen.judged_by(weights.second)
        neighbours = neighbours_link(candidates, log_odds, sides)
        if neighbours is None:
            return log_odds, weights.lines
        return seen.beside(log_odds, neighbours).judged_by(weights.third), weights.documents


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look saw: `scores` (n,) of all candidates, and the (m, f) features of the m `contenders` among them."""

    scores: Doubles
    contenders: IntArray
    features: FloatArray

    def judged_by(self, model: Logistic) -> Doubles:
        """Return (n,) log-odds: the contenders' by the model, the others' low."""
        log_odds = np.minimum(self.scores, _RULED_OUT)
        log_odds[self.contenders] = model.log_odds(self.features)
        return log_odds

    def beside(self, log_odds: Doubles, neighbours: Doubles) -> Seen:
        """Return the same with the columns that the third look adds in front."""
        added = np.column_stack([log_odds, neighbours])[self.contenders].astype(np.float32)
        return Seen(self.scores, self.contenders, np.hstack([added, self.features]))


def look_again(candidates: Candidates, alone: FloatArray, first: Logistic, sides: tuple[Side, Side]) -> Seen:
    """Look at the best candidates among their rivals; `alone` (n, f) is what the first look saw of all."""
    scores = first.log_odds(alone)
    chosen = np.flatnonzero(contenders(candidates, scores)).astype(np.int64)
    return Seen(scores, chosen, second_look(candidates, alone, scores, chosen=chosen, sides=sides))
