"""Logistic regression by Newton's method: a few dozen coefficients that a person can read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.types import Doubles

__all__ = ["Logistic", "fit", "sigmoid"]


_STEPS = 60
_DONE = 1e-9


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted model: log-odds = intercept + sum of coefficient * (feature - mean) / scale.

    `means`, `scales` and `coefficients` are (f,) float64.
    """

    intercept: float
    coefficients: Doubles
    means: Doubles
    scales: Doubles

    def log_odds(self, features: NDArray[np.floating]) -> Doubles:
        """Return (n,) float64 log-odds of (n, f) features."""
        return self.intercept + ((features - self.means) / self.scales) @ self.coefficients


def sigmoid(log_odds: Doubles) -> Doubles:
    """Return probabilities of log-odds without overflow.

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    half = np.tanh(0.5 * np.asarray(log_odds, np.float64))
    return 0.5 * (1.0 + half)


def fit(
    features: NDArray[np.floating], labels: NDArray[np.bool_], *, ridge: float = 1.0, weights: Doubles | None = None
) -> Logistic:
    """Fit coefficients to (n, f) features and (n,) labels.

    There is a ridge on the standardised coefficients.

    `weights` is (n,), how much each row counts. The intercept is not penalised. Newton's method with step halving
    (Hastie, Tibshirani and Friedman 2009, section 4.4.1), so that it is deterministic and needs no learning rate.
    Raises ValueError where the labels are all alike.

    >>> model = fit(np.array([[0.], [1.], [2.], [3.]]), np.array([False, True, False, True]), ridge=0.1)
    >>> bool(model.coefficients[0] > 0)
    True
    """
    if labels.all() or not labels.any():
        raise ValueError(f"labels must hold both kinds, not {int(labels.sum())} positives of {len(labels)}")
    counts = np.ones(len(labels)) if weights is None else weights
    means = np.average(features, axis=0, weights=counts)
    scales = np.sqrt(np.average((features - means) ** 2, axis=0, weights=counts))
    scales = np.where(scales > 1e-9, scales, 1.0)
    design = np.column_stack([np.ones(len(labels)), (features - means) / scales])
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = 0.0
    beta = _newton(design, labels.astype(np.float64), counts, penalty)
    return Logistic(float(beta[0]), beta[1:], means, scales)


def _newton(design: Doubles, labels: Doubles, counts: Doubles, penalty: Doubles) -> Doubles:
    beta = np.zeros(design.shape[1])
    loss = _loss(design, labels, counts, penalty, beta)
    for _ in range(_STEPS):
        p = sigmoid(design @ beta)
        gradient = design.T @ (counts * (p - labels)) + penalty * beta
        curvature = (design * (counts * p * (1 - p))[:, None]).T @ design + np.diag(penalty + 1e-8)
        step = np.linalg.solve(curvature, gradient)
        # A full step may overshoot where the classes are nearly separable, so it is halved until the loss falls.
        for _ in range(30):
            trial = _loss(design, labels, counts, penalty, beta - step)
            if trial <= loss:
                break
            step = step / 2
        beta = beta - step
        if loss - trial < _DONE * max(1.0, abs(loss)):
            break
        loss = trial
    return beta


def _loss(design: Doubles, labels: Doubles, counts: Doubles, penalty: Doubles, beta: Doubles) -> float:
    z = design @ beta
    return float(np.sum(counts * (np.logaddexp(0.0, z) - labels * z)) + 0.5 * np.sum(penalty * beta**2))
