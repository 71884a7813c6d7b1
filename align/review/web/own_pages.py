"""A reviewer's own pages.

What waits, what was done, the guidelines, the glossary and the concordance.
"""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from align.review.interface_language import spoken
from align.review.own_work import own_sheet
from align.review.page.ending import next_steps
from align.review.page.guidelines import guidelines_of
from align.review.page.queues import Queue
from align.review.records import Filter
from align.review.web.context import PageNumber, ReviewerDep, ServicesDep, frame, page
from align.review.web.people import table

__all__ = ["router"]

router = APIRouter()

_LINES = 200
_ROWS = 50
"""Lines of a concordance, and own verdicts, on one page."""
_NOWHERE = Queue(Filter(state="lost"))
"""A queue that is none of those that may wait."""


@router.get("/start")
def start(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """Say who is reviewing, which run, and what waits.

    To whoever is here for the first time, the keys as well.
    """
    store = services.store
    answered = store.browse(Filter(kind=None, note="open"), reviewer, limit=0).total
    _verdicts, done = store.own_work(reviewer, limit=0)
    values = {
        "part": "/start",
        "run": store.run(),
        "steps": next_steps(_NOWHERE, store.waiting(reviewer)),
        "notes": answered,
        "done": done,
        "glossary": services.glossary.terms(),
    }
    return page(services, "start.html.j2", {**frame(services, reviewer, "/start"), **values})


@router.get("/mine")
def mine(
    services: ServicesDep,
    reviewer: ReviewerDep,
    number: PageNumber = 1,
) -> Response:
    """List the reviewer's own verdicts, the last first."""
    work, total = services.store.own_work(reviewer, limit=_ROWS, offset=(number - 1) * _ROWS)
    values = {"part": "/mine", "work": work, "total": total, "page": number, "pages": -(-total // _ROWS)}
    return page(services, "mine.html.j2", {**frame(services, reviewer, "/start"), **values})


@router.post("/mine/reopen")
def reopen(services: ServicesDep, reviewer: ReviewerDep, event: Annotated[str, Form(max_length=64)]) -> Response:
    """Take a verdict back and open its pair.

    Raises NotAllowedError for another's, or one that stands no more.
    """
    undone = services.store.undo(reviewer, event=event)
    return RedirectResponse(f"/pair/{undone.item}", status_code=303)


@router.get("/mine.csv")
def mine_csv(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """Return the same as a table for a spreadsheet."""
    return table(own_sheet(services.store.own_work(reviewer)[0]), "my-verdicts.csv")


@router.get("/mine.jsonl")
def mine_jsonl(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """Return all that the reviewer did, as `align review import` takes it."""
    lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in services.store.own_events(reviewer))
    headers = {"Content-Disposition": 'attachment; filename="my-decisions.jsonl"'}
    return Response("".join(lines), media_type="application/jsonl; charset=utf-8", headers=headers)


@router.get("/guidelines")
def guidelines(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """Show how pairs are to be judged.

    Raises InputError where the run's own guidelines can't be read.
    """
    found = guidelines_of(services.store.folder, spoken())
    values = {"part": "/guidelines", "guidelines": found, "text": Markup(found.html)}
    return page(services, "guidelines.html.j2", {**frame(services, reviewer, "/start"), **values})


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
