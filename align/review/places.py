"""Segments and documents as the store knows them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from align.review.records import DocumentView, Place

__all__ = ["beside", "document_around", "full_place", "place_of", "segment_named", "spots"]

Places: TypeAlias = Sequence[Mapping[str, Any]]

_AROUND: Final = 3
_COLUMNS = 'id, document, position, start, "end", text'


def full_place(database: sqlite3.Connection, place: Mapping[str, Any]) -> dict[str, Any]:
    """Return a place with everything that finds it again.

    Its characters, and its document's path and hash.

    A place that has been kept with an event is complete, and is returned as it is.
    """
    if "sha256" in place or not place["document"]:
        return dict(place)
    row = database.execute(
        'SELECT start, "end", path, sha256 FROM segments JOIN documents ON documents.id = document'
        " WHERE document = ? AND position = ?",
        (place["document"], place["position"]),
    ).fetchone()
    start, end, path, sha256 = row or (0, len(place["text"]), "", "")
    found = {name: place[name] for name in ("id", "document", "position", "text")}
    return {**found, "start": start, "end": end, "path": path, "sha256": sha256}


def place_of(place: Mapping[str, Any]) -> Place:
    """Return a full place as a page gets it."""
    return Place(*(place[name] for name in ("id", "document", "position", "start", "end", "text")))


def spots(places: Places) -> set[tuple[str, int]]:
    """Return where places stand.

    The document and the position, which tell two equal sentences apart.

    >>> spots([{"document": "a", "position": 2}])
    {('a', 2)}
    """
    return {(place["document"], place["position"]) for place in places}


def segment_named(database: sqlite3.Connection, identity: str, lang: str) -> dict[str, Any] | None:
    """Return a segment's full place by its id.

    Where it stands first, and is no boilerplate if it can be helped.
    """
    row = database.execute(
        f"SELECT {_COLUMNS} FROM segments WHERE id = ? AND lang = ?"
        " ORDER BY dropped IS NOT NULL, document, position LIMIT 1",
        (identity, lang),
    ).fetchone()
    return full_place(database, dict(row)) if row else None


def beside(database: sqlite3.Connection, side: Places, direction: str) -> dict[str, Any] | None:
    """Return the kept segment "before" or "after" a side, in its document, as a full place.

    None at its ends.
    """
    edge = side[0] if direction == "before" else side[-1]
    found = _neighbours(database, edge["document"], edge["position"], direction, limit=1)
    return full_place(database, dict(found[0])) if found else None


def document_around(database: sqlite3.Connection, document: str, first: int, last: int) -> DocumentView | None:
    """Return a document with the three kept segments before `first` and after `last`.

    None where it is not.
    """
    row = database.execute("SELECT path, title, published, url FROM documents WHERE id = ?", (document,)).fetchone()
    if row is None:
        return None
    before = _neighbours(database, document, first, "before", limit=_AROUND)
    after = _neighbours(database, document, last, "after", limit=_AROUND)
    return DocumentView(
        id=document,
        path=row["path"],
        title=row["title"],
        published=row["published"],
        url=row["url"],
        before=tuple(Place(*each) for each in reversed(before)),
        after=tuple(Place(*each) for each in after),
    )


def _neighbours(
    database: sqlite3.Connection, document: str, position: int, direction: str, *, limit: int
) -> list[sqlite3.Row]:
    sign, order = ("<", "DESC") if direction == "before" else (">", "ASC")
    return database.execute(
        f"SELECT {_COLUMNS} FROM segments WHERE document = ? AND position {sign} ? AND dropped IS NULL"
        f" ORDER BY position {order} LIMIT ?",
        (document, position, limit),
    ).fetchall()
