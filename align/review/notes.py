"""Notes: what reviewers wrote beside their verdicts, and what others answered."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection
from typing import Literal, TypeAlias

from align.review.verdicts import JUDGES
from align.text.folding import folded

__all__ = ["NoteState", "as_values", "noted_items"]

NoteState: TypeAlias = Literal["yes", "open", "answered"]
"""Which notes are meant: all, those that nobody else has answered, those that somebody has."""


def noted_items(database: sqlite3.Connection, reviewer: str, state: NoteState | None, words: str) -> Collection[str]:
    """Return the items with notes that this reviewer may see.

    Own ones, and all on what they have judged.

    `words` must stand in the notes, each at a word's beginning, in any of the ways of typing Kazakh.
    """
    rows = database.execute(
        "SELECT item, reviewer, json_extract(body, '$.comment') AS comment FROM events"
        " WHERE kind = 'verdict' AND comment IS NOT NULL"
        " AND cluster NOT IN (SELECT undoes FROM events WHERE undoes IS NOT NULL) AND (reviewer = ? OR item IN"
        f" (SELECT item FROM judgements WHERE reviewer = ? AND verdict {JUDGES})) ORDER BY seq",
        (reviewer, reviewer),
    )
    threads: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows.fetchall():
        threads[row["item"]].append((row["reviewer"], row["comment"]))
    return [
        item
        for item, thread in threads.items()
        if state in (None, "yes") or (state == "answered") == (thread[-1][0] != thread[0][0])
        if _holds(" ".join(comment for _, comment in thread), words)
    ]


def _holds(text: str, words: str) -> bool:
    """Say whether each word begins one of a text's.

    >>> _holds("Күні басқа: Thursday", "куни thurs"), _holds("Thursday", "friday")
    (True, False)
    """
    standing = folded(text).split()
    return all(any(word.startswith(asked) for word in standing) for asked in folded(words).split())


def as_values(items: Collection[str]) -> str:
    """Return items as one value for SQL's json_each.

    They are too many for parameters of their own.
    """
    return json.dumps(list(items))
