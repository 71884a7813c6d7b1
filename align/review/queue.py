"""What comes next for a reviewer, and lists of what there is."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from align.errors import InputError
from align.review.database import get_meta
from align.review.notes import as_values, noted_items
from align.review.pace import gaps_by_day, pace_of
from align.review.records import Filter, ReviewProgress, Row, Rows
from align.review.verdicts import JUDGES
from align.review.views import list_rows
from align.text.folding import folded, words

__all__ = ["browse", "disputed", "history", "passing", "progress", "upcoming"]

Clause: TypeAlias = "tuple[str, list[Any]]"

AUDIT_EVERY: Final = 4
"""One in so many of a reviewer's items is drawn at random for the audit."""

_RESERVED_SECONDS: Final = 600.0
_LAST: Final = 50

_ORDERS: Final = {
    "informative": "distance, number",
    "disagreement": "doubt, number",
    "document": "place, number",
    "probability": "probability DESC, number",
}
_QUERY = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]|([^"“”„«»\s]+)')
_MOST_WORDS: Final = 20
_LEAST_LATIN: Final = 3
"""Latin letters from which a word is looked for in Kazakh too: an "in" or "he" begins too many words there."""

_LEFT_TO_CHANCE = (
    "batched = 1 AND turn IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM events e WHERE e.item = items.id AND e.reviewer = ? AND e.verdict = 'skip')"
    " AND NOT EXISTS (SELECT 1 FROM reservations r WHERE r.item = items.id AND r.reviewer <> ? AND r.expires > ?)"
)
"""What a batch accepted, nobody has judged since, this reviewer has not passed on, and nobody else is looking at."""

_FREE = (
    "open = 1 AND NOT EXISTS (SELECT 1 FROM judgements j WHERE j.item = items.id AND j.reviewer = ?)"
    " AND judged + (SELECT count(*) FROM ({others})) < need"
)
_LOOKING = "SELECT r.reviewer FROM reservations r WHERE r.item = items.id AND r.reviewer <> ? AND r.expires > ?"
_TO_JUDGE = (
    "SELECT a.reviewer FROM assigned a WHERE a.item = items.id"
    " AND NOT EXISTS (SELECT 1 FROM judgements j WHERE j.item = a.item AND j.reviewer = a.reviewer)"
    " AND NOT EXISTS (SELECT 1 FROM assigned mine WHERE mine.item = a.item AND mine.reviewer = ?) AND a.reviewer <> ?"
)
"""Who holds an item: those who look at it, and those to whom it is assigned, unless it is the reviewer's too."""


def upcoming(
    database: sqlite3.Connection, reviewer: str, filter: Filter, *, count: int, exclude: Collection[str]
) -> list[str]:
    """Return the ids of the next items for a reviewer, and reserve them.

    To be called inside a write.
    """
    if filter.state not in (None, "open"):
        rows, _ = _select(database, filter, reviewer, limit=count + len(exclude), offset=0)
        return [row["id"] for row in rows if row["id"] not in exclude][:count]
    now = time.time()
    free = unseen_by_others = (_FREE.format(others=_LOOKING), [reviewer, reviewer, now])
    assigned = _is_assigned(database) and replace(filter, state=None) == _plain(filter)
    if assigned:
        free = (_FREE.format(others=f"{_LOOKING} UNION {_TO_JUDGE}"), [reviewer, reviewer, now, reviewer, reviewer])
    if filter.batch is not None:
        # Whoever prepares a batch has to judge just these, whatever others do with them meanwhile.
        free = ("NOT EXISTS (SELECT 1 FROM judgements j WHERE j.item = items.id AND j.reviewer = ?)", [reviewer])
    wanted = replace(filter, state=None)
    asked = [free, *_clauses(database, wanted, reviewer)]
    chosen = []
    if assigned:
        own: Clause = ("id IN (SELECT item FROM assigned WHERE reviewer = ?)", [reviewer])
        # Nobody else's part keeps one from one's own, so that this question is the cheaper one.
        mine = [unseen_by_others, *_clauses(database, wanted, reviewer), own]
        chosen = _ids(database, mine, _order(filter), limit=count, exclude=exclude)
    if len(chosen) < count:
        without = [*exclude, *chosen]
        chosen += _ids(database, asked, _order(filter), limit=count - len(chosen), exclude=without)
    if wanted == Filter(order=filter.order):
        unseen: Clause = (_LEFT_TO_CHANCE, [reviewer, reviewer, now])
        audit = _audit(database, free, unseen, limit=count, exclude=exclude)
        chosen = _woven(chosen, audit, first=_count_given(database, reviewer) + len(exclude), count=count)
    if len(chosen) < count:
        chosen += _skipped(database, wanted, reviewer, limit=count - len(chosen), exclude=[*exclude, *chosen])
    _reserve(database, reviewer, chosen, exclude, now)
    return chosen


def _is_assigned(database: sqlite3.Connection) -> bool:
    """Say whether anything is assigned to anybody."""
    return database.execute("SELECT 1 FROM assignments LIMIT 1").fetchone() is not None


def _plain(filter: Filter) -> Filter:
    """Return the queue that everybody walks through, where a filter asks for no other.

    That is, for no more than its kind and order.
    """
    return Filter(kind=filter.kind, side=filter.side, order=filter.order)


def _audit(
    database: sqlite3.Connection, free: Clause, unseen: Clause, *, limit: int, exclude: Collection[str]
) -> list[str]:
    """Return the next items of the random sample: that a batch accepted one is no answer to it."""
    rows = [
        row
        for each in ([free, _kind("link"), ("turn IS NOT NULL", [])], [unseen])
        for row in _rows(database, each, "turn, stratum", columns="id, turn, stratum", limit=limit + len(exclude))
    ]
    ranked = sorted(rows, key=lambda row: (row["turn"], row["stratum"]))
    return [row["id"] for row in ranked if row["id"] not in exclude][:limit]


def _woven(queue: Sequence[str], audit: Sequence[str], *, first: int, count: int) -> list[str]:
    """Return items of the queue, every fourth of the stream replaced by one of the audit.

    >>> _woven(["a", "b", "c"], ["z", "a"], first=2, count=4)
    ['a', 'z', 'b', 'c']
    """
    sources = {False: list(queue), True: list(audit)}
    chosen: list[str] = []
    for place in range(first, first + count):
        audited = place % AUDIT_EVERY == AUDIT_EVERY - 1
        rest = [*sources[audited], *sources[not audited]]
        item = next((each for each in rest if each not in chosen), None)
        if item is not None:
            chosen.append(item)
    return chosen


def _count_given(database: sqlite3.Connection, reviewer: str) -> int:
    """Return how many verdicts a reviewer has standing: their place in the stream of items."""
    question = "SELECT count(*) FROM judgements WHERE reviewer = ?"
    return int(database.execute(question, (reviewer,)).fetchone()[0])


def _skipped(
    database: sqlite3.Connection, filter: Filter, reviewer: str, *, limit: int, exclude: Collection[str]
) -> list[str]:
    """Return what the reviewer passed on: it comes again when nothing else is left."""
    mine = ("open = 1 AND id IN (SELECT item FROM judgements WHERE reviewer = ? AND verdict = 'skip')", [reviewer])
    return _ids(database, [mine, *_clauses(database, filter, reviewer)], _order(filter), limit=limit, exclude=exclude)


def _ids(
    database: sqlite3.Connection, clauses: Sequence[Clause], order: str, *, limit: int, exclude: Collection[str]
) -> list[str]:
    # What is excluded is a handful of prefetched items, so asking for as many more is cheaper than telling which.
    rows = _rows(database, clauses, order, columns="id", limit=limit + len(exclude))
    return [row["id"] for row in rows if row["id"] not in exclude][:limit]


def _rows(
    database: sqlite3.Connection, clauses: Sequence[Clause], order: str, *, columns: str, limit: int
) -> list[sqlite3.Row]:
    where, values = _joined(clauses)
    found = database.execute(f"SELECT {columns} FROM items WHERE {where} ORDER BY {order} LIMIT ?", [*values, limit])
    return found.fetchall()


def _reserve(
    database: sqlite3.Connection, reviewer: str, chosen: Sequence[str], held: Collection[str], now: float
) -> None:
    """Reserve items, drop what this reviewer no longer holds, and what nobody came back to."""
    rows = database.execute("SELECT item FROM reservations WHERE reviewer = ?", (reviewer,))
    mine = {row["item"] for row in rows}
    # What a page holds may have been judged meanwhile, and is reserved no more.
    keep = {*chosen, *(mine & {*held})}
    database.executemany(
        "DELETE FROM reservations WHERE reviewer = ? AND item = ?", ((reviewer, item) for item in mine - keep)
    )
    database.executemany(
        "INSERT OR REPLACE INTO reservations (item, reviewer, expires) SELECT id, ?, ? FROM items WHERE id = ?",
        ((reviewer, now + _RESERVED_SECONDS, item) for item in keep),
    )


def disputed(database: sqlite3.Connection, reviewer: str, *, count: int, exclude: Collection[str]) -> list[str]:
    """Return disputed items that a third person may decide, and reserve them.

    To be called inside a write.
    """
    now = time.time()
    clause = (
        "disputed = 1 AND NOT EXISTS (SELECT 1 FROM judgements j WHERE j.item = items.id AND j.reviewer = ?"
        f" AND j.verdict {JUDGES}) AND NOT EXISTS (SELECT 1 FROM reservations r"
        " WHERE r.item = items.id AND r.reviewer <> ? AND r.expires > ?)"
    )
    chosen = _ids(database, [(clause, [reviewer, reviewer, now])], "number", limit=count, exclude=exclude)
    _reserve(database, reviewer, chosen, exclude, now)
    return chosen


def browse(database: sqlite3.Connection, filter: Filter, reviewer: str, *, limit: int, offset: int) -> Rows:
    """Return a page of the items that pass a filter, and how many do."""
    rows, total = _select(database, filter, reviewer, limit=limit, offset=offset)
    return Rows(list_rows(database, rows, reviewer), total)


def _select(
    database: sqlite3.Connection, filter: Filter, reviewer: str, *, limit: int, offset: int
) -> tuple[list[sqlite3.Row], int]:
    where, values = _joined(_clauses(database, filter, reviewer))
    total = database.execute(f"SELECT count(*) FROM items WHERE {where}", values).fetchone()[0]
    rows = database.execute(
        f"SELECT * FROM items WHERE {where} ORDER BY {_order(filter)} LIMIT ? OFFSET ?",
        [*values, max(limit, 0), max(offset, 0)],
    )
    return rows.fetchall(), int(total)


def _order(filter: Filter) -> str:
    if filter.order not in _ORDERS:
        raise InputError(f"order {filter.order!r}: known are {', '.join(_ORDERS)}")
    return _ORDERS[filter.order]


def _joined(clauses: Sequence[Clause]) -> Clause:
    if not clauses:
        return "1", []
    return " AND ".join(f"({clause})" for clause, _ in clauses), [value for _, values in clauses for value in values]


def _kind(kind: str) -> Clause:
    return "kind = ?", [kind]


_STATES: Final = {
    "open": f"open = 1 AND id NOT IN (SELECT item FROM judgements WHERE reviewer = ? AND verdict {JUDGES})",
    "judged": f"id IN (SELECT item FROM judgements WHERE reviewer = ? AND verdict {JUDGES})",
    "skipped": "id IN (SELECT item FROM judgements WHERE reviewer = ? AND verdict = 'skip')",
    "disputed": "disputed = 1",
    "decided": "judged > 0",
    "lost": "attached = 'lost'",
    "batched": "batched = 1",
}

_MINE_OR_SEEN = (
    "(j.reviewer = ? OR EXISTS (SELECT 1 FROM"
    f" judgements m WHERE m.item = j.item AND m.reviewer = ? AND m.verdict {JUDGES}))"
)
"""What a reviewer may know of another's verdict: nothing before both have judged."""


def passing(database: sqlite3.Connection, filter: Filter, reviewer: str) -> Clause:
    """Return what SQL asks of an item's row that passes a filter, and the values in it."""
    return _joined(_clauses(database, filter, reviewer))


def _clauses(database: sqlite3.Connection, filter: Filter, reviewer: str) -> list[Clause]:
    """Return the conditions of a filter.

    Every value is a parameter, so that none can become SQL.
    """
    clauses = _clauses_of_row(filter)
    if filter.state is not None:
        if filter.state not in _STATES:
            raise InputError(f"state {filter.state!r}: known are {', '.join(_STATES)}")
        clause = _STATES[filter.state]
        clauses.append((clause, [reviewer] * clause.count("?")))
    if filter.reviewer is not None:
        question = f"id IN (SELECT item FROM judgements WHERE reviewer = ? AND verdict {JUDGES})"
        clauses.append((question, [filter.reviewer]))
    if filter.verdict or filter.reason or filter.since or filter.until:
        clauses.append(_given(filter, reviewer))
    if filter.note is not None or filter.noted.strip():
        items = noted_items(database, reviewer, filter.note, filter.noted)
        clauses.append(("id IN (SELECT value FROM json_each(?))", [as_values(items)]))
    if filter.text.strip():
        clauses.append(_matching(filter.text))
    return clauses


def _clauses_of_row(filter: Filter) -> list[Clause]:
    """Return the conditions that ask for nothing but an item's own row."""
    asked = {name: getattr(filter, name) for name in ("kind", "status", "relation", "side")}
    clauses: list[Clause] = [(f"{name} = ?", [value]) for name, value in asked.items() if value is not None]
    if filter.flagged is not None:
        clauses.append(("flagged = ?", [int(filter.flagged)]))
    if filter.document is not None:
        clauses.append(("source_document = ? OR target_document = ?", [filter.document] * 2))
    if filter.beside is not None:
        clauses.append(("source_document = ? OR target_document = ?", [filter.beside] * 2))
    if filter.batch is not None:
        drawn = "SELECT value FROM json_each((SELECT body FROM batches WHERE id = ?), '$.drawn')"
        clauses.append((f"id IN ({drawn})", [filter.batch]))
    return clauses


def _given(filter: Filter, reviewer: str) -> Clause:
    """Return the condition that one verdict is all that a filter asks of it.

    It must be one that the reviewer may see.
    """
    asked: list[Clause] = [(_MINE_OR_SEEN, [reviewer, reviewer])]
    if filter.reviewer:
        asked.append(("j.reviewer = ?", [filter.reviewer]))
    if filter.verdict:
        asked.append(("j.verdict = ?", [filter.verdict]))
    if filter.reason:
        asked.append(("json_extract(e.body, '$.reason') = ?", [filter.reason]))
    if filter.since:
        asked.append(("e.at >= ?", [_day(filter.since).isoformat()]))
    if filter.until:
        asked.append(("e.at < ?", [(_day(filter.until) + timedelta(days=1)).isoformat()]))
    where, values = _joined(asked)
    return f"id IN (SELECT j.item FROM judgements j JOIN events e ON e.id = j.event WHERE {where})", values


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text!r} is no day like 2026-11-22") from error


def _matching(text: str) -> Clause:
    """Return the condition that each word of a query begins a word of either side.

    And that each quoted phrase stands there.

    The index holds the Kazakh side folded, and so it is asked for that form and the English side for what was typed.
    """
    parts: list[str] = []
    for phrase, word in _QUERY.findall(text):
        parts += [_asked(phrase, "")] if phrase else [_asked(each, "*") for each in words(word)]
    asked = [each for each in parts if each][:_MOST_WORDS]
    if not asked:
        return "0", []
    return "number IN (SELECT rowid FROM texts WHERE texts MATCH ?)", [" AND ".join(asked)]


def _asked(text: str, more: str) -> str:
    """Return what FTS5 is asked for words that follow each other on one side.

    `more` is "*" where the last goes on.
    """
    typed = " ".join(words(text)[:_MOST_WORDS])
    # Within quotation marks nothing is an operator to FTS5, and a word has no quotation marks.
    is_short = typed.isascii() and typed.isalpha() and len(typed) < _LEAST_LATIN
    sides = {"target": typed, "source": "" if is_short else folded(typed)}
    either = " OR ".join(f'{side} : "{each}"{more}' for side, each in sides.items() if each.strip())
    return f"({either})" if either else ""


def history(database: sqlite3.Connection, reviewer: str, *, limit: int) -> tuple[Row, ...]:
    """Return what a reviewer judged last, the latest first."""
    rows = database.execute(
        "SELECT items.* FROM judgements JOIN items ON items.id = judgements.item WHERE reviewer = ?"
        " ORDER BY seq DESC LIMIT ?",
        (reviewer, max(limit, 0)),
    )
    return list_rows(database, rows.fetchall(), reviewer)


def progress(database: sqlite3.Connection, reviewer: str) -> ReviewProgress:
    """Return how far a reviewer is, and how long the rest will take."""

    def number(question: str, *values: object) -> int:
        return int(database.execute(question, values).fetchone()[0])

    mine = number(f"SELECT count(*) FROM judgements WHERE reviewer = ? AND verdict {JUDGES}", reviewer)
    # What is made here and what is closed are few, and are counted instead of the many that are open.
    made = number("SELECT count(*) FROM items WHERE kind = 'link' AND proposed = 0")
    total = int(get_meta(database, "links") or 0) + made
    closed = number("SELECT count(*) FROM items WHERE kind = 'link' AND open = 0")
    # The cross join tells SQLite to begin with the few that this reviewer judged, not with all that is open.
    judged = number(
        "SELECT count(*) FROM judgements CROSS JOIN items ON items.id = judgements.item"
        f" WHERE reviewer = ? AND verdict {JUDGES} AND open = 1 AND kind = 'link'",
        reviewer,
    )
    decided = number(f"SELECT count(DISTINCT item) FROM judgements WHERE verdict {JUDGES}")
    pace = _pace(database, reviewer)
    left = total - closed - judged
    return ReviewProgress(mine, left, decided, total, pace, None if pace is None else pace * left)


def _pace(database: sqlite3.Connection, reviewer: str) -> float | None:
    rows = database.execute(
        "SELECT at FROM events WHERE reviewer = ? AND kind = 'verdict' AND cluster = id ORDER BY seq DESC LIMIT ?",
        (reviewer, _LAST),
    )
    return pace_of([gap for _, gap in gaps_by_day([row["at"] for row in reversed(rows.fetchall())])])
