"""How far a similarity stands out of its neighbourhood."""

from __future__ import annotations

import numpy as np

from align.types import FloatArray

__all__ = ["margin_k", "ratio_margin"]

_FLOOR = 0.01
"""Where a whole neighbourhood is as good as orthogonal, the ratio would measure rounding: it is bounded here."""


def margin_k(rows: int, *, largest: int = 4) -> int:
    """Return how many neighbours make a neighbourhood on a side of `rows` rows.

    Half of a small side at most: were k all of it, the mean would not be of neighbours but of everything.

    >>> [margin_k(rows) for rows in (1, 2, 4, 8, 1000)]
    [1, 1, 2, 4, 4]
    """
    return max(1, min(largest, rows // 2))


def ratio_margin(similarity: FloatArray, source_mean: FloatArray, target_mean: FloatArray) -> FloatArray:
    """Return similarity over the mean of both neighbourhoods' means, (n,) float32.

    `source_mean` and `target_mean` are (n,): for each pair the mean similarity of the source to its k nearest targets
    and of the target to its k nearest sources. Source: Artetxe and Schwenk 2019, "Margin-based Parallel Corpus
    Mining with Multilingual Sentence Embeddings", equation 3 with the ratio.

    >>> ratio_margin(np.float32([0.6]), np.float32([0.5]), np.float32([0.3])).round(2).tolist()
    [1.5]
    """
    neighbourhood = np.maximum((source_mean + target_mean) / 2, _FLOOR)
    return (similarity / neighbourhood).astype(np.float32)
