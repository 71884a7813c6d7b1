"""Which items a page walks through, as its address names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, get_args
from urllib.parse import parse_qsl, urlencode

from align.errors import InputError
from align.review.interface_language import N_, _
from align.review.notes import NoteState
from align.review.records import DocumentView, Filter, RunInfo
from align.review.verdicts import REASONS, Kind, Order, outcome_said
from align.text.folding import folded
from align.types import Relation, StatusOnFile

__all__ = ["NOTEBOOK_QUEUES", "Chip", "Queue", "document_named"]

_STATES = ("open", "judged", "skipped", "disputed", "decided", "lost", "batched")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "state": _STATES,
    "status": get_args(StatusOnFile),
    "relation": get_args(Relation),
    "side": ("source", "target"),
    "order": get_args(Order),
    "reason": REASONS,
    "note": get_args(NoteState),
}

_SAID: Mapping[str, Mapping[str, str]] = {
    "state": {
        "open": N_("open"),
        "judged": N_("judged by me"),
        "skipped": N_("skipped"),
        "disputed": N_("disputed"),
        "decided": N_("decided"),
        "lost": N_("text lost"),
        "batched": N_("accepted in a batch"),
    },
    "status": {"accept": N_("accepted by the run"), "review": N_("for review")},
    "relation": {
        "equivalent": N_("same facts"),
        "partial": N_("some facts shared"),
        "conflict": N_("facts conflict"),
        "none": N_("no facts shared"),
    },
    "note": {
        "yes": N_("with a note"),
        "open": N_("with a note that nobody has answered"),
        "answered": N_("with a note that was answered"),
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
    """Which items a page walks through.

    Those that pass `filter`, or those that wait for a third person.
    """

    filter: Filter = field(default_factory=Filter)
    adjudicating: bool = False

    @classmethod
    def read(cls, query: str) -> Queue:
        """Return the queue that a query string names.

        Raises InputError for a filter that is none of its choices.

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
        return urlencode(self.parameters())

    def parameters(self) -> list[tuple[str, str]]:
        """Return the same as names and values."""
        asked = {each.name: getattr(self.filter, each.name) for each in fields(Filter)}
        plain = {each.name: each.default for each in fields(Filter)}
        values = {name: value for name, value in asked.items() if value != plain[name]}
        if self.filter.flagged is not None:
            values["flagged"] = "yes" if self.filter.flagged else "no"
        return [*values.items(), *([("mode", "adjudicate")] if self.adjudicating else [])]

    @property
    def served(self) -> Literal["queue", "search"]:
        """Say how a reviewer comes to the items of this queue: what was searched for is no sample."""
        asked = self.filter
        looked_for = (
            asked.text,
            asked.note,
            asked.noted,
            asked.reason,
            asked.reviewer,
            asked.since,
            asked.until,
            asked.batch,
        )
        return "search" if any(looked_for) else "queue"

    def but(self, changes: Mapping[str, Any]) -> Queue:
        """Return the queue with other filters."""
        return replace(self, filter=replace(self.filter, **changes))

    def narrowed_to(self, run: RunInfo) -> str:
        """Say in the reader's language what the queue is narrowed to, "" for all links."""
        return ", ".join(each.label for each in self.chips(run))

    def chips(self, run: RunInfo) -> list[Chip]:
        """Return what each filter that is on narrows the queue to, in the reader's language."""
        plain = {each.name: each.default for each in fields(Filter)}
        told = _told(self.filter, run)
        return [Chip(name, label, self.but({name: plain[name]}).query) for name, label in told if label]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on: its `name`, what it asks, and the query of the queue `without` it."""

    name: str
    label: str
    without: str


def document_named(name: str, documents: Mapping[str, tuple[str, DocumentView]]) -> str:
    """Return the id of the document that has this id, title or path.

    Or of the one whose title or path holds it.

    Raises InputError where there is none, or more than one.
    """
    if name in documents:
        return name
    known = {key: (each.title or "", each.path) for key, (_lang, each) in documents.items()}
    alike = [key for key, names in known.items() if name in names]
    alike = alike or [key for key, names in known.items() if any(folded(name) in folded(each) for each in names)]
    if not alike:
        raise InputError(_("no document of this run is called “{name}”").format(name=name))
    if len(alike) > 1:
        several = _("{n} documents of this run are called something like “{name}”: write more of it")
        raise InputError(several.format(n=len(alike), name=name))
    return alike[0]


def _told(chosen: Filter, run: RunInfo) -> Iterator[tuple[str, str]]:
    """Yield the names of all filters with what each asks, "" for one that is not on."""
    for name, words in _SAID.items():
        value = getattr(chosen, name)
        yield name, _(words[value]) if value else ""
    yield "verdict", outcome_said(chosen.verdict).lower() if chosen.verdict else ""
    yield "reason", _("rejected: {reason}").format(reason=_(chosen.reason)) if chosen.reason else ""
    if chosen.kind == "unmatched":
        sides = {"source": _("unmatched Kazakh"), "target": _("unmatched English")}
        yield "kind", sides.get(chosen.side or "", _("unmatched"))
    if chosen.document and chosen.document in run.documents:
        document = run.documents[chosen.document][1]
        yield "document", _("of {document}").format(document=document.title or document.path)
    if chosen.beside and chosen.beside in run.documents:
        document = run.documents[chosen.beside][1]
        yield "beside", _("and {document}").format(document=document.title or document.path)
    yield "batch", _("drawn at random for a batch") if chosen.batch else ""
    if chosen.flagged is not None:
        yield "flagged", _("flagged") if chosen.flagged else _("not flagged")
    yield "reviewer", _("judged by {name}").format(name=chosen.reviewer) if chosen.reviewer else ""
    yield "since", _("since {day}").format(day=chosen.since) if chosen.since else ""
    yield "until", _("until {day}").format(day=chosen.until) if chosen.until else ""
    yield "noted", _("noted “{text}”").format(text=chosen.noted) if chosen.noted else ""
    yield "text", _("with “{text}”").format(text=chosen.text) if chosen.text else ""
