"""The index of what can be judged.

It is built from a run's files and the events, and kept in step with every event.
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from align.review.database import get_meta
from align.review.events import Event, events_of
from align.review.state import State, settle
from align.text.folding import folded
from align.text.normalise import segment_id

__all__ = [
    "NewItem",
    "add_items",
    "coin",
    "create_item",
    "distance",
    "forget_item",
    "logit",
    "pair_id",
    "refresh",
    "set_need",
    "shifted",
    "texts_of",
    "unmatched_item",
    "written",
]

_LEAST: Final = 5e-5
"""Probabilities have four decimals: what is written as 0 is at most this."""

_RULED_OUT: Final = -20.0


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item to be added.

    `body` is the JSON of a line of links.jsonl or unmatched.jsonl, or of a pair made here.
    """

    id: str
    kind: str
    origin: str
    source: Sequence[Mapping[str, Any]]
    target: Sequence[Mapping[str, Any]]
    body: str
    probability: float | None = None
    relation: str | None = None
    status: str | None = None
    side: str | None = None
    doubt: float = 0.0
    attached: str | None = None
    proposed: bool = False
    place: int = 0
    accept: float = 0.8
    audit: tuple[int | None, int | None] = (None, None)
    """The stratum of the audit, and the place in its random order."""


def pair_id(source: Sequence[str], target: Sequence[str]) -> str:
    """Return the id of a pair of segments: that of links.jsonl where either side has one.

    >>> pair_id(["6eaf6eca39195c76"], ["6fcb783632609bdb"])
    '788b8a5cf46687d8'
    """
    return hashlib.sha256(f"{'+'.join(source)}|{'+'.join(target)}".encode()).hexdigest()[:16]


def unmatched_item(segment: str) -> str:
    """Return the id of the item that an unmatched segment is.

    >>> unmatched_item("6eaf6eca39195c76")
    'u-6eaf6eca39195c76'
    """
    return f"u-{segment}"


def written(text: str, lang: str) -> dict[str, Any]:
    """Return the place of a text that a person wrote: it stands in no document."""
    identity = segment_id(text, lang)  # type: ignore[arg-type]
    return {"id": identity, "document": "", "position": -1, "start": 0, "end": len(text), "text": text}


def coin(seed: str, item: str) -> float:
    """Return a number in [0, 1) that looks random and is always the same for an item.

    >>> coin("audit", "788b8a5cf46687d8") == coin("audit", "788b8a5cf46687d8")
    True
    """
    return int.from_bytes(hashlib.blake2b(f"{seed}|{item}".encode(), digest_size=6).digest()) / 2**48


def logit(p: float) -> float:
    """Return the log-odds of a probability.

    For 0 and 1 those of the nearest that four decimals tell apart.

    >>> round(logit(0.8), 4), round(logit(0), 2)
    (1.3863, -9.9)
    """
    p = min(max(p, _LEAST), 1 - _LEAST)
    return math.log(p / (1 - p))


def shifted(p: float, log_odds: float) -> float:
    """Return a probability moved by log-odds, four decimals.

    >>> shifted(0.5, 1.3863), shifted(0.9, 0.0)
    (0.8, 0.9)
    """
    if log_odds <= _RULED_OUT / 2:
        return 0.0
    return round(1 / (1 + math.exp(-(logit(p) + log_odds))), 4) if log_odds else p


def distance(p: float | None, accept: float) -> float:
    """Return how far a probability is from the threshold, in log-odds: the nearest teach most."""
    return abs(logit(p) - logit(accept)) if p is not None else 100.0


def texts_of(source: Sequence[Mapping[str, Any]], target: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Return both sides' texts as they are searched.

    The Kazakh one in the form that all ways of typing it share.
    """
    kazakh, english = (" ".join(place["text"] for place in side) for side in (source, target))
    return folded(kazakh), english


def add_items(database: sqlite3.Connection, items: Sequence[NewItem], first: int) -> None:
    """Add items, numbered from `first` on."""
    numbered = list(enumerate(items, first))
    database.executemany(
        "INSERT INTO items (number, id, kind, side, origin, proposed, source_document, target_document, place,"
        " relation, status, run_probability, probability, distance, doubt, coin, attached, stratum, turn)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((number, *_columns(item)) for number, item in numbered),
    )
    database.executemany(
        "INSERT INTO bodies (number, body) VALUES (?, ?)", ((number, item.body) for number, item in numbered)
    )
    database.executemany(
        "INSERT OR IGNORE INTO item_segments (segment, item) VALUES (?, ?)",
        ((place["id"], item.id) for item in items if item.kind == "link" for place in (*item.source, *item.target)),
    )
    database.executemany(
        "INSERT INTO texts (rowid, source, target) VALUES (?, ?, ?)",
        ((number, *texts_of(item.source, item.target)) for number, item in numbered),
    )


def _columns(item: NewItem) -> tuple[Any, ...]:
    source, target = (side[0]["document"] if side else "" for side in (item.source, item.target))
    return (
        *(item.id, item.kind, item.side, item.origin, int(item.proposed), source, target, item.place),
        *(item.relation, item.status, item.probability, item.probability),
        *(distance(item.probability, item.accept), item.doubt, coin("second", item.id), item.attached, *item.audit),
    )


def create_item(database: sqlite3.Connection, created: Mapping[str, Any]) -> None:
    """Add the item that an event made, unless it is there.

    `created` has item, origin, pair and maybe probability.
    """
    if database.execute("SELECT 1 FROM items WHERE id = ?", (created["item"],)).fetchone():
        return
    pair = created["pair"]
    body = json.dumps(pair, ensure_ascii=False)
    number = database.execute("SELECT coalesce(max(number), 0) + 1 FROM items").fetchone()[0]
    accept = float(get_meta(database, "accept") or 0.8)
    item = NewItem(
        *(created["item"], "link", created["origin"], pair["source"], pair["target"], body),
        probability=created.get("probability"),
        accept=accept,
    )
    add_items(database, [item], number)
    set_need(database, created["item"])


def set_need(database: sqlite3.Connection, item: str) -> None:
    """Settle by the item's coin whether two reviewers judge it."""
    double = float(get_meta(database, "double") or 0)
    database.execute("UPDATE items SET need = 1 + (coin < ?) WHERE id = ?", (double, item))


def forget_item(database: sqlite3.Connection, item: str) -> None:
    """Remove an item that no run proposed and for which nothing speaks any more.

    What made it was undone.
    """
    row = database.execute(
        "SELECT number, body FROM items JOIN bodies USING (number) WHERE id = ? AND proposed = 0", (item,)
    ).fetchone()
    if row is None:
        return
    body = json.loads(row["body"])
    texts = texts_of(body["source"], body["target"])
    # An index that keeps no text of its own has to be told what to forget.
    database.execute("INSERT INTO texts (texts, rowid, source, target) VALUES ('delete', ?, ?, ?)", (row[0], *texts))
    database.execute("DELETE FROM items WHERE id = ?", (item,))


def refresh(database: sqlite3.Connection, item: str) -> State:
    """Bring an item's row and its standing verdicts up to date with its events."""
    events = events_of(database, item)
    state = settle(events)
    _keep_verdicts(database, item, state)
    row = database.execute(
        "SELECT run_probability, need, covered, attached FROM items WHERE id = ?", (item,)
    ).fetchone()
    if row is None:
        return state
    shift = database.execute("SELECT total(log_odds) FROM shifts WHERE item = ?", (item,)).fetchone()[0]
    probability = None if row["run_probability"] is None else shifted(row["run_probability"], shift)
    settled = state.disputed or state.adjudication is not None or len(state.judging) >= row["need"]
    accept = float(get_meta(database, "accept") or 0.8)
    database.execute(
        "UPDATE items SET probability = ?, distance = ?, judged = ?, disputed = ?, flagged = ?, agreed = ?, open = ?,"
        " batched = ? WHERE id = ?",
        (
            *(probability, distance(probability, accept), len(state.judging), int(state.disputed), int(state.flagged)),
            *(state.agreed, int(not settled and not row["covered"] and row["attached"] != "lost")),
            *(int(state.batched), item),
        ),
    )
    return state


def _keep_verdicts(database: sqlite3.Connection, item: str, state: State) -> None:
    standing: list[Event] = [*state.judging.values(), *state.skipped.values()]
    if state.adjudication is not None:
        standing.append(state.adjudication)
    database.execute("DELETE FROM judgements WHERE item = ?", (item,))
    database.executemany(
        "INSERT OR REPLACE INTO judgements (item, reviewer, verdict, event, seq) VALUES (?, ?, ?, ?, ?)",
        ((item, each.reviewer, each.verdict, each.id, each.seq) for each in standing),
    )
