"""Which facts of two texts match, which disagree, and which stand on one side only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from align.facts.dates import same_date
from align.facts.gazetteer import countries_of_languages
from align.facts.spelling import same_name
from align.types import Fact, FactMatch, Relation

__all__ = ["Ledger", "match"]

FactStatus: TypeAlias = Literal["matched", "compatible", "conflict", "source_only", "target_only"]
_Judge: TypeAlias = "Callable[[Fact, Fact], FactStatus | None]"
_AMOUNTS: Final = frozenset({"number", "ordinal", "percent", "money", "quantity", "age"})
# A rounded or approximate value may differ from the exact one by this share; a bound by more, on its own side.
_ROUNDED: Final = Decimal("0.1")
_BOUND: Final = Decimal("1.5")


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

    A value may explain one fact of the other side, a name as many as repeat it. What is left of the same kind and
    unit on both sides, with values that can't both be right, is a conflict; the rest is one-sided.

    >>> from align.facts.extract import extract
    >>> source, target = extract("1 ақпанда 16 адам келді", "kk"), extract("17 people came on February 1", "en")
    >>> [(entry.kind, entry.status) for entry in match(source, target).matches]
    [('date', 'matched'), ('number', 'conflict')]
    """
    board = _Board(source, target)
    for judge in _JUDGES:
        board.pair(judge)
    board.explain_ranges()
    board.repeat()
    board.pair(_disagree)
    return Ledger(tuple(board.entries()))


class _Board:
    """Facts of both sides that wait for a partner, and the pairs found so far."""

    def __init__(self, source: Sequence[Fact], target: Sequence[Fact]) -> None:
        self._source, self._target = tuple(source), tuple(target)
        self._free_source = dict.fromkeys(range(len(self._source)))
        self._free_target = dict.fromkeys(range(len(self._target)))
        self._found: list[tuple[int, int, FactStatus]] = []

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
                if _is_end(self._target[j], fact):
                    self._take(i, j, "compatible")
        for j, fact in enumerate(self._target):
            for i in tuple(self._free_source):
                if _is_end(self._source[i], fact):
                    self._take(i, j, "compatible")

    def repeat(self) -> None:
        """Let a fact that was paired explain its repetitions: a text may tell a name or a number twice."""
        for i in tuple(self._free_source):
            again = ((j, _repeats(self._source[i], self._target[j])) for j in range(len(self._target)))
            if found := next((j for j, same in again if same), None):
                self._take(i, found, "compatible")
        for j in tuple(self._free_target):
            back = ((i, _repeats(self._source[i], self._target[j])) for i in range(len(self._source)))
            if found := next((i for i, same in back if same), None):
                self._take(found, j, "compatible")

    def entries(self) -> Iterator[FactMatch]:
        """Yield all pairs in source order, then what stands on one side only."""
        for i, j, status in sorted(self._found):
            yield FactMatch(self._source[i].kind, self._source[i], self._target[j], status)
        for i in self._free_source:
            yield FactMatch(self._source[i].kind, self._source[i], None, "source_only")
        for j in self._free_target:
            yield FactMatch(self._target[j].kind, None, self._target[j], "target_only")


def _equal(source: Fact, target: Fact) -> FactStatus | None:
    if (source.kind, source.value, source.unit) != (target.kind, target.value, target.unit):
        return None
    return "matched" if source.precision == target.precision else "compatible"


def _repeats(source: Fact, target: Fact) -> bool:
    return bool(_equal(source, target) or _dates_agree(source, target) or _names_agree(source, target))


def _dates_agree(source: Fact, target: Fact) -> FactStatus | None:
    if source.kind != "date" or target.kind != "date":
        return None
    return "compatible" if same_date(source.value, target.value) else None


def _untold_years_agree(source: Fact, target: Fact) -> FactStatus | None:
    """Let "last year" agree with a year, where the day of writing is not known."""
    if source.kind != "date" or target.kind != "date":
        return None
    values = source.value, target.value
    return "compatible" if any(v[0] == "Y" for v in values) and any(v.isdecimal() for v in values) else None


def _names_agree(source: Fact, target: Fact) -> FactStatus | None:
    if source.kind != "name" or target.kind != "name":
        return None
    found = same_name(source.value, target.value)
    if found is None:
        homes = countries_of_languages()
        related = target.value in {homes.get(source.value)} or source.value in {homes.get(target.value)}
        return "compatible" if related else None
    return "matched" if found == "matched" else "compatible"


def _codes_agree(source: Fact, target: Fact) -> FactStatus | None:
    """Let the digits of a code agree with a number: EXPO-2017 is also written EXPO in 2017."""
    for code, other in ((source, target), (target, source)):
        if code.kind == "name" and other.kind in {"number", "ordinal", "date"}:
            digits = "".join(c for c in code.value if c.isdigit())
            if digits and digits == other.value:
                return "compatible"
    return None


def _bounds(fact: Fact) -> tuple[Decimal, Decimal] | None:
    """Return the least and the greatest value an amount may mean, or None for what is no amount."""
    if fact.kind == "date":
        # A bare year and a count look alike: 2019 may be read either way.
        return (Decimal(fact.value),) * 2 if fact.value.isdecimal() else None
    if fact.kind not in _AMOUNTS:
        return None
    low, _, high = fact.value.partition("/")
    least, greatest = Decimal(low), Decimal(high or low)
    if fact.precision == "approximate":
        return least * (1 - _ROUNDED), greatest * (1 + _ROUNDED)
    if fact.precision == "at_least":
        return least, greatest * _BOUND
    return (least / _BOUND, greatest) if fact.precision == "at_most" else (least, greatest)


def _amounts_agree(source: Fact, target: Fact) -> FactStatus | None:
    """Let amounts agree that tell one value in another way: 66 and 66 years, about 35 000 and 34 800, 5-7 and 6."""
    if {source.kind, target.kind} <= {"date"} or (source.unit and target.unit and source.unit != target.unit):
        return None
    one, other = _bounds(source), _bounds(target)
    if one is None or other is None:
        return None
    overlap = one[0] <= other[1] and other[0] <= one[1]
    return "compatible" if overlap or _rounds(one[0], other[0]) or _regrouped(one[0], other[0]) else None


def _regrouped(one: Decimal, other: Decimal) -> bool:
    """Say whether one is the other with its separator read in the other notation: 22,976 and 22.976."""
    small, large = sorted((one, other))
    return small * 1000 == large and small != small.to_integral()


def _rounds(one: Decimal, other: Decimal) -> bool:
    """Say whether the shorter of two numbers is the longer one rounded: 402.3 and 402, but not 63 and 60."""
    short, long = sorted((one.normalize(), other.normalize()), key=lambda value: len(value.as_tuple().digits))
    size = len(short.as_tuple().digits)
    if size < 2 or size == len(long.as_tuple().digits):
        return False
    return abs(short - long) * 200 <= abs(long) and round(long, size - 1 - long.adjusted()) == short


def _is_end(fact: Fact, span: Fact) -> bool:
    """Say whether a fact is one end of a range of its kind."""
    if "/" not in span.value or "/" in fact.value or fact.kind != span.kind:
        return False
    ends = span.value.split("/")
    return any(same_date(end, fact.value) for end in ends) if fact.kind == "date" else fact.value in ends


def _disagree(source: Fact, target: Fact) -> FactStatus | None:
    """Call it a conflict where both sides tell the same kind of thing in the same unit and can't both be right."""
    if (source.kind, source.unit) != (target.kind, target.unit) or source.kind == "name":
        return None
    if source.kind == "date":
        return "conflict" if same_date(source.value, target.value) is False else None
    return "conflict"


# The surest first.
_JUDGES: Final = (_equal, _dates_agree, _names_agree, _amounts_agree, _codes_agree, _untold_years_agree)
