"""Segments that a person cut in two.

Where sentences were not told apart, each part can have its own link.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from align.review.errors import NotAllowedError, UnknownDocumentError
from align.review.events import Event, NewEvent, append, check_id, check_reviewer, event, events_of, stands
from align.review.interface_language import _
from align.review.records import Place, Saved
from align.review.verdicts import SPLIT
from align.text.normalise import segment_id
from align.types import Lang

__all__ = ["SentSplit", "named_rows", "row_name", "split_segment", "standing_rows"]


@dataclass(frozen=True, slots=True)
class SentSplit:
    """A segment of a document that is to be cut.

    Its `row` by name, `at` a character of its text.

    `id` is made by the client and makes a repeated request one.
    """

    id: str
    reviewer: str
    document: str
    row: str
    at: int


def row_name(place: Place) -> str:
    """Return the name of a row, which another has never.

    Where its segment stands, and where its piece begins.
    """
    return f"{place.position}-{place.start}"


def named_rows(places: Iterable[Place]) -> dict[str, int]:
    """Return the rows' numbers by their names."""
    return {row_name(place): number for number, place in enumerate(places)}


def standing_rows(database: sqlite3.Connection, document: str) -> tuple[Place, ...]:
    """Return a document's segments in order, without boilerplate.

    They come in the pieces into which people cut them.

    A cut stays after another run wherever its segment still stands in a document of that path.
    """
    lang, path, _sha256 = _document(database, document)
    found = database.execute(
        'SELECT id, document, position, start, "end", text FROM segments WHERE document = ? AND dropped IS NULL'
        " ORDER BY position",
        (document,),
    )
    rows = [Place(*each) for each in found]
    for cut in _standing(database, path):
        whole, at = cut.body["place"], cut.body["at"]
        rows = [piece for row in rows for piece in (_pieces(row, at, lang) if _is(row, whole) else [row])]
    return tuple(rows)


def _document(database: sqlite3.Connection, document: str) -> tuple[Lang, str, str]:
    row = database.execute("SELECT lang, path, sha256 FROM documents WHERE id = ?", (document,)).fetchone()
    if row is None:
        raise UnknownDocumentError(document)
    lang, path, digest = row
    return lang, path, digest


def _item(path: str) -> str:
    """Return what stands for an item in the events on a document: no pair has this id."""
    return f"s-{sha256(path.encode()).hexdigest()[:16]}"


def _standing(database: sqlite3.Connection, path: str) -> Iterator[Event]:
    for each in events_of(database, _item(path)):
        if each.verdict == SPLIT and stands(database, each):
            yield each


def _is(row: Place, whole: Mapping[str, Any]) -> bool:
    return (row.id, row.text) == (whole["id"], whole["text"])


def _pieces(place: Place, at: int, lang: Lang) -> list[Place]:
    """Return both parts of a place, or itself where nothing would be left of one of them."""
    pieces = []
    for first, last in ((0, at), (at, len(place.text))):
        text = place.text[first:last].strip()
        begin = place.text.find(text, first) if text else first
        if not text:
            return [place]
        start, end = (_in_document(place, each) for each in (begin, begin + len(text)))
        pieces.append(replace(place, id=segment_id(text, lang), start=start, end=end, text=text))
    return pieces


def _in_document(place: Place, at: int) -> int:
    """Return where a character of a segment stands in its document.

    About there, where white space was joined.
    """
    length = place.end - place.start
    return place.start + (at if length == len(place.text) else round(at * length / max(len(place.text), 1)))


def split_segment(database: sqlite3.Connection, sent: SentSplit) -> Saved:
    """Cut a segment in two, for all reviewers; to be called inside a write.

    Raises UnknownDocumentError, and NotAllowedError for a row that does not stand or a cut that leaves nothing.
    """
    sent = replace(sent, id=check_id(sent.id), reviewer=check_reviewer(sent.reviewer))
    lang, path, digest = _document(database, sent.document)
    before = event(database, sent.id)
    if before is not None:
        return Saved(before.id, before.item, before.seq, repeated=True)
    rows = standing_rows(database, sent.document)
    number = named_rows(rows).get(sent.row)
    if number is None:
        raise NotAllowedError(_("that segment is not there any more: look again"))
    if len(_pieces(rows[number], sent.at, lang)) < 2:
        raise NotAllowedError(_("put the caret between two words of the segment"))
    body = {"place": {**asdict(rows[number]), "path": path, "sha256": digest}, "at": sent.at}
    kept = append(database, NewEvent(sent.reviewer, _item(path), body, SPLIT, id=sent.id))
    return Saved(kept.id, kept.item, kept.seq)
