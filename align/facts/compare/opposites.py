"""Pairs that say the opposite of each other.

Names exchanged their roles, or prices rose and fell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from align.facts.directions import opposite
from align.facts.gazetteer import known_values
from align.facts.kinds import AMOUNTS
from align.types import Fact, FactMatch

__all__ = ["conflicting", "oppose_directions", "with_opposites"]

_AGREE: Final = frozenset({"matched", "compatible"})
# What the second name is in the Kazakh text, and what the first one is in the English text. To lose to somebody turns
# an object into a recipient, so that pair is left out; so are sellers and buyers (recipient and origin).
_EXCHANGED: Final = frozenset(
    {("object", "object"), ("recipient", "recipient"), ("origin", "origin"), ("recipient", "object")}
)


_PLAIN: Final = 3
"""Names that the plain case has at most: two that exchange their roles, and one that only one text tells."""


def with_opposites(entries: Sequence[FactMatch]) -> tuple[FactMatch, ...]:
    """Return a ledger's entries with exchanged roles and opposite directions as conflicts.

    The directions are those of one amount. Directions of one text may stand for different things; those of amounts that
    agree, or of texts that tell nothing else, are taken to stand for one.
    """
    entries = tuple(entries)
    kinds = [entry.kind for entry in entries]
    if "direction" in kinds:
        told = [entry for entry in entries if entry.kind not in {"polarity", "direction"}]
        agree = any(entry.kind in AMOUNTS and entry.status in _AGREE for entry in told)
        entries = oppose_directions(entries) if agree or not told else entries
    # With more names it takes a grammar to say who did what.
    if not 2 <= kinds.count("name") <= _PLAIN:
        return entries
    names = [entry for entry in entries if entry.kind == "name" and entry.status in _AGREE]
    if len(names) != 2 or not _exchange(*names):
        return entries
    return tuple(replace(entry, kind="role", status="conflict") if entry in names else entry for entry in entries)


def oppose_directions(entries: Sequence[FactMatch]) -> tuple[FactMatch, ...]:
    """Return entries in which a direction of one text conflicts with its opposite.

    Only one text tells either of them. Not where a text tells both directions, nor where either denies anything: "did
    not rise" is no opposite of "fell".
    """
    if any(entry.kind == "polarity" for entry in entries):
        return tuple(entries)
    told = _values(entry.source for entry in entries), _values(entry.target for entry in entries)
    rivals: dict[Fact, Fact] = {}
    for one in (entry.source for entry in entries if entry.kind == "direction"):
        if one is None or one.value in told[1] or opposite(one.value) in told[0]:
            continue
        others = (entry.target for entry in entries if entry.kind == "direction" and entry.target)
        rival = next((other for other in others if other.value == opposite(one.value)), None)
        if rival is not None and rival not in rivals.values():
            rivals[one] = rival
    return conflicting(entries, rivals)


def conflicting(entries: Sequence[FactMatch], rivals: dict[Fact, Fact]) -> tuple[FactMatch, ...]:
    """Return entries in which one-sided facts of both texts stand in conflict.

    One fact of the source meets one of the target.
    """
    left = (entry for entry in entries if entry.source or entry.target not in rivals.values())
    return tuple(
        FactMatch(entry.kind, entry.source, rivals[entry.source], "conflict")
        if entry.source in rivals and entry.target is None
        else entry
        for entry in left
    )


def _values(facts: Iterable[Fact | None]) -> set[str]:
    return {fact.value for fact in facts if fact and fact.kind == "direction"}


def _exchange(one: FactMatch, other: FactMatch) -> bool:
    if not (one.source and one.target and other.source and other.target) or one.source.value == other.source.value:
        return False
    known = known_values()
    if (one.target.value in known) != (other.target.value in known):
        return False
    first, second = (one, other) if one.source.role == "subject" else (other, one)
    if first.source is None or first.target is None or second.source is None or second.target is None:
        return False
    roles = second.source.role, first.target.role
    return first.source.role == second.target.role == "subject" and roles in _EXCHANGED
