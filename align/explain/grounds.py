"""The strongest reasons for a pair and against it, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from align.facts.kinds import KINDS, conflict_of
from align.text.words import words
from align.types import Evidence, FactMatch, FloatArray, Ground
from align.verify.experts import GROUNDS

__all__ = ["MOST", "REFUSED", "conflicts", "grounds"]

REFUSED: Final = -9.0
"""What it weighs that two texts cannot be a pair."""

MOST: Final = 3
"""How many reasons for a pair, and how many against it, are told."""

_LEAST: Final = 0.2
"""What a reason has to add to the log-odds or to take from them, to be told."""

_OF_CONFLICT: Final = 6.0
"""What a conflict weighs: it is a rule, and stands before all else."""

_OF_NAME: Final = 0.5
"""What a name that agrees weighs beside the words, which have been counted already."""

_PLAIN: Final = {
    "length": ("the lengths agree", "one side is much longer"),
    "rivals": ("no other sentence comes near", "another sentence comes nearer"),
    "documents": ("the documents are about the same", "the documents are about different things"),
    "beside": ("other sentences of the documents correspond", "nothing else in the documents corresponds"),
    "title": ("a headline", "a headline beside a sentence"),
}
_CONFLICTS: Final = {
    "number": "a number differs",
    "date": "a date differs",
    "name": "a name differs",
    "sign": "one goes up, the other down",
    "role": "who does it to whom is exchanged",
}


def conflicts(facts: Sequence[FactMatch]) -> tuple[str, ...]:
    """Return what the facts disagree about, each once.

    It is "number", "date", "name", "polarity", "role" or "sign".
    """
    return tuple(dict.fromkeys(conflict_of(entry) for entry in facts if entry.status == "conflict"))


def grounds(added: FloatArray | None, evidence: Evidence, texts: tuple[str, str]) -> tuple[Ground, ...]:
    """Return at most three reasons for a pair and three against it, the strongest first.

    `added` (g,) is what the verifier's `GROUNDS` add to the log-odds, None where it was not asked.
    """
    weights = dict(zip(GROUNDS, map(float, added), strict=True)) if added is not None else {}
    told = [*_conflicts(evidence.facts), *_measured(weights, evidence, texts), *_names(evidence.facts)]
    ordered = sorted(told, key=lambda each: -abs(each.weight))
    best = [each for each in ordered if each.weight > 0][:MOST] + [each for each in ordered if each.weight < 0][:MOST]
    return tuple(sorted(best, key=lambda each: -abs(each.weight)))


def _conflicts(facts: Sequence[FactMatch]) -> list[Ground]:
    found = {conflict_of(entry): entry for entry in reversed(facts) if entry.status == "conflict"}
    return [Ground(_conflict(kind, entry), -_OF_CONFLICT) for kind, entry in found.items()]


def _conflict(kind: str, entry: FactMatch) -> str:
    if kind == "polarity":
        return "the Kazakh denies" if entry.source is not None else "the English denies"
    values = [fact.value for fact in (entry.source, entry.target) if fact]
    shown = f": {values[0]} / {values[1]}" if len(values) == 2 and kind in {"number", "date", "name"} else ""
    return _CONFLICTS[kind] + shown


def _measured(weights: Mapping[str, float], evidence: Evidence, texts: tuple[str, str]) -> list[Ground]:
    told = []
    for name, weight in weights.items():
        if abs(weight) < _LEAST:
            continue
        if name == "words":
            text = _words(evidence, texts)
        elif name in {"dates", "amounts"}:
            text = _facts(name, evidence.facts, weight)
        else:
            text = _PLAIN[name][weight < 0]
        if text:
            told.append(Ground(text, round(weight, 2)))
    return told


def _words(evidence: Evidence, texts: tuple[str, str]) -> str:
    fewer = min(len(words(text)) for text in texts)
    return f"{len(evidence.words)} of {max(fewer, len(evidence.words))} words correspond"


def _facts(group: str, facts: Sequence[FactMatch], weight: float) -> str:
    """Say how many dates or numbers agree.

    It is "" where the texts have none, or a conflict says it already.
    """
    own = [entry for entry in facts if entry.kind != "role" and KINDS[entry.kind].group == group]
    agreed = [entry for entry in own if entry.status in {"matched", "compatible"}]
    one, many = ("date", "dates") if group == "dates" else ("number", "numbers")
    if weight > 0:
        if not agreed:
            return ""
        return f"the {one} agrees" if len(own) == 1 else f"{len(agreed)} of {len(own)} {many} agree"
    alone = [entry for entry in own if entry.status in {"source_only", "target_only"}]
    if not alone:
        return ""
    return f"a {one} stands on one side only" if len(alone) == 1 else f"{len(alone)} {many} stand on one side only"


def _names(facts: Sequence[FactMatch]) -> list[Ground]:
    own = [entry for entry in facts if entry.kind == "name" and entry.status != "conflict"]
    agreed = sum(entry.status in {"matched", "compatible"} for entry in own)
    if not agreed:
        return []
    text = "the name agrees" if len(own) == 1 else f"{agreed} of {len(own)} names agree"
    return [Ground(text, round(_OF_NAME * agreed, 2))]
