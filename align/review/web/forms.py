"""What the pages send: a form's fields as a decision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Literal
from uuid import uuid4

from fastapi import Form
from pydantic import BaseModel, Field

from align.review.records import Decision, ItemView
from align.review.web.asked import Asked
from align.review.web.asked import decision as decide

__all__ = ["VerdictForm", "decision", "triggers"]


class _Fields(BaseModel):
    """The fields of a verdict, as `Asked` has them; `view` is the page that it is sent from."""

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
    """Return the decision that a form asks for; `shown` and errors are those of `asked.decision`."""
    return decide(Asked(**form.model_dump(exclude={"view"})), reviewer, shown)


def triggers(events: Mapping[str, object]) -> dict[str, str]:
    """Return the header by which htmx raises events in the page.

    >>> triggers({"advance": {"stale": []}})
    {'HX-Trigger': '{"advance": {"stale": []}}'}
    """
    return {"HX-Trigger": json.dumps(events)}
