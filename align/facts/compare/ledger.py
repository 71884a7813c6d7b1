"""Which facts of two texts match, which disagree, and which stand on one side only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from align.facts.compare.agree import (
    FactStatus,
    amounts_agree,
    clock_agrees,
    codes_agree,
    converted_agree,
    dates_agree,
    disagrees_with_range,
    end_of,
    is_range,
    lies_within,
    names_agree,
    split_code,
    times_agree,
    untold_dates_agree,
)
from align.facts.compare.disagree import disagree, disagree_loosely
from align.facts.compare.opposites import with_opposites
from align.facts.kinds import AMOUNTS, KINDS, of_group
from align.types import Fact, FactMatch, Relation

__all__ = ["Ledger", "match"]

_Judge: TypeAlias = "Callable[[Fact, Fact], FactStatus | None]"
_BIT: Final = {kind: 1 << n for n, kind in enumerate(KINDS)}


def _bits(kinds: Iterable[str]) -> int:
    return sum(bit for kind, bit in _BIT.items() if kind in set(kinds))


_COUNTED: Final = _bits(of_group("amounts", "dates"))
_CODED: Final = _COUNTED | _BIT["name"]
# From the surest judge to the last resort.
_AGREEING: Final[tuple[tuple[_Judge, int], ...]] = (
    (dates_agree, _BIT["date"]),
    (names_agree, _BIT["name"]),
    (times_agree, _BIT["time"]),
    (amounts_agree, _bits(AMOUNTS | {"date"})),
    (converted_agree, _BIT["quantity"]),
    (codes_agree, _CODED & ~_BIT["time"]),
    (clock_agrees, _BIT["time"] | _BIT["number"]),
    (untold_dates_agree, _BIT["date"]),
)
"""The judges, each with the kinds, as bits, of which both texts must have one left for it to be asked."""
_REPEATING: Final[dict[str, _Judge]] = {"date": dates_agree, "name": names_agree}
"""The judges that say whether a fact repeats another of its kind."""
_GROUPS: Final = tuple(_bits(of_group(each.group)) for each in {kind.group: kind for kind in KINDS.values()}.values())
# A sentence pair leaves a handful of pairs to compare.
_MOST_PAIRS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every fact of both texts once, with what the comparison says of it.

    Those of the source come first, each side in its order.
    """

    matches: tuple[FactMatch, ...]

    def relation(self) -> Relation:
        """Say what the facts alone make of the pair.

        "conflict" where any disagree, "equivalent" where all of both sides agree (also where there are none),
        "partial" where some agree and some are one-sided, "none" where no fact is shared. A denial or a direction that
        only one text tells counts for nothing: the other may tell the same in other words.
        """
        statuses = {entry.status for entry in self.matches if _tells(entry)}
        if "conflict" in statuses:
            return "conflict"
        one_sided = statuses & {"source_only", "target_only"}
        if not one_sided:
            return "equivalent"
        return "partial" if statuses - one_sided else "none"

    @property
    def source_coverage(self) -> float | None:
        """Return the share (0-1) of the source's facts that agree with the target's.

        Every fact counts alike. None where the source tells no fact.
        """
        return _coverage([(entry.source, entry.status) for entry in self.matches if _tells(entry)])

    @property
    def target_coverage(self) -> float | None:
        """Return the share (0-1) of the target's facts that agree with the source's.

        None where it tells none.
        """
        return _coverage([(entry.target, entry.status) for entry in self.matches if _tells(entry)])


def _tells(entry: FactMatch) -> bool:
    return entry.status == "conflict" or entry.kind == "role" or KINDS[entry.kind].telling


def _coverage(told: Sequence[tuple[Fact | None, FactStatus]]) -> float | None:
    """Count facts, not entries: a range whose two ends the other side tells stands in two."""
    facts = {fact for fact, _ in told if fact}
    failed = {fact for fact, status in told if fact and status not in {"matched", "compatible"}}
    return 1 - len(failed) / len(facts) if facts else None


def match(source: Sequence[Fact], target: Sequence[Fact]) -> Ledger:
    """Pair the facts of two texts, the surest pairs first.

    A value may explain one fact of the other side, a name as many as repeat it. Where both sides have hundreds of facts
    left (no sentence has), only equal ones are paired, so that the time stays linear. What is left of the same kind and
    unit on both sides, with values that can't both be right, is a conflict; the rest is one-sided.

    >>> from align.facts.reader import extract
    >>> source, target = extract("1 ақпанда 16 адам келді", "kk"), extract("17 people came on February 1", "en")
    >>> [(entry.kind, entry.status) for entry in match(source, target).matches]
    [('date', 'matched'), ('number', 'conflict')]
    """
    if not _comparable(source, target):
        return _one_sided(source, target)
    board = _Board(source, target)
    board.pair_equal()
    if board.size > _MOST_PAIRS:
        return Ledger(tuple(board.entries()))
    for judge, kinds in _AGREEING:
        if board.asks(judge):
            board.pair(judge, kinds)
    board.explain_ranges(paired=False)
    # Names disagree only where they are codes.
    rivals = _CODED if board.coded else _COUNTED
    # What is left on both sides disagrees, even where one of the values stands elsewhere too: "5 of 5" is not "5 of 7".
    board.pair(disagree, rivals)
    board.explain_ranges(paired=True)
    board.repeat()
    board.pair(disagree_loosely, rivals)
    return Ledger(with_opposites(tuple(board.entries())))


def _comparable(source: Sequence[Fact], target: Sequence[Fact]) -> bool:
    """Say whether any fact of one text may be compared with one of the other.

    Most pairs of a search share no group.
    """
    if not source or not target:
        return False
    one, other = _kinds(source), _kinds(target)
    if _share_group(one, other):
        return True
    # A code's digits may be a number.
    return bool((one | other) & _BIT["name"]) and any(map(_is_code, (*source, *target)))


@lru_cache(maxsize=1 << 14)
def _share_group(one: int, other: int) -> bool:
    # A year may be a count.
    return bool(one & _COUNTED and other & _COUNTED) or any(one & group and other & group for group in _GROUPS)


def _kinds(facts: Sequence[Fact]) -> int:
    """Return the kinds of facts, as bits."""
    found = 0
    for fact in facts:
        found |= _BIT[fact.kind]
    return found


def _is_code(fact: Fact) -> bool:
    return fact.kind == "name" and not fact.value.isalpha() and split_code(fact.value)[1] != ""


def _one_sided(source: Sequence[Fact], target: Sequence[Fact]) -> Ledger:
    entries = [FactMatch(fact.kind, fact, None, "source_only") for fact in source]
    entries += [FactMatch(fact.kind, None, fact, "target_only") for fact in target]
    return Ledger(tuple(entries))


class _Board:
    """Facts of both sides that wait for a partner, and the pairs found so far."""

    def __init__(self, source: Sequence[Fact], target: Sequence[Fact]) -> None:
        self._facts = tuple(source), tuple(target)
        # Dictionaries keep the order in which the facts stand in their texts.
        self._free = dict.fromkeys(range(len(source))), dict.fromkeys(range(len(target)))
        self._found: list[tuple[int, int, FactStatus]] = []
        self._kinds = _kinds(source), _kinds(target)
        named = (self._kinds[0] | self._kinds[1]) & _BIT["name"]
        self.coded = bool(named) and any(map(_is_code, (*source, *target)))
        self._ranges = [
            [n for n, fact in enumerate(side) if "/" in fact.value and is_range(fact)] for side in self._facts
        ]

    def asks(self, judge: _Judge) -> bool:
        """Say whether a judge of codes, or of times, has any to look at."""
        if judge is clock_agrees:
            return bool((self._kinds[0] | self._kinds[1]) & _BIT["time"])
        return judge is not codes_agree or self.coded

    @property
    def size(self) -> int:
        """Return the number of pairs that the free facts of either side make with all of the other."""
        return sum(len(self._free[side]) * len(self._facts[1 - side]) for side in (0, 1))

    def pair_equal(self) -> None:
        """Pair facts of one kind, value and unit; the same precision first."""
        if {fact.value for fact in self._facts[0]}.isdisjoint([fact.value for fact in self._facts[1]]):
            return
        for key in (_exact_key, _key):
            if not (self._free[0] and self._free[1]):
                return
            waiting: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
            for j in reversed(self._free[1]):
                waiting[key(self._facts[1][j])].append(j)
            for i in tuple(self._free[0]):
                if partners := waiting[key(self._facts[0][i])]:
                    self._take(i, partners.pop(), "matched" if key is _exact_key else "compatible")

    def pair(self, judge: _Judge, kinds: int) -> None:
        """Pair free facts of these kinds, as bits, in text order, wherever the judge names a status."""
        if not (kinds & self._kinds[0] and kinds & self._kinds[1]):
            return
        source, target = self._facts
        others = [j for j in self._free[1] if _BIT[target[j].kind] & kinds]
        if not others:
            return
        for i in [i for i in self._free[0] if _BIT[source[i].kind] & kinds]:
            fact, best = source[i], -1
            status: FactStatus | None = None
            for j in others:
                found = judge(fact, target[j])
                if found and (status is None or (found == "matched" != status)):
                    best, status = j, found
                    if found == "matched":
                        break
            if status is not None:
                self._take(i, best, status)
                others.remove(best)
                if not others:
                    return

    def _take(self, i: int, j: int, status: FactStatus | None) -> None:
        self._free[0].pop(i, None)
        self._free[1].pop(j, None)
        self._found.append((i, j, status or "compatible"))

    def _take_from(self, side: int, mine: int, other: int, status: FactStatus) -> None:
        self._take(*((mine, other) if side == 0 else (other, mine)), status)

    def explain_ranges(self, *, paired: bool) -> None:
        """Let ranges explain their ends where the other side tells them.

        These are the ranges that have a partner, or those that have none. A range without a partner may also explain
        one value inside it; told as one of its ends and another value, it disagrees with that value.
        """
        for side in (0, 1):
            for n in self._ranges[side]:
                if (n in self._free[side]) != paired:
                    self._explain_range(side, n, paired=paired)

    def _explain_range(self, side: int, n: int, *, paired: bool) -> None:
        span, others, free = self._facts[side][n], self._facts[1 - side], self._free[1 - side]
        told: set[int] = set()
        for m in tuple(free):
            end = end_of(others[m], span)
            if end is not None and (paired or end not in told):
                told.add(end)
                self._take_from(side, n, m, "compatible")
        if paired or len(told) > 1 or span.unit == "score":
            return
        agrees = [m for m in free if not told and lies_within(others[m], span)]
        # What tells the told end once more stands in the place of the other one.
        strays = [
            m for m in free if told and (disagrees_with_range(others[m], span) or end_of(others[m], span) in told)
        ]
        if agrees or strays:
            self._take_from(side, n, (agrees or strays)[0], "compatible" if agrees else "conflict")

    def repeat(self) -> None:
        """Let a fact that was paired explain its repetitions.

        A text may tell a name or a number twice.
        """
        if not self._found:
            return
        for side in (0, 1):
            for n in tuple(self._free[side]):
                if (found := self._repeated(self._facts[side][n], self._facts[1 - side])) is not None:
                    self._take_from(side, n, found, "compatible")

    def _repeated(self, fact: Fact, others: Sequence[Fact]) -> int | None:
        kind, judge = fact.kind, _REPEATING.get(fact.kind)
        for m, other in enumerate(others):
            if other.kind == kind:
                if judge(fact, other) if judge else _key(fact) == _key(other):
                    return m
            elif self.coded and codes_agree(fact, other):
                return m
        return None

    def entries(self) -> Iterator[FactMatch]:
        """Yield the source's facts in their order, then what only the target has.

        The former come with what they were paired with.
        """
        source, target = self._facts
        alone: list[tuple[int, int, FactStatus]] = [(i, -1, "source_only") for i in self._free[0]]
        for i, j, status in sorted(self._found + alone):
            yield FactMatch(source[i].kind, source[i], target[j] if j >= 0 else None, status)
        for j in self._free[1]:
            yield FactMatch(target[j].kind, None, target[j], "target_only")


def _key(fact: Fact) -> tuple[str | None, ...]:
    return fact.kind, fact.value, fact.unit


def _exact_key(fact: Fact) -> tuple[str | None, ...]:
    return fact.kind, fact.value, fact.unit, fact.precision
