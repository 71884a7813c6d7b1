"""When two facts can't both be right: the judges that the ledger asks last."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from align.facts.compare.agree import LOOSE, FactStatus, is_range, split_code
from align.facts.compare.conversion import in_one_unit
from align.facts.compare.spelling import same_word
from align.facts.dates import same_date
from align.facts.kinds import KINDS
from align.types import Fact

__all__ = ["disagree", "disagree_loosely"]

_ORDER: Final = 10
"""Times that one amount may be the other, for them to contradict each other."""
# Amounts of money up to this are equal by chance.
_CHANCE: Final = Decimal(100)


def disagree(source: Fact, target: Fact) -> FactStatus | None:
    """Return "conflict" where both tell the same kind of thing and can't both be right.

    They tell it in the same unit.
    """
    if source.kind != target.kind or KINDS[source.kind].group == "stance":
        return None
    if source.unit != target.unit:
        return "conflict" if source.value == target.value and _exchanged(source, target) else None
    if source.kind == "name":
        return _codes_disagree(source.value, target.value)
    if source.kind == "date":
        return "conflict" if same_date(source.value, target.value) is False else None
    if source.unit is None and KINDS[source.kind].loose and _far_apart(source, target):
        return None
    return None if source.kind == "number" and _is_part(source) != _is_part(target) else "conflict"


def _far_apart(source: Fact, target: Fact) -> bool:
    """Say whether two amounts are of other orders.

    Twelve documents and two countries fill no one role.
    """
    ends = sorted(abs(Decimal(fact.value.split("/")[-1])) for fact in (source, target))
    return bool(ends[0] * _ORDER < ends[1])


def _is_part(fact: Fact) -> bool:
    """Say whether a number is a share of one: every seventh is none of seven."""
    return not is_range(fact) and 0 < Decimal(fact.value) < 1


def _exchanged(source: Fact, target: Fact) -> bool:
    """Say whether the same number of another unit is a mistake.

    Examples: tenge for dollars, miles for kilometres. Small amounts of money are left out: a hundred of this and a
    hundred of that may both be told.
    """
    if source.kind != "quantity" or is_range(source):
        return source.kind == "percent" or (
            source.kind == "money" and abs(Decimal(source.value.split("/")[0])) > _CHANCE
        )
    units = source.unit or "", target.unit or ""
    return in_one_unit((Decimal(source.value), units[0]), (Decimal(target.value), units[1])) is not None


def disagree_loosely(source: Fact, target: Fact) -> FactStatus | None:
    """Return "conflict" also where one side told a fact in another form.

    It left the unit out, wrote an ordinal as a number, or a year as a count. A fraction and a percentage are two ways
    to tell a share.
    """
    if "name" in {source.kind, target.kind}:
        return _code_and_number_disagree(source, target)
    if source.kind == target.kind or (source.unit and target.unit and source.unit != target.unit):
        return None
    kinds = {source.kind, target.kind}
    if kinds == {"number", "date"}:
        return "conflict" if _is_year(source.value) and _is_year(target.value) else None
    if kinds <= LOOSE and _far_apart(source, target):
        return None
    if kinds == {"number", "percent"}:
        part = source if source.kind == "number" else target
        return "conflict" if _is_part(part) else None
    return "conflict" if kinds <= LOOSE or kinds == {"number", "ordinal"} else None


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isdecimal()


def _code_and_number_disagree(source: Fact, target: Fact) -> FactStatus | None:
    """Return "conflict" for a code and the number of another one.

    Examples: EXPO-2017 and EXPO in 2019, 2-зауыт and Plant-6.
    """
    code, other = (source, target) if source.kind == "name" else (target, source)
    letters, digits = split_code(code.value)
    if other.kind == "name" or not (letters and digits) or other.value == digits:
        return None
    years = _is_year(digits) and _is_year(other.value)
    return "conflict" if years or other.kind == "ordinal" else None


def _codes_disagree(source: str, target: str) -> FactStatus | None:
    """Return "conflict" for one word with other digits: EXPO-2017 and EXPO-2019."""
    (one, digits), (other, others) = split_code(source), split_code(target)
    return "conflict" if digits and others and digits != others and same_word(one, other) else None
