"""Lists: pairs by search and filter, segments without a link, and decisions whose texts are gone."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from align.review.web.cards import Card, card
from align.review.web.desk import Desk, DeskDep, QueueDep, ReviewerDep

__all__ = ["router"]

router = APIRouter()

_ROWS = 50
_CARDS = 12
"""Rows of a list, and unmatched segments with their drafts, on one page."""

Page = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get("/pairs")
def pairs(desk: DeskDep, reviewer: ReviewerDep, queue: QueueDep, page: Page = 1) -> Response:
    """List the items that pass the filter and hold the words searched for."""
    found = desk.store.browse(queue.filter, reviewer, limit=_ROWS, offset=(page - 1) * _ROWS)
    values = {
        **desk.frame(reviewer, "/pairs"),
        "queue": queue,
        "found": found,
        "page": page,
        "pages": -(-found.total // _ROWS),
        "papers": _papers(desk),
    }
    return desk.page("pairs.html.j2", values)


@router.get("/unmatched")
def unmatched(desk: DeskDep, reviewer: ReviewerDep, queue: QueueDep, page: Page = 1) -> Response:
    """Show segments without a link, each with its draft and what came nearest."""
    asked = {"kind": "unmatched", "side": queue.filter.side or "source", "state": queue.filter.state or "open"}
    queue = queue.but(asked)
    found = desk.store.browse(queue.filter, reviewer, limit=_CARDS, offset=(page - 1) * _CARDS)
    cards = [card(desk.store.item(row.id, reviewer), served="search") for row in found.rows]
    values = {
        **desk.frame(reviewer, "/unmatched"),
        "queue": queue,
        "found": found,
        "cards": cards,
        "page": page,
        "pages": -(-found.total // _CARDS),
    }
    return desk.page("unmatched.html.j2", values)


@router.get("/find")
def find(
    desk: DeskDep,
    reviewer: ReviewerDep,
    item: Annotated[str, Query(max_length=100)],
    use: Literal["swap", "pick"] = "pick",
    q: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """Return the segments of the other side nearest in meaning to a question, or to the item itself."""
    shown = card(desk.store.item(item, reviewer), served="search")
    # What is wanted is English, unless it is the English side that has no counterpart.
    wanted: Literal["kk", "en"] = "en" if shown.item.source else "kk"
    found = desk.finder.find(q.strip() or _own_text(shown), wanted)
    values = {"card": shown, "found": found, "use": use, "lang": wanted, "papers": desk.store.run().papers}
    return desk.page("found.html.j2", values)


@router.get("/lost")
def lost(desk: DeskDep, reviewer: ReviewerDep) -> Response:
    """List the decisions whose texts the last run no longer holds."""
    return desk.page("lost.html.j2", {**desk.frame(reviewer, "/lost"), "lost": desk.store.lost()})


def _own_text(shown: Card) -> str:
    return shown.item.source_text or shown.item.target_text


def _papers(desk: Desk) -> list[tuple[str, str]]:
    papers = desk.store.run().papers
    return sorted(((name, f"{lang} · {paper.title or paper.path}") for name, (lang, paper) in papers.items()), key=str)
