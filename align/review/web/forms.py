"""What the pages send: a form's fields as a decision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Literal, cast
from uuid import uuid4

from fastapi import Form
from pydantic import BaseModel, Field

from align.errors import InputError
from align.review.records import VERDICTS, Decision, ItemView, Neighbouring, Verdict

__all__ = ["VerdictForm", "decision", "triggers"]


class _Fields(BaseModel):
    """The fields of a verdict. `verdict` may carry its detail: "reject:bad text", "swap:ID", "merge:source_after"."""

    item: str = Field(max_length=100)
    version: int
    verdict: str = Field(max_length=200)
    id: str = Field(default_factory=lambda: uuid4().hex, max_length=100)
    served: Literal["queue", "search"] = "queue"
    source_text: str | None = None
    target_text: str | None = None
    comment: str | None = Field(default=None, max_length=500)
    adjudicates: bool = False
    view: Literal["pair", "list"] = "pair"


VerdictForm = Annotated[_Fields, Form()]


def decision(form: _Fields, reviewer: str, shown: ItemView | None) -> Decision:
    """Return the decision that a form asks for; `shown` is the item that is to be trimmed, None for other verdicts.

    Raises InputError for a verdict that is none, or a trimmed text that is no piece of its original.
    """
    verdict, _, detail = form.verdict.partition(":")
    if verdict not in VERDICTS:
        raise InputError(f"verdict {verdict!r}: choose one of {', '.join(VERDICTS)}")
    trims = verdict == "trim" and shown is not None
    writes = verdict in ("edit", "post_edit")
    return Decision(
        id=form.id,
        item=form.item,
        reviewer=reviewer,
        verdict=cast(Verdict, verdict),
        version=form.version,
        reason=detail or None if verdict == "reject" else None,
        comment=form.comment or None,
        source_text=_clean(form.source_text) if writes else None,
        target_text=_clean(form.target_text) if writes else None,
        source_span=_span(form.source_text, shown.source_text) if trims and shown else None,
        target_span=_span(form.target_text, shown.target_text) if trims and shown else None,
        other=detail or None if verdict == "swap" else None,
        neighbour=cast(Neighbouring, detail) if verdict == "merge" else None,
        adjudicates=form.adjudicates,
        served=form.served,
    )


def _clean(text: str | None) -> str | None:
    """Return a text as one line: a browser sends the line breaks of a text field as two characters each."""
    return " ".join(text.split()) if text is not None else None


def _span(piece: str | None, whole: str) -> tuple[int, int] | None:
    """Return where a piece stands in its text, None for the whole of it.

    >>> _span(" on June 9 ", "The vote is on June 9."), _span("all", "all")
    ((12, 21), None)
    """
    if piece is None or _clean(piece) == _clean(whole):
        return None
    wanted = piece.replace("\r\n", "\n").strip()
    start = whole.find(wanted)
    if start < 0 or not wanted:
        raise InputError("a trimmed text must be one piece of its original: delete at the ends only, or edit instead")
    return start, start + len(wanted)


def triggers(events: Mapping[str, object]) -> dict[str, str]:
    """Return the header by which htmx raises events in the page.

    >>> triggers({"advance": {"stale": []}})
    {'HX-Trigger': '{"advance": {"stale": []}}'}
    """
    return {"HX-Trigger": json.dumps(events)}
