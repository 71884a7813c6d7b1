"""What was decided, as events that are only ever added."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any, Final

from align.errors import InputError
from align.review.interface_language import _
from align.review.verdicts import CATEGORIES

__all__ = [
    "Event",
    "NewEvent",
    "append",
    "check_id",
    "check_reviewer",
    "check_text",
    "check_time",
    "event",
    "events_by_item",
    "events_of",
    "in_cluster",
    "insert",
    "stands",
    "undone",
]

MOST_CHARACTERS: Final = 20_000
"""Characters an edited text may have: ten times the longest sentence anybody means to keep."""

_ID = re.compile(r"[0-9A-Za-z_.:-]{1,64}")
_EARLIEST, _LATEST = "2020", "2200"
"""Between these years lie the times that an event can have; as text, since that is how they are kept."""
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_UNDOS = " WHERE kind = 'undo'"
_COLUMNS = "seq, id, cluster, at, reviewer, kind, item, verdict, undoes, body"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing somebody did.

    `seq` orders the events of this database, `at` (UTC, ISO 8601) those of any.

    `kind` is verdict, undo or ripple. `cluster` is the id of the event that began it: a swap, the acceptance of the
    new pair and the ripple have one, and are undone as one; `undoes` is the cluster that an undo takes back.
    `withdrawn` says that the verdict that implied this one was replaced by another.
    """

    seq: int
    id: str
    cluster: str
    at: str
    reviewer: str
    kind: str
    item: str
    verdict: str | None
    undoes: str | None
    body: Mapping[str, Any]
    withdrawn: bool = False

    @property
    def batch(self) -> str | None:
        """Return the batch in which this verdict was given.

        None for a verdict that somebody gave to this pair alone.
        """
        return self.body.get("batch")

    @property
    def order(self) -> tuple[str, int]:
        """Return what sorts events by time, those of an import among the others.

        An earlier version took any time from an import: one that cannot be true comes before all others, so that
        whoever it names can decide again.
        """
        return (self.at if _EARLIEST <= self.at < _LATEST else ""), self.seq


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be added; id, time and cluster are made where they are not given."""

    reviewer: str
    item: str
    body: Mapping[str, Any]
    verdict: str | None = None
    kind: str = "verdict"
    id: str | None = None
    cluster: str | None = None
    undoes: str | None = None


def append(database: sqlite3.Connection, new: NewEvent) -> Event:
    """Add an event and return it; to be called inside a write."""
    identity = new.id or uuid.uuid4().hex
    insert(
        database,
        {
            "id": identity,
            "cluster": new.cluster or identity,
            "at": _now(database, new.reviewer),
            "reviewer": new.reviewer,
            "kind": new.kind,
            "item": new.item,
            "verdict": new.verdict,
            "undoes": new.undoes,
            "body": json.dumps(new.body, ensure_ascii=False, sort_keys=True),
        },
    )
    row = database.execute(f"SELECT {_COLUMNS} FROM events WHERE id = ?", (identity,)).fetchone()
    return _event(row)


def insert(database: sqlite3.Connection, values: Mapping[str, object]) -> None:
    """Add an event whose columns are all given, as an import does."""
    database.execute(
        "INSERT INTO events (id, cluster, at, reviewer, kind, item, verdict, undoes, body)"
        " VALUES (:id, :cluster, :at, :reviewer, :kind, :item, :verdict, :undoes, :body)",
        values,
    )


def event(database: sqlite3.Connection, identity: str) -> Event | None:
    """Return an event by its id."""
    row = database.execute(f"SELECT {_COLUMNS} FROM events WHERE id = ?", (identity,)).fetchone()
    return _event(row) if row else None


def events_of(database: sqlite3.Connection, item: str) -> list[Event]:
    """Return all events of an item in the order of their time, with what undoes them.

    It may stand at another item.
    """
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM events WHERE item = :item"
        f" UNION SELECT {_COLUMNS} FROM events WHERE undoes IN (SELECT cluster FROM events WHERE item = :item)",
        {"item": item},
    )
    found = sorted(map(_event, rows), key=lambda each: each.order)
    return [replace(each, withdrawn=True) if _is_withdrawn(database, each) else each for each in found]


def events_by_item(database: sqlite3.Connection) -> Iterator[tuple[str, list[Event]]]:
    """Yield each item with its events as `events_of` gives them, ripples left out.

    All of a review in one pass.
    """
    undos = {each.undoes: each for each in map(_event, database.execute(f"SELECT {_COLUMNS} FROM events{_UNDOS}"))}
    rows = database.execute(f"SELECT {_COLUMNS} FROM events WHERE kind = 'verdict' ORDER BY item, seq")
    for item, group in groupby(map(_event, rows), key=lambda each: each.item):
        own = list(group)
        own += [undos[cluster] for cluster in dict.fromkeys(each.cluster for each in own) if cluster in undos]
        own.sort(key=lambda each: each.order)
        yield item, [replace(each, withdrawn=True) if _is_withdrawn(database, each) else each for each in own]


def _is_withdrawn(database: sqlite3.Connection, each: Event) -> bool:
    implied = each.kind == "verdict" and each.cluster != each.id
    return implied and (head := event(database, each.cluster)) is not None and _is_replaced(database, head)


def stands(database: sqlite3.Connection, each: Event) -> bool:
    """Say whether what an event brought about holds.

    Its cluster is not undone, and no later verdict replaced it.

    A verdict is replaced by the same reviewer's next one on the item, a third person's by the next third person's.
    """
    if database.execute("SELECT 1 FROM events WHERE undoes = ?", (each.cluster,)).fetchone():
        return False
    head = each if each.id == each.cluster else event(database, each.cluster)
    return head is None or not _is_replaced(database, head)


def _is_replaced(database: sqlite3.Connection, head: Event) -> bool:
    rows = database.execute(f"SELECT {_COLUMNS} FROM events WHERE item = ? AND kind = 'verdict'", (head.item,))
    later = [each for each in map(_event, rows.fetchall()) if each.order > head.order and _replaces(each, head)]
    # Only later events are asked, and later ones still for them, so that this comes to an end.
    return any(_holds(database, each) for each in later)


def _replaces(later: Event, head: Event) -> bool:
    if later.body.get("adjudicates") or head.body.get("adjudicates"):
        return bool(later.body.get("adjudicates") and head.body.get("adjudicates"))
    return later.reviewer == head.reviewer and later.verdict in CATEGORIES


def _holds(database: sqlite3.Connection, each: Event) -> bool:
    if each.id != each.cluster:
        return stands(database, each)
    return database.execute("SELECT 1 FROM events WHERE undoes = ?", (each.cluster,)).fetchone() is None


def in_cluster(database: sqlite3.Connection, cluster: str) -> list[Event]:
    """Return the events that began with one, itself included."""
    rows = database.execute(f"SELECT {_COLUMNS} FROM events WHERE cluster = ? ORDER BY seq", (cluster,))
    return [_event(row) for row in rows]


def undone(events: Iterable[Event]) -> set[str]:
    """Return the clusters that some of these events undo."""
    return {each.undoes for each in events if each.undoes is not None}


def _event(row: sqlite3.Row) -> Event:
    return Event(**{**dict(row), "body": json.loads(row["body"])})


def _now(database: sqlite3.Connection, reviewer: str) -> str:
    """Return the time, but never one before this reviewer's last event.

    A clock set back must not revive a verdict.
    """
    now = datetime.now(UTC)
    row = database.execute(
        "SELECT max(at) FROM (SELECT at FROM events WHERE reviewer = ? ORDER BY seq DESC LIMIT 20)"
        " WHERE at >= ? AND at < ?",
        (reviewer, _EARLIEST, _LATEST),
    ).fetchone()
    if row[0] is not None:
        last = datetime.strptime(row[0], _TIME).replace(tzinfo=UTC)
        now = max(now, last + timedelta(microseconds=1))
    return now.strftime(_TIME)


def check_time(at: object) -> str:
    """Return a time of the form events have.

    Raises InputError for any other, and for one that cannot be true.

    A day is allowed for clocks that go ahead. Whoever had decided in a year to come could never decide again.
    """
    try:
        time = datetime.strptime(str(at), _TIME).replace(tzinfo=UTC)
    except ValueError as error:
        raise InputError(f"at: {at!r} is no UTC time like 2026-11-22T10:15:00.000000Z") from error
    if str(at) < _EARLIEST or time > datetime.now(UTC) + timedelta(days=1):
        raise InputError(f"at: {at} is before {_EARLIEST} or still to come: nobody decided anything then")
    return time.strftime(_TIME)


def check_id(identity: object) -> str:
    """Return an event's id; raises InputError for what is none.

    >>> check_id("0b9f2c")
    '0b9f2c'
    """
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        raise InputError("an event's id must be 1 to 64 letters, digits, '-', '_', '.' or ':'")
    return identity


def check_reviewer(name: object) -> str:
    """Return a reviewer's name without the space around it.

    Raises InputError for one that can't be shown.

    >>> check_reviewer("  Айгүл ")
    'Айгүл'
    """
    clean = unicodedata.normalize("NFC", name).strip() if isinstance(name, str) else ""
    if not 1 <= len(clean) <= 64 or not clean.isprintable():
        raise InputError(_("a reviewer's name must be 1 to 64 printable characters"))
    return clean


def check_text(text: object, *, what: str) -> str:
    """Return a text that a person typed.

    Raises InputError for an empty, overlong or unstorable one.

    >>> check_text(" Алматы ", what="the Kazakh text")
    'Алматы'
    """
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"{what} is empty: reject the pair instead")
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"{what} has {len(text)} characters, more than the {MOST_CHARACTERS} that can be kept")
    if "\x00" in text or any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise InputError(f"{what} holds characters that no text file can (NUL or half a surrogate pair)")
    return text.strip()
