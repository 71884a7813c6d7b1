"""The lists of a review.

Pairs by search and filter, segments without a link, and decisions whose texts are gone.
"""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter
from fastapi.responses import Response

from align.review.interface_language import _
from align.review.page.services import Services
from align.review.verdicts import REASONS, VERDICTS, outcome_said
from align.review.web.context import PageNumber, QueueDep, ReviewerDep, ServicesDep, frame, page

__all__ = ["document_names", "router"]

router = APIRouter()

_ROWS = 50
"""Rows of a list on one page."""
_VERDICTS = [name for name, each in VERDICTS.items() if each.category and "link" in each.of]


@router.get("/pairs")
def pairs(
    services: ServicesDep,
    reviewer: ReviewerDep,
    queue: QueueDep,
    number: PageNumber = 1,
) -> Response:
    """List the items that pass the filter and hold the words searched for."""
    found = services.store.browse(queue.filter, reviewer, limit=_ROWS, offset=(number - 1) * _ROWS)
    values = {
        **frame(services, reviewer, "/pairs"),
        "queue": queue,
        "found": found,
        "page": number,
        "pages": -(-found.total // _ROWS),
        "chips": queue.chips(services.store.run()),
        "documents": document_names(services),
        "names": [(name, name) for name in services.store.reviewers()],
        "reason_choices": [(reason, _(reason)) for reason in REASONS],
        "run": services.store.run(),
        "verdict_choices": [(name, outcome_said(name)) for name in _VERDICTS],
    }
    return page(services, "pairs.html.j2", values)


@router.get("/lost")
def lost(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """List the decisions whose texts the last run no longer holds."""
    return page(services, "lost.html.j2", {**frame(services, reviewer, "/lost"), "lost": services.store.lost()})


def document_names(services: Services) -> list[tuple[str, str]]:
    """Return what a document may be called in the filter.

    Its path comes with it where that is another name.
    """
    known = services.store.run().documents
    titles = Counter(each.title or each.path for _, each in known.values())
    named = []
    for lang, each in known.values():
        name = each.title if each.title and titles[each.title] == 1 else each.path
        named.append((name, f"{lang} · {each.path}"))
    return sorted(named)
