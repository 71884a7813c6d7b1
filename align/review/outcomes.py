"""What became of every item that was judged: what an export takes into a corpus."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from align.review.events import Event, events_of
from align.review.places import place_of
from align.review.records import Kind, Place
from align.review.state import State, settle
from align.review.verdicts import CATEGORIES, JUDGES
from align.runs.records import draft_of
from align.types import Draft

__all__ = ["Outcome", "outcomes"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What people made of an item.

    `link` is the item's id where links.jsonl has it. `agreed` is accept, partial, reject, swapped, merged,
    no_counterpart, post_edited, draft_taken or disputed: a swapped, merged or post-edited item, or one whose draft was
    taken over, has another in its place, which is an outcome of its own. `source_text` and `target_text` are the texts
    after the edits that stand, `source` and `target` the places with the originals. `reviewers` counts those with a
    standing verdict, `agreement` (0-1) is the share of them who say the outcome's category, None for one. `probability`
    and `model` are those of the verdict. `batch` names the batch in which the pair was accepted without anybody looking
    at it alone: `reviewers` is 0 then. `at` is the time of the last event. `draft` is the machine's draft that lay
    before whoever wrote the translation.
    """

    item: str
    kind: Kind
    link: str | None
    agreed: str
    origin: str
    source: tuple[Place, ...]
    target: tuple[Place, ...]
    source_text: str
    target_text: str
    edited: bool
    reviewers: int
    agreement: float | None
    probability: float | None
    model: str | None
    draft: Draft | None
    reason: str | None
    at: str
    batch: str | None = None

    @property
    def draft_distance(self) -> float | None:
        """Return how far the translation is from the machine's draft, 0 (the same) to 1.

        None without a draft.

        Levenshtein's distance in characters, over the length of the longer text.
        """
        from rapidfuzz.distance import Levenshtein

        if self.draft is None or self.draft.kind == "gloss" or not self.target_text:
            return None
        return round(Levenshtein.normalized_distance(self.draft.text, self.target_text), 4)


def outcomes(database: sqlite3.Connection) -> Iterator[Outcome]:
    """Yield the outcome of every item with a standing verdict, by item id."""
    rows = database.execute(
        "SELECT id, kind, origin, proposed FROM items WHERE id IN"
        f" (SELECT item FROM judgements WHERE verdict {JUDGES}) ORDER BY id"
    )
    for row in rows.fetchall():
        events = events_of(database, row["id"])
        state = settle(events)
        told = state.deciding or max(state.judging.values(), key=lambda each: each.order)
        yield _outcome(row, state, told, events)


def _outcome(row: sqlite3.Row, state: State, told: Event, events: Sequence[Event]) -> Outcome:
    source, target = (tuple(map(place_of, told.body["pair"][side])) for side in ("source", "target"))
    originals = [" ".join(place.text for place in side) for side in (source, target)]
    edits: list[Any] = [told.body.get(f"{side}_text") if state.deciding else None for side in ("source", "target")]
    return Outcome(
        item=row["id"],
        kind=row["kind"],
        link=row["id"] if row["kind"] == "link" and row["proposed"] else None,
        agreed=str(state.agreed),
        origin=row["origin"],
        source=source,
        target=target,
        source_text=edits[0] or originals[0],
        target_text=edits[1] or originals[1],
        edited=edits != [None, None],
        reviewers=0 if state.batched else len(_people(state)),
        agreement=_share(state),
        probability=told.body.get("probability"),
        model=(told.body.get("models") or {}).get("verifier"),
        # Who edits a post-edited pair again says nothing of the draft that it began with.
        draft=draft_of(next((each.body["draft"] for each in reversed(events) if each.body.get("draft")), None)),
        reason=told.body.get("reason"),
        at=events[-1].at,
        batch=told.batch,
    )


def _people(state: State) -> set[str]:
    return {*state.judging, *([state.adjudication.reviewer] if state.adjudication else [])}


def _share(state: State) -> float | None:
    """Return the share of the judging reviewers who say what the outcome says.

    A dispute has none on its side.
    """
    said = [CATEGORIES[str(each.verdict)] for each in state.judging.values()]
    if len(said) < 2:
        return None
    if state.deciding is None:
        return max(said.count(each) for each in said) / len(said)
    return said.count(CATEGORIES[str(state.deciding.verdict)]) / len(said)
