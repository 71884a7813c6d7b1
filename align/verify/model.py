"""The verifier: up to three looks at a candidate, each a logistic model, and probabilities fitted to the run."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from align.types import Candidates, FloatArray, Judgement, Side
from align.verify.calibrate import adapt, best_per_row
from align.verify.context import context_features
from align.verify.features import contenders, first_look, second_look
from align.verify.logistic import Doubles, Logistic, sigmoid
from align.verify.weights import VerifierWeights
from align.verify.words import WordEncoder

__all__ = ["BUNDLED_VERIFIER", "LogisticVerifier", "judge_twice"]

BUNDLED_VERIFIER: Final = Path(__file__).parents[1] / "models" / "kk-en" / "verifier.json"

_RULED_OUT: Final = -8.0
"""Log-odds at most left to a candidate that has better rivals on both sides and gets no second look."""


class LogisticVerifier:
    """Judge candidates by the likeness of their words, their facts, their rivals and their surroundings.

    The words are compared with `encoder`, the bundled one, whichever encoder proposed the candidates.
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
        log_odds, prior = self.log_odds(candidates, source, target), self._weights.lines
        context = context_features(candidates, log_odds, (source, target))
        if context is not None:
            log_odds, prior = self._weights.third.log_odds(context), self._weights.documents
        heads = best_per_row(candidates.source, log_odds)
        probabilities = sigmoid(adapt(log_odds, heads, prior).log_odds)
        share = float(probabilities[heads].sum()) / len(source)
        return Judgement(probabilities.astype(np.float32), share)

    def log_odds(self, candidates: Candidates, source: Side, target: Side) -> Doubles:
        """Return (n,) float64 log-odds after two looks, under the share of right ones that the training had."""
        first = first_look(candidates, source, target, self._encoder)
        scores = self._weights.first.log_odds(first)
        return judge_twice(candidates, first, scores, self._weights.second, (source, target))


def judge_twice(
    candidates: Candidates, first: FloatArray, scores: Doubles, second: Logistic, sides: tuple[Side, Side]
) -> Doubles:
    """Return (n,) log-odds of which those of the contenders come from the second look.

    `first` (n, f) and `scores` (n,) are the first look and its log-odds.
    """
    chosen = contenders(candidates, scores)
    log_odds = np.minimum(scores, _RULED_OUT)
    log_odds[chosen] = second.log_odds(second_look(candidates, first, scores, sides))
    return log_odds
