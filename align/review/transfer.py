"""Decisions as JSON lines: out of one review and into another, as often as one likes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from align.errors import InputError
from align.review.database import Database
from align.review.event_checks import COLUMNS, checked
from align.review.events import event, events_of, insert
from align.review.reattach import reattach
from align.storage.files import read_jsonl

__all__ = ["Imported", "export_events", "import_events"]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many events an import `added`, and how many were `known` already."""

    added: int
    known: int


def export_events(database: Database) -> Iterator[dict[str, Any]]:
    """Yield every event, the undone and the undoing ones too, in the order they were made.

    One JSON object each.
    """
    with database.reading() as reading:
        for row in reading.execute(f"SELECT {', '.join(COLUMNS)} FROM events ORDER BY seq"):
            yield {**dict(row), "body": json.loads(row["body"])}


def import_events(database: Database, path: Path) -> Imported:
    """Add the events of an export that are not there yet, all or none.

    They are tied to this run's texts.

    Raises InputError with file and line for what is no event, and for an id that stands for another event here.
    """
    added = known = 0
    with database.writing() as writing:
        for number, record in enumerate(read_jsonl(path), 1):
            try:
                new = _add(writing, checked(record))
            except (InputError, sqlite3.IntegrityError) as error:
                raise InputError(f"{path}, line {number}: {error}") from error
            added, known = added + new, known + (not new)
        if added:
            reattach(writing)
    return Imported(added, known)


def _add(database: sqlite3.Connection, new: Mapping[str, Any]) -> bool:
    """Add an event unless it is there; say whether it was added."""
    row = database.execute(f"SELECT {', '.join(COLUMNS)} FROM events WHERE id = ?", (new["id"],)).fetchone()
    if row is None:
        _check_cluster(database, new)
        _check_trim(database, new)
        insert(database, new)
        return True
    if any(row[name] != new[name] for name in COLUMNS):
        raise InputError(f"the id {new['id']} stands for another event in this review")
    return False


def _check_cluster(database: sqlite3.Connection, new: Mapping[str, Any]) -> None:
    """Raise InputError for an event that belongs to none.

    Or that undoes what nobody said or somebody else did.
    """
    if new["cluster"] != new["id"]:
        _require_head(database, new["cluster"], new["reviewer"], "belongs to")
    if new["undoes"] is not None:
        _require_head(database, new["undoes"], new["reviewer"], "undoes")


def _check_trim(database: sqlite3.Connection, new: Mapping[str, Any]) -> None:
    """Raise InputError for a trim outside its text.

    That is the original or what the reviewer had made of it.
    """
    body = json.loads(new["body"])
    for side in ("source", "target"):
        span = body.get(f"{side}_span")
        if span is None:
            continue
        earlier = [each for each in events_of(database, new["item"]) if each.reviewer == new["reviewer"]]
        original = " ".join(place["text"] for place in body["pair"][side])
        longest = max(len(original), *(len(each.body.get(f"{side}_text") or "") for each in earlier), 0)
        if span[1] > longest:
            raise InputError(f"{side}_span = {span} lies outside the {longest} characters of the text")


def _require_head(database: sqlite3.Connection, named: str, reviewer: str, does: str) -> None:
    head = event(database, named)
    if head is None or head.kind != "verdict" or head.cluster != head.id:
        raise InputError(f"the event {does} {named!r}, and no verdict of that id comes before it")
    if head.reviewer != reviewer:
        raise InputError(f"the event is {reviewer}'s and {does} a verdict of {head.reviewer}'s")
