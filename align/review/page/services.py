"""What a page works with: the store, the search by meaning, the gloss, and who rescores documents after a verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from align.review.page.lookup import GlossLookup, SegmentSearch
from align.review.records import Rescoring
from align.review.store import Store

__all__ = ["Services"]


@dataclass(frozen=True, slots=True)
class Services:
    """One open run for all its pages and reviewers."""

    store: Store
    search: SegmentSearch
    gloss: GlossLookup
    rescore: Callable[[str], Rescoring]

    @classmethod
    def of(cls, store: Store, *, rescore: Callable[[str], Rescoring] | None = None) -> Services:
        """Return the services of a store; `rescore` takes the place of the store's own."""
        search = SegmentSearch(store.segments, store.tools)
        return cls(store, search, GlossLookup(), rescore or store.rescore)

    @property
    def run_key(self) -> str:
        """Return a short name of the run, under which a browser keeps what was typed."""
        return sha256(str(self.store.folder.resolve()).encode()).hexdigest()[:12]
