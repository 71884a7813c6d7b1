"""The review of a run: one object for the web page, the notebook and the command line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.review import decisions, queue, views
from align.review.assignments import Part, Target, assign, set_target, targets, unassign
from align.review.batches import Batches
from align.review.concordance import Concordance, look_up
from align.review.cutting import SentSplit, split_segment
from align.review.database import Database, get_meta, set_meta
from align.review.disputes import Dispute, Fates, disputes, fates
from align.review.document import BothDocuments, DocumentPair, document_pairs, open_documents
from align.review.drawing import DrawnLink, draw
from align.review.events import check_reviewer
from align.review.items import refresh
from align.review.outcomes import Outcome, outcomes
from align.review.own_work import OwnVerdict, own_events, own_work
from align.review.records import (
    Decision,
    Filter,
    ItemView,
    Lost,
    Place,
    Rescoring,
    ReviewProgress,
    Row,
    Rows,
    RunInfo,
    Saved,
)
from align.review.report import Report, report_of
from align.review.report_page import write_report_page
from align.review.rescore import Rescorer, Weighed
from align.review.reviewers import KnownReviewer, known_as
from align.review.statistics import PrecisionReader, agreement_of
from align.review.sync import is_current, require_run, sync
from align.review.waiting import SegmentsDone, Waiting, segments_done, waiting_for
from align.types import Lang

if TYPE_CHECKING:
    from align.review.agreement import Agreement
    from align.review.precision import PrecisionEstimate
    from align.tools import Tools

__all__ = ["Store"]


class Store:
    """A run's decisions and the queue in front of them.

    Safe to use from several threads and processes.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.database = database
        self.batches = Batches(database)
        self._rescorer = Rescorer(database)
        self._precision = PrecisionReader()
        self._run: tuple[str | None, RunInfo] | None = None

    @classmethod
    def open(cls, folder: Path, *, double: float | None = None) -> Store:
        """Open a run's review, making workbench.db and following a newer run where need be.

        `double` (0-1) sets the share of the items that two reviewers judge; None leaves it as it is, a tenth at first.
        Raises InputError for a folder that holds no run, or whose database is not one of this program's.
        """
        require_run(folder)
        database = Database(folder / "workbench.db")
        store = cls(folder, database)
        with database.reading() as reading:
            current = is_current(reading, folder)
        if not current:
            sync(database, folder)
        if double is not None:
            store.set_double(double)
        return store

    @classmethod
    def peek(cls, folder: Path) -> Store | None:
        """Open a run's review as `open` does where there is one.

        None where nobody has looked at the run yet.
        """
        return cls.open(folder) if (folder / "workbench.db").is_file() else None

    def close(self) -> None:
        """Close every thread's connection."""
        self.database.close()

    def set_double(self, share: float) -> None:
        """Let this share (0-1) of the items be judged by two reviewers, always the same ones."""
        with self.database.writing() as writing:
            set_meta(writing, "double", str(share))
            writing.execute("UPDATE items SET need = 1 + (coin < ?)", (share,))
            for (item,) in writing.execute("SELECT DISTINCT item FROM judgements").fetchall():
                refresh(writing, item)

    def run(self) -> RunInfo:
        """Return what a page tells of the run."""
        with self.database.reading() as reading:
            files = get_meta(reading, "files")
            if self._run is None or self._run[0] != files:
                self._run = files, views.run_info(reading, str(self.folder))
            return self._run[1]

    def tools(self) -> Tools:
        """Return the models that made the run.

        They are loaded at the first call, which takes a second or two.
        """
        return self._rescorer.tools()

    def segments(self, lang: Lang) -> list[Place]:
        """Return one language's segments that took part in the run, document by document."""
        with self.database.reading() as reading:
            rows = reading.execute(
                'SELECT segments.id, document, position, start, "end", text FROM segments JOIN documents'
                " ON documents.id = document WHERE segments.lang = ? AND dropped IS NULL ORDER BY number, position",
                (lang,),
            )
            return [Place(*row) for row in rows]

    def item(self, item: str, reviewer: str, *, adjudicating: bool = False) -> ItemView:
        """Return an item as this reviewer may see it; raises UnknownItemError.

        `adjudicating` shows a disputed item's verdicts to a third person; raises NotAllowedError for one of the two.
        """
        with self.database.reading() as reading:
            return views.item_view(reading, item, check_reviewer(reviewer), adjudicating=adjudicating)

    def next(
        self, reviewer: str, filter: Filter | None = None, *, count: int = 6, exclude: Collection[str] = ()
    ) -> list[ItemView]:
        """Return the next items for this reviewer and reserve them for ten minutes.

        The audit is woven in.

        What the reviewer has reserved comes again, until it is judged or `exclude`d; what is excluded stays reserved,
        for a page that holds it already.
        """
        reviewer = check_reviewer(reviewer)
        with self.database.writing(lasting=False) as writing:
            chosen = queue.upcoming(writing, reviewer, filter or Filter(), count=count, exclude=exclude)
        with self.database.reading() as reading:
            return [views.item_view(reading, item, reviewer) for item in chosen]

    def adjudications(self, reviewer: str, *, count: int = 6, exclude: Collection[str] = ()) -> list[ItemView]:
        """Return disputed items that this reviewer has not judged, with both verdicts.

        Reserved likewise.
        """
        reviewer = check_reviewer(reviewer)
        with self.database.writing(lasting=False) as writing:
            chosen = queue.disputed(writing, reviewer, count=count, exclude=exclude)
        with self.database.reading() as reading:
            return [views.item_view(reading, item, reviewer, adjudicating=True) for item in chosen]

    def browse(self, filter: Filter, reviewer: str, *, limit: int = 50, offset: int = 0) -> Rows:
        """Return a page of the items that pass a filter."""
        with self.database.reading() as reading:
            return queue.browse(reading, filter, check_reviewer(reviewer), limit=limit, offset=offset)

    def documents(self, source: str, target: str, reviewer: str) -> BothDocuments:
        """Return two documents, Kazakh and English by their ids, with the links between them.

        Links that the reviewer knows to be none are left out. Raises UnknownDocumentError.
        """
        with self.database.reading() as reading:
            return open_documents(reading, source, target, check_reviewer(reviewer))

    def document_pairs(
        self, reviewer: str, *, limit: int = 50, offset: int = 0
    ) -> tuple[tuple[DocumentPair, ...], int]:
        """Return a page of the pairs of documents that have links, and how many there are."""
        with self.database.reading() as reading:
            return document_pairs(reading, check_reviewer(reviewer), limit=limit, offset=offset)

    def history(self, reviewer: str, *, limit: int = 50) -> list[Row]:
        """Return the items this reviewer judged last, the latest first."""
        with self.database.reading() as reading:
            return list(queue.history(reading, check_reviewer(reviewer), limit=limit))

    def concordance(self, word: str, reviewer: str, *, limit: int = 20) -> Concordance:
        """Return how accepted pairs translate a word, those that this reviewer may know of."""
        with self.database.reading() as reading:
            return look_up(reading, word, check_reviewer(reviewer), limit=limit)

    def own_work(self, reviewer: str, *, limit: int = -1, offset: int = 0) -> tuple[tuple[OwnVerdict, ...], int]:
        """Return a page of this reviewer's standing verdicts, the last first, and their number.

        A page of -1 is all of them.
        """
        with self.database.reading() as reading:
            return own_work(reading, check_reviewer(reviewer), limit=limit, offset=offset)

    def own_events(self, reviewer: str) -> list[dict[str, Any]]:
        """Return all that this reviewer did, as an export of the review has it."""
        with self.database.reading() as reading:
            return list(own_events(reading, check_reviewer(reviewer)))

    def progress(self, reviewer: str) -> ReviewProgress:
        """Return how far this reviewer is."""
        with self.database.reading() as reading:
            return queue.progress(reading, check_reviewer(reviewer))

    def waiting(self, reviewer: str) -> Waiting:
        """Return how many items of each kind wait for this reviewer."""
        with self.database.reading() as reading:
            return waiting_for(reading, check_reviewer(reviewer))

    def segments_done(self, reviewer: str, side: str | None = None) -> SegmentsDone:
        """Return how far this reviewer is with the segments without a counterpart.

        Those of one side ("source") or of both.
        """
        with self.database.reading() as reading:
            return segments_done(reading, check_reviewer(reviewer), side)

    def reviewers(self) -> list[str]:
        """Return everybody who has decided anything, sorted."""
        with self.database.reading() as reading:
            rows = reading.execute("SELECT DISTINCT reviewer FROM events WHERE kind = 'verdict' ORDER BY reviewer")
            return [row["reviewer"] for row in rows]

    def known_as(self, name: str) -> KnownReviewer | None:
        """Return who has decided anything under a name, whatever case it is written in.

        None for a new one.
        """
        with self.database.reading() as reading:
            return known_as(reading, check_reviewer(name))

    def lost(self) -> list[Lost]:
        """Return the decisions whose texts the last run no longer holds."""
        with self.database.reading() as reading:
            return views.lost_decisions(reading)

    def outcomes(self) -> Iterator[Outcome]:
        """Yield what became of every item that somebody judged, by item id: what an export reads."""
        with self.database.reading() as reading:
            yield from outcomes(reading)

    def decide(self, decision: Decision) -> Saved:
        """Keep a verdict; once this returns, it is on the disk.

        Raises UnknownItemError, NotAllowedError, InputError for a decision that lacks what its verdict needs, and
        StaleError with both versions.
        """
        with self.database.writing() as writing:
            return decisions.decide(writing, decision)

    def draw(self, drawn: DrawnLink) -> Saved:
        """Keep a link between segments of two documents, accepted, with what it replaces.

        Undone as one.

        Raises UnknownDocumentError, NotAllowedError for segments that do not stand, and StaleError.
        """
        with self.database.writing() as writing:
            return draw(writing, drawn)

    def split(self, sent: SentSplit) -> Saved:
        """Cut a segment of a document in two, for all reviewers, until it is undone.

        Raises UnknownDocumentError, and NotAllowedError where it does not stand or nothing would be left of a part.
        """
        with self.database.writing() as writing:
            return split_segment(writing, sent)

    def rescore(self, event: str) -> Rescoring:
        """Judge the rest of a pair of documents again after this verdict, and keep what changed.

        The verdict is a swap, merge or rejection.

        Slower than a save (it loads the models once, then some tens of milliseconds): call it after answering. A
        repeated call returns the same; a verdict undone meanwhile gives no changes. Raises InputError where the run's
        encoder is gone; the verdict stands all the same.
        """
        return self._rescorer.rescore(event)

    def weigh(self, event: str) -> Weighed:
        """Do the part of `rescore` that takes the models and writes nothing."""
        return self._rescorer.weigh(event)

    def keep_rescoring(self, event: str, weighed: Weighed) -> Rescoring:
        """Do the rest of `rescore` with what was weighed, maybe by another process."""
        return self._rescorer.keep(event, weighed)

    def undo(self, reviewer: str, *, event: str | None = None, id: str | None = None) -> Saved:
        """Take back a verdict with all it brought about.

        This reviewer's last, unless an event is named.

        `id` makes a repeated request one. Raises NotAllowedError where there is nothing to undo or it is another's.
        """
        with self.database.writing() as writing:
            return decisions.undo(writing, reviewer, event, id)

    def release(self, reviewer: str) -> None:
        """Give back everything that is reserved for this reviewer."""
        with self.database.writing(lasting=False) as writing:
            writing.execute("DELETE FROM reservations WHERE reviewer = ?", (check_reviewer(reviewer),))

    def agreement(self) -> Agreement:
        """Return how far the reviewers agree on what they judged without seeing each other."""
        with self.database.reading() as reading:
            return agreement_of(reading)

    def disputes(self) -> list[Dispute]:
        """Return every item on which verdicts differ or a third person decided, the open ones first."""
        with self.database.reading() as reading:
            return disputes(reading)

    def fates(self, reviewer: str) -> Fates:
        """Return what became of a reviewer's verdicts."""
        with self.database.reading() as reading:
            return fates(reading, check_reviewer(reviewer))

    def report(self, today: date | None = None) -> Report:
        """Return what each reviewer did, day by day, and what is left.

        `today` is the present day unless given.
        """
        with self.database.reading() as reading:
            return report_of(reading, today=today)

    def assign(self, reviewer: str, part: Part, *, by: str) -> str:
        """Let somebody judge a part of the run, and return the assignment's id; `by` is who says so.

        The queue brings them their part first, and keeps it for them: others get of it what needs a second verdict.
        Raises InputError for a part that the run has not, NotAllowedError for one that they have already.
        """
        with self.database.writing() as writing:
            return assign(writing, reviewer, part, by=by)

    def unassign(self, assignment: str) -> None:
        """Take an assignment back; what was judged stays."""
        with self.database.writing() as writing:
            unassign(writing, assignment)

    def set_target(self, reviewer: str, daily: int, *, by: str) -> None:
        """Let somebody mean to give so many verdicts a day (UTC), 0 for no target.

        `by` is who says so.
        """
        with self.database.writing() as writing:
            set_target(writing, reviewer, daily, by=by)

    def targets(self) -> list[Target]:
        """Return who means to give how many verdicts a day, and how many they gave today (UTC)."""
        with self.database.reading() as reading:
            return targets(reading, today=datetime.now(UTC).date())

    def write_report_page(self) -> None:
        """Write the run's report.html again, with what was decided.

        Raises InputError for a folder whose run is not whole, is of another version, or can't be written.
        """
        write_report_page(self.database, self.folder)

    def precision(self, threshold: float | None = None) -> PrecisionEstimate:
        """Return the precision at a threshold (the run's own unless given) and along the curve."""
        with self.database.reading() as reading:
            return self._precision.read(reading, threshold)
