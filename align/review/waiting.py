"""What waits for a reviewer, wherever it is.

Shown on the first page, and at the end of a queue.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from align.review.verdicts import JUDGES

__all__ = ["SegmentsDone", "Waiting", "segments_done", "waiting_for"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many items wait for one reviewer.

    `pairs` and the `kazakh` and `english` segments without a counterpart ask for one more verdict that this reviewer
    may give, `skipped` are pairs that they passed on, `disputes` what two others judged differently.
    """

    pairs: int
    kazakh: int
    english: int
    skipped: int
    disputes: int

    @property
    def segments(self) -> int:
        """Return how many segments without a counterpart wait, of both languages."""
        return self.kazakh + self.english


def waiting_for(database: sqlite3.Connection, reviewer: str) -> Waiting:
    """Return what waits for a reviewer."""
    judged = f"SELECT item FROM judgements WHERE reviewer = ? AND verdict {JUDGES}"
    passed = "SELECT item FROM judgements WHERE reviewer = ? AND verdict = 'skip'"

    def number(condition: str, *values: str) -> int:
        return int(database.execute(f"SELECT count(*) FROM items WHERE {condition}", values).fetchone()[0])

    return Waiting(
        pairs=number(f"kind = 'link' AND open = 1 AND id NOT IN ({judged})", reviewer),
        kazakh=number(f"kind = 'unmatched' AND side = 'source' AND open = 1 AND id NOT IN ({judged})", reviewer),
        english=number(f"kind = 'unmatched' AND side = 'target' AND open = 1 AND id NOT IN ({judged})", reviewer),
        skipped=number(f"kind = 'link' AND open = 1 AND id IN ({passed})", reviewer),
        disputes=number(f"disputed = 1 AND id NOT IN ({judged})", reviewer),
    )


@dataclass(frozen=True, slots=True)
class SegmentsDone:
    """How far one reviewer is with the segments without a counterpart.

    How many of `total` ask for no verdict of theirs any more.
    """

    done: int
    total: int


def segments_done(database: sqlite3.Connection, reviewer: str, side: str | None) -> SegmentsDone:
    """Return how far a reviewer is with the segments of a side ("source", "target").

    Of both where it is None.
    """
    row = database.execute(
        "SELECT count(*), coalesce(sum(open = 0 OR id IN (SELECT item FROM judgements WHERE reviewer = ?1"
        f" AND verdict {JUDGES})), 0) FROM items WHERE kind = 'unmatched' AND (?2 IS NULL OR side = ?2)",
        (reviewer, side),
    ).fetchone()
    return SegmentsDone(int(row[1]), int(row[0]))
