"""Pairs that are accepted at once.

A batch is the pairs of a filter above a probability, after some that were drawn at random and judged.
"""

from __future__ import annotations

import json
import random
import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from align.errors import InputError
from align.review.consequences import cover
from align.review.database import Database, get_meta
from align.review.errors import NotAllowedError
from align.review.events import Event, NewEvent, append, check_reviewer, event, events_of, insert
from align.review.interface_language import _
from align.review.items import refresh
from align.review.queue import passing
from align.review.records import Filter, Row, Rows, Saved
from align.review.state import settle
from align.review.verdicts import BATCH, CATEGORIES
from align.review.views import body_of, list_rows, pair_of

__all__ = ["DRAWN", "MOST", "Batch", "Batches", "DrawnPair", "Preview"]

DRAWN: Final = 5
"""Pairs that are drawn at random, to be judged before the rest is accepted."""

MOST: Final = 2_000
"""Pairs that one batch may have: others' verdicts wait while it is written, a second or two."""

_ANOTHERS: Final = (
    "(EXISTS (SELECT 1 FROM assigned a WHERE a.item = items.id) AND NOT EXISTS"
    " (SELECT 1 FROM assigned a WHERE a.item = items.id AND a.reviewer = :reviewer))"
)

_FITS: Final = (
    "kind = 'link' AND open = 1 AND judged = 0 AND flagged = 0 AND coalesce(relation, '') <> 'conflict'"
    " AND probability >= :above AND NOT EXISTS"
    " (SELECT 1 FROM judgements j WHERE j.item = items.id AND j.reviewer = :reviewer)"
    f" AND NOT {_ANOTHERS}"
)
"""What a batch takes: pairs that nobody has judged, whose facts agree, that this reviewer has not passed on, and that
are not assigned to another."""

_LEFT_OUT: Final = {
    "judged": "judged > 0 OR agreed IS NOT NULL",
    "conflict": "relation = 'conflict'",
    "flagged": "flagged = 1",
    "assigned": _ANOTHERS,
    "skipped": "EXISTS (SELECT 1 FROM judgements j WHERE j.item = items.id AND j.reviewer = :reviewer)",
}
"""Why a pair above the probability is left out; the first that holds is told."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a batch would take now.

    A page of `rows`, the least likely first, and how many it leaves out, by reason.

    The reasons are judged, conflict, flagged, assigned (to another) and skipped.
    """

    rows: Rows
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DrawnPair:
    """A pair drawn for a batch, and what its reviewer said of it.

    Accept, partial or reject, None for nothing yet.
    """

    item: str
    said: str | None
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of pairs.

    `pairs` of `filter` at a probability of `above` (0-1) or more, after those that were `drawn`.

    `at` is when it was accepted, or begun where it was not; `undone` says that it was taken back. `standing` counts
    its pairs that nobody has judged by themselves since.
    """

    id: str
    reviewer: str
    filter: Filter
    above: float
    drawn: tuple[DrawnPair, ...]
    at: str
    accepted: bool = False
    undone: bool = False
    pairs: int = 0
    standing: int = 0

    @property
    def judged(self) -> int:
        """Return how many of the drawn pairs have their verdict."""
        return sum(each.said is not None for each in self.drawn)

    @property
    def right(self) -> int:
        """Return how many of the drawn pairs were accepted."""
        return sum(each.said == "accept" for each in self.drawn)


def preview(
    database: sqlite3.Connection, filter: Filter, above: float, reviewer: str, *, limit: int, offset: int
) -> Preview:
    """Return what a batch of this reviewer would take.

    Raises InputError for a filter or probability that is none.
    """
    where, values = _where(database, filter, above, reviewer)
    total = database.execute(f"SELECT count(*) FROM items WHERE {where} AND {_FITS}", values).fetchone()[0]
    found = database.execute(
        f"SELECT * FROM items WHERE {where} AND {_FITS} ORDER BY probability, number LIMIT :limit OFFSET :offset",
        {**values, "limit": limit, "offset": max(offset, 0)},
    )
    rows = Rows(list_rows(database, found.fetchall(), reviewer), int(total))
    return Preview(rows, _left_out(database, where, values))


def sizes(database: sqlite3.Connection, filter: Filter, steps: Sequence[float], reviewer: str) -> list[int]:
    """Return how many pairs a batch would take at each of some probabilities (0-1)."""
    where, values = _where(database, filter, min(steps), reviewer)
    counted = ", ".join(f"coalesce(sum(probability >= :step{number}), 0)" for number in range(len(steps)))
    named = {f"step{number}": step for number, step in enumerate(steps)}
    return list(
        database.execute(f"SELECT {counted} FROM items WHERE {where} AND {_FITS}", {**values, **named}).fetchone()
    )


def _where(database: sqlite3.Connection, filter: Filter, above: float, reviewer: str) -> tuple[str, dict[str, Any]]:
    """Return the condition of a filter, with named values.

    The other conditions of this module have such, too.
    """
    if not 0 < above <= 1:
        raise InputError(_("the probability of a batch must be above 0 and at most 1"))
    where, values = passing(database, filter, reviewer)
    named = {f"value{number}": value for number, value in enumerate(values)}
    pieces = where.split("?")
    if len(pieces) != len(values) + 1:
        raise AssertionError("a filter has as many values as question marks")
    joined = "".join(piece + name for piece, name in zip(pieces, [*(f":{name}" for name in named), ""], strict=True))
    return f"({joined})", {**named, "above": above, "reviewer": reviewer}


def _left_out(database: sqlite3.Connection, where: str, values: Mapping[str, Any]) -> dict[str, int]:
    cases = " ".join(f"WHEN {condition} THEN '{reason}'" for reason, condition in _LEFT_OUT.items())
    rows = database.execute(
        f"SELECT CASE {cases} END AS reason, count(*) AS n FROM items"
        f" WHERE {where} AND kind = 'link' AND probability >= :above AND NOT ({_FITS}) GROUP BY reason",
        values,
    )
    return {row["reason"] or "judged": row["n"] for row in rows}


def begin_batch(database: sqlite3.Connection, filter: Filter, above: float, reviewer: str) -> str:
    """Draw the pairs that are to be judged first, and return the batch's id.

    To be called inside a write.

    Whoever asks for the same batch again gets the one that was begun: nobody draws until the pairs please.
    """
    body = {"filter": _plain(filter), "above": above}
    for row in database.execute("SELECT id, body FROM batches WHERE reviewer = ?", (reviewer,)).fetchall():
        begun = json.loads(row["body"])
        if {name: begun[name] for name in body} == body and event(database, row["id"]) is None:
            return str(row["id"])
    where, values = _where(database, filter, above, reviewer)
    fit = [row["id"] for row in database.execute(f"SELECT id FROM items WHERE {where} AND {_FITS}", values)]
    if not fit:
        raise NotAllowedError(_("no pair is left that such a batch would accept"))
    drawn = random.SystemRandom().sample(fit, min(DRAWN, len(fit)))
    identity = uuid.uuid4().hex
    database.execute(
        "INSERT INTO batches (id, at, reviewer, body) VALUES (?, strftime('%Y-%m-%dT%H:%M:%fZ'), ?, ?)",
        (identity, reviewer, json.dumps({**body, "drawn": drawn}, ensure_ascii=False)),
    )
    return identity


def _plain(filter: Filter) -> dict[str, Any]:
    """Return what a filter asks, as an event keeps it."""
    return {name: value for name, value in asdict(filter).items() if value != getattr(Filter(), name)}


def _filter(plain: Mapping[str, Any]) -> Filter:
    known = {each.name for each in fields(Filter)}
    return Filter(**{name: value for name, value in plain.items() if name in known})


def batch(database: sqlite3.Connection, identity: str) -> Batch:
    """Return a batch that was begun or accepted.

    Raises NotAllowedError where there is none of this id.
    """
    head = event(database, identity)
    if head is not None and head.verdict == BATCH:
        return _accepted(database, head)
    row = database.execute("SELECT at, reviewer, body FROM batches WHERE id = ?", (identity,)).fetchone()
    if row is None:
        raise NotAllowedError(_("there is no such batch"))
    body = json.loads(row["body"])
    drawn = tuple(_drawn(database, item, row["reviewer"]) for item in body["drawn"])
    return Batch(identity, row["reviewer"], _filter(body["filter"]), body["above"], drawn, row["at"])


def _drawn(database: sqlite3.Connection, item: str, reviewer: str) -> DrawnPair:
    verdict = settle(events_of(database, item)).judging.get(reviewer)
    row = database.execute("SELECT * FROM items WHERE id = ?", (item,)).fetchone()
    shown = list_rows(database, [row], reviewer)[0] if row else None
    said = None if verdict is None or verdict.batch is not None else CATEGORIES[str(verdict.verdict)]
    return DrawnPair(item, said, shown)


def _accepted(database: sqlite3.Connection, head: Event) -> Batch:
    body = head.body
    undone = database.execute("SELECT 1 FROM events WHERE undoes = ?", (head.id,)).fetchone() is not None
    standing = database.execute(
        "SELECT count(*) FROM judgements JOIN events ON events.id = judgements.event"
        " WHERE events.cluster = ? AND events.id <> events.cluster",
        (head.id,),
    ).fetchone()[0]
    drawn = tuple(DrawnPair(str(each.get("item")), each.get("said")) for each in body["drawn"])
    kept = (_filter(body["filter"]), float(body["above"]), drawn, head.at, True, undone, int(body["pairs"]))
    return Batch(head.id, head.reviewer, *kept, int(standing))


def batches(database: sqlite3.Connection) -> list[Batch]:
    """Return all batches that were accepted, the latest first, also those that were undone."""
    rows = database.execute("SELECT id FROM events WHERE verdict = ? ORDER BY seq DESC", (BATCH,)).fetchall()
    return [_accepted(database, head) for (identity,) in rows if (head := event(database, identity)) is not None]


def accept_batch(database: sqlite3.Connection, identity: str, reviewer: str) -> Saved:
    """Accept all pairs of a batch, undone as one; to be called inside a write.

    A repeated call does nothing more. Raises NotAllowedError for another's batch, for one whose drawn pairs are not
    judged, and where nothing is left to accept.
    """
    head = event(database, identity)
    if head is not None and head.verdict == BATCH and head.reviewer == reviewer:
        return Saved(head.id, head.item, head.seq, repeated=True)
    begun = batch(database, identity)
    if begun.reviewer != reviewer:
        raise NotAllowedError(_("that batch was begun by {name}: only they may accept it").format(name=begun.reviewer))
    if any(each.said is None and each.row is not None for each in begun.drawn):
        raise NotAllowedError(_("judge the pairs that were drawn first"))
    where, values = _where(database, begun.filter, begun.above, reviewer)
    rows = database.execute(
        f"SELECT * FROM items WHERE {where} AND {_FITS} ORDER BY probability DESC, number LIMIT :most",
        {**values, "most": MOST},
    ).fetchall()
    if not rows:
        raise NotAllowedError(_("no pair is left that such a batch would accept"))
    drawn = [{"item": each.item, "said": each.said} for each in begun.drawn]
    body = {"filter": _plain(begun.filter), "above": begun.above, "drawn": drawn, "pairs": len(rows)}
    kept = append(database, NewEvent(reviewer, f"b-{identity}", body, BATCH, id=identity))
    _accept(database, kept, rows)
    touched = tuple(row["id"] for row in rows)
    return Saved(kept.id, kept.item, kept.seq, touched=touched)


def _accept(database: sqlite3.Connection, head: Event, rows: Sequence[sqlite3.Row]) -> None:
    """Add the verdicts of a batch's pairs, given at its time."""
    models = json.loads(get_meta(database, "models") or "{}")
    for row in rows:
        body = {name: row[name] for name in ("probability", "run_probability", "relation", "status", "origin")}
        pair = pair_of(database, body_of(database, row["id"]))
        body |= {"pair": pair, "models": models, "served": "batch", "batch": head.id, "implied_by": head.id}
        # A verdict on a pair that nobody looked at is no blind one: agreement leaves it out.
        said = json.dumps({**body, "blind": False}, ensure_ascii=False, sort_keys=True)
        columns = {"id": uuid.uuid4().hex, "cluster": head.id, "at": head.at, "reviewer": head.reviewer, "undoes": None}
        insert(database, {**columns, "kind": "verdict", "item": row["id"], "verdict": "accept", "body": said})
        refresh(database, row["id"])
        for (other,) in database.execute("SELECT other FROM related WHERE item = ?", (row["id"],)).fetchall():
            cover(database, other)


@dataclass(frozen=True, slots=True)
class Batches:
    """The batches of a review, each step in a transaction of its own."""

    database: Database

    def preview(self, filter: Filter, above: float, reviewer: str, *, limit: int = 50, offset: int = 0) -> Preview:
        """Return what a batch of a filter would accept at this probability (0-1) or more.

        Raises InputError.
        """
        with self.database.reading() as reading:
            return preview(reading, filter, above, check_reviewer(reviewer), limit=limit, offset=offset)

    def sizes(self, filter: Filter, steps: Sequence[float], reviewer: str) -> list[int]:
        """Return how many pairs a batch would accept at each of some probabilities (0-1)."""
        with self.database.reading() as reading:
            return sizes(reading, filter, steps, check_reviewer(reviewer))

    def begin(self, filter: Filter, above: float, reviewer: str) -> str:
        """Draw the pairs that are to be judged first, and return the batch's id.

        The same batch is drawn once. Raises InputError, and NotAllowedError where no pair is left for it.
        """
        with self.database.writing() as writing:
            return begin_batch(writing, filter, above, check_reviewer(reviewer))

    def get(self, batch_id: str) -> Batch:
        """Return a batch that was begun or accepted; raises NotAllowedError."""
        with self.database.reading() as reading:
            return batch(reading, batch_id)

    def all(self) -> list[Batch]:
        """Return all batches that were accepted, the latest first."""
        with self.database.reading() as reading:
            return batches(reading)

    def accept(self, batch_id: str, reviewer: str) -> Saved:
        """Accept the pairs of a batch, undone as one.

        Raises NotAllowedError where its drawn pairs are not judged.
        """
        with self.database.writing() as writing:
            return accept_batch(writing, batch_id, check_reviewer(reviewer))
