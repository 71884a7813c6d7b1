"""The pages where pairs are judged, one after the other.

And the one address that their script talks to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Body
from fastapi.responses import JSONResponse, Response

from align.review.page.actions import Reviewing
from align.review.page.cards import Card
from align.review.page.messages import about
from align.review.page.queues import Queue
from align.review.page.render import render
from align.review.page.services import Services
from align.review.web.context import QueueDep, ReviewerDep, ServicesDep, frame, page

__all__ = ["router"]

router = APIRouter()


@router.get("/")
def review(services: ServicesDep, reviewer: ReviewerDep, queue: QueueDep) -> Response:
    """Show the first pair of a queue; the next ones wait in the page."""
    return _page(services, reviewer, queue, Reviewing(services, reviewer).cards(queue, ()))


@router.get("/adjudicate")
def adjudicate(services: ServicesDep, reviewer: ReviewerDep, queue: QueueDep) -> Response:
    """Show what two reviewers judged differently to a third."""
    queue = Queue(queue.filter, adjudicating=True)
    return _page(services, reviewer, queue, Reviewing(services, reviewer).cards(queue, ()))


@router.get("/unmatched")
def unmatched(services: ServicesDep, reviewer: ReviewerDep, queue: QueueDep) -> Response:
    """Show the first segment without a counterpart.

    Of the Kazakh ones unless the English are asked for.
    """
    queue = queue.but({"kind": "unmatched", "side": queue.filter.side or "source"})
    return _page(services, reviewer, queue, Reviewing(services, reviewer).cards(queue, ()))


@router.get("/pair/{item}")
def pair(item: str, services: ServicesDep, reviewer: ReviewerDep, queue: QueueDep) -> Response:
    """Show one pair, and the queue after it.

    Whoever opens a pair by its address has looked for it.
    """
    shown = services.store.item(item, reviewer, adjudicating=queue.adjudicating)
    first = services.card(shown, served="search", adjudicates=queue.adjudicating)
    return _page(services, reviewer, queue, [first, *Reviewing(services, reviewer).cards(queue, (item,))])


@router.post("/do")
def do(services: ServicesDep, reviewer: ReviewerDep, message: Any = Body()) -> Response:  # noqa: ANN401, B008
    """Do what a message of the page asks.

    409 where a pair has changed since it was shown, 400 for what makes no sense.

    A verdict that is answered with 200 is on the disk.
    """
    answer = Reviewing(services, reviewer).answer(message)
    return JSONResponse(answer.plain(), answer.status)


def _page(services: Services, reviewer: str, queue: Queue, cards: Sequence[Card]) -> Response:
    lone = queue.filter.kind == "unmatched"
    values = {
        **frame(services, reviewer, "/adjudicate" if queue.adjudicating else "/unmatched" if lone else "/", queue),
        "lone": lone,
        "queue": queue,
        "query": queue.query,
        "about": about(queue, services.store.run()),
        "pair": _safe(Reviewing(services, reviewer).pair(cards[0] if cards else None, queue)),
        "ahead": _safe(render("ahead.html.j2", {"ahead": cards[1:]})),
        "where": "page",
    }
    return page(services, "review.html.j2", values)


def _safe(html: str) -> object:
    """Mark what a template has made, so that the page around it does not escape it again."""
    from markupsafe import Markup

    return Markup(html)
