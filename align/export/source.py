"""The pairs of a run's folder, as its files and its review have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from align.export.pairs import Cell, ExportedPair, Origin, Side, Status
from align.review.outcomes import Outcome
from align.review.records import CATEGORIES, Place
from align.review.store import Store
from align.runs.write import read_links
from align.storage.files import read_jsonl

__all__ = ["RunPairs"]

_REPLACED: Final = "merged"
"""What a verdict calls a pair that is part of another now."""
_STATUS: Final[Mapping[str, Status]] = {"accept": "accepted", "partial": "accepted", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class RunPairs:
    """The pairs of a run, to be gone through as often as one likes, always in the same order.

    First the links as links.jsonl has them, each with what people said of it, then the pairs that people made, then the
    drafts of a translation model. Nothing but the review's outcomes is held in memory. Raises InputError for a folder
    that holds no run.
    """

    folder: Path

    def __iter__(self) -> Iterator[ExportedPair]:
        sides = _Sides(self.folder)
        outcomes = list(_outcomes(self.folder))
        of_links = {outcome.link: outcome for outcome in outcomes if outcome.link}
        for link in read_links(self.folder):
            outcome = of_links.get(link["id"])
            if outcome is None or outcome.agreed != _REPLACED:
                yield _of_link(link, outcome, sides)
        for outcome in outcomes:
            if outcome.kind == "link" and outcome.link is None and outcome.agreed != _REPLACED:
                yield _of_outcome(outcome, sides)
        done = {outcome.source[0].id for outcome in outcomes if outcome.kind == "unmatched" and outcome.source}
        for each in read_jsonl(self.folder / "unmatched.jsonl"):
            draft = each.get("draft")
            if draft and draft.get("kind") == "translation" and draft["text"].strip() and each["id"] not in done:
                yield _of_draft(each, draft, sides)


def _outcomes(folder: Path) -> Iterator[Outcome]:
    """Yield what people made of the run; a run that nobody has reviewed has no database, and gets none."""
    store = Store.peek(folder)
    if store is None:
        return
    try:
        yield from store.outcomes()
    finally:
        store.close()


class _Sides:
    """Where texts stood, by the documents of the run."""

    def __init__(self, folder: Path) -> None:
        self._documents = {document["id"]: document for document in read_jsonl(folder / "documents.jsonl")}

    def of(self, document: str, span: tuple[int, int] | None) -> Side:
        known = self._documents.get(document, {})
        return Side(document, known.get("url"), known.get("published"), known.get("licence"), span)

    def of_link(self, places: list[dict[str, Any]]) -> Side:
        spans = [place["span"] for place in places]
        whole = (min(start for start, _ in spans), max(end for _, end in spans))
        return self.of(places[0]["document"], whole)

    def of_places(self, places: tuple[Place, ...]) -> Side:
        if not places or not places[0].document:
            return Side("")
        return self.of(places[0].document, (min(p.start for p in places), max(p.end for p in places)))


def _of_link(link: dict[str, Any], outcome: Outcome | None, sides: _Sides) -> ExportedPair:
    kk, en = (" ".join(place["text"] for place in link[side]) for side in ("source", "target"))
    if outcome is not None:
        kk, en = outcome.source_text, outcome.target_text
    edited = outcome is not None and outcome.edited
    return ExportedPair(
        id=link["id"],
        kk=kk,
        en=en,
        score=link["margin"],
        probability=link["probability"],
        relation=link["relation"],
        label=_label(outcome),
        status=_status(outcome) if outcome else ("accepted" if link["status"] == "accept" else "review"),
        origin="human_edited" if edited else "mined",
        kk_side=sides.of_link(link["source"]),
        en_side=sides.of_link(link["target"]),
        # What was edited may tell other facts than the ledger of the pair as it was found.
        facts=() if edited else tuple(map(_cell, link["evidence"]["facts"])),
        reviewers=outcome.reviewers if outcome else 0,
        agreement=outcome.agreement if outcome else None,
    )


def _of_outcome(outcome: Outcome, sides: _Sides) -> ExportedPair:
    origin: Origin = "human_edited" if outcome.edited else "mined"
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
        origin="post_edited" if outcome.origin == "post_edited" else origin,
        kk_side=sides.of_places(outcome.source),
        en_side=sides.of_places(outcome.target),
        reviewers=outcome.reviewers,
        agreement=outcome.agreement,
        mt_model=None if distance is None or outcome.draft is None else _model(asdict(outcome.draft)),
        draft_distance=distance,
    )


def _of_draft(each: dict[str, Any], draft: dict[str, Any], sides: _Sides) -> ExportedPair:
    return ExportedPair(
        id=f"draft-{each['id']}",
        kk=each["text"],
        en=draft["text"],
        score=None,
        probability=None,
        relation=None,
        label=None,
        status="draft",
        origin="machine_translated",
        kk_side=sides.of_link([each]),
        # A model's licence binds what it wrote: NLLB's forbids commercial use.
        en_side=Side("", licence=draft.get("licence")),
        mt_model=_model(draft),
    )


def _model(draft: Mapping[str, Any]) -> str:
    return "@".join(filter(None, (draft["model"], draft.get("revision"))))


def _label(outcome: Outcome | None) -> str | None:
    """Return accept, partial or reject, None where people have not agreed or nobody has looked."""
    if outcome is None or outcome.agreed == "disputed":
        return None
    return {"swapped": "reject", "post_edited": "accept"}.get(outcome.agreed) or CATEGORIES.get(outcome.agreed)


def _status(outcome: Outcome) -> Status:
    return _STATUS.get(_label(outcome) or "", "review")


def _cell(match: dict[str, Any]) -> Cell:
    source, target = match["source"], match["target"]
    return Cell(match["kind"], source and source["value"], target and target["value"], match["status"])
