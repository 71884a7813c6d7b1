"""Who is to judge what, and how much a day.

Parts of a run that are assigned to people, and their targets.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from align.errors import InputError
from align.review.database import get_meta
from align.review.errors import NotAllowedError
from align.review.events import check_reviewer
from align.review.interface_language import _, ngettext
from align.review.pace import day_of_last
from align.review.verdicts import JUDGES

__all__ = ["Assignment", "Part", "Target", "assign", "assignments", "set_target", "spread", "targets", "unassign"]

_MOST_DAILY: Final = 100_000


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a run.

    A `document` by its id, or the pairs `first` to `last` (from 1) in the order of links.jsonl.
    """

    document: str | None = None
    first: int | None = None
    last: int | None = None

    @property
    def told(self) -> str:
        """Return the part as the command line names it."""
        return f"document {self.document}" if self.document else f"pairs {self.first} to {self.last}"

    @property
    def clause(self) -> tuple[str, list[Any]]:
        """Return the condition of SQL that its items meet, with its values."""
        if self.document is not None:
            return "(source_document = ? OR target_document = ?)", [self.document] * 2
        return "(kind = 'link' AND proposed = 1 AND number BETWEEN ? AND ?)", [self.first, self.last]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A part that `reviewer` is to judge.

    `total` items, of which they judged `done`, and `left` ask for their verdict.

    `on` is the day on which the last of them is done at their target, or else at their pace of the last seven days,
    what was assigned to them before included; None where neither tells.
    """

    id: str
    reviewer: str
    part: Part
    total: int
    done: int
    left: int
    on: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """How many verdicts a day (UTC) somebody means to give, and how many they gave `today`."""

    reviewer: str
    daily: int
    today: int


def assign(database: sqlite3.Connection, reviewer: str, part: Part, *, by: str) -> str:
    """Assign a part to somebody, and return the assignment's id; to be called inside a write.

    Raises InputError for a part that is none, NotAllowedError for one that they have already.
    """
    reviewer = check_reviewer(reviewer)
    _check_part(database, part)
    values = (reviewer, part.document, part.first, part.last)
    question = "SELECT 1 FROM assignments WHERE reviewer = ? AND document IS ? AND first IS ? AND last IS ?"
    if database.execute(question, values).fetchone():
        raise NotAllowedError(_("{name} has this part already").format(name=reviewer))
    identity = uuid.uuid4().hex
    database.execute(
        "INSERT INTO assignments (id, reviewer, document, first, last, at, by) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (identity, *values, datetime.now(UTC).isoformat(), check_reviewer(by)),
    )
    spread(database)
    return identity


def unassign(database: sqlite3.Connection, identity: str) -> None:
    """Take an assignment back; to be called inside a write. What was judged stays."""
    database.execute("DELETE FROM assignments WHERE id = ?", (identity,))
    spread(database)


def spread(database: sqlite3.Connection) -> None:
    """Note at each item to whom it is assigned.

    To be called inside a write, after whatever changes items as well.
    """
    database.execute("DELETE FROM assigned")
    for row in database.execute("SELECT * FROM assignments ORDER BY at, id").fetchall():
        clause, values = _part(row).clause
        question = f"INSERT OR IGNORE INTO assigned (item, reviewer) SELECT id, ? FROM items WHERE {clause}"
        database.execute(question, [row["reviewer"], *values])


def set_target(database: sqlite3.Connection, reviewer: str, daily: int, *, by: str) -> None:
    """Let somebody mean to give so many verdicts a day, 0 for no target.

    To be called inside a write.
    """
    if not 0 <= daily <= _MOST_DAILY:
        raise InputError(_("a target is a number of verdicts a day, 0 for none"))
    reviewer = check_reviewer(reviewer)
    database.execute("DELETE FROM targets WHERE reviewer = ?", (reviewer,))
    if daily:
        values = (reviewer, daily, datetime.now(UTC).isoformat(), check_reviewer(by))
        database.execute("INSERT INTO targets (reviewer, daily, at, by) VALUES (?, ?, ?, ?)", values)


def targets(database: sqlite3.Connection, *, today: date) -> list[Target]:
    """Return who means to give how many verdicts a day, by name."""
    rows = database.execute("SELECT reviewer, daily FROM targets ORDER BY reviewer").fetchall()
    return [Target(row["reviewer"], row["daily"], given_on(database, row["reviewer"], today)) for row in rows]


def given_on(database: sqlite3.Connection, reviewer: str, day: date) -> int:
    """Return how many of a reviewer's standing verdicts were given on a day (UTC)."""
    question = (
        "SELECT count(*) FROM judgements JOIN events ON events.id = judgements.event"
        f" WHERE judgements.reviewer = ? AND judgements.verdict {JUDGES} AND at >= ? AND at < ? AND cluster = events.id"
    )
    until = day + timedelta(days=1)
    return int(database.execute(question, (reviewer, day.isoformat(), until.isoformat())).fetchone()[0])


def assignments(
    database: sqlite3.Connection, done: Mapping[str, Mapping[date, int]], *, today: date
) -> list[Assignment]:
    """Return all assignments in the order in which they were made.

    `done` counts verdicts by reviewer and day.
    """
    daily = {row["reviewer"]: row["daily"] for row in database.execute("SELECT reviewer, daily FROM targets")}
    waiting: defaultdict[str, int] = defaultdict(int)
    found = []
    for row in database.execute("SELECT * FROM assignments ORDER BY at, id").fetchall():
        part, reviewer = _part(row), row["reviewer"]
        clause, values = part.clause
        mine = f"id IN (SELECT item FROM judgements WHERE reviewer = ? AND verdict {JUDGES})"
        total, judged, left = database.execute(
            f"SELECT count(*), coalesce(sum({mine}), 0), coalesce(sum(open = 1 AND NOT {mine}), 0)"
            f" FROM items WHERE {clause}",
            [reviewer, reviewer, *values],
        ).fetchone()
        waiting[reviewer] += left
        on = day_of_last(done.get(reviewer, {}), waiting[reviewer], today, daily=daily.get(reviewer))
        found.append(Assignment(row["id"], reviewer, part, total, judged, left, on))
    return found


def _part(row: sqlite3.Row) -> Part:
    return Part(row["document"], row["first"], row["last"])


def _check_part(database: sqlite3.Connection, part: Part) -> None:
    if part.document is not None:
        if not database.execute("SELECT 1 FROM documents WHERE id = ?", (part.document,)).fetchone():
            raise InputError(_("no document of this run is called “{name}”").format(name=part.document))
        return
    links = int(get_meta(database, "links") or 0)
    if part.first is None or part.last is None or not 1 <= part.first <= part.last <= links:
        asked = ngettext(
            "the run has {n} pair: name the first and the last of them, from 1",
            "the run has {n} pairs: name the first and the last of them, from 1",
            links,
        )
        raise InputError(asked.format(n=links))
