"""Two documents from top to bottom, with the links between them.

They are shown as one reviewer may see them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from align.review.cutting import row_name, standing_rows
from align.review.errors import UnknownDocumentError
from align.review.events import events_of
from align.review.records import Place
from align.review.state import own_verdict, sees_others, settle
from align.review.verdicts import RULED_OUT, VERDICTS
from align.review.views import version_of
from align.text.normalise import normalise
from align.types import Lang

__all__ = [
    "BothDocuments",
    "DocumentLink",
    "DocumentPair",
    "DocumentSide",
    "document_pairs",
    "open_documents",
    "rows_of",
]

RowsByPosition: TypeAlias = Mapping[int, Sequence[tuple[int, str]]]
"""The rows at each position of a document, with their texts: several where a segment was split."""

_SIDES: Final = ("source", "target")


@dataclass(frozen=True, slots=True)
class DocumentSide:
    """One document: its segments in order, without boilerplate.

    `elsewhere` are rows linked to other documents.
    """

    id: str
    lang: Lang
    path: str
    title: str | None
    published: str | None
    url: str | None
    rows: tuple[Place, ...]
    elsewhere: frozenset[int]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the rows' names, which no other row ever has."""
        return tuple(map(row_name, self.rows))


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A link between the two: `source` and `target` are rows, ascending.

    `version` goes with a verdict on it.

    `said` is the verdict or outcome that the reviewer may know of, `mine` says that it is their own verdict.
    """

    id: str
    version: int
    source: tuple[int, ...]
    target: tuple[int, ...]
    probability: float | None
    relation: str | None
    status: str | None
    said: str | None
    mine: bool
    flagged: bool


@dataclass(frozen=True, slots=True)
class BothDocuments:
    """Two documents and their links, those that were ruled out left out."""

    source: DocumentSide
    target: DocumentSide
    links: tuple[DocumentLink, ...]

    @property
    def unlinked(self) -> tuple[int, int]:
        """Return how many segments of either side are in no link of the two documents."""
        linked: list[set[int]] = [{row for link in self.links for row in getattr(link, side)} for side in _SIDES]
        return len(self.source.rows) - len(linked[0]), len(self.target.rows) - len(linked[1])


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """Two documents that have links: how many, and how many of them the reviewer judged."""

    source: str
    target: str
    source_title: str
    target_title: str
    links: int
    judged: int


def open_documents(database: sqlite3.Connection, source: str, target: str, reviewer: str) -> BothDocuments:
    """Return two documents with the links between them; raises UnknownDocumentError."""
    sides = _side(database, source, "kk", target), _side(database, target, "en", source)
    return BothDocuments(*sides, tuple(_links(database, sides, reviewer)))


def document_pairs(
    database: sqlite3.Connection, reviewer: str, *, limit: int, offset: int
) -> tuple[tuple[DocumentPair, ...], int]:
    """Return a page of the pairs of documents that have links, and how many there are.

    They come in the documents' order.
    """
    grouped = "FROM items WHERE kind = 'link' GROUP BY source_document, target_document"
    total = database.execute(f"SELECT count(*) FROM (SELECT 1 {grouped})").fetchone()[0]
    rows = database.execute(
        "SELECT source_document, target_document, count(*) AS links, sum(EXISTS (SELECT 1 FROM judgements j"
        " WHERE j.item = items.id AND j.reviewer = ? AND j.verdict <> 'skip')) AS judged"
        f" {grouped} ORDER BY min(place), source_document, target_document LIMIT ? OFFSET ?",
        (reviewer, limit, offset),
    ).fetchall()
    names = {
        row["id"]: row["title"] or row["path"] for row in database.execute("SELECT id, title, path FROM documents")
    }
    known = [row for row in rows if row["source_document"] in names and row["target_document"] in names]
    pairs = (DocumentPair(one, two, names[one], names[two], links, judged) for one, two, links, judged in known)
    return tuple(pairs), int(total)


def _side(database: sqlite3.Connection, document: str, lang: Lang, other: str) -> DocumentSide:
    row = database.execute(
        "SELECT path, title, published, url FROM documents WHERE id = ? AND lang = ?", (document, lang)
    ).fetchone()
    if row is None:
        raise UnknownDocumentError(document)
    rows = standing_rows(database, document)
    away = _linked_elsewhere(database, document, other, "source" if lang == "kk" else "target")
    elsewhere = frozenset(number for number, place in enumerate(rows) if place.id in away)
    path, title, published, url = row
    return DocumentSide(document, lang, path, title, published, url, rows, elsewhere)


def _linked_elsewhere(database: sqlite3.Connection, document: str, other: str, side: str) -> set[str]:
    opposite = "target" if side == "source" else "source"
    rows = database.execute(
        "SELECT DISTINCT segment FROM items JOIN item_segments ON item_segments.item = items.id"
        f" WHERE {side}_document = ? AND {opposite}_document <> ? AND proposed = 1",
        (document, other),
    )
    return {segment for (segment,) in rows}


def _links(
    database: sqlite3.Connection, sides: tuple[DocumentSide, DocumentSide], reviewer: str
) -> Iterable[DocumentLink]:
    both = (sides[0].id, sides[1].id)
    ours = "FROM items WHERE kind = 'link' AND source_document = ? AND target_document = ?"
    told = database.execute(f"SELECT DISTINCT item FROM events WHERE item IN (SELECT id {ours})", both)
    touched = {item for (item,) in told}
    rows = database.execute(
        f"SELECT items.*, (SELECT body FROM bodies WHERE bodies.number = items.number) AS body {ours}"
        " ORDER BY place, number",
        both,
    )
    standing = [_by_position(side) for side in sides]
    for row in rows.fetchall():
        version, said, mine = _known(database, row["id"], reviewer) if row["id"] in touched else (0, None, False)
        # A pair that another made is not told before both have judged: it would say what they did.
        if _is_gone(said) or (said is None and not row["proposed"] and row["origin"] != "ripple"):
            continue
        body = json.loads(row["body"])
        source, target = (rows_of(at, _spots(body, name)) for at, name in zip(standing, _SIDES, strict=True))
        if source and target:
            probability, relation, status = (row[name] for name in ("probability", "relation", "status"))
            flagged = bool(row["flagged"])
            yield DocumentLink(row["id"], version, source, target, probability, relation, status, said, mine, flagged)


def _known(database: sqlite3.Connection, item: str, reviewer: str) -> tuple[int, str | None, bool]:
    """Return an item's version, and what the reviewer may know was said of it.

    And whether they said so themselves.
    """
    events = events_of(database, item)
    state = settle(events)
    mine = own_verdict(state, reviewer)
    said = str(mine.verdict) if mine else state.agreed if sees_others(state, reviewer) else None
    return version_of(events, state, reviewer), said, mine is not None


def _is_gone(said: str | None) -> bool:
    return said is not None and (said in RULED_OUT or (said in VERDICTS and VERDICTS[said].rules_out is not None))


def _spots(body: Mapping[str, Any], side: str) -> list[tuple[int, str]]:
    """Return the positions of a side's texts in its document, and the texts.

    Where they stand since the last run.
    """
    now = (body.get("now") or {}).get(side)
    texts = " ".join(place["text"] for place in body[side])
    if now:
        return [(position, texts) for _, position in now]
    return [(place["position"], place["text"]) for place in body[side]]


def rows_of(rows: RowsByPosition, spots: Iterable[tuple[int, str]]) -> tuple[int, ...]:
    """Return the rows at which texts stand: all pieces of their segments that hold some of them.

    >>> rows_of({4: [(7, "one,"), (8, "two.")]}, [(4, "two.")])
    (8,)
    """
    found: set[int] = set()
    for position, text in spots:
        here = rows.get(position, [])
        held = [number for number, piece in here if _overlap(piece, text)] if len(here) > 1 else []
        found.update(held or (number for number, _ in here))
    return tuple(sorted(found))


def _by_position(side: DocumentSide) -> RowsByPosition:
    found: dict[int, list[tuple[int, str]]] = {}
    for number, place in enumerate(side.rows):
        found.setdefault(place.position, []).append((number, place.text))
    return found


def _overlap(piece: str, text: str) -> bool:
    one, other = ("".join(normalise(each).split()) for each in (piece, text))
    return one in other or other in one
