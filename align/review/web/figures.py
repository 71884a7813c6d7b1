"""What the decisions say: how far reviewers agree, how precise the links are, and who is reviewing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, Response

from align.review.web.curve import HEIGHT, WIDTH, curve
from align.review.web.desk import Desk, DeskDep, ReviewerDep, named

__all__ = ["router"]

router = APIRouter()

Threshold = Annotated[float | None, Query(ge=0, le=1)]


@router.get("/agreement")
def agreement(desk: DeskDep, reviewer: ReviewerDep) -> Response:
    """Show how far the reviewers agree beyond chance."""
    values = {**desk.frame(reviewer, "/agreement"), "agreement": desk.store.agreement()}
    return desk.page("agreement.html.j2", values)


@router.get("/dial")
def dial(desk: DeskDep, reviewer: ReviewerDep, threshold: Threshold = None) -> Response:
    """Show how many pairs a threshold keeps, and how many of them are right."""
    return desk.page("dial.html.j2", {**desk.frame(reviewer, "/dial"), **_dial(desk, threshold)})


@router.get("/dial/point")
def point(desk: DeskDep, reviewer: ReviewerDep, threshold: Threshold = None) -> Response:
    """Return the part of the dial's page that a threshold moves."""
    return desk.page("point.html.j2", _dial(desk, threshold))


@router.get("/who")
def who(desk: DeskDep) -> Response:
    """Ask who is reviewing."""
    values = {"here": "/who", "reviewer": None, "progress": None, "names": desk.store.reviewers()}
    return desk.page("who.html.j2", values)


@router.post("/who")
def name(desk: DeskDep, reviewer: Annotated[str, Form(max_length=200)]) -> Response:
    """Keep the name of who is reviewing in a cookie; raises InputError for what is no name."""
    moved = HTMLResponse(status_code=303, headers={"Location": "/"})
    return named(moved, reviewer)


def _dial(desk: Desk, threshold: float | None) -> dict[str, object]:
    found = desk.store.dial(threshold)
    return {"dial": found, "curve": curve(found), "width": WIDTH, "height": HEIGHT}
