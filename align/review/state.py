"""What an item's events amount to.

The functions are pure, so that the state can be built again at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from align.review.events import Event, undone
from align.review.verdicts import CATEGORIES, OUTCOMES, UNPAIRED

__all__ = ["State", "blind_events", "blind_verdicts", "differ", "may_have_seen", "own_verdict", "sees_others", "settle"]


@dataclass(frozen=True, slots=True)
class State:
    """The standing verdicts of an item.

    `judging` maps reviewers to their verdict, `skipped` names those who passed it on, `adjudication` is a third
    person's. A verdict of a batch stands until anybody judges the item by itself: `batched` says that it does.
    `deciding` is the verdict whose outcome holds, None while there is none or it is `disputed`. `notes` were
    written beside the verdicts.
    """

    judging: Mapping[str, Event]
    skipped: Mapping[str, Event]
    adjudication: Event | None
    flagged: bool
    disputed: bool
    deciding: Event | None
    notes: tuple[Event, ...] = ()

    @property
    def batched(self) -> bool:
        """Say whether nothing but a batch decided."""
        return self.deciding is not None and self.deciding.batch is not None

    @property
    def agreed(self) -> str | None:
        """Return the outcome: one of OUTCOMES, "disputed", or None."""
        if self.disputed:
            return "disputed"
        return OUTCOMES[str(self.deciding.verdict)] if self.deciding else None


def settle(events: Sequence[Event]) -> State:
    """Return what the events of one item, in the order of their time, amount to."""
    gone = undone(events)
    judging: dict[str, Event] = {}
    skipped: dict[str, Event] = {}
    notes: list[Event] = []
    adjudication, flagged = None, False
    for each in events:
        if each.kind != "verdict" or each.verdict in UNPAIRED or each.cluster in gone or each.withdrawn:
            continue
        if each.verdict == "flag":
            flagged = bool(each.body.get("flagged", True))
        elif each.verdict == "note":
            notes.append(each)
        elif each.body.get("adjudicates"):
            adjudication = each
        elif each.verdict == "skip":
            if each.reviewer not in judging:
                skipped[each.reviewer] = each
        else:
            judging[each.reviewer] = each
            skipped.pop(each.reviewer, None)
    judging = {name: each for name, each in judging.items() if each.batch is None} or judging
    disputed = adjudication is None and differ(judging.values())
    deciding = None if disputed else adjudication or _telling(judging.values())
    return State(judging, skipped, adjudication, flagged, disputed, deciding, tuple(notes))


def differ(judging: Iterable[Event]) -> bool:
    """Say whether verdicts disagree.

    In what they say of the pair, or in the words they would put in its place.
    """
    verdicts = list(judging)
    categories = {CATEGORIES[str(each.verdict)] for each in verdicts}
    rewritten = {_rewritten(each) for each in verdicts} - {(None, None, None)}
    return len(categories) > 1 or len(rewritten) > 1


def _rewritten(event: Event) -> tuple[object, object, object]:
    created = event.body.get("creates") or {}
    return event.body.get("source_text"), event.body.get("target_text"), created.get("item")


def _telling(judging: Iterable[Event]) -> Event | None:
    """Return of verdicts that agree the one that says most.

    One with other words before a plain one, else the last.
    """
    ordered = sorted(judging, key=lambda each: (_rewritten(each) != (None, None, None), each.order))
    return ordered[-1] if ordered else None


def own_verdict(state: State, reviewer: str) -> Event | None:
    """Return the verdict of one reviewer that stands, maybe a skip.

    One given as a third person goes before one given as one of the two.
    """
    if state.adjudication is not None and state.adjudication.reviewer == reviewer:
        return state.adjudication
    return state.judging.get(reviewer) or state.skipped.get(reviewer)


def sees_others(state: State, reviewer: str) -> bool:
    """Say whether a reviewer may see what others said of the item.

    Once they have judged it, or a third person has.
    """
    return reviewer in state.judging or state.adjudication is not None


def may_have_seen(events: Sequence[Event], reviewer: str) -> bool:
    """Say whether a reviewer can know another's verdict on the item.

    Once both had judged, the page showed them.
    """
    judging = [each for each in events if each.kind == "verdict" and each.verdict in CATEGORIES and each.batch is None]
    mine = any(each.reviewer == reviewer for each in judging)
    return mine and any(each.reviewer != reviewer for each in judging)


def blind_verdicts(events: Sequence[Event]) -> dict[str, str]:
    """Return each reviewer's last category given without knowing another's.

    What agreement may count.

    What was changed or undone after both had judged stays as it was said.
    """
    return {reviewer: CATEGORIES[str(each.verdict)] for reviewer, each in blind_events(events).items()}


def blind_events(events: Sequence[Event]) -> dict[str, Event]:
    """Return each reviewer's verdict of which `blind_verdicts` tells the category."""
    gone = undone(each for each in events if each.body.get("blind"))
    return {
        each.reviewer: each
        for each in events
        if each.kind == "verdict" and each.verdict in CATEGORIES and each.body.get("blind")
        if each.cluster not in gone and not each.withdrawn
    }
