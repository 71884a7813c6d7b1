"""Ties the decisions of earlier runs to the items of this one."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from align.review.attach import Location, RunSegment, RunSegments, Spot
from align.review.consequences import cover, keep_shifts
from align.review.events import Event, event, events_of, stands
from align.review.items import NewItem, add_items, create_item, forget_item, pair_id, refresh, set_need
from align.review.state import State, settle

__all__ = ["Reattached", "reattach"]


@dataclass(frozen=True, slots=True)
class Reattached:
    """How many standing decisions there are, and how they found their texts.

    `exact`, by `overlap`, or `lost`.
    """

    decisions: int = 0
    exact: int = 0
    overlap: int = 0
    lost: int = 0


def reattach(database: sqlite3.Connection) -> Reattached:
    """Bring back every item that was decided, with where its texts stand now.

    To be called inside a write.
    """
    decided = [row[0] for row in database.execute("SELECT DISTINCT item FROM events WHERE kind = 'verdict'")]
    if not decided:
        return Reattached()
    ripples = _standing_ripples(database)
    moved = {item for (item,) in database.execute("SELECT item FROM shifts")}
    database.execute("DELETE FROM shifts")
    for body, identity in ripples:
        keep_shifts(database, identity, body["changes"])
    segments = _run_segments(database)
    counts: Counter[str] = Counter()
    overlapping: dict[str, Location] = {}
    for item in sorted(decided):
        where = _bring_back(database, item, segments, counts)
        if where is not None and where.how == "overlap":
            overlapping[item] = where
    _restore_rippled(database, ripples, segments)
    for item in sorted(moved):
        refresh(database, item)
    _cover(database, overlapping)
    _forget_unspoken(database)
    return Reattached(counts.total(), counts["exact"], counts["overlap"], counts["lost"])


def _bring_back(
    database: sqlite3.Connection, item: str, segments: RunSegments, counts: Counter[str]
) -> Location | None:
    """Attach an item's decisions to their texts; None where all of them were undone."""
    events = events_of(database, item)
    state = settle(events)
    pair = next((each.body["pair"] for each in reversed(events) if "pair" in each.body), None)
    where = None
    if pair is not None and _stands(state):
        where = segments.find(pair)
        if database.execute("UPDATE items SET attached = ? WHERE id = ?", (where.how, item)).rowcount == 0:
            _restore(database, item, events, where)
        counts[where.how] += len(state.judging) + (state.adjudication is not None)
    refresh(database, item)
    return where


def _stands(state: State) -> bool:
    return bool(state.judging or state.skipped or state.adjudication or state.flagged)


def _restore(database: sqlite3.Connection, item: str, events: Sequence[Event], where: Location) -> None:
    """Add an item that the run did not propose.

    What a person decided outlives the model's opinion.
    """
    last = next(each for each in reversed(events) if "pair" in each.body)
    pair = last.body["pair"]
    unmatched = not (pair["source"] and pair["target"])
    body = {**pair, "now": {"source": where.source, "target": where.target}, "missing": where.missing}
    new = NewItem(
        *(item, "unmatched" if unmatched else "link", str(last.body.get("origin", "mined"))),
        *(pair["source"], pair["target"], json.dumps(body, ensure_ascii=False)),
        relation=last.body.get("relation"),
        side=("source" if pair["source"] else "target") if unmatched else None,
        attached=where.how,
    )
    add_items(database, [new], _next_number(database))
    set_need(database, item)


def _next_number(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT coalesce(max(number), 0) + 1 FROM items").fetchone()[0])


def _run_segments(database: sqlite3.Connection) -> RunSegments:
    rows = database.execute("SELECT document, position, id, start, text FROM segments ORDER BY document, position")
    documents = database.execute("SELECT id, path, sha256 FROM documents ORDER BY number")
    return RunSegments((RunSegment(*row) for row in rows), [tuple(row) for row in documents])


def _standing_ripples(database: sqlite3.Connection) -> list[tuple[dict[str, Any], str]]:
    rows = database.execute("SELECT id FROM events WHERE kind = 'ripple' ORDER BY seq").fetchall()
    ripples = [found for (identity,) in rows if (found := event(database, identity)) is not None]
    return [(dict(each.body), each.id) for each in ripples if stands(database, each)]


def _restore_rippled(
    database: sqlite3.Connection, ripples: Sequence[tuple[dict[str, Any], str]], segments: RunSegments
) -> None:
    """Add the pairs that a ripple first made links, where their texts are segments still.

    What it moved is moved again.
    """
    for body, _ in ripples:
        for change in body["changes"]:
            if "pair" in change and segments.find(change["pair"]).how == "exact":
                create_item(database, {**change, "origin": "ripple"})
            refresh(database, change["item"])


def _forget_unspoken(database: sqlite3.Connection) -> None:
    """Remove the pairs that were made here by a verdict which an import has undone or replaced."""
    rows = database.execute(
        "SELECT id FROM items WHERE proposed = 0 AND flagged = 0 AND id NOT IN (SELECT item FROM judgements)"
        " AND id NOT IN (SELECT item FROM shifts)"
    ).fetchall()
    for (item,) in rows:
        forget_item(database, item)


def _cover(database: sqlite3.Connection, overlapping: Mapping[str, Location]) -> None:
    """Relate decisions to the new links that overlap their texts.

    Ask nobody again where all of them say one thing.
    """
    related: dict[str, list[str]] = defaultdict(list)
    for item, where in overlapping.items():
        for link in _links_among(database, where.source, where.target):
            related[link].append(item)
    for link, items in related.items():
        both = [(link, item) for item in items] + [(item, link) for item in items]
        database.executemany("INSERT OR IGNORE INTO related (item, other) VALUES (?, ?)", both)
        cover(database, link)


def _links_among(database: sqlite3.Connection, source: Sequence[Spot], target: Sequence[Spot]) -> list[str]:
    ids = [[_segment_id(database, spot) for spot in side] for side in (source, target)]
    pairs = [pair_id([one], [other]) for one in ids[0] for other in ids[1]]
    found = (
        database.execute("SELECT id FROM items WHERE id = ? AND proposed = 1", (pair,)).fetchone() for pair in pairs
    )
    return [row[0] for row in found if row]


def _segment_id(database: sqlite3.Connection, spot: Spot) -> str:
    return str(database.execute("SELECT id FROM segments WHERE document = ? AND position = ?", spot).fetchone()[0])
