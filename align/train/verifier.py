"""Fits the verifier to held-out pairs: what the encoder has learned by heart would make it look surer than it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from align.encode.lexical import LexicalSketch
from align.encode.ngram import NgramEncoder
from align.errors import InputError
from align.search.candidates import candidates
from align.train.pairs import Pair, read_pairs, split_pairs
from align.train.pools import Pool, PoolKind, draw_pool
from align.types import Candidates, FloatArray, Side
from align.verify.calibrate import Prior, best_per_row
from align.verify.features import FIRST, contenders, first_look, second_look
from align.verify.logistic import Doubles, Logistic, fit, sigmoid
from align.verify.weights import VerifierWeights

__all__ = ["VerifierTraining", "train_verifier"]

Progress: TypeAlias = Callable[[str], None]

_SIZES: Final = ((6, 32), (20, 16), (60, 8), (200, 4), (700, 2), (1500, 1))
"""Segments of a side, and how many pools of each kind have them: small runs are to be known as well as large ones."""

_NOISE: Final = (0.0, 0.5, 0.9)
_FEWEST: Final = 100


@dataclass(frozen=True, slots=True)
class VerifierTraining:
    """How the verifier is fitted. `pools` multiplies the number of pools, `ridge` is the penalty on coefficients."""

    seed: int = 1
    top_k: int = 32
    ridge: float = 10.0
    pools: float = 1.0


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A pool that was searched: its candidates, first look and truth."""

    found: Candidates
    sides: tuple[Side, Side]
    first: FloatArray
    labels: np.ndarray[tuple[int], np.dtype[np.bool_]]


def train_verifier(
    pairs_path: Path,
    out_path: Path,
    *,
    settings: VerifierTraining | None = None,
    encoder_path: Path | None = None,
    progress: Progress = lambda line: None,
) -> VerifierWeights:
    """Fit a verifier to the held-out pairs of a table and write it as JSON; the same input gives the same file.

    `encoder_path` is the encoder's folder, None for the bundled one. `progress` hears a line per step. Raises
    InputError where the table is unreadable or holds out too few pairs.
    """
    settings = settings or VerifierTraining()
    _, held = split_pairs(read_pairs(pairs_path))
    if len(held) < _FEWEST:
        raise InputError(f"{pairs_path}: holds out {len(held)} pairs of sentences; a verifier needs {_FEWEST} or more")
    tools = NgramEncoder.load(encoder_path), LexicalSketch.load(encoder_path)
    drawn = _draw(held, tools, settings, progress)
    weights = _fit(drawn, settings, progress)
    summary = {"pairs": len(held), "encoder": tools[0].signature, **asdict(settings), **_summary(drawn, weights)}
    weights = VerifierWeights(weights.first, weights.second, weights.prior, summary)
    weights.write(out_path)
    progress(f"wrote {out_path}")
    return weights


def _kinds(settings: VerifierTraining) -> list[PoolKind]:
    """Return the pools to draw: every size, clean and comparable, with documents and without, at every noise."""
    return [
        PoolKind(size, noise, comparable, document)
        for size, times in _SIZES
        for noise in _NOISE
        for comparable in (False, True)
        for time in range(max(1, round(times * settings.pools)))
        # Clean pools are lines in any order, as miners get them; every other comparable one has documents.
        for document in ([0] if not comparable or time % 2 else [min(size, 12)])
    ]


def _draw(
    pairs: Sequence[Pair], tools: tuple[NgramEncoder, LexicalSketch], settings: VerifierTraining, progress: Progress
) -> list[_Drawn]:
    rng = np.random.default_rng(settings.seed)
    kinds = _kinds(settings)
    drawn = []
    for number, kind in enumerate(kinds, start=1):
        pool = draw_pool(pairs, kind, rng)
        drawn.append(_look(pool, tools, settings.top_k))
        if number % 20 == 0 or number == len(kinds):
            progress(f"pool {number} of {len(kinds)}")
    return drawn


def _look(pool: Pool, tools: tuple[NgramEncoder, LexicalSketch], top_k: int) -> _Drawn:
    encoder, lexical = tools
    source = Side(
        pool.sources, "kk", encoder.encode(pool.sources, "kk"), lexical.encode(pool.sources, "kk"), pool.source_document
    )
    target = Side(
        pool.targets, "en", encoder.encode(pool.targets, "en"), lexical.encode(pool.targets, "en"), pool.target_document
    )
    found = candidates(source, target, k=top_k)
    labels = pool.source_key[found.source] == pool.target_key[found.target]
    return _Drawn(found, (source, target), first_look(found, source, target, encoder), labels)


def _fit(drawn: Sequence[_Drawn], settings: VerifierTraining, progress: Progress) -> VerifierWeights:
    first = fit(
        np.vstack([each.first for each in drawn]), np.concatenate([each.labels for each in drawn]), ridge=settings.ridge
    )
    progress("first look fitted")
    chosen, looks = zip(*(_second(each, first) for each in drawn), strict=True)
    labels = [each.labels[rows] for each, rows in zip(drawn, chosen, strict=True)]
    second = fit(np.vstack(looks), np.concatenate(labels), ridge=settings.ridge)
    progress("second look fitted")
    heads = [_heads(each, rows, second.log_odds(look)) for each, rows, look in zip(drawn, chosen, looks, strict=True)]
    log_odds, right = (np.concatenate(column) for column in zip(*heads, strict=True))
    second, log_odds = _straighten(second, log_odds, right)
    prior = Prior(float(right.mean()), float(log_odds[right].mean()), float(log_odds[right].std()))
    return VerifierWeights(first, second, prior)


def _second(each: _Drawn, first: Logistic) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], FloatArray]:
    scores = first.log_odds(each.first)
    return np.flatnonzero(contenders(each.found, scores)), second_look(each.found, each.first, scores, each.sides)


def _heads(each: _Drawn, rows: np.ndarray, log_odds: Doubles) -> tuple[Doubles, np.ndarray]:
    """Return the log-odds and the truth of each source's best candidate."""
    best = best_per_row(each.found.source[rows], log_odds)
    return log_odds[best], each.labels[rows][best]


def _straighten(model: Logistic, log_odds: Doubles, right: np.ndarray) -> tuple[Logistic, Doubles]:
    """Rescale a model so that the best candidates' probabilities are true, they being the ones that are read.

    Platt 1999: a logistic regression on the log-odds, folded into the coefficients.
    """
    line = fit(log_odds[:, None], right, ridge=0.0)
    slope = float(line.coefficients[0] / line.scales[0])
    offset = line.intercept - slope * float(line.means[0])
    straight = Logistic(offset + slope * model.intercept, slope * model.coefficients, model.means, model.scales)
    return straight, offset + slope * log_odds


def _summary(drawn: Sequence[_Drawn], weights: VerifierWeights) -> dict[str, Any]:
    labels = np.concatenate([each.labels for each in drawn])
    scores = np.concatenate([weights.first.log_odds(each.first) for each in drawn])
    p = np.clip(sigmoid(scores), 1e-12, 1 - 1e-12)
    loss = -np.mean(np.where(labels, np.log(p), np.log1p(-p)))
    counts = {"drawn_pools": len(drawn), "candidates": len(labels), "right": int(labels.sum())}
    return {**counts, "first_look_features": len(FIRST), "first_look_log_loss": round(float(loss), 5)}
