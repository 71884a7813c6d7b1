"""The order in which pairs are trained on.

It decides which of them are told apart from each other in a batch.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from align.types import FloatArray, IntArray

__all__ = ["batches", "clustered"]

_AT_ONCE = 8192


def batches(order: IntArray, size: int) -> Iterator[IntArray]:
    """Yield runs of `size` numbers; the rest too, where it is more than half of one.

    >>> [batch.tolist() for batch in batches(np.arange(5), 2)], [len(batch) for batch in batches(np.arange(3), 8)]
    ([[0, 1], [2, 3]], [3])
    """
    for start in range(0, len(order), size):
        batch = order[start : start + size]
        # A small rest has few wrong answers to tell apart from: its steps would be as long, and say less.
        if len(batch) * 2 > min(size, len(order)):
            yield batch


def clustered(vectors: FloatArray, size: int, *, random: np.random.Generator) -> IntArray:
    """Return the numbers of the (n, dim) rows, alike ones side by side.

    There are runs of `size` rows, and the runs come in random order. A batch made of such runs holds wrong answers that
    are nearly right, for the price of one product. Rows go to the nearest of n / size rows drawn at random. This
    imports torch, whose product is the same on one thread everywhere.

    >>> order = clustered(np.eye(2, dtype=np.float32)[[0, 1, 0, 1]], 2, random=np.random.default_rng(0))
    >>> sorted(sorted(order[start : start + 2].tolist()) for start in (0, 2))
    [[0, 2], [1, 3]]
    """
    from torch import from_numpy

    rows = from_numpy(vectors)
    centres = rows[from_numpy(random.choice(len(vectors), max(len(vectors) // size, 1), replace=False))]
    starts = range(0, len(vectors), _AT_ONCE)
    nearest = np.concatenate([(rows[start : start + _AT_ONCE] @ centres.T).argmax(1).numpy() for start in starts])
    # Shuffling the clusters keeps neighbours of small clusters, which share a run, from being the same every time.
    rank = random.permutation(len(centres))[nearest]
    order = np.lexsort((random.random(len(vectors)), rank))
    runs = np.split(order, range(size, len(order), size))
    return np.concatenate([runs[number] for number in random.permutation(len(runs))])
