"""The records of a review: what a page sends, what it gets, and what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from align.review.notes import NoteState
from align.review.verdicts import Attached, Kind, MergeSide, Order, Verdict
from align.types import Draft, Evidence, Lang, Relation, StatusOnFile

__all__ = [
    "Attached",
    "Change",
    "Decision",
    "DocumentView",
    "Filter",
    "GivenVerdict",
    "ItemView",
    "Kind",
    "Lost",
    "MergeSide",
    "Order",
    "OtherLink",
    "Place",
    "Rescoring",
    "ReviewProgress",
    "Row",
    "Rows",
    "RunInfo",
    "Saved",
    "Suggestion",
    "Verdict",
]


@dataclass(frozen=True, slots=True)
class Place:
    """A segment as it stood.

    `id` hashes its text, `start` and `end` count characters of the document's text.

    `document` is the document's id in documents.jsonl. A text that a person wrote stands nowhere: `document` is "",
    `position` -1.
    """

    id: str
    document: str
    position: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as a page names it, and the segments around an item.

    Three before and three after.
    """

    id: str
    path: str
    title: str | None
    published: str | None
    url: str | None
    before: tuple[Place, ...] = ()
    after: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherLink:
    """Another pair that one of an item's segments is in, as a reviewer may know of it.

    `side` says which text both share, `text` is the other one; `said` is the verdict that may be seen. `joins` says
    that both can be joined: they stand in the same two documents.
    """

    id: str
    side: Literal["source", "target"]
    text: str
    probability: float | None
    said: str | None
    joins: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A segment of the other side that came near: what a swap may choose."""

    id: str
    text: str
    probability: float | None
    document: str = ""
    position: int = -1


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """A reviewer's standing verdict on an item.

    `event` names it for an undo, `adjudicates` marks a third person's.

    `batch` names the batch in which the pair was accepted unseen. `made` are the texts of the pair that a swap, merge
    or translation put in the item's place.
    """

    event: str
    reviewer: str
    at: str
    verdict: str
    reason: str | None
    comment: str | None
    source_text: str | None
    target_text: str | None
    probability: float | None
    adjudicates: bool = False
    batch: str | None = None
    made: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as one reviewer may see it.

    `source` is Kazakh, `target` English; an unmatched item has one of them empty. `source_text` and `target_text` are
    the texts after this reviewer's own edits (after anybody's, where `open_verdicts`). `probability` is the present
    one, `run_probability` that of the last run, both None where no model judged the pair. `version` goes with the
    decision. `mine` is this reviewer's verdict; `others` stays empty until both have judged (`hidden` counts those
    held back). `attached` says how a decided item found its texts again in the last run: exact, overlap or lost.
    `origin` is mined, swapped, merged, picked, post_edited, draft_taken (a machine's, as it was) or ripple (shown as
    mined while verdicts are hidden).
    `agreed` is the outcome, None while it is open or hidden: accept, partial, reject, swapped, merged, no_counterpart,
    post_edited, draft_taken or disputed. `also` are the other pairs that its segments are in, unless they were ruled
    out. `notes` are those that may be seen, in the order of their time.
    """

    id: str
    kind: Kind
    version: int
    source: tuple[Place, ...]
    target: tuple[Place, ...]
    source_text: str
    target_text: str
    source_document: DocumentView | None
    target_document: DocumentView | None
    probability: float | None
    run_probability: float | None
    cosine: float | None
    margin: float | None
    relation: Relation | None
    status: StatusOnFile | None
    evidence: Evidence
    runners_up: tuple[Suggestion, ...]
    draft: Draft | None
    origin: str
    flagged: bool
    mine: GivenVerdict | None
    others: tuple[GivenVerdict, ...]
    hidden: int
    agreed: str | None
    attached: Attached | None
    proposed: bool
    related: tuple[str, ...] = ()
    also: tuple[OtherLink, ...] = ()
    notes: tuple[GivenVerdict, ...] = ()

    @property
    def open_verdicts(self) -> bool:
        """Say whether other reviewers' verdicts may be shown."""
        return bool(self.others)


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on its way to the store.

    `id` is made by the client (a UUID) and makes a repeated save one. `version` is that of the ItemView.
    reject: `reason`, one of REASONS. edit and post_edit: `source_text` and/or `target_text`. trim: `source_span` and
    `target_span`, characters of the ItemView's texts, None for the whole. swap: `other`, the id of the other side's
    segment (for an unmatched item: the segment picked as its counterpart). merge: `neighbour`, or `other`, a pair that
    shares a segment with this one. flag: sets the flag, or
    takes it back where it is set. `like`: the event of another's verdict that an adjudication repeats word for word;
    `verdict` must be the same. `served` says how the reviewer came to it: what was searched for is no sample.
    shares a segment with this one. Either takes `pair`, both sides' full places, where the whole documents are before
    the reviewer. flag: sets the flag, or
    takes it back where it is set. `served` says how the reviewer came to it: what was searched for is no sample.
    """

    id: str
    item: str
    reviewer: str
    verdict: Verdict
    version: int
    reason: str | None = None
    comment: str | None = None
    source_text: str | None = None
    target_text: str | None = None
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None
    other: str | None = None
    neighbour: MergeSide | None = None
    like: str | None = None
    pair: Mapping[str, Sequence[Mapping[str, Any]]] | None = None
    adjudicates: bool = False
    served: Literal["queue", "search"] = "queue"


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: the event's id and the item's new version for this reviewer.

    `created` is the item that a swap, merge or post-edit made; `repeated` says that the event was there already;
    `rescores` that `Store.rescore(event)` has something to do. `touched` are all items that look different now.
    """

    event: str
    item: str
    version: int
    created: str | None = None
    repeated: bool = False
    rescores: bool = False
    touched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """An item whose probability a rescoring moved.

    `before` is None for a pair that was no link until now.
    """

    item: str
    source_text: str
    target_text: str
    before: float | None
    after: float


@dataclass(frozen=True, slots=True)
class Rescoring:
    """What ruling pairs out changed in the rest of a pair of documents; undone with its verdict."""

    event: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which items a queue or a list is to show; None and "" ask nothing.

    All that is given must hold.

    `state`: open (mine to judge), judged (by me), skipped, disputed, decided, lost, batched (accepted in a batch and
    judged by nobody since). `verdict`: my own standing verdict, or anybody's on items that I have judged as well.
    `document`: the id of a document of either side, `beside` that of the other side. `batch`: the pairs drawn for it.
    `status`: what the run said (accept, review). `text`: words of either side, each may go on (a prefix). `reviewer`:
    who has judged. `reason`: why it was rejected; `since` and `until`: days (UTC, ISO 8601) of the verdict, the last
    one included; with a reviewer, it is theirs. `note`: has one that may be seen, and whether another has answered;
    `noted`: its words.
    """

    kind: Kind | None = "link"
    state: Literal["open", "judged", "skipped", "disputed", "decided", "lost", "batched"] | None = None
    status: StatusOnFile | None = None
    relation: Relation | None = None
    verdict: str | None = None
    document: str | None = None
    beside: str | None = None
    batch: str | None = None
    reviewer: str | None = None
    flagged: bool | None = None
    reason: str | None = None
    note: NoteState | None = None
    noted: str = ""
    since: str | None = None
    until: str | None = None
    side: Literal["source", "target"] | None = None
    text: str = ""
    order: Order = "informative"


@dataclass(frozen=True, slots=True)
class Row:
    """An item in a list.

    `mine` is the reviewer's own verdict, `agreed` the outcome where it may be seen.
    """

    id: str
    kind: Kind
    source_text: str
    target_text: str
    probability: float | None
    relation: Relation | None
    status: StatusOnFile | None
    mine: str | None
    agreed: str | None
    flagged: bool
    attached: Attached | None
    origin: str
    batched: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of a list, and how many there are in all."""

    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """How far a reviewer is.

    `mine` verdicts given, `open` items still asking for one of this reviewer's verdicts.

    `decided` and `total` count the run's links. `pace` is the median of the seconds between the last fifty verdicts
    (pauses of over five minutes left out), None for fewer than five; `seconds_left` is what `open` needs at it.
    """

    mine: int
    open: int
    decided: int
    total: int
    pace: float | None
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Lost:
    """A decision whose text no document of the last run holds any more."""

    item: str
    event: str
    reviewer: str
    at: str
    verdict: str
    source_text: str
    target_text: str
    missing: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What a page tells of the run.

    Thresholds (0-1), the models' signatures, counts of links, documents by id.

    `reattached` counts the standing `decisions` of earlier runs, and how they found their texts: `exact`, by `overlap`
    or not at all (`lost`).
    """

    folder: str
    accept: float
    review: float
    signatures: Mapping[str, str]
    links: int
    unmatched: int
    documents: Mapping[str, tuple[Lang, DocumentView]] = field(default_factory=dict)
    reattached: Mapping[str, int] = field(default_factory=dict)
