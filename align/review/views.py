"""Items as a reviewer may see them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from align.review.database import get_meta
from align.review.errors import NotAllowedError, UnknownItemError
from align.review.events import Event, events_of
from align.review.interface_language import _
from align.review.places import document_around, full_place, place_of, spots
from align.review.records import DocumentView, GivenVerdict, ItemView, Lost, OtherLink, Place, Row, RunInfo, Suggestion
from align.review.state import State, own_verdict, sees_others, settle
from align.review.verdicts import RULED_OUT, VERDICTS
from align.runs.records import draft_of, evidence_of

__all__ = [
    "body_of",
    "item_row",
    "item_view",
    "judgement",
    "list_rows",
    "lost_decisions",
    "pair_of",
    "run_info",
    "version_of",
]

_MOST_ASKED: Final = 30
_MOST_SHOWN: Final = 6
"""Other pairs of an item's segments that are looked at, and that are shown."""

_DOCUMENT_COLUMNS = ("id", "path", "title", "published", "url")


def item_row(database: sqlite3.Connection, item: str) -> sqlite3.Row:
    """Return an item's row; raises UnknownItemError."""
    row: sqlite3.Row | None = database.execute("SELECT * FROM items WHERE id = ?", (item,)).fetchone()
    if row is None:
        raise UnknownItemError(item)
    return row


def body_of(database: sqlite3.Connection, item: str) -> dict[str, Any]:
    """Return an item's line of links.jsonl or unmatched.jsonl, or the pair it was made of."""
    body: dict[str, Any] = json.loads(
        database.execute("SELECT body FROM bodies JOIN items USING (number) WHERE id = ?", (item,)).fetchone()["body"]
    )
    if "side" in body and "source" not in body:
        body["source"], body["target"] = ([body], []) if body["side"] == "source" else ([], [body])
    return body


def pair_of(database: sqlite3.Connection, body: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return both sides of an item as full places: what an event keeps of it."""
    return {side: [full_place(database, place) for place in body[side]] for side in ("source", "target")}


def version_of(events: Iterable[Event], state: State, reviewer: str, *, adjudicating: bool = False) -> int:
    """Return the number of the last event on an item that this reviewer may know of, 0 for none.

    What others said before this reviewer has judged makes nobody's page stale: that would tell that they said it.
    """
    knows = adjudicating or sees_others(state, reviewer)
    return max(
        (each.seq for each in events if each.kind != "ripple" and (knows or each.reviewer == reviewer)), default=0
    )


def item_view(database: sqlite3.Connection, item: str, reviewer: str, *, adjudicating: bool = False) -> ItemView:
    """Return an item as a reviewer may see it.

    Raises UnknownItemError, and NotAllowedError for a judge in own case.
    """
    row, events = item_row(database, item), events_of(database, item)
    state = settle(events)
    if adjudicating and reviewer in state.judging:
        raise NotAllowedError(_("you have judged this pair yourself: a third person decides between two"))
    body = body_of(database, item)
    pair = pair_of(database, body)
    source, target = (tuple(place_of(place) for place in pair[side]) for side in ("source", "target"))
    sees = adjudicating or sees_others(state, reviewer)
    mine = own_verdict(state, reviewer)
    others = [each for each in _standing(state) if each.reviewer != reviewer]
    telling = mine or (state.deciding if sees else None)
    now = body.get("now") or {}
    return ItemView(
        id=item,
        kind=row["kind"],
        version=version_of(events, state, reviewer, adjudicating=adjudicating),
        source=source,
        target=target,
        source_text=_text(telling, "source_text", source),
        target_text=_text(telling, "target_text", target),
        source_document=_document_view(database, source, now.get("source")),
        target_document=_document_view(database, target, now.get("target")),
        probability=row["probability"],
        run_probability=row["run_probability"],
        cosine=body.get("cosine"),
        margin=body.get("margin"),
        relation=row["relation"],
        status=row["status"],
        evidence=evidence_of(body.get("evidence") or {}),
        runners_up=tuple(_suggestions(database, body)),
        draft=draft_of(body.get("draft")),
        origin=row["origin"] if sees or mine or not others else "mined",
        flagged=bool(row["flagged"]),
        mine=judgement(mine) if mine else None,
        others=tuple(judgement(each) for each in others) if sees else (),
        hidden=0 if sees else len(others),
        agreed=state.agreed if sees or mine else None,
        attached=row["attached"],
        proposed=bool(row["proposed"]),
        related=tuple(other for (other,) in database.execute("SELECT other FROM related WHERE item = ?", (item,))),
        also=_also(database, row, pair, reviewer),
        notes=tuple(judgement(each) for each in state.notes if sees or each.reviewer == reviewer),
    )


def _standing(state: State) -> list[Event]:
    return [*state.judging.values(), *([state.adjudication] if state.adjudication else [])]


def _text(telling: Event | None, name: str, places: tuple[Place, ...]) -> str:
    edited = telling.body.get(name) if telling else None
    return edited if edited is not None else " ".join(place.text for place in places)


def judgement(event: Event) -> GivenVerdict:
    """Return a verdict as a page shows it."""
    return GivenVerdict(
        event=event.id,
        reviewer=event.reviewer,
        at=event.at,
        verdict=str(event.verdict),
        reason=event.body.get("reason"),
        comment=event.body.get("comment"),
        source_text=event.body.get("source_text"),
        target_text=event.body.get("target_text"),
        probability=event.body.get("probability"),
        adjudicates=bool(event.body.get("adjudicates")),
        batch=event.batch,
        made=_made(event),
    )


def _made(event: Event) -> tuple[str, str] | None:
    created = event.body.get("creates")
    if created is None:
        return None
    source, target = (" ".join(place["text"] for place in created["pair"][side]) for side in ("source", "target"))
    return source, target


def _document_view(
    database: sqlite3.Connection, places: tuple[Place, ...], now: list[tuple[str, int]] | None
) -> DocumentView | None:
    """Return the document of a side, where the run has it.

    A re-attached side's is where its text stands now.
    """
    spots = [(document, position) for document, position in now or ()] or [(p.document, p.position) for p in places]
    if not spots:
        return None
    return document_around(database, spots[0][0], spots[0][1], spots[-1][1])


def _also(
    database: sqlite3.Connection, row: sqlite3.Row, pair: Mapping[str, list[dict[str, Any]]], reviewer: str
) -> tuple[OtherLink, ...]:
    """Return the other pairs of an item's segments, the likeliest first.

    But none that the reviewer knows gone.
    """
    own = {side: spots(pair[side]) for side in pair}
    rows = database.execute(
        "SELECT DISTINCT items.* FROM item_segments mine JOIN item_segments other USING (segment)"
        " JOIN items ON items.id = other.item WHERE mine.item = ? AND other.item <> ?"
        " ORDER BY probability DESC, number LIMIT ?",
        (row["id"], row["id"], _MOST_ASKED),
    )
    found = []
    for each in rows.fetchall():
        body = body_of(database, each["id"])
        theirs = {side: spots(body[side]) for side in pair}
        shared = [side for side in pair if own[side] & theirs[side]]
        if not shared or all(theirs[side] <= own[side] for side in pair):
            continue
        listed = _row(database, each, reviewer)
        said = listed.mine or listed.agreed
        gone = said is not None and (said in RULED_OUT or (said in VERDICTS and VERDICTS[said].rules_out is not None))
        # A pair that another made is not told before both have judged: it would say what they did.
        if gone or (said is None and not each["proposed"]):
            continue
        documents = ("source_document", "target_document")
        joins = row["kind"] == "link" and all(each[name] == row[name] for name in documents)
        side: Literal["source", "target"] = "source" if shared == ["source"] else "target"
        text = listed.target_text if side == "source" else listed.source_text
        found.append(OtherLink(each["id"], side, text, listed.probability, said, joins))
    return tuple(found[:_MOST_SHOWN])


def _suggestions(database: sqlite3.Connection, body: Mapping[str, Any]) -> Iterable[Suggestion]:
    for each in body.get("runners_up") or body.get("nearest") or ():
        identity = each["target"] if "target" in each else each["id"]
        where = database.execute(
            "SELECT document, position FROM segments WHERE id = ? ORDER BY document, position LIMIT 1", (identity,)
        ).fetchone()
        yield Suggestion(identity, each.get("text", ""), each.get("probability"), *(where or ("", -1)))


def list_rows(database: sqlite3.Connection, rows: Iterable[sqlite3.Row], reviewer: str) -> tuple[Row, ...]:
    """Return rows of items for a list, as this reviewer may see them."""
    return tuple(_row(database, row, reviewer) for row in rows)


def _row(database: sqlite3.Connection, row: sqlite3.Row, reviewer: str) -> Row:
    state = settle(events_of(database, row["id"]))
    mine, body = own_verdict(state, reviewer), body_of(database, row["id"])
    sees = sees_others(state, reviewer)
    telling = mine or (state.deciding if sees else None)
    source, target = (
        _text(telling, f"{side}_text", tuple(place_of(full_place(database, place)) for place in body[side]))
        for side in ("source", "target")
    )
    return Row(
        id=row["id"],
        kind=row["kind"],
        source_text=source,
        target_text=target,
        probability=row["probability"],
        relation=row["relation"],
        status=row["status"],
        mine=str(mine.verdict) if mine else None,
        agreed=state.agreed if sees or mine else None,
        flagged=bool(row["flagged"]),
        attached=row["attached"],
        origin=row["origin"] if sees or mine or not state.judging else "mined",
        batched=state.batched and (sees or mine is not None),
    )


def lost_decisions(database: sqlite3.Connection) -> list[Lost]:
    """Return the standing decisions of the items that lost a text, with the places they had."""
    found: list[Lost] = []
    for (item,) in database.execute("SELECT id FROM items WHERE attached = 'lost' ORDER BY number").fetchall():
        body = body_of(database, item)
        places = tuple(place_of(place) for place in body.get("missing", ()))
        for each in _standing(settle(events_of(database, item))):
            pair = each.body["pair"]
            source, target = (" ".join(place["text"] for place in pair[side]) for side in ("source", "target"))
            found.append(Lost(item, each.id, each.reviewer, each.at, str(each.verdict), source, target, places))
    return found


def run_info(database: sqlite3.Connection, folder: str) -> RunInfo:
    """Return what a page tells of the run; `folder` is where it lies."""
    counts = dict(database.execute("SELECT kind, count(*) FROM items WHERE proposed = 1 GROUP BY kind").fetchall())
    rows = database.execute("SELECT id, lang, path, title, published, url FROM documents ORDER BY number")
    documents = {row["id"]: (row["lang"], DocumentView(*(row[name] for name in _DOCUMENT_COLUMNS))) for row in rows}
    return RunInfo(
        folder=folder,
        accept=float(get_meta(database, "accept") or 0),
        review=float(get_meta(database, "review") or 0),
        signatures=json.loads(get_meta(database, "models") or "{}"),
        links=counts.get("link", 0),
        unmatched=counts.get("unmatched", 0),
        documents=documents,
        reattached=json.loads(get_meta(database, "reattached") or "{}"),
    )
