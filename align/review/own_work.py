"""What one reviewer has said, by time: to be looked at again, taken back or taken along."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from align.review.event_checks import COLUMNS
from align.review.records import Row
from align.review.sheets import sheet
from align.review.views import list_rows

__all__ = ["OwnVerdict", "own_events", "own_sheet", "own_work"]


@dataclass(frozen=True, slots=True)
class OwnVerdict:
    """A verdict of one's own that stands.

    When it was given (UTC), what it says, and the item as one may see it.
    """

    event: str
    at: str
    verdict: str
    reason: str | None
    comment: str | None
    row: Row

    @property
    def day(self) -> str:
        """Return the day (UTC) on which it was given."""
        return self.at[:10]


def own_work(
    database: sqlite3.Connection, reviewer: str, *, limit: int = -1, offset: int = 0
) -> tuple[tuple[OwnVerdict, ...], int]:
    """Return a page of a reviewer's standing verdicts, the last first, and how many there are.

    A page of -1 is all of them.
    """
    total = database.execute("SELECT count(*) FROM judgements WHERE reviewer = ?", (reviewer,)).fetchone()[0]
    rows = database.execute(
        "SELECT items.*, e.id AS event, e.at AS said_at, j.verdict AS said, e.body AS said_body"
        " FROM judgements j JOIN events e ON e.id = j.event JOIN items ON items.id = j.item"
        " WHERE j.reviewer = ? ORDER BY e.at DESC, e.seq DESC LIMIT ? OFFSET ?",
        (reviewer, limit, max(offset, 0)),
    ).fetchall()
    shown = list_rows(database, rows, reviewer)
    return tuple(_own(row, each) for row, each in zip(rows, shown, strict=True)), int(total)


def _own(row: sqlite3.Row, shown: Row) -> OwnVerdict:
    body: dict[str, Any] = json.loads(row["said_body"])
    return OwnVerdict(row["event"], row["said_at"], row["said"], body.get("reason"), body.get("comment"), shown)


def own_events(database: sqlite3.Connection, reviewer: str) -> Iterator[dict[str, Any]]:
    """Yield all that a reviewer did, as `align review export` writes it."""
    rows = database.execute(f"SELECT {', '.join(COLUMNS)} FROM events WHERE reviewer = ? ORDER BY seq", (reviewer,))
    for row in rows:
        yield {**dict(row), "body": json.loads(row["body"])}


def own_sheet(work: tuple[OwnVerdict, ...]) -> str:
    """Return verdicts as CSV, a row each."""
    names = ("at", "verdict", "reason", "note", "kazakh", "english", "item")
    rows = (
        dict(
            zip(
                names,
                (each.at, each.verdict, each.reason or "", each.comment or "", *_texts(each.row), each.row.id),
                strict=True,
            )
        )
        for each in work
    )
    return sheet(names, rows)


def _texts(row: Row) -> tuple[str, str]:
    return row.source_text, row.target_text
