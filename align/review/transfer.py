"""Decisions as JSON lines: out of one review and into another, as often as one likes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from align.errors import InputError
from align.review.database import Database
from align.review.events import check_id, check_reviewer, check_time, insert
from align.review.reattach import reattach
from align.review.records import REASONS, VERDICTS
from align.storage.files import read_jsonl

__all__ = ["Imported", "export_events", "import_events"]

_COLUMNS: Final = ("id", "cluster", "at", "reviewer", "kind", "item", "verdict", "undoes", "body")
_KINDS: Final = ("verdict", "undo", "ripple")


@dataclass(frozen=True, slots=True)
class Imported:
    """How many events an import `added`, and how many were `known` already."""

    added: int
    known: int


def export_events(database: Database) -> Iterator[dict[str, Any]]:
    """Yield every event, the undone and the undoing ones too, in the order they were made: one JSON object each."""
    with database.reading() as reading:
        for row in reading.execute(f"SELECT {', '.join(_COLUMNS)} FROM events ORDER BY seq"):
            yield {**dict(row), "body": json.loads(row["body"])}


def import_events(database: Database, path: Path) -> Imported:
    """Add the events of an export that are not there yet, all or none, and tie them to this run's texts.

    Raises InputError with file and line for what is no event, and for an id that stands for another event here.
    """
    added = known = 0
    with database.writing() as writing:
        for number, record in enumerate(read_jsonl(path), 1):
            try:
                new = _add(writing, _checked(record))
            except (InputError, sqlite3.IntegrityError) as error:
                raise InputError(f"{path}, line {number}: {error}") from error
            added, known = added + new, known + (not new)
        if added:
            reattach(writing)
    return Imported(added, known)


def _checked(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return an event's columns; raises InputError for what would not be one."""
    missing = [name for name in _COLUMNS if name not in record]
    if missing:
        raise InputError(f"no event of a review: {', '.join(missing)} missing")
    body = record["body"]
    if record["kind"] not in _KINDS or not isinstance(body, dict):
        raise InputError(f"no event of a review: kind {record['kind']!r}")
    if record["kind"] == "verdict" and not _is_verdict(record["verdict"], body):
        raise InputError(f"no verdict that this version knows: {record['verdict']!r}")
    if record["kind"] == "ripple" and not _is_ripple(body):
        raise InputError("no ripple: its changes lack item or log_odds")
    if not isinstance(record["item"], str) or not isinstance(record["verdict"], str | None):
        raise InputError("no event of a review: item and verdict must be text")
    return {
        **{name: record[name] for name in ("kind", "item", "verdict")},
        "id": check_id(record["id"]),
        "cluster": check_id(record["cluster"]),
        "undoes": None if record["undoes"] is None else check_id(record["undoes"]),
        "at": check_time(record["at"]),
        "reviewer": check_reviewer(record["reviewer"]),
        "body": json.dumps(body, ensure_ascii=False, sort_keys=True),
    }


def _is_verdict(verdict: object, body: Mapping[str, Any]) -> bool:
    """Say whether an event has what the state is built from: a known verdict on a pair of full places."""
    if verdict not in VERDICTS or (verdict == "reject" and body.get("reason") not in REASONS):
        return False
    created = body.get("creates")
    return _is_pair(body.get("pair")) and (created is None or (isinstance(created, dict) and "item" in created))


def _is_pair(pair: object) -> bool:
    if not isinstance(pair, dict) or {"source", "target"} - pair.keys():
        return False
    places = [place for side in ("source", "target") for place in pair[side]]
    return bool(places) and all(isinstance(place, dict) and _is_place(place) for place in places)


def _is_place(place: Mapping[str, Any]) -> bool:
    texts = all(isinstance(place.get(name), str) for name in ("id", "document", "text"))
    numbers = all(isinstance(place.get(name), int) for name in ("position", "start", "end"))
    return texts and numbers and (not place["document"] or {"path", "sha256"} <= place.keys())


def _is_ripple(body: Mapping[str, Any]) -> bool:
    changes = body.get("changes")
    return isinstance(changes, list) and all(
        isinstance(each, dict) and isinstance(each.get("item"), str) and isinstance(each.get("log_odds"), float | int)
        for each in changes
    )


def _add(database: sqlite3.Connection, event: Mapping[str, Any]) -> bool:
    """Add an event unless it is there; say whether it was added."""
    row = database.execute(f"SELECT {', '.join(_COLUMNS)} FROM events WHERE id = ?", (event["id"],)).fetchone()
    if row is None:
        insert(database, event)
        return True
    if any(row[name] != event[name] for name in _COLUMNS):
        raise InputError(f"the id {event['id']} stands for another event in this review")
    return False
