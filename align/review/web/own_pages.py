"""A reviewer's own pages: the glossary of the run and the concordance."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from align.review.web.context import ReviewerDep, ServicesDep, frame, page

__all__ = ["router"]

router = APIRouter()

_LINES = 200


@router.get("/glossary")
def glossary(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """List the terms of the run's glossary, or say how a run gets one."""
    terms = services.glossary.terms()
    values = {
        "part": "/glossary",
        "terms": terms.terms if terms is not None else (),
        "fault": services.glossary.fault,
        "folder": services.store.run().folder,
    }
    return page(services, "glossary.html.j2", {**frame(services, reviewer, "/start"), **values})


@router.get("/concordance")
def concordance(
    services: ServicesDep, reviewer: ReviewerDep, word: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Show how accepted pairs translate a word."""
    found = services.store.concordance(word, reviewer, limit=_LINES)
    values = {"part": "/concordance", "found": found, "where": "page"}
    return page(services, "concordance_page.html.j2", {**frame(services, reviewer, "/start"), **values})
