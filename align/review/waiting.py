"""What waits for a reviewer, wherever it is: shown on the first page, and at the end of a queue."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from align.review.verdicts import JUDGES

__all__ = ["Waiting", "waiting_for"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many items wait for one reviewer.

    `pairs` and `segments` ask for one more verdict that this reviewer may give, `skipped` are pairs that they passed
    on, `disputes` what two others judged differently.
    """

    pairs: int
    segments: int
    skipped: int
    disputes: int


def waiting_for(database: sqlite3.Connection, reviewer: str) -> Waiting:
    """Return what waits for a reviewer."""
    judged = f"SELECT item FROM judgements WHERE reviewer = ? AND verdict {JUDGES}"
    passed = "SELECT item FROM judgements WHERE reviewer = ? AND verdict = 'skip'"

    def number(condition: str, *values: str) -> int:
        return int(database.execute(f"SELECT count(*) FROM items WHERE {condition}", values).fetchone()[0])

    return Waiting(
        pairs=number(f"kind = 'link' AND open = 1 AND id NOT IN ({judged})", reviewer),
        segments=number(f"kind = 'unmatched' AND open = 1 AND id NOT IN ({judged})", reviewer),
        skipped=number(f"kind = 'link' AND open = 1 AND id IN ({passed})", reviewer),
        disputes=number(f"disputed = 1 AND id NOT IN ({judged})", reviewer),
    )
