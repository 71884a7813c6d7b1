"""The pages where pairs are judged, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from align.review.errors import StaleError
from align.review.records import ItemView, Saved
from align.review.web.cards import Card, card
from align.review.web.desk import Desk, DeskDep, Queue, QueueDep, ReviewerDep
from align.review.web.forms import VerdictForm, decision, triggers
from align.review.web.words import MOST_CHANGES, NOTHING_LEFT, SAID

__all__ = ["router"]

router = APIRouter()

_AT_ONCE = 9
"""The pair that is shown, and those that wait in the page, which asks for more when five are left."""

Have = Annotated[list[str], Query(max_length=50)]


@router.get("/")
def review(desk: DeskDep, reviewer: ReviewerDep, queue: QueueDep) -> Response:
    """Show the first pair of a queue; the next ones wait in the page."""
    return _page(desk, reviewer, queue, _cards(desk, reviewer, queue, ()))


@router.get("/adjudicate")
def adjudicate(desk: DeskDep, reviewer: ReviewerDep, queue: QueueDep) -> Response:
    """Show what two reviewers judged differently to a third."""
    queue = Queue(queue.filter, adjudicating=True)
    return _page(desk, reviewer, queue, _cards(desk, reviewer, queue, ()))


@router.get("/pair/{item}")
def pair(request: Request, item: str, desk: DeskDep, reviewer: ReviewerDep, queue: QueueDep) -> Response:
    """Show one pair: the part of the page that holds it, or all of the page where it was not asked from one."""
    shown = desk.store.item(item, reviewer, adjudicating=queue.adjudicating)
    if "hx-request" in request.headers:
        return _pair(desk, card(shown, served=queue.served, adjudicates=queue.adjudicating))
    # Whoever opens a pair by its address has looked for it.
    first = card(shown, served="search", adjudicates=queue.adjudicating)
    return _page(desk, reviewer, queue, [first, *_cards(desk, reviewer, queue, (item,))])


@router.get("/next")
def following(desk: DeskDep, reviewer: ReviewerDep, queue: QueueDep, have: Have = []) -> Response:  # noqa: B006
    """Return the next pair, for a page in which none waits."""
    cards = _cards(desk, reviewer, queue, have, count=1)
    return _pair(desk, cards[0] if cards else None)


@router.get("/ahead")
def ahead(desk: DeskDep, reviewer: ReviewerDep, queue: QueueDep, have: Have = []) -> Response:  # noqa: B006
    """Return the pairs that a page lacks to have eight waiting; `have` are those it holds, with the one it shows."""
    missing = max(_AT_ONCE - len(have), 0)
    cards = _cards(desk, reviewer, queue, have, count=missing) if missing else []
    # Counting takes longer than saving, so that progress comes along here, and not with the answer to a verdict.
    return desk.page("more.html.j2", {"ahead": cards, "progress": desk.store.progress(reviewer)})


@router.get("/gloss/{item}")
def gloss(item: str, desk: DeskDep, reviewer: ReviewerDep, queue: QueueDep) -> Response:
    """Return the word-for-word gloss of an item's Kazakh text, which is made only when somebody unfolds it."""
    shown = desk.store.item(item, reviewer, adjudicating=queue.adjudicating)
    return desk.page("gloss.html.j2", {"draft": desk.glosser.gloss(shown.source_text)})


@router.post("/verdict")
def verdict(request: Request, form: VerdictForm, desk: DeskDep, reviewer: ReviewerDep) -> Response:
    """Save a verdict: 200 once it is on the disk, 409 with both versions where the pair has changed meanwhile."""
    trims = form.verdict == "trim"
    shown = desk.store.item(form.item, reviewer, adjudicating=form.adjudicates) if trims else None
    mine = decision(form, reviewer, shown)
    try:
        saved = desk.store.decide(mine)
    except StaleError as error:
        if form.view == "list":
            raise
        now = card(error.current, served=form.served, adjudicates=form.adjudicates)
        values = {"now": now, "mine": mine, "sent": form.verdict, "form": form.model_dump()}
        response = desk.page("stale.html.j2", values, status=409)
        response.headers.update({"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"})
        return response
    if "hx-request" not in request.headers:
        return RedirectResponse("/", status_code=303)
    if form.view == "list":
        return desk.page("judged.html.j2", {"said": SAID[mine.verdict], "created": saved.created})
    said = SAID[mine.verdict] + (f": {mine.reason}" if mine.reason else "")
    event = "changed" if mine.verdict == "flag" else "advance"
    response = desk.page("saved.html.j2", _saved(saved, said))
    response.headers.update(triggers({event: {"stale": saved.touched, "again": mine.verdict == "flag"}}))
    return response


@router.post("/undo")
def undo(
    desk: DeskDep,
    reviewer: ReviewerDep,
    id: Annotated[str | None, Form(max_length=100)] = None,
    adjudicates: Annotated[bool, Form()] = False,
) -> Response:
    """Take back the reviewer's last verdict with all it brought about, and show its pair again."""
    undone = desk.store.undo(reviewer, id=id)
    again = card(desk.store.item(undone.item, reviewer), adjudicates=adjudicates)
    values = {
        **_saved(undone, "Undone"),
        "event": None,
        "rescores": False,
        "progress": desk.store.progress(reviewer),
        "card": again,
    }
    response = desk.page("undone.html.j2", values)
    response.headers.update(triggers({"changed": {"stale": undone.touched}}))
    return response


@router.post("/ripple/{event}")
def ripple(event: str, desk: DeskDep, reviewer: ReviewerDep) -> Response:
    """Weigh the rest of a pair of documents anew after a verdict, and show what changed."""
    found = desk.ripple(event)
    response = desk.page("ripple.html.j2", {"ripple": found, "most": MOST_CHANGES})
    response.headers.update(triggers({"changed": {"stale": [each.item for each in found.changes]}}))
    return response


def _cards(desk: Desk, reviewer: str, queue: Queue, have: Sequence[str], *, count: int = _AT_ONCE) -> list[Card]:
    items: list[ItemView]
    if queue.adjudicating:
        items = desk.store.adjudications(reviewer, count=count, exclude=have)
    else:
        items = desk.store.next(reviewer, queue.filter, count=count, exclude=have)
    return [card(each, served=queue.served, adjudicates=queue.adjudicating) for each in items]


def _page(desk: Desk, reviewer: str, queue: Queue, cards: Sequence[Card]) -> Response:
    values = {
        **desk.frame(reviewer, "/adjudicate" if queue.adjudicating else "/"),
        "queue": queue,
        "asked": _asked(desk, queue),
        "card": cards[0] if cards else None,
        "ahead": cards[1:],
        "nothing": NOTHING_LEFT,
    }
    return desk.page("review.html.j2", values)


def _pair(desk: Desk, shown: Card | None) -> Response:
    return desk.page("pair.html.j2", {"card": shown, "nothing": NOTHING_LEFT})


def _asked(desk: Desk, queue: Queue) -> str:
    """Say what a queue is narrowed to."""
    chosen = queue.filter
    said = [value for value in (chosen.state, chosen.status, chosen.relation, chosen.verdict) if value]
    papers = desk.store.run().papers
    if chosen.document and chosen.document in papers:
        paper = papers[chosen.document][1]
        said.append(f"of {paper.title or paper.path}")
    if chosen.flagged:
        said.append("flagged")
    if chosen.text:
        said.append(f"with “{chosen.text}”")
    return ", ".join(said)


def _saved(saved: Saved, said: str) -> dict[str, Any]:
    return {"said": said, "event": saved.event, "rescores": saved.rescores, "progress": None}
