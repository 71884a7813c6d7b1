"""The pairs of a run's folder, as its files and its review have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from align.export.exported import Cell, ExportedPair, ExportedSide, ExportedStatus, Origin
from align.review.outcomes import Outcome
from align.review.records import Place
from align.review.store import Store
from align.review.verdicts import CATEGORIES
from align.runs.read import read_documents, read_links, read_unmatched
from align.storage.files import read_jsonl
from align.storage.sealed import reading_run
from align.types import Draft, FactMatch, Link, Segment

__all__ = ["RunPairs"]

_REPLACED: Final = "merged"
"""What a verdict calls a pair that is part of another now."""
_WRITTEN: Final[Mapping[str, tuple[Origin, Origin]]] = {
    "post_edited": ("post_edited", "post_edited"),
    "draft_taken": ("machine_translated", "post_edited"),
}
"""What a translation is called, by how it came into the review: as it came, and once somebody edited it."""
_STATUS: Final[Mapping[str, ExportedStatus]] = {"accept": "accepted", "partial": "accepted", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class RunPairs:
    """The pairs of a run, to be gone through as often as one likes, always in the same order.

    First the links as links.jsonl has them, each with what people said of it, then the pairs that people made, then the
    drafts of a translation model. Nothing but the review's outcomes is held in memory. Raises InputError for a folder
    that holds no run.
    """

    folder: Path

    def __iter__(self) -> Iterator[ExportedPair]:
        with reading_run(self.folder):
            yield from self._pairs()

    def _pairs(self) -> Iterator[ExportedPair]:
        sides = _Sides(self.folder)
        outcomes = list(_outcomes(self.folder))
        of_links = {outcome.link: outcome for outcome in outcomes if outcome.link}
        for link in read_links(self.folder):
            outcome = of_links.get(link.id)
            if outcome is None or outcome.agreed != _REPLACED:
                yield _of_link(link, outcome, sides)
        for outcome in outcomes:
            if outcome.kind == "link" and outcome.link is None and outcome.agreed != _REPLACED:
                yield _of_outcome(outcome, sides)
        done = {outcome.source[0].id for outcome in outcomes if outcome.kind == "unmatched" and outcome.source}
        for each in read_unmatched(self.folder):
            draft = each.draft
            if draft and draft.kind == "translation" and draft.text.strip() and each.segment.id not in done:
                yield _of_draft(each.segment, draft, sides)


def _outcomes(folder: Path) -> Iterator[Outcome]:
    """Yield what people made of the run.

    A run that nobody has reviewed has no database, and gets none.
    """
    store = Store.peek(folder)
    if store is None:
        return
    try:
        yield from store.outcomes()
    finally:
        store.close()


class _Sides:
    """Where texts stood and how they were marked, by the documents and segments of the run."""

    def __init__(self, folder: Path) -> None:
        self._documents = {document.id: document for document in read_documents(folder)}
        self._marks = {
            (line["document"], line["position"]): line["mark"]
            for line in read_jsonl(folder / "segments.jsonl")
            if line.get("mark")
        }

    def of_places(self, places: Sequence[Place | Segment]) -> ExportedSide:
        if not places or not places[0].document:
            return ExportedSide("")
        document = places[0].document
        span = (min(p.start for p in places), max(p.end for p in places))
        marks = {self._marks.get((place.document, place.position)) for place in places}
        mark = marks.pop() if len(marks) == 1 else None
        known = self._documents.get(document)
        if known is None:
            return ExportedSide(document, span=span, mark=mark)
        return ExportedSide(document, known.url, known.published, known.licence, span, mark, known.path, known.title)


def _of_link(link: Link, outcome: Outcome | None, sides: _Sides) -> ExportedPair:
    kk, en = (" ".join(segment.text for segment in side) for side in (link.source, link.target))
    if outcome is not None:
        kk, en = outcome.source_text, outcome.target_text
    edited = outcome is not None and outcome.edited
    return ExportedPair(
        id=link.id,
        kk=kk,
        en=en,
        score=link.margin,
        probability=link.probability,
        relation=link.relation,
        label=_label(outcome),
        status=_status(outcome) if outcome else link.status,
        origin="human_edited" if edited else "mined",
        kk_side=sides.of_places(link.source),
        en_side=sides.of_places(link.target),
        # What was edited may tell other facts than the ledger of the pair as it was found.
        facts=() if edited else tuple(map(_cell, link.evidence.facts)),
        reviewers=outcome.reviewers if outcome else 0,
        agreement=outcome.agreement if outcome else None,
        batch=outcome.batch if outcome else None,
    )


def _of_outcome(outcome: Outcome, sides: _Sides) -> ExportedPair:
    origin = _WRITTEN.get(outcome.origin, ("mined", "human_edited"))[outcome.edited]
    distance = outcome.draft_distance
    return ExportedPair(
        id=outcome.item,
        kk=outcome.source_text,
        en=outcome.target_text,
        score=None,
        probability=outcome.probability,
        relation=None,
        label=_label(outcome),
        status=_status(outcome),
        origin=origin,
        kk_side=sides.of_places(outcome.source),
        en_side=_written_side(outcome) if origin == "machine_translated" else sides.of_places(outcome.target),
        reviewers=outcome.reviewers,
        agreement=outcome.agreement,
        batch=outcome.batch,
        mt_model=None if distance is None or outcome.draft is None else _model(outcome.draft),
        draft_distance=distance,
    )


def _written_side(outcome: Outcome) -> ExportedSide:
    """Return the side that a machine wrote: its model's licence binds it, whoever took it over."""
    return ExportedSide("", licence=outcome.draft.licence if outcome.draft else None)


def _of_draft(segment: Segment, draft: Draft, sides: _Sides) -> ExportedPair:
    return ExportedPair(
        id=f"draft-{segment.id}",
        kk=segment.text,
        en=draft.text,
        score=None,
        probability=None,
        relation=None,
        label=None,
        status="draft",
        origin="machine_translated",
        kk_side=sides.of_places([segment]),
        # A model's licence binds what it wrote: NLLB's forbids commercial use.
        en_side=ExportedSide("", licence=draft.licence),
        mt_model=_model(draft),
    )


def _model(draft: Draft) -> str:
    return "@".join(filter(None, (draft.model, draft.revision)))


def _label(outcome: Outcome | None) -> str | None:
    """Return accept, partial or reject, None where people have not agreed or nobody has looked."""
    if outcome is None or outcome.agreed == "disputed":
        return None
    implied = {"swapped": "reject", "post_edited": "accept", "draft_taken": "accept"}
    return implied.get(outcome.agreed) or CATEGORIES.get(outcome.agreed)


def _status(outcome: Outcome) -> ExportedStatus:
    return _STATUS.get(_label(outcome) or "", "review")


def _cell(match: FactMatch) -> Cell:
    source, target = (None if fact is None else fact.value for fact in (match.source, match.target))
    return Cell(match.kind, source, target, match.status)
