"""What each reviewer did, day by day, and what is left: for whoever runs a review."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path
from statistics import median
from typing import Any, Final

from align.review.assignments import Assignment, Target, assignments, targets
from align.review.events import Event, events_by_item
from align.review.pace import day_of_last, gaps_by_day, pace_of
from align.review.sheets import sheet
from align.review.state import State, blind_events, differ, settle
from align.review.verdicts import CATEGORIES, REASONS, VERDICTS
from align.storage.files import replacing

__all__ = ["Left", "Report", "Work", "report_of", "report_sheet", "write_report"]

_WAYS: Final = (
    *REASONS,
    *(name for name, each in VERDICTS.items() if each.category == "reject" and each.detail != "reason"),
)
"""What a rejection may say: its reason, or the verdict that rejects without one."""


@dataclass(slots=True)
class Work:
    """What one reviewer did on a UTC day, or on all days where `day` is None.

    `accepted`, `partial` and `rejected` count own verdicts that stand, what a swap or merge implied left out; `done` is
    their sum. `reasons` counts the rejected by reason, or by verdict where that has none. `adjudicated` counts disputes
    that this person decided. `seconds` is the median between verdicts without pauses of five minutes, None where
    nothing tells. Of `compared` blind verdicts of others on the same items `alike` said the same. `overruled` counts
    own verdicts that a third person decided against. `batched` counts pairs accepted in batches that nobody judged
    since: they are not `done`.
    """

    reviewer: str
    day: str | None
    accepted: int = 0
    partial: int = 0
    rejected: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    adjudicated: int = 0
    seconds: float | None = None
    compared: int = 0
    alike: int = 0
    overruled: int = 0
    batched: int = 0

    @property
    def done(self) -> int:
        """Return how many own verdicts stand."""
        return self.accepted + self.partial + self.rejected

    @property
    def agreement(self) -> float | None:
        """Return the share of others' verdicts that said the same (0-1), None where there are none."""
        return self.alike / self.compared if self.compared else None

    def record(self) -> dict[str, Any]:
        """Return it as one JSON object."""
        return {**asdict(self), "reasons": dict(self.reasons), "done": self.done, "agreement": self.agreement}

    def count(self, each: Event) -> None:
        """Count a verdict that stands."""
        category = CATEGORIES[str(each.verdict)]
        if category == "reject":
            self.rejected += 1
            self.reasons[str(each.body.get("reason") or each.verdict)] += 1
        elif category == "partial":
            self.partial += 1
        else:
            self.accepted += 1


@dataclass(frozen=True, slots=True)
class Left:
    """What is still to do.

    Open `links`, the `verdicts` they ask for, `disputed` items, `unmatched` segments.

    `seconds` of one person's work the verdicts take at the pace of all so far, None for fewer than five verdicts.
    `days` they take at the mean of all verdicts on a day on which anybody judged, None where nobody did. `on` is the
    day (UTC, ISO 8601) on which the last of them comes at the pace of the last seven days, None where nobody judged in
    these.
    """

    links: int
    verdicts: int
    disputed: int
    unmatched: int
    seconds: float | None
    days: float | None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The work by reviewer and day, and by reviewer alone.

    What is left, what is assigned to whom, and targets.
    """

    days: tuple[Work, ...]
    reviewers: tuple[Work, ...]
    left: Left
    assigned: tuple[Assignment, ...] = ()
    targets: tuple[Target, ...] = ()

    def record(self) -> dict[str, Any]:
        """Return it as one JSON object."""
        works = {"days": self.days, "reviewers": self.reviewers}
        given = {name: [each.record() for each in rows] for name, rows in works.items()}
        planned = {
            "assigned": [asdict(each) for each in self.assigned],
            "targets": [asdict(each) for each in self.targets],
        }
        return {**given, "left": asdict(self.left), **planned}


class _Works(dict[tuple[str, str | None], Work]):
    """Work by reviewer and day, made where it is first asked for."""

    def __missing__(self, key: tuple[str, str | None]) -> Work:
        self[key] = Work(*key)
        return self[key]

    def of(self, each: Event) -> tuple[Work, Work]:
        """Return what an event counts for: its day, and all days."""
        return self[each.reviewer, each.at[:10]], self[each.reviewer, None]


def report_of(database: sqlite3.Connection, *, today: date | None = None) -> Report:
    """Return what each reviewer did, day by day, and what is left.

    `today` is the present day (UTC) unless given.
    """
    works = _Works()
    gaps = _add_gaps(database, works)
    for _item, events in events_by_item(database):
        _add_verdicts(works, settle(events))
        _add_agreement(works, list(blind_events(events).values()))
    rows = sorted(works.values(), key=lambda each: (each.reviewer, each.day or ""))
    days = tuple(each for each in rows if each.day is not None)
    today = today or datetime.now(UTC).date()
    done = {
        name: _by_day([each for each in days if each.reviewer == name]) for name in {each.reviewer for each in days}
    }
    return Report(
        days,
        tuple(each for each in rows if each.day is None),
        _left(database, days, gaps, today),
        tuple(assignments(database, done, today=today)),
        tuple(targets(database, today=today)),
    )


def _by_day(days: Sequence[Work]) -> dict[date, int]:
    """Return how many verdicts were given on each day."""
    counts: Counter[date] = Counter()
    for each in days:
        if each.day is not None:
            counts[date.fromisoformat(each.day)] += each.done
    return counts


def _add_gaps(database: sqlite3.Connection, works: _Works) -> list[float]:
    """Fill in the seconds between verdicts, and return those of everybody."""
    times: defaultdict[str, list[str]] = defaultdict(list)
    rows = database.execute("SELECT reviewer, at FROM events WHERE kind = 'verdict' AND cluster = id ORDER BY at, seq")
    for reviewer, at in rows.fetchall():
        times[reviewer].append(at)
    everybody: list[float] = []
    for reviewer, moments in times.items():
        by_day: defaultdict[str | None, list[float]] = defaultdict(list)
        for day, gap in gaps_by_day(moments):
            by_day[day].append(gap)
            by_day[None].append(gap)
        for each, gaps in by_day.items():
            works[reviewer, each].seconds = median(gaps)
        everybody += by_day[None]
    return everybody


def _add_verdicts(works: _Works, state: State) -> None:
    """Count the verdicts on an item that people gave themselves and that stand."""
    last = state.adjudication
    for each in state.judging.values():
        if each.batch is not None:
            for work in works.of(each):
                work.batched += 1
        if each.cluster != each.id:
            continue
        for work in works.of(each):
            work.count(each)
            work.overruled += last is not None and differ([each, last])
    if last is not None:
        for work in works.of(last):
            work.adjudicated += 1


def _add_agreement(works: _Works, blind: Sequence[Event]) -> None:
    for mine, other in permutations(blind, 2):
        for work in works.of(mine):
            work.compared += 1
            work.alike += CATEGORIES[str(mine.verdict)] == CATEGORIES[str(other.verdict)]


def _left(database: sqlite3.Connection, days: Sequence[Work], gaps: Sequence[float], today: date) -> Left:
    links, verdicts = database.execute(
        "SELECT count(*), coalesce(sum(need - judged), 0) FROM items WHERE kind = 'link' AND open = 1"
    ).fetchone()
    disputed = database.execute("SELECT count(*) FROM items WHERE disputed = 1").fetchone()[0]
    unmatched = database.execute("SELECT count(*) FROM items WHERE kind = 'unmatched' AND open = 1").fetchone()[0]
    pace = pace_of(gaps)
    done, worked = sum(each.done for each in days), {each.day for each in days if each.done}
    seconds = None if pace is None else pace * verdicts
    mean = verdicts * len(worked) / done if done else None
    on = day_of_last(_by_day(days), verdicts, today) if verdicts else None
    return Left(links, verdicts, disputed, unmatched, seconds, mean, on)


def write_report(report: Report, path: Path) -> None:
    """Write a CSV file with one row a reviewer and day.

    One row for all days has an empty day.
    """
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
        stream.write(report_sheet(report))


def report_sheet(report: Report) -> str:
    """Return the same as CSV."""
    return sheet(list(_row(Work("", None))), (_row(each) for each in (*report.days, *report.reviewers)))


def _row(work: Work) -> Mapping[str, object]:
    record = work.record()
    names = ("reviewer", "day", "done", "accepted", "partial", "rejected", "adjudicated", "seconds")
    agreed = {name: record[name] for name in ("compared", "alike", "agreement", "overruled", "batched")}
    reasons = {f"rejected: {way.replace('_', ' ')}": work.reasons[way] for way in _WAYS}
    return {name: record[name] for name in names} | agreed | reasons
