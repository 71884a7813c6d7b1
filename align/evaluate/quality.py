"""What the pipeline reaches on aligned lines: retrieval, links among noise, and whether probabilities are true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from align.evaluate.metrics import (
    Bin,
    Score,
    average_precision,
    brier,
    expected_calibration_error,
    nearest_accuracy,
    pair_scores,
    reliability,
    xsim_error,
)
from align.evaluate.mixtures import mixture
from align.ports import Encoder
from align.types import Candidates, Judgement
from align.verify.ranking import best_first, one_to_one
from align.verify.rows import best_per_row
from align.verify.threshold import Threshold, threshold_for

__all__ = ["Judge", "Links", "link_scores", "retrieval_scores"]

Judge: TypeAlias = Callable[[Sequence[str], Sequence[str]], tuple[Candidates, Judgement]]
"""Searches and judges Kazakh and English lines."""

DEFAULT_LEAST = 0.5
"""Probability from which a mined pair is kept unless somebody says otherwise."""

_TARGET_PRECISION = 0.95


@dataclass(frozen=True, slots=True)
class Links:
    """What the verdict on one mixture is worth.

    `share` is the estimated, `true_share` the actual share of sources with a counterpart. `threshold` was chosen for
    precision .95, and `precision_there` is what that turned out to be, None where it took nothing.
    """

    scores: tuple[Score, ...]
    bins: tuple[Bin, ...]
    share: float
    true_share: float
    threshold: Threshold
    precision_there: float | None


def retrieval_scores(
    sources: Sequence[str], targets: Sequence[str], encoder: Encoder, *, name: str
) -> tuple[Score, ...]:
    """Return the encoder's accuracy by nearest neighbour both ways, and its xsim error both ways.

    Line i of `sources` translates line i of `targets`; `name` is the data's, for the signature.
    """
    left, right = encoder.encode(sources, "kk"), encoder.encode(targets, "en")
    signature = f"{name}|{encoder.signature}"
    return (
        *nearest_accuracy(left, right, signature=signature),
        xsim_error(left, right, signature=f"kk-en|{signature}"),
        xsim_error(right, left, signature=f"en-kk|{signature}"),
    )


def link_scores(
    aligned: tuple[Sequence[str], Sequence[str]], judge: Judge, *, noise: float, seed: int = 1, name: str
) -> Links:
    """Judge a mixture of aligned lines and compare with the truth; `name` (data and models) goes into signatures.

    *first-pair* is the share of sources with a counterpart whose most probable pair is it; precision, recall and F1
    are of the one-to-one pairs from probability 0.5, as `align mine` prints them; calibration is measured on each
    source's most probable pair, where there is something to be wrong about; the threshold for precision .95 is chosen
    and measured on all candidates.
    """
    made = mixture(*aligned, noise=noise, seed=seed)
    found, judgement = judge(made.sources, made.targets)
    p = judgement.probabilities
    right = made.source_key[found.source] == made.target_key[found.target]
    signature = f"{name}|noise:{noise:g}|seed:{seed}"
    cut = threshold_for(p, _TARGET_PRECISION)
    taken = right[p >= np.float32(cut.value)]
    heads = best_per_row(found.source, p)
    calibration = p[heads], right[heads]
    kept = one_to_one(found, best_first(found, p, least=DEFAULT_LEAST))
    pairs = set(zip(found.source[kept].tolist(), found.target[kept].tolist(), strict=True))
    wanted = max(1, len(made.gold))
    scores = (
        Score(float(right[heads].sum()) / wanted, f"first-pair|{signature}|n:{wanted}", "higher"),
        *pair_scores(made.gold, pairs, signature=f"1:1|p>={DEFAULT_LEAST}|{signature}"),
        average_precision(*calibration, positives=wanted, signature=signature),
        brier(*calibration, signature=signature),
        expected_calibration_error(*calibration, signature=signature),
    )
    shares = judgement.share, len(made.gold) / max(1, len(made.sources))
    measured = float(taken.mean()) if len(taken) else None
    return Links(scores, reliability(*calibration), *shares, cut, measured)
