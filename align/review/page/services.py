"""What a page works with.

The store, search by meaning, gloss, glossary, and who rescores documents after a verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from align.review.page.cards import Card, card
from align.review.page.lookup import GlossLookup, SegmentSearch
from align.review.page.presence import Presence
from align.review.page.queues import Queue
from align.review.page.term_notes import GlossaryFile
from align.review.records import ItemView, Rescoring
from align.review.store import Store

__all__ = ["Services", "progress_of"]


@dataclass(frozen=True, slots=True)
class Services:
    """One open run for all its pages and reviewers."""

    store: Store
    search: SegmentSearch
    gloss: GlossLookup
    rescore: Callable[[str], Rescoring]
    glossary: GlossaryFile
    presence: Presence = field(default_factory=Presence)

    @classmethod
    def of(cls, store: Store, *, rescore: Callable[[str], Rescoring] | None = None) -> Services:
        """Return the services of a store; `rescore` takes the place of the store's own."""
        search = SegmentSearch(store.segments, store.tools)
        return cls(store, search, GlossLookup(), rescore or store.rescore, GlossaryFile(store.folder))

    def card(self, item: ItemView, *, served: Literal["queue", "search"] = "queue", adjudicates: bool = False) -> Card:
        """Return what the page of an item shows, the glossary's terms included."""
        return card(item, served=served, adjudicates=adjudicates, terms=self.glossary.terms())

    @property
    def run_key(self) -> str:
        """Return a short name of the run, under which a browser keeps what was typed."""
        return sha256(str(self.store.folder.resolve()).encode()).hexdigest()[:12]


def progress_of(store: Store, reviewer: str, queue: Queue) -> dict[str, object]:
    """Return what the head of a page tells of the work.

    Segments without a counterpart have their own count.
    """
    lone = queue.filter.kind == "unmatched"
    segments = store.segments_done(reviewer, queue.filter.side) if lone else None
    target = next((each for each in store.targets() if each.reviewer == reviewer), None)
    return {"progress": None if lone else store.progress(reviewer), "segments": segments, "target": target}
