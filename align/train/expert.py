"""Fits one expert, a logistic model.

Its log-odds are logarithms of likelihood ratios of a source's best candidate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np

from align.evaluate.metrics import Labels
from align.search.rows import best_per_row
from align.train.pool_families import Drawn
from align.types import Doubles
from align.verify.logistic import Logistic, fit, sigmoid

__all__ = ["blind_to_more", "fit_report", "fit_translation"]

_MOST_COUNTED: Final = 1000.0
"""Right pairs that a family counts for at most: large pools are not to drown the small ones."""

_LEAST_WRONG: Final = 0.1
"""Share of a family's candidates that its wrong heads count as at least, where nearly all heads are right."""

_TRANSLATIONS_BESIDE_NEWS: Final = 0.02
"""What a pair of a pool of translations counts beside one of the news."""

_EVENTS_BESIDE_ALL: Final = 0.3
"""What a pair counts in the run of one event alone: it stands in the run of all events, too."""


def fit_translation(pools: Sequence[Drawn], expert: str, *, ridge: float) -> Logistic:
    """Fit to pools of translations: in each family, right pairs and wrong heads weigh the same."""
    families = defaultdict(list)
    for pool in pools:
        families[pool.family].append(pool)
    weights = {family: _weights(members) for family, members in families.items()}
    ordered = [pool for members in families.values() for pool in members]
    return fit(
        np.vstack([pool.looked.columns(expert) for pool in ordered]),
        np.concatenate([pool.labels for pool in ordered]),
        ridge=ridge,
        weights=np.concatenate(list(weights.values())),
    )


def _weights(pools: Sequence[Drawn]) -> Doubles:
    labels = np.concatenate([pool.labels for pool in pools])
    heads = np.concatenate([_heads(pool, pool.looked.alone[:, 0]) for pool in pools])
    total = min(_MOST_COUNTED, float(labels.sum()))
    wrong = max(float((heads & ~labels).sum()), _LEAST_WRONG * len(labels))
    return np.where(labels, total / max(float(labels.sum()), 1.0), total / wrong)


def _heads(pool: Drawn, scores: Doubles | np.ndarray[tuple[int], np.dtype[np.float32]]) -> Labels:
    heads = np.zeros(len(pool.labels), dtype=bool)
    if len(heads):
        heads[best_per_row(pool.looked.sources, scores)] = True
    return heads


def fit_report(news: Sequence[Drawn], pools: Sequence[Drawn], expert: str, *, ridge: float) -> Logistic:
    """Fit to news as they are, then take the share of right heads out of the intercept.

    Translations count a little. `pools` may be empty.
    """
    used = [*news, *pools]
    weights = np.concatenate([np.full(len(pool.labels), _counted(pool)) for pool in used])
    model = fit(
        np.vstack([pool.looked.columns(expert) for pool in used]),
        np.concatenate([pool.labels for pool in used]),
        ridge=ridge,
        weights=weights,
    )
    right = sources = 0.0
    for pool in news:
        log_odds = model.log_odds(pool.looked.columns(expert))
        right += float(sigmoid(log_odds[best_per_row(pool.looked.sources, log_odds)]).sum())
        sources += pool.sources
    share = right / sources
    return Logistic(model.intercept - float(np.log(share / (1 - share))), model.coefficients, model.means, model.scales)


def _counted(pool: Drawn) -> float:
    if pool.groups is None:
        return _TRANSLATIONS_BESIDE_NEWS
    return 1.0 if len(np.unique(pool.groups)) > 1 else _EVENTS_BESIDE_ALL


def blind_to_more(model: Logistic, columns: int) -> Logistic:
    """Return a model for so many columns that makes nothing of those behind its own."""
    more = columns - len(model.coefficients)
    zeros, ones = np.zeros(more), np.ones(more)
    return Logistic(
        model.intercept, np.r_[model.coefficients, zeros], np.r_[model.means, zeros], np.r_[model.scales, ones]
    )
