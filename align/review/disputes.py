"""Where reviewers differed, who decided, and what became of everybody's verdicts."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from align.review.events import Event, events_of
from align.review.records import GivenVerdict
from align.review.sheets import sheet
from align.review.state import State, differ, settle
from align.review.verdicts import JUDGES
from align.review.views import judgement

__all__ = ["BECAME", "Became", "Dispute", "Fates", "disputes", "disputes_sheet", "fates"]

Became: TypeAlias = Literal["alone", "agreed", "disputed", "upheld", "overruled"]

BECAME: Final[tuple[Became, ...]] = ("alone", "agreed", "disputed", "upheld", "overruled")
"""What may become of a verdict: nobody else has judged, others agree, a third person is to decide, or has decided."""

_NAMES: Final = (
    *("item", "kazakh", "english", "reviewer", "verdict", "reason", "note", "their_kazakh", "their_english"),
    *("at", "became"),
)


@dataclass(frozen=True, slots=True)
class Dispute:
    """An item on which verdicts differed.

    Who said what, and the third person's verdict once there is one.

    `became` says of each of `said` what became of it: disputed, upheld or overruled.
    """

    item: str
    source_text: str
    target_text: str
    said: tuple[GivenVerdict, ...]
    became: tuple[Became, ...]
    decided: GivenVerdict | None


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of one reviewer's verdicts.

    How many of each kind, and those on which others differed.
    """

    reviewer: str
    counts: dict[Became, int]
    disputes: tuple[Dispute, ...]


def disputes(database: sqlite3.Connection) -> list[Dispute]:
    """Return every item on which verdicts differ or a third person decided.

    What is open first, then the latest.
    """
    rows = database.execute(
        "SELECT id FROM items WHERE disputed = 1 UNION SELECT judgements.item FROM judgements"
        " JOIN events ON events.id = event WHERE json_extract(body, '$.adjudicates')"
    )
    return _sorted([_dispute(item, *_settled(database, item)) for (item,) in rows.fetchall()])


def fates(database: sqlite3.Connection, reviewer: str) -> Fates:
    """Return what became of a reviewer's verdicts.

    Of others' nothing is told that the reviewer may not know.
    """
    shared = (
        f"SELECT item FROM judgements mine WHERE reviewer = ? AND verdict {JUDGES} AND EXISTS (SELECT 1 FROM judgements"
        f" other WHERE other.item = mine.item AND other.reviewer <> mine.reviewer AND other.verdict {JUDGES})"
    )
    counts: Counter[Became] = Counter()
    found = []
    items = [item for (item,) in database.execute(shared, (reviewer,)).fetchall()]
    for item in items:
        events, state = _settled(database, item)
        if reviewer in state.judging:
            counts[_became(state, state.judging[reviewer])] += 1
            if state.disputed or state.adjudication is not None:
                found.append(_dispute(item, events, state))
    mine = f"SELECT count(*) FROM judgements WHERE reviewer = ? AND verdict {JUDGES}"
    counts["alone"] = int(database.execute(mine, (reviewer,)).fetchone()[0]) - len(items)
    return Fates(reviewer, {name: counts[name] for name in BECAME}, tuple(_sorted(found)))


def disputes_sheet(found: Sequence[Dispute]) -> str:
    """Return disputes as CSV, one row a verdict.

    The third person's is among them; its `became` is "decided".
    """
    rows = []
    for each in found:
        said: list[tuple[GivenVerdict, str]] = list(zip(each.said, each.became, strict=True))
        if each.decided is not None:
            said.append((each.decided, "decided"))
        rows += [_sheet_row(each, given, became) for given, became in said]
    return sheet(_NAMES, rows)


def _settled(database: sqlite3.Connection, item: str) -> tuple[list[Event], State]:
    events = events_of(database, item)
    return events, settle(events)


def _dispute(item: str, events: Sequence[Event], state: State) -> Dispute:
    judging = sorted(state.judging.values(), key=lambda each: each.order)
    shown = next(each.body["pair"] for each in reversed(events) if "pair" in each.body)
    source, target = (" ".join(place["text"] for place in shown[side]) for side in ("source", "target"))
    return Dispute(
        item,
        source,
        target,
        tuple(map(judgement, judging)),
        tuple(_became(state, each) for each in judging),
        judgement(state.adjudication) if state.adjudication else None,
    )


def _became(state: State, mine: Event) -> Became:
    if state.adjudication is not None:
        return "overruled" if differ([mine, state.adjudication]) else "upheld"
    if len(state.judging) < 2:
        return "alone"
    return "disputed" if state.disputed else "agreed"


def _sorted(found: Sequence[Dispute]) -> list[Dispute]:
    latest = sorted(
        found, key=lambda each: max(given.at for given in (*each.said, each.decided) if given), reverse=True
    )
    return sorted(latest, key=lambda each: each.decided is not None)


def _sheet_row(dispute: Dispute, given: GivenVerdict, became: str) -> dict[str, object]:
    made = given.made or (given.source_text, given.target_text)
    return {
        "item": dispute.item,
        "kazakh": dispute.source_text,
        "english": dispute.target_text,
        "reviewer": given.reviewer,
        "verdict": given.verdict,
        "reason": given.reason or "",
        "note": given.comment or "",
        "their_kazakh": made[0] or "",
        "their_english": made[1] or "",
        "at": given.at,
        "became": became,
    }
