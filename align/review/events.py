"""What was decided, as events that are only ever added."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from align.errors import InputError

__all__ = [
    "Event",
    "NewEvent",
    "append",
    "check_id",
    "check_reviewer",
    "check_text",
    "check_time",
    "event",
    "events_of",
    "in_cluster",
    "insert",
    "undone",
]

MOST_CHARACTERS: Final = 20_000
"""Characters an edited text may have: ten times the longest sentence anybody means to keep."""

_ID = re.compile(r"[0-9A-Za-z_.:-]{1,64}")
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_COLUMNS = "seq, id, cluster, at, reviewer, kind, item, verdict, undoes, body"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing somebody did. `seq` orders the events of this database, `at` (UTC, ISO 8601) those of any.

    `kind` is verdict, undo or ripple. `cluster` is the id of the event that began it: a swap, the acceptance of the
    new pair and the ripple have one, and are undone as one; `undoes` is the cluster that an undo takes back.
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

    @property
    def order(self) -> tuple[str, int]:
        """Return what sorts events by time, those of an import among the others."""
        return self.at, self.seq


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
    """Return all events of an item in the order of their time, with what undoes them: it may stand at another item."""
    rows = database.execute(
        f"SELECT {_COLUMNS} FROM events WHERE item = :item"
        f" UNION SELECT {_COLUMNS} FROM events WHERE undoes IN (SELECT cluster FROM events WHERE item = :item)",
        {"item": item},
    )
    return sorted(map(_event, rows), key=lambda each: each.order)


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
    """Return the time, but never one before this reviewer's last event: a clock set back must not revive a verdict."""
    now = datetime.now(UTC)
    row = database.execute(
        "SELECT max(at) FROM (SELECT at FROM events WHERE reviewer = ? ORDER BY seq DESC LIMIT 20)", (reviewer,)
    ).fetchone()
    if row[0] is not None:
        last = datetime.strptime(row[0], _TIME).replace(tzinfo=UTC)
        now = max(now, last + timedelta(microseconds=1))
    return now.strftime(_TIME)


def check_time(at: object) -> str:
    """Return a time of the form events have; raises InputError for any other."""
    try:
        return datetime.strptime(str(at), _TIME).strftime(_TIME)
    except ValueError as error:
        raise InputError(f"at: {at!r} is no UTC time like 2026-11-22T10:15:00.000000Z") from error


def check_id(identity: object) -> str:
    """Return an event's id; raises InputError for what is none.

    >>> check_id("0b9f2c")
    '0b9f2c'
    """
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        raise InputError("an event's id must be 1 to 64 letters, digits, '-', '_', '.' or ':'")
    return identity


def check_reviewer(name: object) -> str:
    """Return a reviewer's name without the space around it; raises InputError for one that can't be shown.

    >>> check_reviewer("  Айгүл ")
    'Айгүл'
    """
    clean = unicodedata.normalize("NFC", name).strip() if isinstance(name, str) else ""
    if not 1 <= len(clean) <= 64 or not clean.isprintable():
        raise InputError("a reviewer's name must be 1 to 64 printable characters")
    return clean


def check_text(text: object, *, what: str) -> str:
    """Return a text that a person typed; raises InputError for an empty, overlong or unstorable one.

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
