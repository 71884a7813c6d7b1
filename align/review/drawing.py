"""Links that a reviewer draws between segments of two documents.

From any number of segments to any number.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, TypeAlias

from align.review.consequences import follow
from align.review.decisions import decide, merge_too, replacing_verdict
from align.review.document import BothDocuments, DocumentLink, DocumentSide, open_documents
from align.review.errors import NotAllowedError
from align.review.events import check_id, check_reviewer, event, events_of
from align.review.items import create_item, pair_id
from align.review.records import Decision, Saved
from align.review.state import settle
from align.review.views import version_of

__all__ = ["DrawnLink", "draw"]

ChosenRows: TypeAlias = Mapping[str, Sequence[int]]
"""The rows of either side, ascending."""

_SIDES: Final = ("source", "target")


@dataclass(frozen=True, slots=True)
class DrawnLink:
    """A link on its way to the store, between the documents `source` and `target`.

    `id` is made by the client and makes a repeated save one. The rows are named as `DocumentSide.names` has them.
    `replaces` is the link that this one changes, at its `version`. Links that lie wholly within the new one become part
    of it, unless it is drawn `beside` all others. With `edge`, a link that keeps another segment gives the one taken.
    """

    id: str
    reviewer: str
    source: str
    target: str
    source_rows: tuple[str, ...]
    target_rows: tuple[str, ...]
    replaces: str | None = None
    version: int = 0
    beside: bool = False
    edge: bool = False


def draw(database: sqlite3.Connection, drawn: DrawnLink) -> Saved:
    """Keep a link and what it replaces, undone as one; to be called inside a write.

    Raises NotAllowedError for rows that do not stand, UnknownDocumentError, and StaleError as `decide` does.
    """
    drawn = replace(drawn, id=check_id(drawn.id), reviewer=check_reviewer(drawn.reviewer))
    both = open_documents(database, drawn.source, drawn.target, drawn.reviewer)
    rows = {side: _rows(getattr(both, side), getattr(drawn, f"{side}_rows")) for side in _SIDES}
    pair = _pair(database, both, rows)
    made = pair_id(*([place["id"] for place in pair[side]] for side in _SIDES))
    if event(database, drawn.id) is not None:
        return Saved(drawn.id, made, _version(database, made, drawn.reviewer), created=made, repeated=True)
    replaced = [link for link in _replaced(both, drawn, rows) if link.id != made]
    if not replaced:
        return _draw_new(database, drawn, made, pair)
    first = replaced[0]
    shared = all(set(getattr(first, side)) & set(rows[side]) for side in _SIDES)
    version = drawn.version if first.id == drawn.replaces else first.version
    verdict = replacing_verdict(shared=shared)
    saved = decide(database, Decision(drawn.id, first.id, drawn.reviewer, verdict, version, pair=pair))
    head = event(database, saved.event)
    if head is None:
        raise AssertionError("a verdict that was just kept is there")
    for link in replaced[1:]:
        merge_too(database, head, link.id)
    for link, left in _giving(both, drawn, rows):
        if link not in replaced:
            merge_too(database, head, link.id, _pair(database, both, left))
    return replace(saved, touched=follow(database, first.id))


def _draw_new(database: sqlite3.Connection, drawn: DrawnLink, made: str, pair: Mapping[str, Any]) -> Saved:
    """Keep a link that replaces none: its pair, accepted."""
    create_item(database, {"item": made, "origin": "linked", "pair": pair})
    decision = Decision(drawn.id, made, drawn.reviewer, "accept", _version(database, made, drawn.reviewer))
    return replace(decide(database, decision), created=made)


def _version(database: sqlite3.Connection, item: str, reviewer: str) -> int:
    events = events_of(database, item)
    return version_of(events, settle(events), reviewer)


def _rows(side: DocumentSide, names: Sequence[str]) -> list[int]:
    numbers = {name: number for number, name in enumerate(side.names)}
    if not names or any(name not in numbers for name in names):
        raise NotAllowedError("link: choose segments on both sides, as they stand now")
    return sorted({numbers[name] for name in names})


def _pair(database: sqlite3.Connection, both: BothDocuments, rows: ChosenRows) -> dict[str, list[dict[str, Any]]]:
    """Return both sides as full places, which find their texts again after another run."""
    pair: dict[str, list[dict[str, Any]]] = {}
    for name in _SIDES:
        side: DocumentSide = getattr(both, name)
        path, sha256 = database.execute("SELECT path, sha256 FROM documents WHERE id = ?", (side.id,)).fetchone()
        pair[name] = [{**asdict(side.rows[row]), "path": path, "sha256": sha256} for row in rows[name]]
    return pair


def _replaced(both: BothDocuments, drawn: DrawnLink, rows: ChosenRows) -> Iterator[DocumentLink]:
    """Yield the link that is changed and those that lie within the new one.

    The first only where it shares a segment with the new one.
    """
    if drawn.beside:
        return
    chosen = {side: set(rows[side]) for side in _SIDES}
    changed = [link for link in both.links if link.id == drawn.replaces]
    if drawn.replaces is not None and not changed:
        raise NotAllowedError("link: the one that was to be changed stands no more; look again")
    for link in changed:
        if any(set(getattr(link, side)) & chosen[side] for side in _SIDES):
            yield link
    for link in both.links:
        if link not in changed and all(set(getattr(link, side)) <= chosen[side] for side in _SIDES):
            yield link


def _giving(both: BothDocuments, drawn: DrawnLink, rows: ChosenRows) -> Iterator[tuple[DocumentLink, ChosenRows]]:
    """Yield the links that lose a segment to the one whose edge moved.

    The rows that they keep come with them.
    """
    changed = next((link for link in both.links if link.id == drawn.replaces), None)
    if changed is None or not drawn.edge:
        return
    for side in _SIDES:
        taken = set(rows[side]) - set(getattr(changed, side))
        for link in both.links:
            left = [row for row in getattr(link, side) if row not in taken]
            if link is not changed and 0 < len(left) < len(getattr(link, side)):
                yield link, {"source": link.source, "target": link.target, side: left}
