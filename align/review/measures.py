"""Reads from the store what agreement, audit and recalibration are computed from."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

import numpy as np

from align.review.agreement import Agreement, agreement
from align.review.audit import Audited, Dial, dial
from align.review.database import get_meta
from align.review.events import events_of
from align.review.records import CATEGORIES
from align.review.state import blind_verdicts

__all__ = ["Judged", "agreement_of", "audited", "dial_of", "judged_links"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A link of the run and what was said of it: `right` counts accepted and partial verdicts, `whole` the accepted.

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


def agreement_of(database: sqlite3.Connection) -> Agreement:
    """Return how far the reviewers agree on the pairs that more than one judged without knowing the others' verdict."""
    rows = database.execute(
        "SELECT item FROM events WHERE kind = 'verdict' GROUP BY item HAVING count(DISTINCT reviewer) > 1 ORDER BY item"
    )
    verdicts = [blind_verdicts(events_of(database, item)) for (item,) in rows.fetchall()]
    disputed = database.execute("SELECT count(*) FROM items WHERE disputed = 1").fetchone()[0]
    return agreement([each for each in verdicts if len(each) > 1], int(disputed))


def judged_links(database: sqlite3.Connection) -> list[Judged]:
    """Return the links of the run that somebody judged, by item id."""
    rows = database.execute(
        "SELECT items.id, run_probability, stratum, turn, body FROM judgements JOIN items ON items.id = judgements.item"
        " JOIN events ON events.id = judgements.event WHERE stratum IS NOT NULL AND judgements.verdict <> 'skip'"
        " ORDER BY items.id, judgements.reviewer"
    )
    found: dict[str, tuple[sqlite3.Row, list[dict[str, Any]], list[str]]] = {}
    verdicts = _verdicts(database)
    for row in rows:
        found.setdefault(row["id"], (row, [], verdicts[row["id"]]))[1].append(json.loads(row["body"]))
    return [_judged(row, bodies, said) for row, bodies, said in found.values()]


def _verdicts(database: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the categories said of every judged item, the third person's alone where one has decided."""
    rows = database.execute(
        "SELECT judgements.item, judgements.verdict, coalesce(json_extract(body, '$.adjudicates'), 0) AS last"
        " FROM judgements JOIN events ON events.id = judgements.event WHERE judgements.verdict <> 'skip'"
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


def audited(database: sqlite3.Connection) -> Audited:
    """Return the run's links and the random sample among those that were judged.

    Each stratum stands in a random order: those judged from its beginning without a gap are a simple random sample,
    whichever queue they came by. Who skips an item leaves no gap, for somebody looked at it; it counts as no answer.
    """
    links = database.execute(
        "SELECT id, run_probability, stratum, turn FROM items WHERE stratum IS NOT NULL ORDER BY stratum, turn"
    ).fetchall()
    judged = {each.item: each for each in judged_links(database)}
    skipped = {item for (item,) in database.execute("SELECT item FROM judgements WHERE verdict = 'skip'")}
    rows, ended = [], set()
    for number, link in enumerate(links):
        if link["stratum"] in ended:
            continue
        if link["id"] in judged:
            rows.append(number)
        elif link["id"] not in skipped:
            ended.add(link["stratum"])
    sample = [judged[links[number]["id"]] for number in rows]
    return Audited(
        probabilities=np.array([link["run_probability"] for link in links], dtype=np.float64),
        strata=np.array([link["stratum"] for link in links], dtype=np.int64),
        rows=np.array(rows, dtype=np.int64),
        right=np.array([each.right for each in sample], dtype=np.float64),
        whole=np.array([each.whole for each in sample], dtype=np.float64),
    )


def dial_of(database: sqlite3.Connection, threshold: float | None) -> Dial:
    """Return the precision at a threshold, the run's own unless given, and along the curve."""
    accept = float(get_meta(database, "accept") or 0.8)
    verifier = json.loads(get_meta(database, "models") or "{}").get("verifier", "unknown")
    signature = f"precision|stratified Wilson 95 %|{verifier}"
    return dial(audited(database), accept if threshold is None else threshold, signature=signature)
