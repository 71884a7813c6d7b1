"""What the decisions say of the links: how precise they are; and who is reviewing."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from align.review.events import check_reviewer
from align.review.page.services import Services
from align.review.web.context import ReviewerDep, ServicesDep, frame, name_of, named, page, speaking_to
from align.review.web.curve import HEIGHT, WIDTH, curve

__all__ = ["router"]

router = APIRouter()

ThresholdQuery = Annotated[float | None, Query(ge=0, le=1)]


@router.get("/precision")
def precision(services: ServicesDep, reviewer: ReviewerDep, threshold: ThresholdQuery = None) -> Response:
    """Show how many pairs a threshold keeps, and how many of them are right."""
    values = {**frame(services, reviewer, "/precision"), **_estimate(services, threshold)}
    return page(services, "precision.html.j2", values)


@router.get("/precision/at")
def precision_at(services: ServicesDep, reviewer: ReviewerDep, threshold: ThresholdQuery = None) -> Response:
    """Return the part of that page that a threshold moves."""
    return page(services, "precision_at.html.j2", _estimate(services, threshold))


@router.get("/who")
def who(services: ServicesDep) -> Response:
    """Ask who is reviewing."""
    return page(services, "who.html.j2", {"here": "/who", "names": services.store.reviewers()})


@router.post("/who")
def name(
    request: Request,
    services: ServicesDep,
    reviewer: Annotated[str, Form(max_length=200)],
    sure: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Keep the name of who is reviewing in a cookie; raises InputError for what is no name.

    Whoever is new to this browser is asked first whether a name that is taken is theirs, and whoever has judged nothing
    yet is told what this is, and which keys there are.
    """
    known = services.store.known_as(reviewer)
    if known is not None and not sure and name_of(request) != check_reviewer(reviewer):
        here = any(each.reviewer == known.reviewer for each in services.presence.here())
        values = {"here": "/who", "known": known, "typed": check_reviewer(reviewer), "is_here": here}
        return page(services, "taken.html.j2", values)
    moved = HTMLResponse(status_code=303, headers={"Location": "/" if known is not None else "/start"})
    return named(moved, reviewer)


@router.post("/language")
def language(request: Request, language: Annotated[str, Form(max_length=20)]) -> Response:
    """Keep the interface's language in a cookie and go back to the page.

    Raises InputError for one it has not.
    """
    # Only the path is taken of where the reader came from: the form must lead nowhere else.
    before = urlsplit(request.headers.get("referer", ""))
    where = "/" + before.path.lstrip("/") + (f"?{before.query}" if before.query else "")
    return speaking_to(HTMLResponse(status_code=303, headers={"Location": where}), language)


def _estimate(services: Services, threshold: float | None) -> dict[str, object]:
    found = services.store.precision(threshold)
    return {"precision": found, "curve": curve(found), "width": WIDTH, "height": HEIGHT}
