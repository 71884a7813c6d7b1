"""What every page needs: the store, the templates, and who is asking for what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast, get_args
from urllib.parse import quote, unquote, urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from align.errors import InputError
from align.review.events import check_reviewer
from align.review.records import REASONS, Filter, Order, Ripple
from align.review.store import Store
from align.review.web.words import duration, when
from align.types import Relation, Status
from align.wording import count, probability

if TYPE_CHECKING:
    from jinja2 import Environment

    from align.review.web.finder import Finder
    from align.review.web.glosser import Glosser

__all__ = [
    "NAME_COOKIE",
    "Desk",
    "DeskDep",
    "NoNameError",
    "Queue",
    "QueueDep",
    "ReviewerDep",
    "named",
]

NAME_COOKIE = "align-reviewer"

_STATES = ("open", "judged", "skipped", "disputed", "decided", "lost")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": ("link", "unmatched"),
    "state": _STATES,
    "status": get_args(Status),
    "relation": get_args(Relation),
    "side": ("source", "target"),
    "order": get_args(Order),
}


class NoNameError(Exception):
    """Nobody has said yet who is reviewing."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The store, the finder of segments by meaning, the gloss, and who weighs documents anew after a verdict."""

    store: Store
    finder: Finder
    glosser: Glosser
    ripple: Callable[[str], Ripple]

    def page(self, template: str, values: Mapping[str, object], *, status: int = 200) -> HTMLResponse:
        """Return a template set with these values; everything in them is escaped."""
        return HTMLResponse(_environment().get_template(template).render(run=self.store.run(), **values), status)

    def frame(self, reviewer: str, here: str) -> dict[str, object]:
        """Return what the head of a page shows; `here` is the page's path."""
        return {"here": here, "reviewer": reviewer, "progress": self.store.progress(reviewer)}


@dataclass(frozen=True, slots=True)
class Queue:
    """Which items a page walks through: those that pass `filter`, or those that wait for a third person."""

    filter: Filter
    adjudicating: bool = False

    @property
    def query(self) -> str:
        """Return the queue as a query string, which `_queue` reads again."""
        asked = {each.name: getattr(self.filter, each.name) for each in fields(Filter)}
        plain = {each.name: each.default for each in fields(Filter)}
        values = {name: value for name, value in asked.items() if value != plain[name]}
        if self.filter.flagged is not None:
            values["flagged"] = "yes" if self.filter.flagged else "no"
        return urlencode({**values, **({"mode": "adjudicate"} if self.adjudicating else {})})

    @property
    def served(self) -> Literal["queue", "search"]:
        """Say how a reviewer comes to the items of this queue: what was searched for is no sample."""
        return "search" if self.filter.text else "queue"

    def but(self, changes: Mapping[str, Any]) -> Queue:
        """Return the queue with other filters."""
        return replace(self, filter=replace(self.filter, **changes))


# These three are coroutines for speed alone: FastAPI would send each plain function through a thread of its own.
async def _desk(request: Request) -> Desk:
    return cast(Desk, request.app.state.desk)


async def _queue(request: Request) -> Queue:
    """Read a queue from the address; raises InputError for a filter that is none of its choices."""
    asked = {name: value for name, value in request.query_params.items() if value}
    for name, choices in _CHOICES.items():
        if asked.get(name, choices[0]) not in choices:
            raise InputError(f"{name} = {asked[name]!r}: choose one of {', '.join(choices)}")
    names = {each.name for each in fields(Filter)} - {"flagged"}
    chosen: dict[str, Any] = {name: value for name, value in asked.items() if name in names}
    if "flagged" in asked:
        chosen["flagged"] = asked["flagged"] == "yes"
    return Queue(Filter(**chosen), asked.get("mode") == "adjudicate")


async def _reviewer(request: Request) -> str:
    """Return the name in the cookie; raises NoNameError where there is none."""
    try:
        return check_reviewer(unquote(request.cookies[NAME_COOKIE]))
    except (KeyError, InputError) as error:
        raise NoNameError from error


def named(response: HTMLResponse, name: str) -> HTMLResponse:
    """Let a response's cookie keep the reviewer's name for a year; raises InputError for what is no name."""
    year = 365 * 24 * 3600
    response.set_cookie(NAME_COOKIE, quote(check_reviewer(name)), max_age=year, httponly=True, samesite="strict")
    return response


DeskDep = Annotated[Desk, Depends(_desk)]
QueueDep = Annotated[Queue, Depends(_queue)]
ReviewerDep = Annotated[str, Depends(_reviewer)]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(probability=probability, count=count, duration=duration, when=when)
    environment.globals["reasons"] = REASONS
    return environment
