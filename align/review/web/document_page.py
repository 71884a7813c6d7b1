"""The page of two whole documents, and the list of the documents that have links."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from fastapi.responses import JSONResponse, Response
from markupsafe import Markup

from align.review.page.document_bar import document_buttons, document_help
from align.review.page.document_page import DocumentReviewing
from align.review.web.context import PageNumber, QueueDep, ReviewerDep, ServicesDep, frame, page

__all__ = ["router"]

router = APIRouter()

_ROWS = 50
"""Pairs of documents on one page of the list."""


@router.get("/documents")
def documents(
    services: ServicesDep,
    reviewer: ReviewerDep,
    number: PageNumber = 1,
) -> Response:
    """List the pairs of documents that have links."""
    found, total = services.store.document_pairs(reviewer, limit=_ROWS, offset=(number - 1) * _ROWS)
    values = {"found": found, "total": total, "page": number, "pages": -(-total // _ROWS)}
    return page(services, "documents.html.j2", {**frame(services, reviewer, "/documents"), **values})


@router.get("/document/{source}/{target}")
def document(
    source: str,
    target: str,
    services: ServicesDep,
    reviewer: ReviewerDep,
    queue: QueueDep,
    at: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """Show two documents from top to bottom with the links between them, `at` one of these."""
    shown = DocumentReviewing(services, reviewer, source, target)
    values = {
        **frame(services, reviewer, "/documents"),
        "both": shown.both,
        "parts": {name: Markup(html) for name, html in shown.parts().items()},
        "at": at,
        "query": queue.query,
        "document_buttons": document_buttons(),
        "document_help": document_help(),
        "address": f"/document/{source}/{target}/do",
    }
    return page(services, "document.html.j2", values)


@router.post("/document/{source}/{target}/do")
def do(source: str, target: str, services: ServicesDep, reviewer: ReviewerDep, message: Any = Body()) -> Response:  # noqa: ANN401, B008
    """Do what a message of the page asks.

    409 for what has changed since it was shown, 400 for what makes no sense.
    """
    answer = DocumentReviewing(services, reviewer, source, target).answer(message)
    return JSONResponse(answer.plain(), answer.status)
