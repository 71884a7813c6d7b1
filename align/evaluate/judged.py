"""Judged pairs against gold ones: what `align score verify` prints."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass

import numpy as np

from align.evaluate.metrics import (
    Bin,
    Score,
    average_precision,
    brier,
    expected_calibration_error,
    pair_scores,
    reliability,
)

__all__ = ["JudgedScores", "score_judged"]


@dataclass(frozen=True, slots=True)
class JudgedScores:
    """The scores of judged pairs, and their reliability by bins."""

    scores: tuple[Score, ...]
    bins: tuple[Bin, ...]


def score_judged(
    gold: Set[Hashable], judged: Mapping[Hashable, float], *, least: float = 0.5, bins: int = 10, signature: str = ""
) -> JudgedScores:
    """Compare pairs and their probabilities with the gold pairs.

    Precision, recall and F1 are of the pairs of at least probability `least`; average precision, Brier score and
    calibration error of all judged pairs. A gold pair that was not judged costs recall and average precision.

    >>> made = score_judged({("a", "A"), ("b", "B")}, {("a", "A"): 0.9, ("a", "B"): 0.2})
    >>> [round(score.value, 3) for score in made.scores]
    [1.0, 0.5, 0.667, 0.5, 0.025, 0.15]
    """
    p = np.array(list(judged.values()), dtype=np.float32)
    right = np.array([pair in gold for pair in judged], dtype=bool)
    chosen = {pair for pair, probability in judged.items() if probability >= least}
    scores = (
        *pair_scores(gold, chosen, signature=f"p>={least:g}{'|' if signature else ''}{signature}"),
        average_precision(p, right, positives=len(gold), signature=signature),
        brier(p, right, signature=signature),
        expected_calibration_error(p, right, bins=bins, signature=signature),
    )
    return JudgedScores(scores, reliability(p, right, bins=bins))
