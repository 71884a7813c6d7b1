"""How far reviewers agree beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations
from typing import Any, Final, get_args

import numpy as np
from numpy.typing import NDArray

from align.review.bootstrap import alpha_interval, kappa_interval
from align.review.verdicts import Category

__all__ = ["SAID", "Agreement", "PairAgreement", "agreement", "cohen_kappa", "krippendorff_alpha"]

SAID: Final[tuple[Category, ...]] = get_args(Category)
"""What verdicts may say of a pair, in the order of a table's rows."""

PREVALENT: Final = 0.8
"""Share of one verdict from which chance alone explains most agreement."""

Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two reviewers agree.

    `n` items both judged, `observed` share alike (0-1), Cohen's `kappa` (None where undefined).

    `interval` is kappa's, 95 %, None for fewer than ten items. `table` counts the items by what the first said (rows)
    and the second (columns), in the order of SAID.
    """

    reviewers: tuple[str, str]
    n: int
    observed: float
    kappa: float | None
    interval: tuple[float, float] | None = None
    table: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far all reviewers agree.

    Krippendorff's `alpha` (nominal, None where undefined) over `n` items judged by two or more.

    Only verdicts given blind count. `disputed` counts the items that await a third person. `interval` is alpha's, 95 %,
    None for fewer than ten items. `shares` (0-1) are those of each verdict among all that count.
    """

    pairs: tuple[PairAgreement, ...]
    alpha: float | None
    n: int
    disputed: int
    interval: tuple[float, float] | None = None
    shares: Mapping[str, float] = field(default_factory=dict)

    @property
    def prevalent(self) -> tuple[str, float] | None:
        """Return the verdict that is so common that kappa and alpha are low by it.

        Its share (0-1) comes with it.
        """
        most = max(self.shares.items(), key=lambda each: each[1], default=("", 0.0))
        return most if most[1] >= PREVALENT else None

    def record(self) -> dict[str, Any]:
        """Return it as one JSON object."""
        return asdict(self)


def agreement(verdicts: Sequence[Mapping[str, str]], disputed: int = 0) -> Agreement:
    """Return the agreement of reviewers; each item's verdicts map reviewers to a category.

    >>> found = agreement([{"a": "accept", "b": "accept"}, {"a": "reject", "b": "reject"}, {"a": "accept"}])
    >>> found.pairs[0].kappa, found.alpha, found.n
    (1.0, 1.0, 2)
    """
    names = sorted({name for item in verdicts for name in item})
    pairs = []
    for one, other in combinations(names, 2):
        both = [(item[one], item[other]) for item in verdicts if one in item and other in item]
        if both:
            alike = sum(left == right for left, right in both) / len(both)
            table = _table(both)
            kappa = cohen_kappa(both)
            interval = None if kappa is None else kappa_interval(table)
            pairs.append(PairAgreement((one, other), len(both), alike, kappa, interval, table))
    shared = [list(item.values()) for item in verdicts if len(item) > 1]
    alpha = krippendorff_alpha(shared)
    interval = None if alpha is None else alpha_interval(shared)
    return Agreement(tuple(pairs), alpha, len(shared), disputed, interval, _shares(shared))


def _table(both: Sequence[tuple[str, str]]) -> tuple[tuple[int, ...], ...]:
    found = Counter(both)
    return tuple(tuple(found[row, column] for column in SAID) for row in SAID)


def _shares(shared: Sequence[Sequence[str]]) -> dict[str, float]:
    said = Counter(value for values in shared for value in values)
    return {name: said[name] / said.total() for name in SAID} if said else {}


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return the agreement of two raters beyond chance (Cohen 1960), at most 1.

    None where chance explains all.

    >>> round(cohen_kappa([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15), 3)
    0.4
    """
    table = _coincidences([list(pair) for pair in pairs], ordered=True)
    share = table / table.sum()
    expected = float(share.sum(axis=1) @ share.sum(axis=0))
    return None if expected >= 1 else float((np.trace(share) - expected) / (1 - expected))


def krippendorff_alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Return the reliability of any number of raters, nominal, at most 1.

    Source: Krippendorff 2011, section D.

    Each unit lists the values it was given; one with fewer than two tells nothing. None where all values are alike.

    >>> krippendorff_alpha([["a", "a"], ["b", "b", "b"], ["a"]])
    1.0
    """
    table = _coincidences([unit for unit in units if len(unit) > 1], ordered=False)
    totals = table.sum(axis=1)
    n = totals.sum()
    expected = n * n - float(totals @ totals)
    return None if expected <= 0 else float(1 - (n - 1) * (n - np.trace(table)) / expected)


def _coincidences(units: Sequence[Sequence[str]], *, ordered: bool) -> Counts:
    """Return how often one value meets another, (c, c).

    Each unit's pairs of values, a unit of m values counting m.

    `ordered` counts each pair of values once, the first rater's in the row.
    """
    numbers = {value: number for number, value in enumerate(sorted({value for unit in units for value in unit}))}
    table = np.zeros((len(numbers), len(numbers)))
    for unit in units:
        rows = [numbers[value] for value in unit]
        for i, j in combinations(range(len(rows)), 2):
            table[rows[i], rows[j]] += 1 / (len(rows) - 1)
            if not ordered:
                table[rows[j], rows[i]] += 1 / (len(rows) - 1)
    return table
