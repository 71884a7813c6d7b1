"""The review of a run: one object for the web page, the notebook and the command line."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from align.review.records import Decision, Filter, ItemView, Lost, Progress, Ripple, Row, Rows, RunInfo, Saved

if TYPE_CHECKING:
    from align.review.agreement import Agreement
    from align.review.audit import Dial

__all__ = ["Store"]


class Store:
    """A run's decisions and the queue in front of them. Safe to use from several threads and processes."""

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open a run's review, making workbench.db and following a newer run where need be.

        Raises InputError for a folder that holds no run, or whose database is not one of this program's.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Close every thread's connection."""
        raise NotImplementedError

    def run(self) -> RunInfo:
        """Return what a page tells of the run."""
        raise NotImplementedError

    def item(self, item: str, reviewer: str, *, adjudicating: bool = False) -> ItemView:
        """Return an item as this reviewer may see it; raises UnknownItemError.

        `adjudicating` shows a disputed item's verdicts to a third person; raises NotAllowedError for one of the two.
        """
        raise NotImplementedError

    def next(
        self, reviewer: str, filter: Filter | None = None, *, count: int = 6, exclude: Collection[str] = ()
    ) -> list[ItemView]:
        """Return the next items for this reviewer and reserve them for ten minutes; the audit is woven in.

        What the reviewer has reserved comes again, until it is judged or `exclude`d.
        """
        raise NotImplementedError

    def adjudications(self, reviewer: str, *, count: int = 6, exclude: Collection[str] = ()) -> list[ItemView]:
        """Return disputed items that this reviewer has not judged, with both verdicts; reserved likewise."""
        raise NotImplementedError

    def browse(self, filter: Filter, reviewer: str, *, limit: int = 50, offset: int = 0) -> Rows:
        """Return a page of the items that pass a filter."""
        raise NotImplementedError

    def history(self, reviewer: str, *, limit: int = 50) -> list[Row]:
        """Return the items this reviewer judged last, the latest first."""
        raise NotImplementedError

    def progress(self, reviewer: str) -> Progress:
        """Return how far this reviewer is."""
        raise NotImplementedError

    def reviewers(self) -> list[str]:
        """Return everybody who has decided anything, sorted."""
        raise NotImplementedError

    def lost(self) -> list[Lost]:
        """Return the decisions whose texts the last run no longer holds."""
        raise NotImplementedError

    def decide(self, decision: Decision) -> Saved:
        """Keep a verdict; once this returns, it is on the disk.

        Raises UnknownItemError, NotAllowedError, InputError for a decision that lacks what its verdict needs, and
        StaleError with both versions.
        """
        raise NotImplementedError

    def ripple(self, event: str) -> Ripple:
        """Judge the rest of a pair of documents again after this swap, merge or rejection, and keep what changed.

        Slower than a save (it loads the models once, then some tens of milliseconds): call it after answering. A
        repeated call returns the same; a verdict undone meanwhile gives no changes.
        """
        raise NotImplementedError

    def undo(self, reviewer: str, *, event: str | None = None, id: str | None = None) -> Saved:
        """Take back a verdict with all it brought about: this reviewer's last, unless an event is named.

        `id` makes a repeated request one. Raises NotAllowedError where there is nothing to undo or it is another's.
        """
        raise NotImplementedError

    def release(self, reviewer: str) -> None:
        """Give back everything that is reserved for this reviewer."""
        raise NotImplementedError

    def agreement(self) -> Agreement:
        """Return how far the reviewers agree on what they judged without seeing each other."""
        raise NotImplementedError

    def dial(self, threshold: float | None = None) -> Dial:
        """Return the precision at a threshold (the run's own unless given) and along the curve."""
        raise NotImplementedError
