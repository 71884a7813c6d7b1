"""The pages of batches.

What one would accept, the pairs that are drawn for it, and those that were accepted.
"""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from align.review.batches import DRAWN, MOST
from align.review.page.queues import Queue
from align.review.page.services import Services
from align.review.precision import wilson
from align.review.web.context import PageNumber, QueueDep, ReviewerDep, ServicesDep, frame, page

__all__ = ["router"]

router = APIRouter()

_ROWS: Final = 50
_STEPS: Final = (0.99, 0.95, 0.9, 0.8, 0.7)
"""Probabilities that are offered, beside the run's own threshold."""
_FEWEST_AUDITED: Final = 10
"""Audited pairs from which on the measured precision is told."""


@router.get("/batch")
def ask(
    services: ServicesDep, reviewer: ReviewerDep, queue: QueueDep, above: float | None = None, number: PageNumber = 1
) -> Response:
    """Show what a batch of a filter would accept.

    From the run's own threshold on unless another is asked for.
    """
    chosen = services.store.run().accept if above is None else above
    return page(services, "batch.html.j2", _values(services, reviewer, queue, chosen, number))


@router.post("/batch")
def begin(
    services: ServicesDep, reviewer: ReviewerDep, queue: Annotated[str, Form()], above: Annotated[float, Form()]
) -> Response:
    """Draw the pairs that are judged first."""
    identity = services.store.batches.begin(Queue.read(queue).filter, above, reviewer)
    return RedirectResponse(f"/batch/{identity}", status_code=303)


@router.get("/batch/{identity}")
def show(identity: str, services: ServicesDep, reviewer: ReviewerDep, number: PageNumber = 1) -> Response:
    """Show a batch: the drawn pairs with their verdicts, then what it accepted."""
    batch = services.store.batches.get(identity)
    values = _values(services, reviewer, Queue(batch.filter), batch.above, number) | {"batch": batch}
    if batch.judged:
        values["low"] = wilson(batch.right / batch.judged, batch.judged)[0]
    return page(services, "batch.html.j2", values)


@router.post("/batch/{identity}/accept")
def accept(identity: str, services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """Accept a batch."""
    services.store.batches.accept(identity, reviewer)
    return RedirectResponse(f"/batch/{identity}", status_code=303)


@router.post("/batch/{identity}/undo")
def undo(identity: str, services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """Take a batch back."""
    services.store.undo(reviewer, event=identity)
    return RedirectResponse(f"/batch/{identity}", status_code=303)


@router.get("/batches")
def batches(services: ServicesDep, reviewer: ReviewerDep) -> Response:
    """List the batches that were accepted."""
    run = services.store.run()
    found = [(each, Queue(each.filter).narrowed_to(run)) for each in services.store.batches.all()]
    return page(services, "batches.html.j2", {**frame(services, reviewer, "/agreement"), "batches": found})


def _values(services: Services, reviewer: str, queue: Queue, above: float, number: int) -> dict[str, object]:
    store, run = services.store, services.store.run()
    found = store.batches.preview(queue.filter, above, reviewer, limit=_ROWS, offset=(number - 1) * _ROWS)
    measured = store.precision(above).now
    steps = sorted({*_STEPS, run.accept, above}, reverse=True)
    counts = list(zip(steps, store.batches.sizes(queue.filter, steps, reviewer), strict=True))
    return {
        **frame(services, reviewer, "/pairs"),
        "queue": queue,
        "asked": {"query": urlencode({"above": above}) + ("&" + queue.query if queue.query else "")},
        "above": above,
        "counts": counts,
        "narrowed": queue.narrowed_to(run),
        "preview": found,
        "measured": measured if measured.n >= _FEWEST_AUDITED else None,
        "drawn": min(DRAWN, found.rows.total),
        "most": MOST,
        "page": number,
        "pages": -(-found.rows.total // _ROWS),
        "batch": None,
    }
