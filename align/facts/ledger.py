"""Which facts of two texts match, which disagree, and which stand on one side only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from align.facts.compare import (
    FactStatus,
    amounts_agree,
    codes_agree,
    dates_agree,
    disagree,
    disagree_loosely,
    is_end,
    names_agree,
    times_agree,
    untold_years_agree,
)
from align.types import Fact, FactMatch, Relation

__all__ = ["Ledger", "match"]

_Judge: TypeAlias = "Callable[[Fact, Fact], FactStatus | None]"
# A sentence pair leaves a handful of pairs to compare.
_MOST_PAIRS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every fact of both texts once, with what the comparison says of it; source order, then target order."""

    matches: tuple[FactMatch, ...]

    def relation(self) -> Relation:
        """Say what the facts alone make of the pair.

        "conflict" where any disagree, "equivalent" where all of both sides agree (also where there are none),
        "partial" where some agree and some are one-sided, "none" where no fact is shared.
        """
        statuses = {entry.status for entry in self.matches}
        if "conflict" in statuses:
            return "conflict"
        one_sided = statuses & {"source_only", "target_only"}
        if not one_sided:
            return "equivalent"
        return "partial" if statuses - one_sided else "none"

    @property
    def source_coverage(self) -> float:
        """Return the share (0-1) of the source's facts that the target has; 1.0 where there are none."""
        return self._coverage("source_only")

    @property
    def target_coverage(self) -> float:
        """Return the share (0-1) of the target's facts that the source has; 1.0 where there are none."""
        return self._coverage("target_only")

    def _coverage(self, alone: str) -> float:
        other = "target_only" if alone == "source_only" else "source_only"
        entries = [entry.status for entry in self.matches if entry.status != other]
        shared = sum(status in {"matched", "compatible"} for status in entries)
        return shared / len(entries) if entries else 1.0


def match(source: Sequence[Fact], target: Sequence[Fact]) -> Ledger:
    """Pair the facts of two texts, the surest pairs first.

    A value may explain one fact of the other side, a name as many as repeat it. Where both sides have hundreds of facts
    left (no sentence has), only equal ones are paired, so that the time stays linear. What is left of the same kind and
    unit on both sides, with values that can't both be right, is a conflict; the rest is one-sided.

    >>> from align.facts.extract import extract
    >>> source, target = extract("1 ақпанда 16 адам келді", "kk"), extract("17 people came on February 1", "en")
    >>> [(entry.kind, entry.status) for entry in match(source, target).matches]
    [('date', 'matched'), ('number', 'conflict')]
    """
    board = _Board(source, target)
    board.pair_equal()
    if board.size > _MOST_PAIRS:
        return Ledger(tuple(board.entries()))
    for judge in (dates_agree, names_agree, times_agree, amounts_agree, codes_agree, untold_years_agree):
        board.pair(judge)
    board.explain_ranges()
    board.repeat()
    board.pair(disagree)
    board.pair(disagree_loosely)
    return Ledger(tuple(board.entries()))


class _Board:
    """Facts of both sides that wait for a partner, and the pairs found so far."""

    def __init__(self, source: Sequence[Fact], target: Sequence[Fact]) -> None:
        self._source, self._target = tuple(source), tuple(target)
        self._free_source = dict.fromkeys(range(len(self._source)))
        self._free_target = dict.fromkeys(range(len(self._target)))
        self._found: list[tuple[int, int, FactStatus]] = []

    @property
    def size(self) -> int:
        """Return the number of pairs that the free facts make."""
        return len(self._free_source) * len(self._free_target)

    def pair_equal(self) -> None:
        """Pair facts of one kind, value and unit; the same precision first."""
        for key in (_exact_key, _key):
            waiting: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
            for j in reversed(self._free_target):
                waiting[key(self._target[j])].append(j)
            for i in tuple(self._free_source):
                if partners := waiting[key(self._source[i])]:
                    self._take(i, partners.pop(), "matched" if key is _exact_key else "compatible")

    def pair(self, judge: _Judge) -> None:
        """Pair free facts in text order wherever the judge names a status."""
        for i in tuple(self._free_source):
            statuses = ((j, judge(self._source[i], self._target[j])) for j in self._free_target)
            best = min(((status != "matched", j, status) for j, status in statuses if status), default=None)
            if best is not None:
                self._take(i, best[1], best[2])

    def _take(self, i: int, j: int, status: FactStatus | None) -> None:
        self._free_source.pop(i, None)
        self._free_target.pop(j, None)
        self._found.append((i, j, status or "compatible"))

    def explain_ranges(self) -> None:
        """Let a range explain its two ends where the other side tells them one by one."""
        for i, fact in enumerate(self._source):
            for j in tuple(self._free_target):
                if is_end(self._target[j], fact):
                    self._take(i, j, "compatible")
        for j, fact in enumerate(self._target):
            for i in tuple(self._free_source):
                if is_end(self._source[i], fact):
                    self._take(i, j, "compatible")

    def repeat(self) -> None:
        """Let a fact that was paired explain its repetitions: a text may tell a name or a number twice."""
        for i in tuple(self._free_source):
            again = ((j, _repeats(self._source[i], self._target[j])) for j in range(len(self._target)))
            if (found := next((j for j, same in again if same), None)) is not None:
                self._take(i, found, "compatible")
        for j in tuple(self._free_target):
            back = ((i, _repeats(self._source[i], self._target[j])) for i in range(len(self._source)))
            if (found := next((i for i, same in back if same), None)) is not None:
                self._take(found, j, "compatible")

    def entries(self) -> Iterator[FactMatch]:
        """Yield the source's facts in their order with what they were paired with, then what only the target has."""
        alone: list[tuple[int, int, FactStatus]] = [(i, -1, "source_only") for i in self._free_source]
        for i, j, status in sorted(self._found + alone):
            yield FactMatch(self._source[i].kind, self._source[i], self._target[j] if j >= 0 else None, status)
        for j in self._free_target:
            yield FactMatch(self._target[j].kind, None, self._target[j], "target_only")


def _key(fact: Fact) -> tuple[str | None, ...]:
    return fact.kind, fact.value, fact.unit


def _exact_key(fact: Fact) -> tuple[str | None, ...]:
    return fact.kind, fact.value, fact.unit, fact.precision


def _repeats(source: Fact, target: Fact) -> bool:
    return bool(_key(source) == _key(target) or dates_agree(source, target) or names_agree(source, target)) or bool(
        codes_agree(source, target)
    )
