"""What the page of two whole documents may ask for.

It is answered with the parts of the page that change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Final
from uuid import uuid4

from align.errors import AlignError, InputError
from align.review.cutting import SentSplit
from align.review.document import BothDocuments, DocumentLink
from align.review.drawing import DrawnLink
from align.review.errors import StaleError, UnknownItemError
from align.review.interface_language import _
from align.review.page.actions import Answer, Reviewing
from align.review.page.render import render
from align.review.page.services import Services

__all__ = ["DocumentReviewing", "look"]

_CHANGING = ("verdict", "rescore")
"""What a page may ask for that changes the links between the documents."""


def look(link: DocumentLink) -> str:
    """Return how a link is drawn: by what was said of it, else by what the run thinks."""
    if link.said in ("accept", "partial", "disputed"):
        return str(link.said)
    if link.said not in (None, "skip"):
        return "accept"
    return "likely" if link.status == "accept" else "unsure"


_MOST_ROWS: Final = 100
"""Segments a side that a link may have: more than the longest list that anybody translates as one sentence."""


@dataclass(frozen=True, slots=True)
class DocumentMessage:
    """What is asked of the two documents alone.

    What to `do`, the rows it is about, and the link that it changes.

    `at` is the character at which the one row is cut.
    """

    do: str
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    item: str = ""
    version: int = 0
    beside: bool = False
    edge: bool = False
    at: int = 0
    id: str = field(default_factory=lambda: uuid4().hex)

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> DocumentMessage:
        """Return a message that was sent; raises InputError for a value that none of its fields has."""
        kinds = {"source": list, "target": list, "version": int, "at": int, "beside": bool, "edge": bool}
        values: dict[str, Any] = {}
        for each in fields(cls):
            value = sent.get(each.name, values)
            if value is values:
                continue
            if not isinstance(value, kinds.get(each.name, str)):
                raise InputError(f"message: {each.name} = {repr(value)[:60]} is nothing that a review understands")
            values[each.name] = tuple(map(str, value[:_MOST_ROWS])) if isinstance(value, list) else value
        return cls(**values)


@dataclass(frozen=True)
class DocumentReviewing:
    """One reviewer before two documents of an open run."""

    services: Services
    reviewer: str
    source: str
    target: str

    @cached_property
    def both(self) -> BothDocuments:
        """The two documents as they stand, read once."""
        return self.services.store.documents(self.source, self.target, self.reviewer)

    def parts(self) -> Mapping[str, str]:
        """Return the parts of the page that a change may touch."""
        both = self.both
        values = {"both": both, "looks": {link.id: look(link) for link in both.links}}
        columns = {
            name: render("document_side.html.j2", {**values, "side": getattr(both, name), "name": name})
            for name in ("source", "target")
        }
        return {**columns, "links": render("document_links.html.j2", values)}

    def answer(self, sent: object) -> Answer:
        """Do what a message asks, and return what is to be shown.

        What can't be done is an answer as well.
        """
        asked = sent.get("do") if isinstance(sent, Mapping) else None
        if isinstance(sent, Mapping) and asked in _DEEDS:
            return self._own(sent)
        answer = Reviewing(self.services, self.reviewer).answer(sent)
        if asked not in _CHANGING or answer.refused:
            return answer
        kept = {name: html for name, html in answer.parts.items() if name not in ("pair", "judged")}
        return replace(answer, parts={**kept, **self.parts()})

    def link(self, message: DocumentMessage) -> Answer:
        """Draw a link between the rows of both sides."""
        drawn = DrawnLink(
            message.id,
            self.reviewer,
            self.source,
            self.target,
            message.source,
            message.target,
            replaces=message.item or None,
            version=message.version,
            beside=message.beside,
            edge=message.edge,
        )
        saved = self.services.store.draw(drawn)
        sizes = f"{len(message.source)}:{len(message.target)}"
        status = render("status.html.j2", {"said": _("Linked {sizes}").format(sizes=sizes), "undo": True})
        parts = {"status": status, "notice": "", "rescored": "", **self.parts()}
        return Answer(parts, stale=saved.touched, event=saved.event, rescores=saved.rescores, created=saved.created)

    def split(self, message: DocumentMessage) -> Answer:
        """Cut the one segment that is named, of either side, in two."""
        document, rows = (self.source, message.source) if message.source else (self.target, message.target)
        saved = self.services.store.split(SentSplit(message.id, self.reviewer, document, "".join(rows[:1]), message.at))
        status = render("status.html.j2", {"said": _("Split in two"), "undo": True})
        return Answer({"status": status, "notice": "", **self.parts()}, event=saved.event)

    def undo(self, message: DocumentMessage) -> Answer:
        """Take back the reviewer's last verdict, link or split.

        All it brought about goes with it, here or elsewhere.
        """
        saved = self.services.store.undo(self.reviewer, id=message.id)
        status = render("status.html.j2", {"said": _("Undone"), "undo": False})
        parts = {"status": status, "notice": "", "rescored": "", "progress": self.progress(), **self.parts()}
        return Answer(parts, stale=saved.touched, created=saved.item)

    def progress(self) -> str:
        """Return how far the reviewer is."""
        return render("progress.html.j2", {"progress": self.services.store.progress(self.reviewer)})

    def _own(self, sent: Mapping[str, Any]) -> Answer:
        try:
            message = DocumentMessage.read(sent)
            return _DEEDS[message.do](self, message)
        except StaleError:
            refused = _("this link has changed since it was shown: here it is as it stands")
            return Answer(self.parts(), status=409, refused=refused)
        except AlignError as error:
            statuses = ((UnknownItemError, 404), (InputError, 400))
            status = next((status for kind, status in statuses if isinstance(error, kind)), 500)
            return Answer(status=status, refused=str(error))


_DEEDS: Final[Mapping[str, Callable[[DocumentReviewing, DocumentMessage], Answer]]] = {
    "link": DocumentReviewing.link,
    "split": DocumentReviewing.split,
    "undo": DocumentReviewing.undo,
}
