"""The page of whoever runs the review.

What each reviewer did, what is left, and who is to do it.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from align.errors import InputError
from align.review.assignments import Part
from align.review.interface_language import N_, _
from align.review.page.queues import document_named
from align.review.report import report_sheet
from align.review.web.context import ReviewerDep, ServicesDep, frame, page
from align.review.web.lists import document_names
from align.review.web.people import table

__all__ = ["router"]

router = APIRouter()

_PAGES = {
    "/": N_("at the pairs"),
    "/unmatched": N_("at segments without a counterpart"),
    "/adjudicate": N_("at disputes"),
    "/pair": N_("at the pairs"),
    "/document": N_("in whole documents"),
    "/pairs": N_("searching"),
}
"""What somebody does on a page, by the beginning of its path."""

_Name = Annotated[str, Form(max_length=200)]
_Number = Annotated[str, Form(max_length=12)]


@router.get("/team")
def team(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """Show what each reviewer did, day by day, what is left, and who is to do it."""
    found = services.store.report()
    run = services.store.run()
    assigned = {each.reviewer for each in found.assigned} | {each.reviewer for each in found.targets}
    values = {
        "report": found,
        "days": sorted(found.days, key=lambda each: each.day or "", reverse=True),
        "targets": {each.reviewer: each for each in found.targets},
        "names": sorted({*services.store.reviewers(), *assigned, reviewer}),
        "documents": document_names(services),
        "run": run,
        "present": services.presence.here(),
        "pages": _PAGES,
    }
    return page(services, "team.html.j2", {**frame(services, reviewer, "/team"), **values})


@router.get("/team.csv")
def team_csv(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """Return the same as a table for a spreadsheet."""
    return table(report_sheet(services.store.report()), "team.csv")


@router.post("/team/assign")
def assign(
    services: ServicesDep,
    reviewer: ReviewerDep,
    who: _Name,
    document: _Name = "",
    first: _Number = "",
    last: _Number = "",
) -> Response:
    """Assign a document by its name, or the pairs from one number to another.

    Raises InputError for no such part.
    """
    if document.strip():
        part = Part(document_named(document.strip(), services.store.run().documents))
    else:
        part = Part(first=_number(first), last=_number(last))
    services.store.assign(who, part, by=reviewer)
    return _back()


@router.post("/team/unassign")
def unassign(services: ServicesDep, reviewer: ReviewerDep, assignment: _Name) -> Response:
    """Take an assignment back."""
    services.store.unassign(assignment)
    return _back()


@router.post("/team/target")
def target(services: ServicesDep, reviewer: ReviewerDep, who: _Name, daily: _Number = "") -> Response:
    """Set how many verdicts a day somebody means to give, nothing or 0 for no target."""
    services.store.set_target(who, _number(daily or "0"), by=reviewer)
    return _back()


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise InputError(
            _("“{text}” is no number: name a document, or the first and the last pair").format(text=text)
        ) from error


def _back() -> Response:
    return RedirectResponse("/team", status_code=303)
