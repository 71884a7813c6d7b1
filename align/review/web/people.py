"""Where reviewers differed.

How far they agree, the list of disputes, and what became of one's own verdicts.
"""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from align.review.agreement import SAID
from align.review.disputes import BECAME, disputes_sheet
from align.review.interface_language import N_
from align.review.web.context import ReviewerDep, ServicesDep, frame, page

__all__ = ["router"]

router = APIRouter()

_BECAME_SAID = {
    "alone": N_("nobody else has judged"),
    "agreed": N_("others say the same"),
    "disputed": N_("a third person is to decide"),
    "upheld": N_("upheld"),
    "overruled": N_("overruled"),
}


@router.get("/agreement")
def agreement(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """Show how far the reviewers agree beyond chance, and on what they differ."""
    values = {"agreement": services.store.agreement(), "said": SAID, "part": "/agreement"}
    return page(services, "agreement.html.j2", {**frame(services, reviewer, "/agreement"), **values})


@router.get("/disputes")
def disputes(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """List the pairs on which reviewers differed, and what was decided."""
    values = {"disputes": services.store.disputes(), "became_said": _BECAME_SAID, "part": "/disputes"}
    return page(services, "disputes.html.j2", {**frame(services, reviewer, "/agreement"), **values})


@router.get("/disputes.csv")
def disputes_csv(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """Return the same as a table for a spreadsheet."""
    return table(disputes_sheet(services.store.disputes()), "disputes.csv")


@router.get("/became")
def became(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """Show what became of the reviewer's own verdicts."""
    values = {"fates": services.store.fates(reviewer), "kinds": BECAME, "became_said": _BECAME_SAID, "part": "/became"}
    return page(services, "became.html.j2", {**frame(services, reviewer, "/agreement"), **values})


def table(text: str, name: str) -> Response:
    """Return CSV as a file; spreadsheets know UTF-8 by the mark before it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + text, media_type="text/csv; charset=utf-8", headers=headers)
