"""The ledger of two texts settled by the words that correspond.

Roles come first, then who denies what.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from align.facts.compare.agree import days_may_be_one
from align.facts.compare.ledger import Ledger
from align.facts.compare.opposites import conflicting, oppose_directions
from align.facts.compare.other_names import covered, disagreeing_names, same_company
from align.facts.kinds import KINDS
from align.facts.polarity import may_deny
from align.types import Fact, FactKind, FactMatch, WordMatch

__all__ = ["settle"]

_OPPOSED: Final = 0.4
"""Share of both texts that must correspond, for one to deny the other: texts that only touch on one event deny and
affirm other things."""

_OPPOSED_BRIEF: Final = 0.05
"""The same for texts of a few words, most of which the denied verb and pronouns make up."""

_BRIEF: Final = 8
"""Spaces from which a text is no longer brief."""

_HAVING: Final = (re.compile(r"\b(?:with|have|has|had)\b"), re.compile(r"(?:[мпб]ен|бар)(?!\w)"))
"""What stands against "without": with in English, -мен or бар in Kazakh."""

_LACKING: Final = re.compile("сыз|сіз|without")

_ALL_COVERED: Final = 0.4
"""Share of both texts from which so much corresponds that the amounts left over stand in one role."""

_COUNTED: Final = frozenset({"amounts", "dates"})
_AGREE: Final = frozenset({"matched", "compatible"})


def settle(ledger: Ledger, words: Sequence[WordMatch], texts: tuple[str, str], kinds: Mapping[str, str]) -> Ledger:
    """Return a ledger with conflicts where the words show that two facts stand in one role.

    Each of these facts is told by one text alone. `words` are the words of the Kazakh and the English text that
    correspond; `kinds` says of a known name's value what it names. Names conflict as in `disagreeing_names`; directions
    and denials where most of the rest corresponds.
    """
    entries = _in_one_role(disagreeing_names(_one_day(ledger.matches), words, texts, kinds), words, texts)
    if not any(entry.kind in {"polarity", "direction"} for entry in entries):
        return Ledger(entries)
    brief = max(text.count(" ") for text in texts) < _BRIEF
    if min(share_of(entries, words, texts)) >= (_OPPOSED_BRIEF if brief else _OPPOSED):
        entries = _denied(oppose_directions(entries), words, texts)
    return Ledger(entries)


def _one_day(entries: Sequence[FactMatch]) -> tuple[FactMatch, ...]:
    """Return entries in which days that may be one, each told by one text alone, are compatible.

    A day without its year may be yesterday or any day of the week. Two texts taken for a pair mostly mean one day by
    it; of texts at large it would say nothing, so the ledger leaves such days alone.
    """
    targets = [entry.target for entry in entries if entry.status == "target_only" and entry.target]
    found: dict[Fact, Fact] = {}
    for entry in entries:
        if entry.status == "source_only" and entry.source:
            day = next((day for day in targets if days_may_be_one(entry.source, day)), None)
            if day is not None:
                found[entry.source] = day
                targets.remove(day)
    if not found:
        return tuple(entries)
    left = (entry for entry in entries if entry.source or entry.target not in found.values())
    return tuple(
        FactMatch("date", entry.source, found[entry.source], "compatible") if entry.source in found else entry
        for entry in left
    )


def _in_one_role(
    entries: Sequence[FactMatch], words: Sequence[WordMatch], texts: tuple[str, str]
) -> tuple[FactMatch, ...]:
    """Return entries in which amounts and dates conflict only where they stand in one role.

    They do where words beside them correspond, or most of both texts does; a long sentence and a short one that share
    an event tell other numbers of it.
    """
    doubted = [entry for entry in entries if entry.status == "conflict" and KINDS[_kind(entry)].group in _COUNTED]
    if not doubted or min(share_of(entries, words, texts)) >= _ALL_COVERED:
        return tuple(entries)
    kept, alone = [], []
    for entry in entries:
        if entry not in doubted or not entry.source or not entry.target:
            kept.append(entry)
        elif same_company(entry.source, entry.target, words, texts):
            kept.append(entry)
        else:
            kept.append(FactMatch(entry.source.kind, entry.source, None, "source_only"))
            alone.append(FactMatch(entry.target.kind, None, entry.target, "target_only"))
    return (*kept, *alone)


def _kind(entry: FactMatch) -> FactKind:
    return "name" if entry.kind == "role" else entry.kind


def share_of(entries: Sequence[FactMatch], words: Sequence[WordMatch], texts: tuple[str, str]) -> tuple[float, float]:
    """Return the shares (0-1) of both texts that correspond.

    They stand in words that correspond or in facts that agree. The words that deny and that tell a direction are left
    out of the count.
    """
    stance = {"polarity", "direction"}
    told = [entry for entry in entries if entry.kind not in stance]
    agreed = [entry for entry in told if entry.status in _AGREE and entry.source and entry.target]
    sides = (
        ([word.source for word in words], [entry.source for entry in agreed], [entry.source for entry in entries]),
        ([word.target for word in words], [entry.target for entry in agreed], [entry.target for entry in entries]),
    )
    shares = []
    for text, (spans, facts, every) in zip(texts, sides, strict=True):
        without = [(fact.start, fact.end) for fact in every if fact and fact.kind in stance]
        found = [*spans, *((fact.start, fact.end) for fact in facts if fact)]
        shares.append(covered(text, found, without=without))
    return shares[0], shares[1]


def _denied(
    entries: tuple[FactMatch, ...], words: Sequence[WordMatch], texts: tuple[str, str]
) -> tuple[FactMatch, ...]:
    """Let the denial that only one text has conflict with the other text.

    Not where that may deny in other words.
    """
    source = [entry.source for entry in entries if entry.kind == "polarity" and entry.source]
    target = [entry.target for entry in entries if entry.kind == "polarity" and entry.target]
    if bool(source) == bool(target):
        return entries
    has = _HAVING[0].search(texts[1].lower()) if source else _HAVING[1].search(texts[0].lower())
    lacking = source or target if has and max(text.count(" ") for text in texts) < _BRIEF else ()
    text = texts[0] if source else texts[1]
    without = [fact for fact in lacking if _LACKING.search(text[fact.start : fact.end].lower())]
    denial = next((fact for fact in source or target if fact.role == "predicate" or fact in without), None)
    if denial is None or may_deny(texts[1] if source else texts[0], "en" if source else "kk"):
        return entries
    if source:
        return conflicting(entries, {denial: _affirmed(denial, [(w.source, w.target) for w in words], texts[1])})
    rival = _affirmed(denial, [(word.target, word.source) for word in words], texts[0])
    added = FactMatch("polarity", rival, denial, "conflict")
    return (*(entry for entry in entries if entry.target is not denial), added)


def _affirmed(denial: Fact, words: Sequence[tuple[tuple[int, int], tuple[int, int]]], text: str) -> Fact:
    """Return the word that answers to what is denied, else the whole text.

    It is that of the nearest word that has one.
    """
    nearest = min(words, key=lambda pair: abs(pair[0][1] - denial.end), default=None)
    start, end = nearest[1] if nearest else (0, len(text))
    return Fact("polarity", "affirmed", start, end, role="predicate")
