"""The kinds of facts, and what each is good for.

It is the one place that a new kind is entered in.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from align.types import FactKind, FactMatch

__all__ = ["AMOUNTS", "COUNTED", "KINDS", "ConflictKind", "KindTraits", "conflict_of", "fact_kind", "of_group"]

Group: TypeAlias = Literal["names", "dates", "amounts", "stance"]
ConflictKind: TypeAlias = Literal["number", "date", "name", "polarity", "role", "sign"]


class KindTraits(NamedTuple):
    """What a kind of fact is good for.

    `group` is what it counts among for the verifier, `conflict` what a disagreement is called, `check` the check of
    drafts that looks at it, None for one that no draft is checked for. `loose` kinds are compared with each other: one
    text may leave out the unit. `telling` is false for a kind that says nothing where only one text has it.
    """

    group: Group
    conflict: ConflictKind
    check: Literal["numbers", "dates", "names"] | None
    loose: bool = False
    telling: bool = True


KINDS: Final[dict[FactKind, KindTraits]] = {
    "number": KindTraits("amounts", "number", "numbers", loose=True),
    "ordinal": KindTraits("amounts", "number", "numbers"),
    "percent": KindTraits("amounts", "number", "numbers"),
    "money": KindTraits("amounts", "number", "numbers", loose=True),
    "quantity": KindTraits("amounts", "number", "numbers", loose=True),
    "age": KindTraits("amounts", "number", "numbers", loose=True),
    "date": KindTraits("dates", "date", "dates"),
    "time": KindTraits("dates", "date", "dates"),
    "name": KindTraits("names", "name", "names"),
    "polarity": KindTraits("stance", "polarity", None, telling=False),
    "direction": KindTraits("stance", "sign", None, telling=False),
}
if set(KINDS) != set(get_args(FactKind)):
    raise TypeError(f"KINDS and FactKind differ: {set(KINDS) ^ set(get_args(FactKind))}")


def of_group(*groups: Group) -> frozenset[FactKind]:
    """Return the kinds of one or more groups.

    >>> sorted(of_group("dates"))
    ['date', 'time']
    """
    return frozenset(kind for kind, each in KINDS.items() if each.group in groups)


AMOUNTS: Final = of_group("amounts")
"""The kinds whose value is a number."""

COUNTED: Final = of_group("amounts", "dates")
"""The kinds that the verifier counts: names are found by their words, polarity and roles settle a conflict by rule."""


def fact_kind(written: str) -> FactKind:
    """Return the kind of the facts of an entry as a file has it.

    The facts of a "role" are names. Raises ValueError for one that is not known.

    >>> fact_kind("role"), fact_kind("date")
    ('name', 'date')
    """
    if written == "role":
        return "name"
    found = next((kind for kind in KINDS if kind == written), None)
    if found is None:
        raise ValueError(f"{written!r} is no kind of fact: one of {', '.join(KINDS)} was expected")
    return found


def conflict_of(entry: FactMatch) -> ConflictKind:
    """Return what a disagreement is called: a changed sign of an amount is a "sign".

    >>> from align.types import Fact
    >>> cold, warm = Fact("quantity", "-25", 0, 3, "celsius"), Fact("quantity", "25", 0, 3, "celsius")
    >>> conflict_of(FactMatch("quantity", cold, warm, "conflict"))
    'sign'
    """
    if entry.kind == "role":
        return "role"
    values = [fact.value for fact in (entry.source, entry.target) if fact]
    if entry.kind in AMOUNTS and len(values) == 2 and values[0] != values[1]:
        if values[0].lstrip("-") == values[1].lstrip("-"):
            return "sign"
    return KINDS[entry.kind].conflict
