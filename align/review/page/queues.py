"""Which items a page walks through, as its address names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, get_args
from urllib.parse import parse_qsl, urlencode

from align.errors import InputError
from align.review.interface_language import N_, _
from align.review.records import Filter, RunInfo
from align.review.verdicts import Kind, Order, outcome_said
from align.types import Relation, StatusOnFile

__all__ = ["NOTEBOOK_QUEUES", "Queue"]

_STATES = ("open", "judged", "skipped", "disputed", "decided", "lost")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "state": _STATES,
    "status": get_args(StatusOnFile),
    "relation": get_args(Relation),
    "side": ("source", "target"),
    "order": get_args(Order),
}

_SAID: Mapping[str, Mapping[str, str]] = {
    "state": {
        "open": N_("open"),
        "judged": N_("judged by me"),
        "skipped": N_("skipped"),
        "disputed": N_("disputed"),
        "decided": N_("decided"),
        "lost": N_("text lost"),
    },
    "status": {"accept": N_("accepted by the run"), "review": N_("for review")},
    "relation": {
        "equivalent": N_("same facts"),
        "partial": N_("some facts shared"),
        "conflict": N_("facts conflict"),
        "none": N_("no facts shared"),
    },
}
"""What a page calls the choices of a filter."""

NOTEBOOK_QUEUES = (
    ("", N_("Review")),
    ("kind=unmatched&side=source", N_("Unmatched Kazakh")),
    ("kind=unmatched&side=target", N_("Unmatched English")),
    ("mode=adjudicate", N_("Adjudicate")),
)
"""What a notebook offers instead of pages: the query of a queue, and its name."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Which items a page walks through: those that pass `filter`, or those that wait for a third person."""

    filter: Filter = field(default_factory=Filter)
    adjudicating: bool = False

    @classmethod
    def read(cls, query: str) -> Queue:
        """Return the queue that a query string names; raises InputError for a filter that is none of its choices.

        >>> Queue.read("kind=unmatched&side=source").filter.side
        'source'
        """
        return cls.of(dict(parse_qsl(query)))

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Queue:
        """Return the queue of the parameters of a query; raises InputError likewise."""
        asked = {name: value for name, value in query.items() if value}
        for name, choices in _CHOICES.items():
            if asked.get(name, choices[0]) not in choices:
                raise InputError(f"{name} = {asked[name]!r}: choose one of {', '.join(choices)}")
        names = {each.name for each in fields(Filter)} - {"flagged"}
        chosen: dict[str, Any] = {name: value for name, value in asked.items() if name in names}
        if "flagged" in asked:
            chosen["flagged"] = asked["flagged"] == "yes"
        return cls(Filter(**chosen), asked.get("mode") == "adjudicate")

    @property
    def query(self) -> str:
        """Return the queue as a query string, which `read` reads again."""
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

    def narrowed_to(self, run: RunInfo) -> str:
        """Say in the reader's language what the queue is narrowed to, "" for all links."""
        chosen = self.filter
        told = [_SAID[name][value] for name in _SAID if (value := getattr(chosen, name))]
        said = [_(each) for each in told] + ([outcome_said(chosen.verdict).lower()] if chosen.verdict else [])
        if chosen.kind == "unmatched":
            sides = {"source": _("unmatched Kazakh"), "target": _("unmatched English")}
            said.append(sides.get(chosen.side or "", _("unmatched")))
        if chosen.document and chosen.document in run.documents:
            document = run.documents[chosen.document][1]
            said.append(_("of {document}").format(document=document.title or document.path))
        if chosen.flagged:
            said.append(_("flagged"))
        if chosen.text:
            said.append(_("with “{text}”").format(text=chosen.text))
        return ", ".join(said)
