"""What follows from a verdict for other items.

It goes with the verdict when that is undone or replaced.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from align.review.events import Event, event, events_of, in_cluster, stands
from align.review.items import create_item, forget_item, refresh
from align.review.state import settle
from align.review.verdicts import CATEGORIES

__all__ = ["cover", "follow", "keep_shifts"]


def follow(database: sqlite3.Connection, item: str) -> tuple[str, ...]:
    """Bring an item up to date with its events.

    And all that its verdicts brought about or no longer do.

    Returns every item that was touched; to be called inside a write.
    """
    touched: dict[str, None] = {}
    waiting = [item]
    while waiting:
        this = waiting.pop()
        if this in touched:
            continue
        touched[this] = None
        _refresh(database, this)
        for head in _heads(database, this):
            waiting.extend(_follow_cluster(database, head, holds=stands(database, head)))
    return tuple(touched)


def keep_shifts(database: sqlite3.Connection, event: str, changes: Sequence[Mapping[str, Any]]) -> None:
    """Index what a ripple adds to the log-odds of items."""
    database.executemany(
        "INSERT OR REPLACE INTO shifts (item, event, log_odds) VALUES (?, ?, ?)",
        ((change["item"], event, change["log_odds"]) for change in changes),
    )


def cover(database: sqlite3.Connection, link: str) -> None:
    """Ask nobody about a new link whose texts decisions of earlier runs cover.

    This is so where all of them say one thing.

    A disputed or undecided one says nothing yet: then the link is asked for like any other.
    """
    rows = database.execute("SELECT other FROM related WHERE item = ?", (link,)).fetchall()
    said = {_category(database, other) for (other,) in rows}
    covered = len(said) == 1 and None not in said and not events_of(database, link)
    changed = database.execute(
        "UPDATE items SET covered = ? WHERE id = ? AND proposed = 1 AND covered <> ?", (covered, link, covered)
    )
    if changed.rowcount:
        refresh(database, link)


def _category(database: sqlite3.Connection, item: str) -> str | None:
    deciding = settle(events_of(database, item)).deciding
    return CATEGORIES[str(deciding.verdict)] if deciding else None


def _heads(database: sqlite3.Connection, item: str) -> list[Event]:
    """Return the verdicts on an item that brought something about."""
    rows = database.execute(
        "SELECT id FROM events head WHERE item = ? AND id = cluster AND kind = 'verdict' AND EXISTS"
        " (SELECT 1 FROM events member WHERE member.cluster = head.id AND member.id <> head.id)",
        (item,),
    )
    return [found for (identity,) in rows.fetchall() if (found := event(database, identity)) is not None]


def _follow_cluster(database: sqlite3.Connection, head: Event, *, holds: bool) -> Iterator[str]:
    """Yield the items that a verdict reached.

    What it brought about is put in place or taken away.
    """
    for each in in_cluster(database, head.cluster):
        if each.kind == "ripple":
            kept = database.execute("SELECT 1 FROM shifts WHERE event = ?", (each.id,)).fetchone()
            if holds != bool(kept):
                yield from _move(database, each, holds=holds)
        elif each.id != head.id:
            for made in (head.body.get("creates"), each.body.get("creates")) if holds else ():
                if made is not None:
                    create_item(database, made)
            yield each.item


def _move(database: sqlite3.Connection, ripple: Event, *, holds: bool) -> Iterator[str]:
    changes = ripple.body["changes"]
    if not holds:
        database.execute("DELETE FROM shifts WHERE event = ?", (ripple.id,))
    else:
        for change in changes:
            if "pair" in change:
                create_item(database, {**change, "origin": "ripple"})
        keep_shifts(database, ripple.id, changes)
    yield from (change["item"] for change in changes)


def _refresh(database: sqlite3.Connection, item: str) -> None:
    """Bring one item up to date, and forget it where nothing speaks for it any more."""
    state = refresh(database, item)
    if not (state.judging or state.adjudication or state.skipped or state.flagged):
        if not database.execute("SELECT 1 FROM shifts WHERE item = ?", (item,)).fetchone():
            forget_item(database, item)
    for (other,) in database.execute("SELECT other FROM related WHERE item = ?", (item,)).fetchall():
        cover(database, other)
