"""The page of whoever runs the review: what each reviewer did, and what is left."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from align.review.report import report_sheet
from align.review.web.context import ReviewerDep, ServicesDep, frame, page
from align.review.web.people import table

__all__ = ["router"]

router = APIRouter()


@router.get("/team")
def team(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """Show what each reviewer did, day by day, and what is left."""
    found = services.store.report()
    values = {"report": found, "days": sorted(found.days, key=lambda each: each.day or "", reverse=True)}
    return page(services, "team.html.j2", {**frame(services, reviewer, "/team"), **values})


@router.get("/team.csv")
def team_csv(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """Return the same as a table for a spreadsheet."""
    return table(report_sheet(services.store.report()), "team.csv")
