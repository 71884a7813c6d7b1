"""Fits a run's probabilities to what its reviewers decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from align.errors import AlignError, InputError
from align.review.database import Database
from align.review.items import coin
from align.review.statistics import Judged, judged_links
from align.review.sync import require_run, sync
from align.runs.records import Record, changed_record, link_of, link_record, unmatched_of, unmatched_record
from align.storage.files import read_jsonl
from align.storage.locks import locked
from align.storage.sealed import check_run, resealing
from align.types import Doubles, Neighbour, Status
from align.verify.threshold import expected_at

__all__ = ["FEWEST", "FEWEST_OF_A_KIND", "LogOddsLine", "Recalibration", "fit_line", "recalibrate"]

FEWEST: Final = 100
"""Decisions that a refit needs."""
FEWEST_OF_A_KIND: Final = 20
"""Right ones and wrong ones that it needs: ten for either of its two numbers."""

_FOLDS: Final = 10
_STEPS: Final = 50
_SETTLED: Final = 1e-8
"""A step of the fit that changes nothing any more."""
_FLATTEST: Final = 0.05
"""The least slope of a line that still ranks links by their probability."""
_PRIOR: Final = (1.0, 0.5)
"""How far, in standard deviations, intercept and slope are expected from 0 and 1 before anybody judged."""
_MOST_WEIGHT: Final = 5.0


@dataclass(frozen=True, slots=True)
class LogOddsLine:
    """New log-odds = `intercept` + `slope` * old ones (Platt 1999; Cox 1958).

    The slope is above 0.
    """

    intercept: float
    slope: float

    def probability(self, p: float) -> float:
        """Return a probability as the line has it, four decimals.

        >>> LogOddsLine(0.0, 1.0).probability(0.8), LogOddsLine(-1.0, 1.0).probability(0.8)
        (0.8, 0.5954)
        """
        if (self.intercept, self.slope) == (0.0, 1.0):
            return p
        return round(float(1 / (1 + np.exp(-(self.intercept + self.slope * _logits(np.array([p]))[0])))), 4)


@dataclass(frozen=True, slots=True)
class Recalibration:
    """What a refit found.

    The line, from how many `decisions` (`right` of them right), and what it is worth.

    `before` and `after` are log losses (nats a decision) on decisions that the line had not seen (ten folds), weighted
    as the run's links are spread over the probabilities.
    """

    line: LogOddsLine
    decisions: int
    right: float
    before: float
    after: float


def recalibrate(folder: Path) -> Recalibration:
    """Refit the probabilities of a run on its review's decisions.

    It rewrites links.jsonl, unmatched.jsonl and the manifest.

    Accepted and partial pairs are right, the others wrong; disputed ones count half. Who came to an item by searching
    chose it for what it says, so those decisions are left out; the queue chooses by probability alone, and what it
    takes more of is weighed down. No decision is touched: each keeps the probability it was made at.
    Raises AlignError, and changes nothing, for too few decisions or where the new probabilities would be no better.
    """
    require_run(folder)
    if not (folder / "workbench.db").is_file():
        raise InputError(f"{folder}: nobody has reviewed this run: start with `align review {folder}`")
    database = Database(folder / "workbench.db")
    try:
        sync(database, folder)
        with database.reading() as reading:
            judged = [each for each in judged_links(reading) if not each.searched]
            rows = reading.execute("SELECT stratum FROM items WHERE stratum IS NOT NULL")
            strata = np.bincount([row["stratum"] for row in rows])
        found = _fit(judged, strata)
        _rewrite(folder, found)
        sync(database, folder)
    finally:
        database.close()
    return found


def _fit(judged: Sequence[Judged], strata: NDArray[np.int64]) -> Recalibration:
    right = np.array([each.right for each in judged], dtype=np.float64)
    kinds = (float(right.sum()), float(len(right) - right.sum()))
    if len(judged) < FEWEST or min(kinds) < FEWEST_OF_A_KIND:
        raise AlignError(
            f"{len(judged)} decisions, {kinds[0]:g} right and {kinds[1]:g} wrong: recalibrating needs {FEWEST},"
            f" and {FEWEST_OF_A_KIND} of either kind; go on reviewing"
        )
    x = _logits(np.array([each.probability for each in judged]))
    weights = _weights(np.array([each.stratum for each in judged]), strata)
    folds = np.argsort([coin("fold", each.item) for each in judged]).argsort() % _FOLDS
    before, after = (_loss(x, right, weights, folds, refit=refit) for refit in (False, True))
    line = fit_line(x, right, weights)
    if line.slope < _FLATTEST:
        raise AlignError(
            f"the verdicts say the opposite of the probabilities (slope {line.slope:.2f} over {len(judged)} decisions):"
            " the likelier a link, the more often it was rejected; left as they are: look at what was rejected"
        )
    if after >= before:
        raise AlignError(
            f"the probabilities are as good as {len(judged)} decisions can make them (log loss {before:.4f}, refitted"
            f" {after:.4f}, {_FOLDS} folds): left as they are"
        )
    return Recalibration(line, len(judged), kinds[0], before, after)


def _weights(strata: NDArray[np.int64], sizes: NDArray[np.int64]) -> Doubles:
    """Return what each decision counts for, (n,), mean 1.

    As many links as it stands for in its stratum, within reason.

    >>> _weights(np.array([0, 0, 1]), np.array([10, 10])).round(2).tolist()
    [0.75, 0.75, 1.5]
    """
    taken = np.bincount(strata, minlength=len(sizes))
    raw = sizes[strata] / taken[strata]
    raw = np.minimum(raw / raw.mean(), _MOST_WEIGHT)
    return np.asarray(raw / raw.mean(), dtype=np.float64)


def _loss(x: Doubles, right: Doubles, weights: Doubles, folds: NDArray[np.int64], *, refit: bool) -> float:
    """Return the weighted log loss of decisions under lines that did not see them."""
    losses = np.zeros(len(x))
    for fold in range(_FOLDS):
        held = folds == fold
        line = fit_line(x[~held], right[~held], weights[~held]) if refit else LogOddsLine(0.0, 1.0)
        z = line.intercept + line.slope * x[held]
        losses[held] = np.logaddexp(0, z) - right[held] * z
    return float(np.average(losses, weights=weights))


def fit_line(x: Doubles, right: Doubles, weights: Doubles) -> LogOddsLine:
    """Fit new log-odds to old ones.

    `x` (n,) are those of decisions `right` (n,) 0-1 that count `weights` (n,).

    The most probable line given that it is likely to be near the one that changes nothing: Newton's method, each step
    halved until it makes the line more probable, since a whole step can overshoot and never come back. Raises
    AlignError where that does not settle.

    >>> nothing = np.array([], dtype=float)
    >>> fit_line(nothing, nothing, nothing)
    LogOddsLine(intercept=0.0, slope=1.0)
    """
    design = np.column_stack([np.ones(len(x)), x])
    prior, precision = np.array([0.0, 1.0]), 1 / np.square(_PRIOR)

    def cost(beta: Doubles) -> float:
        z = design @ beta
        return float(weights @ (np.logaddexp(0, z) - right * z) + precision @ np.square(beta - prior) / 2)

    beta = prior.copy()
    for _ in range(_STEPS):
        p = 0.5 * (1 + np.tanh(design @ beta / 2))
        gradient = design.T @ (weights * (p - right)) + precision * (beta - prior)
        curvature = (design * (weights * p * (1 - p))[:, None]).T @ design + np.diag(precision)
        step = np.linalg.solve(curvature, gradient)
        while np.abs(step).max() > _SETTLED and cost(beta - step) > cost(beta):
            step = step / 2
        beta = beta - step
        if np.abs(step).max() < _SETTLED:
            return LogOddsLine(float(beta[0]), float(beta[1]))
    raise AlignError(
        f"the refit does not settle on a line within {_STEPS} steps: the probabilities are left as they are;"
        " go on reviewing"
    )


def _logits(p: Doubles) -> Doubles:
    p = np.clip(p, 5e-5, 1 - 5e-5)
    return np.asarray(np.log(p) - np.log1p(-p), dtype=np.float64)


def _rewrite(folder: Path, found: Recalibration) -> None:
    """Write the new probabilities, and in the manifest how they came about."""
    with locked(folder, writing=True):
        manifest = check_run(folder)
        try:
            accept = float(manifest["decision"]["accept"])
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"{folder}/manifest.json: doesn't say from which probability links are accepted: run `align run` again"
            ) from error
        links = [_relinked(line, found.line, accept) for line in read_jsonl(folder / "links.jsonl")]
        unmatched = [_unlinked(line, found.line) for line in read_jsonl(folder / "unmatched.jsonl")]
        acceptable = [link["probability"] for link in links if link["relation"] != "conflict"]
        probabilities = np.array(acceptable, dtype=np.float64)
        manifest["decision"]["expected"] = asdict(expected_at(probabilities, accept))
        manifest.setdefault("counts", {})["links"] = dict(Counter(link["status"] for link in links))
        # Refits add up: each is a line on the probabilities that the one before left.
        manifest["recalibrated"] = [*manifest.get("recalibrated", []), asdict(found)]
        with resealing(folder) as files:
            files.jsonl("unmatched.jsonl", unmatched)
            files.jsonl("links.jsonl", links)
            files.manifest = manifest


def _relinked(record: Record, line: LogOddsLine, accept: float) -> dict[str, Any]:
    link = link_of(record)
    p = line.probability(link.probability)
    status: Status = "accepted" if p >= accept and link.relation != "conflict" else "review"
    now = replace(link, probability=p, status=status, runners_up=_moved(link.runners_up, line))
    return changed_record(record, link_record(now))


def _unlinked(record: Record, line: LogOddsLine) -> dict[str, Any]:
    each = unmatched_of(record)
    return changed_record(record, unmatched_record(replace(each, nearest=_moved(each.nearest, line))))


def _moved(neighbours: Sequence[Neighbour], line: LogOddsLine) -> tuple[Neighbour, ...]:
    return tuple(replace(each, probability=line.probability(each.probability)) for each in neighbours)
