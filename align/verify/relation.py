"""Whether a pair says the same, overlaps or disagrees.

It is told from its facts, and from how much of it corresponds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import log
from typing import Final

import numpy as np

from align.facts.compare.other_names import covered
from align.facts.kinds import KINDS, Group, conflict_of
from align.types import FactMatch, FloatArray, Relation, WordMatch
from align.verify.logistic import Logistic

__all__ = ["CLASH", "OVERLAP", "RelationModel", "overlap"]

OVERLAP: Final = (
    "source_covered",
    "target_covered",
    "less_covered",
    "more_covered",
    "length_difference",
    "length_ratio",
    "shorter_length",
    "source_amounts_alone",
    "target_amounts_alone",
    "source_dates_alone",
    "target_dates_alone",
    "source_names_alone",
    "target_names_alone",
    "most_amounts_alone",
    "most_dates_alone",
    "most_names_alone",
    "amounts_matched",
    "names_matched",
    "most_left",
    "least_left",
)
"""The columns of `overlap`, in order."""

_DOUBTED: Final = ("number", "date", "name")
"""Conflicts that may be none, since two facts of one kind need not be one fact; the others are as their rule says."""

CLASH: Final = (*_DOUBTED, *OVERLAP)
"""The columns that tell a conflict from two facts of one kind."""

_LETTERS: Final = 50
"""Letters that one step of what is left over has."""

_GROUPS: Final[tuple[Group, ...]] = ("amounts", "dates", "names")
"""What is counted apart: reports leave out the day more readily than an amount."""

_AGREED: Final = frozenset({"matched", "compatible"})


@dataclass(frozen=True, slots=True)
class RelationModel:
    """Logistic models of pairs that share something.

    `same` facts on both sides, and whether a `clash` is one.
    """

    same: Logistic
    clash: Logistic

    def relation(self, facts: Sequence[FactMatch], words: Sequence[WordMatch], texts: tuple[str, str]) -> Relation:
        """Return conflict, equivalent or partial for two texts that a verifier took for a pair."""
        seen = overlap(facts, words, texts)
        kinds = {conflict_of(entry) for entry in facts if entry.status == "conflict"}
        # Polarity and roles were read together from both texts, so that they need no second opinion.
        if kinds - set(_DOUBTED):
            return "conflict"
        if kinds and self.clash.log_odds(clash_columns(facts, seen)[None])[0] > 0:
            return "conflict"
        if kinds:
            return "partial"
        return "equivalent" if self.same.log_odds(seen[None])[0] > 0 else "partial"


def clash_columns(facts: Sequence[FactMatch], seen: FloatArray) -> FloatArray:
    """Return (23,) float32, the columns named by `CLASH`; `seen` (20,) is the pair's `overlap`."""
    kinds = {conflict_of(entry) for entry in facts if entry.status == "conflict"}
    return np.concatenate([[kind in kinds for kind in _DOUBTED], seen]).astype(np.float32)


def overlap(facts: Sequence[FactMatch], words: Sequence[WordMatch], texts: tuple[str, str]) -> FloatArray:
    """Return (20,) float32, the columns named by `OVERLAP`.

    *covered* is the share of a text's letters in words that correspond or facts that agree, *left* how many letters are
    not, in fifties; *alone* and *matched* count facts.
    """
    agreed = [entry for entry in facts if entry.status in _AGREED]
    source = [word.source for word in words] + [(e.source.start, e.source.end) for e in agreed if e.source]
    target = [word.target for word in words] + [(e.target.start, e.target.end) for e in agreed if e.target]
    shares = covered(texts[0], source), covered(texts[1], target)
    lengths = [log(max(len(text), 1)) for text in texts]
    left = [(1 - share) * len(text) / _LETTERS for share, text in zip(shares, texts, strict=True)]
    alone = [[_count(facts, {group}, status) for status in ("source_only", "target_only")] for group in _GROUPS]
    columns = (
        *shares,
        min(shares),
        max(shares),
        abs(lengths[0] - lengths[1]),
        lengths[0] - lengths[1],
        min(lengths),
        *chain.from_iterable(alone),
        *map(max, alone),
        _count(agreed, {"amounts", "dates"}),
        _count(agreed, {"names"}),
        max(left),
        min(left),
    )
    return np.array(columns, dtype=np.float32)


def _count(facts: Sequence[FactMatch], groups: set[Group], status: str | None = None) -> int:
    counted = (entry for entry in facts if entry.kind != "role" and KINDS[entry.kind].group in groups)
    return sum(status in (None, entry.status) for entry in counted)
