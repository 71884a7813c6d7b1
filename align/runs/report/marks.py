"""Evidence as marks on a text: which characters show a fact, and which words answer them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from align.types import Evidence, Fact, FactMatch, SideName

__all__ = ["FactNote", "Mark", "Stretch", "WordNote", "fact_notes", "marks", "stretches", "word_notes"]


_SIGNS = {"matched": "=", "compatible": "≈", "conflict": "≠"}
_PRECEDENCE = ("conflict", "matched", "compatible", "source_only", "target_only")
"""Where facts overlap, the one that a judge most needs to see gives the colour."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of a text that a fact or a pair of words marks.

    A fact has a `status` and a `note`; `word` is the number of a pair of words. A glossary's `term` is kept, broken or
    open, and has a `note` too.
    """

    start: int
    end: int
    status: str = ""
    note: str = ""
    word: int = 0
    term: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text under the same marks.

    `words` lists the numbers of its word pairs, parted by spaces.
    """

    text: str
    status: str = ""
    note: str = ""
    words: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class FactNote:
    """A fact as the apparatus prints it: both texts and the sign between them.

    A text is empty where its side lacks the fact.
    """

    kind: str
    status: str
    sign: str
    source: str
    target: str
    value: str


@dataclass(frozen=True, slots=True)
class WordNote:
    """A pair of words that correspond, by its number from 1, with their cosine."""

    number: int
    source: str
    target: str
    similarity: float


def marks(evidence: Evidence, side: SideName) -> list[Mark]:
    """Return the marks that the evidence puts on one side's text."""
    facts = [(match, match.source if side == "source" else match.target) for match in evidence.facts]
    found = [Mark(fact.start, fact.end, match.status, _note(match)) for match, fact in facts if fact is not None]
    for number, word in enumerate(evidence.words, 1):
        start, end = word.source if side == "source" else word.target
        found.append(Mark(start, end, word=number))
    return found


def stretches(text: str, found: Sequence[Mark]) -> tuple[Stretch, ...]:
    """Cut a text wherever a mark begins or ends; the stretches' texts join to the whole.

    >>> cut = stretches("on June 9", [Mark(3, 9, "matched"), Mark(3, 7, word=1)])
    >>> [(each.text, each.status, each.words) for each in cut]
    [('on ', '', ''), ('June', 'matched', '1'), (' 9', 'matched', '')]
    """
    inner = {place for mark in found for place in (mark.start, mark.end) if 0 < place < len(text)}
    cuts = sorted({0, len(text)} | inner)
    return tuple(_stretch(text, start, end, found) for start, end in pairwise(cuts))


def _stretch(text: str, start: int, end: int, found: Sequence[Mark]) -> Stretch:
    over = [mark for mark in found if mark.start <= start and mark.end >= end]
    facts = sorted((mark for mark in over if mark.status), key=lambda mark: _PRECEDENCE.index(mark.status))
    words = " ".join(str(mark.word) for mark in over if mark.word)
    terms = [mark for mark in over if mark.term]
    notes = "; ".join(mark.note for mark in (*facts, *terms))
    status, term = facts[0].status if facts else "", terms[0].term if terms else ""
    return Stretch(text[start:end], status, notes, words, term)


def fact_notes(evidence: Evidence, source: str, target: str) -> tuple[FactNote, ...]:
    """Return the facts of both texts for the apparatus.

    What disagrees comes first, what one side lacks last.
    """
    ordered = sorted(evidence.facts, key=lambda match: _PRECEDENCE.index(match.status))
    return tuple(
        FactNote(
            match.kind,
            match.status,
            _SIGNS.get(match.status, ""),
            _piece(source, match.source),
            _piece(target, match.target),
            _value(match),
        )
        for match in ordered
    )


def word_notes(evidence: Evidence, source: str, target: str) -> Iterator[WordNote]:
    """Yield the words that correspond, numbered as their marks are."""
    for number, word in enumerate(evidence.words, 1):
        yield WordNote(number, source[slice(*word.source)], target[slice(*word.target)], word.similarity)


def _piece(text: str, fact: Fact | None) -> str:
    return text[fact.start : fact.end] if fact is not None else ""


def _note(match: FactMatch) -> str:
    return f"{match.kind} {_value(match)}: {match.status.replace('_only', ' only')}"


def _value(match: FactMatch) -> str:
    values = [f"{fact.value} {fact.unit or ''}".strip() for fact in (match.source, match.target) if fact is not None]
    return " / ".join(dict.fromkeys(values))
