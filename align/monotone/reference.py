"""The readable twin of `Lattice`: one piece, one place after another.

The fast one is tested against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import exp, inf, log
from typing import TypeAlias

from align.monotone.lattice import Lattice

__all__ = ["best_path", "step_probabilities"]

Step: TypeAlias = tuple[int, int, int]
"""A step: the number of its move, and the place (source, target) it begins at."""


def step_probabilities(lattice: Lattice, piece: int) -> dict[Step, float]:
    """Return the probability of each step that fits into a piece.

    It is the share of all paths' weight that takes the step.
    """
    before: dict[tuple[int, int], float] = defaultdict(lambda: -inf, {(0, 0): 0.0})
    after: dict[tuple[int, int], float] = defaultdict(lambda: -inf, {_last(lattice, piece): 0.0})
    scores = _scores(lattice, piece)
    for step, score in scores.items():
        end = _end(lattice, step)
        before[end] = _log_add(before[end], before[step[1:]] + score)
    for step, score in reversed(scores.items()):
        after[step[1:]] = _log_add(after[step[1:]], score + after[_end(lattice, step)])
    total = before[_last(lattice, piece)]
    return {step: exp(before[step[1:]] + score + after[_end(lattice, step)] - total) for step, score in scores.items()}


def best_path(lattice: Lattice, piece: int, gains: Mapping[Step, float]) -> list[Step]:
    """Return the path through a piece with the greatest sum of gains."""
    best: dict[tuple[int, int], tuple[float, list[Step]]] = {(0, 0): (0.0, [])}
    for step in _scores(lattice, piece):
        if step[1:] in best:
            sum_before, path = best[step[1:]]
            reached = sum_before + gains[step]
            if reached > best.get(_end(lattice, step), (-inf, []))[0]:
                best[_end(lattice, step)] = reached, [*path, step]
    return best[_last(lattice, piece)][1]


def _scores(lattice: Lattice, piece: int) -> dict[Step, float]:
    """Return the score of each step that fits, those that begin nearer to the first place first."""
    return {
        step: float(lattice.scores[step[0], step[1] * (lattice.shape[1] + 1) + step[2], piece])
        for step in _steps(lattice, piece)
    }


def _steps(lattice: Lattice, piece: int) -> Iterator[Step]:
    rows, columns = _last(lattice, piece)
    for distance in range(rows + columns):
        for i in range(max(0, distance - columns), min(rows, distance) + 1):
            for number, move in enumerate(lattice.moves):
                if i + move.sources <= rows and distance - i + move.targets <= columns:
                    yield number, i, distance - i


def _end(lattice: Lattice, step: Step) -> tuple[int, int]:
    move = lattice.moves[step[0]]
    return step[1] + move.sources, step[2] + move.targets


def _last(lattice: Lattice, piece: int) -> tuple[int, int]:
    rows, columns = lattice.sizes[piece].tolist()
    return rows, columns


def _log_add(one: float, other: float) -> float:
    """Return the logarithm of the sum of two exponentials.

    >>> round(_log_add(log(2), log(3)), 4) == round(log(5), 4), _log_add(-inf, 0.0)
    (True, 0.0)
    """
    high, low = max(one, other), min(one, other)
    return high if low == -inf else high + log(1 + exp(low - high))
