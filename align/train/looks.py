"""Fits one look of the verifier: a logistic model whose probabilities are true for the candidates that are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from align.types import FloatArray, IntArray
from align.verify.calibrate import Prior, best_per_row
from align.verify.logistic import Doubles, Logistic, fit

__all__ = ["Labels", "Look", "fit_look"]

Labels: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Look:
    """What one look saw of a pool's candidates: (n,) source rows, (n, f) features, (n,) truth."""

    source: IntArray
    seen: FloatArray
    labels: Labels


def fit_look(looks: Sequence[Look], *, ridge: float) -> tuple[Logistic, Prior]:
    """Fit a model to the candidates of all pools, then straighten it on the best one of each source.

    Returns the model and what it makes of the best candidates.
    """
    seen = np.vstack([look.seen for look in looks])
    labels = np.concatenate([look.labels for look in looks])
    model = fit(seen, labels, ridge=ridge)
    log_odds = model.log_odds(seen)
    best = best_per_row(_distinct_rows(looks), log_odds)
    model, log_odds = _straighten(model, log_odds[best], labels[best])
    right = log_odds[labels[best]]
    return model, Prior(float(labels[best].mean()), float(right.mean()), float(right.std()))


def _distinct_rows(looks: Sequence[Look]) -> IntArray:
    """Return the source rows of all looks, end to end, no two pools sharing a number."""
    widest = 1 + max(int(look.source.max(initial=0)) for look in looks)
    return np.concatenate([look.source + number * widest for number, look in enumerate(looks)])


def _straighten(model: Logistic, log_odds: Doubles, right: Labels) -> tuple[Logistic, Doubles]:
    """Rescale a model so that the probabilities of these log-odds are true.

    Platt 1999: a logistic regression on the log-odds, folded into the coefficients.
    """
    line = fit(log_odds[:, None], right, ridge=0.0)
    slope = float(line.coefficients[0] / line.scales[0])
    offset = line.intercept - slope * float(line.means[0])
    straight = Logistic(offset + slope * model.intercept, slope * model.coefficients, model.means, model.scales)
    return straight, offset + slope * log_odds
