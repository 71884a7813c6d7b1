"""A reviewer's own pages: the glossary of the run."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from align.review.web.context import ReviewerDep, ServicesDep, frame, page

__all__ = ["router"]

router = APIRouter()


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
