"""Reads from the store what agreement, audit and recalibration are computed from."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from align.review.agreement import Agreement, agreement
from align.review.database import get_meta
from align.review.events import events_of
from align.review.precision import Audited, PrecisionEstimate, estimate, point
from align.review.state import blind_verdicts
from align.review.verdicts import CATEGORIES, JUDGES

__all__ = ["Judged", "Population", "PrecisionReader", "agreement_of", "audited", "judged_links", "population"]

_ALONE: Final = "json_extract(body, '$.batch') IS NULL"
"""What SQL asks of an event's body to know that its pair was judged by itself, and in no batch."""

_SKIPPED: Final = (
    "SELECT item FROM judgements WHERE verdict = 'skip' UNION SELECT item FROM items JOIN events"
    " ON events.item = items.id WHERE batched = 1 AND verdict = 'skip'"
)
"""What somebody passed on, also where the pair's verdict is a batch's."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A link of the run and what was said of it.

    `right` counts accepted and partial verdicts, `whole` the accepted.

    Both are shares (0-1) of its standing verdicts, a third person's alone where there is one. `searched` says that
    somebody came to it by a search and not by the queue.
    """

    item: str
    probability: float
    stratum: int
    turn: int
    right: float
    whole: float
    searched: bool


@dataclass(frozen=True, slots=True)
class Population:
    """The run's links, stratum by stratum, each in its random order.

    `probabilities` and `strata` are (N,).

    `files` are those it was read from, as `sync` knows them.
    """

    files: str | None
    items: tuple[str, ...]
    probabilities: NDArray[np.float64]
    strata: NDArray[np.int64]


def agreement_of(database: sqlite3.Connection) -> Agreement:
    """Return how far the reviewers agree.

    On the pairs that more than one judged without knowing the others' verdict.
    """
    rows = database.execute(
        "SELECT item FROM events WHERE kind = 'verdict' GROUP BY item HAVING count(DISTINCT reviewer) > 1 ORDER BY item"
    )
    verdicts = [blind_verdicts(events_of(database, item)) for (item,) in rows.fetchall()]
    disputed = database.execute("SELECT count(*) FROM items WHERE disputed = 1").fetchone()[0]
    return agreement([each for each in verdicts if len(each) > 1], int(disputed))


def judged_links(database: sqlite3.Connection) -> list[Judged]:
    """Return the links of the run that somebody judged, by item id.

    Those of a batch were judged by nobody.
    """
    rows = database.execute(
        "SELECT items.id, run_probability, stratum, turn, body FROM judgements JOIN items ON items.id = judgements.item"
        f" JOIN events ON events.id = judgements.event WHERE stratum IS NOT NULL AND judgements.verdict {JUDGES}"
        f" AND {_ALONE}"
        " ORDER BY items.id, judgements.reviewer"
    )
    found: dict[str, tuple[sqlite3.Row, list[dict[str, Any]], list[str]]] = {}
    verdicts = _verdicts(database)
    for row in rows:
        found.setdefault(row["id"], (row, [], verdicts[row["id"]]))[1].append(json.loads(row["body"]))
    return [_judged(row, bodies, said) for row, bodies, said in found.values()]


def _verdicts(database: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the categories said of every judged item.

    The third person's alone where one has decided.
    """
    rows = database.execute(
        "SELECT judgements.item, judgements.verdict, coalesce(json_extract(body, '$.adjudicates'), 0) AS last"
        f" FROM judgements JOIN events ON events.id = judgements.event WHERE judgements.verdict {JUDGES} AND {_ALONE}"
    ).fetchall()
    found: dict[str, list[str]] = {}
    settled = {row["item"] for row in rows if row["last"]}
    for row in rows:
        if row["last"] or row["item"] not in settled:
            found.setdefault(row["item"], []).append(CATEGORIES[row["verdict"]])
    return found


def _judged(row: sqlite3.Row, bodies: list[dict[str, Any]], said: list[str]) -> Judged:
    whole = said.count("accept") / len(said)
    right = whole + said.count("partial") / len(said)
    searched = all(body.get("served") == "search" for body in bodies)
    return Judged(row["id"], row["run_probability"], row["stratum"], row["turn"], right, whole, searched)


def population(database: sqlite3.Connection) -> Population:
    """Return the run's links as the audit draws from them: they change with the run only."""
    rows = database.execute(
        "SELECT id, run_probability, stratum FROM items WHERE stratum IS NOT NULL ORDER BY stratum, turn"
    ).fetchall()
    return Population(
        files=get_meta(database, "files"),
        items=tuple(row["id"] for row in rows),
        probabilities=np.array([row["run_probability"] for row in rows], dtype=np.float64),
        strata=np.array([row["stratum"] for row in rows], dtype=np.int64),
    )


def audited(database: sqlite3.Connection, links: Population) -> Audited:
    """Return the run's links and the random sample among those that were judged.

    Each stratum stands in a random order: those judged from its beginning without a gap are a simple random sample,
    whichever queue they came by. Who skips an item leaves no gap, for somebody looked at it; it counts as no answer.
    """
    judged = {each.item: each for each in judged_links(database)}
    skipped = {item for (item,) in database.execute(_SKIPPED)}
    rows: list[int] = []
    for first in np.unique(links.strata, return_index=True)[1].tolist():
        stratum = links.strata[first]
        for row in range(first, len(links.items)):
            item = links.items[row]
            if links.strata[row] != stratum or (item not in judged and item not in skipped):
                break
            if item in judged:
                rows.append(row)
    sample = [judged[links.items[row]] for row in rows]
    return Audited(
        probabilities=links.probabilities,
        strata=links.strata,
        rows=np.array(rows, dtype=np.int64),
        right=np.array([each.right for each in sample], dtype=np.float64),
        whole=np.array([each.whole for each in sample], dtype=np.float64),
    )


class PrecisionReader:
    """Estimates the precision, and keeps what only another run or another verdict can change."""

    def __init__(self) -> None:
        self._population: Population | None = None
        self._kept: tuple[tuple[str | None, int], Audited, PrecisionEstimate] | None = None

    def read(self, database: sqlite3.Connection, threshold: float | None) -> PrecisionEstimate:
        """Return the precision at a threshold, the run's own unless given, and along the curve."""
        links, files = self._population, get_meta(database, "files")
        if links is None or links.files != files:
            links = self._population = population(database)
        last = database.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0]
        kept = self._kept
        if kept is None or kept[0] != (files, last):
            accept = float(get_meta(database, "accept") or 0.8)
            verifier = json.loads(get_meta(database, "models") or "{}").get("verifier", "unknown")
            found = audited(database, links)
            signature = f"precision|stratified Wilson 95 %|{verifier}"
            kept = self._kept = (files, last), found, estimate(found, accept, signature=signature)
        _, found, whole = kept
        return whole if threshold is None else replace(whole, now=point(found, threshold))
