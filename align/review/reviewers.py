"""Who has reviewed under which name."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from align.review.verdicts import JUDGES

__all__ = ["KnownReviewer", "known_as"]


@dataclass(frozen=True, slots=True)
class KnownReviewer:
    """A name with decisions.

    How many `verdicts` stand, and how many `seconds` ago the last thing was decided.
    """

    reviewer: str
    verdicts: int
    seconds: float


def known_as(database: sqlite3.Connection, name: str) -> KnownReviewer | None:
    """Return who has decided anything under a name, written just so or else in another case.

    None for a new one.
    """
    rows = database.execute("SELECT reviewer, max(at) FROM events WHERE kind = 'verdict' GROUP BY reviewer").fetchall()
    last = {row[0]: row[1] for row in rows}
    found = name if name in last else next((each for each in sorted(last) if each.casefold() == name.casefold()), None)
    if found is None:
        return None
    count = database.execute(f"SELECT count(*) FROM judgements WHERE reviewer = ? AND verdict {JUDGES}", (found,))
    seconds = (datetime.now(UTC) - datetime.fromisoformat(last[found])).total_seconds()
    return KnownReviewer(found, int(count.fetchone()[0]), max(seconds, 0.0))
