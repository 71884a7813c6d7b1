"""Measures of retrieval, of links, of probabilities and of drafts.

Every one is a `Score`, which says what was measured and how.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from align.errors import InputError
from align.search.margin import ratio_margin
from align.types import FloatArray

__all__ = [
    "Bin",
    "Direction",
    "Score",
    "average_precision",
    "brier",
    "draft_scores",
    "expected_calibration_error",
    "nearest_accuracy",
    "pair_scores",
    "reliability",
    "xsim_error",
]

Direction: TypeAlias = Literal["higher", "lower"]
Labels: TypeAlias = NDArray[np.bool_]

_BLOCK_ROWS = 1024


@dataclass(frozen=True, slots=True)
class Score:
    """A number that says what it is.

    `signature` joins measure, variant, model and n; `direction` is the better one.
    """

    value: float
    signature: str
    direction: Direction

    def __str__(self) -> str:
        """Return the score as it is printed: value, signature, direction.

        >>> str(Score(0.98125, "p@1|n:1012", "higher"))
        '0.981 p@1|n:1012 (higher is better)'
        """
        return f"{self.value:.3f} {self.signature} ({self.direction} is better)"


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of a reliability plot: the judgements whose probability lies in (`low`, `high`].

    `confidence` is their mean probability and `accuracy` the share that was right; both are 0 where `count` is 0.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def nearest_accuracy(source: FloatArray, target: FloatArray, *, signature: str = "") -> tuple[Score, Score]:
    """Return how often the nearest row of the other side is the row's own twin, both ways.

    `source` and `target` are (n, dim) float32 unit rows, row i of one belonging to row i of the other. Both scores
    are shares, 0-1. Raises ValueError where the shapes differ.

    >>> e = np.eye(3, dtype=np.float32)
    >>> [score.value for score in nearest_accuracy(e, e[[0, 2, 1]])]
    [0.3333333333333333, 0.3333333333333333]
    """
    if source.shape != target.shape:
        raise ValueError(f"sides must have one shape, not {source.shape} and {target.shape}")
    tail = _tail(signature, len(source))
    forward = float(np.mean(_nearest(source, target) == np.arange(len(source)))) if len(source) else 0.0
    backward = float(np.mean(_nearest(target, source) == np.arange(len(source)))) if len(source) else 0.0
    return (
        Score(forward, f"nearest|kk-en{tail}", "higher"),
        Score(backward, f"nearest|en-kk{tail}", "higher"),
    )


def xsim_error(source: FloatArray, target: FloatArray, *, k: int = 4, signature: str = "") -> Score:
    """Return the error in percent of retrieval by the ratio margin, source to target.

    Source: Artetxe and Schwenk 2019 for the margin; the xSIM of LASER for the measure. `k` neighbours of both sides
    make the mean that a cosine is divided by.

    >>> e = np.eye(3, dtype=np.float32)
    >>> xsim_error(e, e, k=2).value
    0.0
    """
    cosine = source @ target.T
    k = max(1, min(k, len(source)))
    forward = np.sort(cosine, axis=1)[:, -k:].mean(axis=1)
    backward = np.sort(cosine, axis=0)[-k:].mean(axis=0)
    margin = ratio_margin(cosine, forward[:, None], backward[None, :])
    wrong = float(np.mean(margin.argmax(axis=1) != np.arange(len(source)))) if len(source) else 0.0
    return Score(100 * wrong, f"xsim|ratio|k:{k}{_tail(signature, len(source))}", "lower")


def pair_scores(
    gold: Collection[Hashable], predicted: Collection[Hashable], *, signature: str = ""
) -> tuple[Score, Score, Score]:
    """Return precision, recall and F1 of a set of predicted pairs, each 0-1.

    Precision of nothing is 1, and so is recall where there is nothing to find.

    >>> [round(score.value, 2) for score in pair_scores({(0, 0), (1, 1)}, {(0, 0), (1, 2), (2, 2), (3, 3)})]
    [0.25, 0.5, 0.33]
    """
    found, wanted = set(predicted), set(gold)
    right = len(found & wanted)
    precision = right / len(found) if found else 1.0
    recall = right / len(wanted) if wanted else 1.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    tail = _tail(signature, len(wanted))
    return (
        Score(precision, f"precision|strict{tail}", "higher"),
        Score(recall, f"recall|strict{tail}", "higher"),
        Score(f1, f"f1|strict{tail}", "higher"),
    )


def average_precision(
    probabilities: FloatArray, labels: Labels, *, positives: int | None = None, signature: str = ""
) -> Score:
    """Return the mean of the precisions at each right judgement, ranked by probability, 0-1.

    `probabilities` and `labels` are (n,). `positives` is how many there are to find, where some were never proposed.
    Ties stand in the order given.

    >>> average_precision(np.array([.9, .8, .7], np.float32), np.array([True, False, True])).value
    0.8333333333333333
    """
    ranked = labels[np.argsort(-probabilities, kind="stable")]
    total = int(ranked.sum()) if positives is None else positives
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    value = float(precision[ranked].sum() / total) if total else 0.0
    return Score(value, f"average-precision{_tail(signature, len(labels))}", "higher")


def brier(probabilities: FloatArray, labels: Labels, *, signature: str = "") -> Score:
    """Return the mean squared distance of probability from truth, 0-1.

    Source: Brier 1950, in the one-sided form for two outcomes.

    >>> brier(np.array([1.0, .5], np.float32), np.array([True, True])).value
    0.125
    """
    value = float(np.mean((probabilities.astype(np.float64) - labels) ** 2)) if len(labels) else 0.0
    return Score(value, f"brier{_tail(signature, len(labels))}", "lower")


def reliability(probabilities: FloatArray, labels: Labels, *, bins: int = 10) -> tuple[Bin, ...]:
    """Return judgements grouped into bins of equal width, least probable first.

    A probability of 0 joins the first bin.

    >>> [(b.count, round(b.confidence, 2), b.accuracy) for b in
    ...  reliability(np.array([.1, .9, .8], np.float32), np.array([False, True, False]), bins=2)]
    [(1, 0.1, 0.0), (2, 0.85, 0.5)]
    """
    edges = np.linspace(0, 1, bins + 1)
    # Bins are closed above, so that 1.0 belongs to the last.
    place = np.clip(np.ceil(probabilities.astype(np.float64) * bins).astype(int) - 1, 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    confidence = np.bincount(place, weights=probabilities, minlength=bins) / np.maximum(count, 1)
    accuracy = np.bincount(place, weights=labels, minlength=bins) / np.maximum(count, 1)
    return tuple(
        Bin(float(edges[i]), float(edges[i + 1]), int(count[i]), float(confidence[i]), float(accuracy[i]))
        for i in range(bins)
    )


def expected_calibration_error(
    probabilities: FloatArray, labels: Labels, *, bins: int = 10, signature: str = ""
) -> Score:
    """Return the mean gap between confidence and accuracy over bins of equal width, 0-1.

    Each bin weighs as many as it holds. Source: Naeini, Cooper and Hauskrecht 2015; Guo et al. 2017.

    >>> expected_calibration_error(np.array([.75, .75], np.float32), np.array([True, False])).value
    0.25
    """
    plot = reliability(probabilities, labels, bins=bins)
    total = max(1, len(labels))
    value = sum(bar.count * abs(bar.confidence - bar.accuracy) for bar in plot) / total
    return Score(float(value), f"ece|bins:{bins}{_tail(signature, len(labels))}", "lower")


def _nearest(queries: FloatArray, rows: FloatArray) -> NDArray[np.intp]:
    """Return the row number of each query's nearest row, in blocks so that memory stays small."""
    blocks = [(queries[i : i + _BLOCK_ROWS] @ rows.T).argmax(axis=1) for i in range(0, len(queries), _BLOCK_ROWS)]
    return np.concatenate(blocks) if blocks else np.zeros(0, np.intp)


def _tail(signature: str, n: int) -> str:
    return f"{'|' + signature if signature else ''}|n:{n}"


def draft_scores(references: Sequence[str], drafts: Sequence[str]) -> tuple[Score, Score]:
    """Return chrF++ and BLEU of drafts against one reference each, 0-100.

    chrF++ comes first: it goes by characters, and so is fairer to names, inflections and sentences of a few words than
    BLEU, which has one right word or none. Raises InputError for no lines, or for other lines than there are
    references. Source: Popović 2017 (chrF++), Papineni et al. 2002 (BLEU), Post 2018 (the signatures).

    >>> [round(score.value, 1) for score in draft_scores(["He came to Almaty."], ["He came to Almaty."])]
    [100.0, 100.0]
    """
    from sacrebleu.metrics import BLEU, CHRF

    if len(references) != len(drafts):
        raise InputError(f"{len(references)} references, but {len(drafts)} drafts: give one a line, in the same order")
    if not drafts:
        raise InputError("no lines to score: give references and drafts, one a line")
    found = []
    for metric in (CHRF(word_order=2), BLEU()):
        score = metric.corpus_score(list(drafts), [list(references)])
        found.append(Score(score.score, f"{score.name}|{metric.get_signature()}|n:{len(drafts)}", "higher"))
    return found[0], found[1]
