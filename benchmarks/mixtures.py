"""Make a search out of aligned lines: shuffle them and take some counterparts away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from align.types import IntArray

__all__ = ["Mixture", "mixture"]


@dataclass(frozen=True, slots=True)
class Mixture:
    """Two sides of lines in random order.

    `source_key` and `target_key`, (n,) int64, are equal for counterparts.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    source_key: IntArray
    target_key: IntArray

    @property
    def gold(self) -> frozenset[tuple[int, int]]:
        """Return the pairs of rows that are counterparts."""
        rows = {key: row for row, key in enumerate(self.target_key.tolist())}
        return frozenset((row, rows[key]) for row, key in enumerate(self.source_key.tolist()) if key in rows)


def mixture(sources: Sequence[str], targets: Sequence[str], *, noise: float, seed: int) -> Mixture:
    """Return two equal sides in which the share `noise` (0-1) has no counterpart.

    Line i of `sources` translates line i of `targets`. Every line is used once, so that n aligned lines give sides of
    n / (1 + noise). Raises ValueError where the sides differ in length or `noise` lies outside 0-1.

    >>> made = mixture("abcdefghi", "ABCDEFGHI", noise=0.5, seed=0)
    >>> len(made.sources), len(made.gold)
    (6, 3)
    """
    if len(sources) != len(targets) or not 0 <= noise <= 1:
        raise ValueError(f"need as many sources as targets and noise in 0-1: {len(sources)}, {len(targets)}, {noise}")
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(sources))
    size = int(len(sources) / (1 + noise))
    matched = round(size * (1 - noise))
    alone = size - matched
    source_key = rng.permutation(order[: matched + alone])
    target_key = rng.permutation(np.concatenate([order[:matched], order[matched + alone : matched + 2 * alone]]))
    return Mixture(
        tuple(sources[key] for key in source_key),
        tuple(targets[key] for key in target_key),
        source_key.astype(np.int64),
        target_key.astype(np.int64),
    )
