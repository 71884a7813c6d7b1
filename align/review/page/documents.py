"""What the page of two whole documents may ask for, answered with the parts of it that change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from align.review.document import BothDocuments, DocumentLink
from align.review.page.actions import Answer, Reviewing
from align.review.page.render import render
from align.review.page.services import Services

__all__ = ["DocumentReviewing", "look"]

_CHANGING = ("verdict", "undo", "rescore")
"""What a page may ask for that changes the links between the documents."""


def look(link: DocumentLink) -> str:
    """Return how a link is drawn: by what was said of it, else by what the run thinks."""
    if link.said in ("accept", "partial", "disputed"):
        return str(link.said)
    if link.said not in (None, "skip"):
        return "accept"
    return "likely" if link.status == "accept" else "unsure"


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
        """Do what a message asks, and return what is to be shown; what can't be done is an answer as well."""
        answer = Reviewing(self.services, self.reviewer).answer(sent)
        asked = sent.get("do") if isinstance(sent, Mapping) else None
        if asked not in _CHANGING or answer.refused:
            return answer
        kept = {name: html for name, html in answer.parts.items() if name not in ("pair", "judged")}
        return replace(answer, parts={**kept, **self.parts()})
