"""Makes parallel documents of pairs, with the truth.

Sentences are merged, split, left out and exchanged as translators do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from align.evaluate.beads import BeadLines

__all__ = ["MadeDocument", "Making", "make_document"]


_Unit: TypeAlias = tuple[list[str], list[str]]

_THREE: Final = 0.2
"""How many of the merges take three sentences rather than two."""
_FEWEST_WORDS: Final = 6
_BREAKS: Final = tuple(",;:-–—")


@dataclass(frozen=True, slots=True)
class Making:
    """How a document is made: shares (0-1) of the sentence pairs that meet each fate.

    A pair whose one side is left out is `deleted`, one that is joined to its neighbour on one side `merged`, one whose
    one side becomes two lines `split`; `shifted` are two neighbours whose borders differ (2-2). Of the beads that are
    left, `crossed` change places with the next one.
    """

    deleted: float = 0.12
    merged: float = 0.12
    split: float = 0.06
    shifted: float = 0.01
    crossed: float = 0.0


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """The lines of both sides, and the true beads as line numbers, in the order of the sources."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    beads: tuple[BeadLines, ...]

    def with_foreign(self, sources: Sequence[str], targets: Sequence[str], *, before: int) -> MadeDocument:
        """Return it with lines that have no counterpart, put in before one of its beads."""
        sides, more = (self.sources, self.targets), (sources, targets)
        at = [min((b[side][0] for b in self.beads[before:] if b[side]), default=len(sides[side])) for side in (0, 1)]
        texts = [(*own[:place], *new, *own[place:]) for own, new, place in zip(sides, more, at, strict=True)]

        def moved(bead: BeadLines) -> BeadLines:
            kk, en = (tuple(n + len(more[side]) * (n >= at[side]) for n in bead[side]) for side in (0, 1))
            return kk, en

        beads = [moved(bead) for bead in self.beads]
        foreign: list[BeadLines] = [((at[0] + row,), ()) for row in range(len(sources))]
        foreign += [((), (at[1] + row,)) for row in range(len(targets))]
        return MadeDocument(texts[0], texts[1], (*beads[:before], *foreign, *beads[before:]))


def make_document(rows: Sequence[tuple[str, str]], making: Making, rng: np.random.Generator) -> MadeDocument:
    """Make a document of (kk, en) sentence pairs, in their order.

    >>> made = make_document([("а", "a"), ("ә", "b")], Making(deleted=1.0), np.random.default_rng(0))
    >>> len(made.sources) + len(made.targets)
    2
    """
    units: list[_Unit] = []
    taken = 0
    while taken < len(rows):
        unit, used = _unit(rows[taken:], making, rng)
        units += unit
        taken += used
    return _numbered(units, _order(units, making.crossed, rng))


def _unit(rows: Sequence[tuple[str, str]], making: Making, rng: np.random.Generator) -> tuple[list[_Unit], int]:
    """Return what becomes of the next pair, and how many pairs that takes."""
    fate = rng.random()
    on_source = bool(rng.random() < 0.5)
    kk, en = rows[0]
    if fate < making.deleted:
        return [([kk], []) if on_source else ([], [en])], 1
    if (fate := fate - making.deleted) < making.merged:
        return _merged(rows, on_source, rng)
    if (fate := fate - making.merged) < making.split:
        return [(_halves(kk), [en]) if on_source else ([kk], _halves(en))], 1
    return _shifted(rows) if fate - making.split < making.shifted else ([([kk], [en])], 1)


def _merged(rows: Sequence[tuple[str, str]], on_source: bool, rng: np.random.Generator) -> tuple[list[_Unit], int]:
    taken = rows[: 3 if rng.random() < _THREE else 2]
    kk, en = [row[0] for row in taken], [row[1] for row in taken]
    return [([" ".join(kk)], en) if on_source else (kk, [" ".join(en)])], len(taken)


def _shifted(rows: Sequence[tuple[str, str]]) -> tuple[list[_Unit], int]:
    if len(rows) > 1:
        kk, en = _halves(rows[0][0]), _halves(rows[1][1])
        if len(kk) == len(en) == 2:
            return [([kk[0], f"{kk[1]} {rows[1][0]}"], [f"{rows[0][1]} {en[0]}", en[1]])], 2
    return [([rows[0][0]], [rows[0][1]])], 1


def _halves(text: str) -> list[str]:
    """Return a text broken at the comma nearest to its middle, else in the middle.

    A short one stays whole.

    >>> _halves("one two, three four five six seven")
    ['one two,', 'three four five six seven']
    """
    words = text.split(" ")
    if len(words) < _FEWEST_WORDS:
        return [text]
    breaks = [place + 1 for place, word in enumerate(words[:-2]) if place and word.endswith(_BREAKS)]
    middle = min(breaks, key=lambda place: abs(place - len(words) / 2)) if breaks else len(words) // 2
    return [" ".join(words[:middle]), " ".join(words[middle:])]


def _order(units: Sequence[_Unit], crossed: float, rng: np.random.Generator) -> list[int]:
    """Return the units in the order of the targets: some neighbours change places."""
    order = list(range(len(units)))
    place = 0
    while place + 1 < len(units):
        both = all(side for unit in units[place : place + 2] for side in unit)
        if both and rng.random() < crossed:
            order[place : place + 2] = order[place + 1], order[place]
            place += 1
        place += 1
    return order


def _numbered(units: Sequence[_Unit], order: Sequence[int]) -> MadeDocument:
    sources = [line for unit in units for line in unit[0]]
    targets = [line for number in order for line in units[number][1]]
    numbers: dict[int, tuple[int, ...]] = {}
    at = 0
    for number in order:
        numbers[number] = tuple(range(at, at + len(units[number][1])))
        at += len(units[number][1])
    beads = []
    at = 0
    for number, unit in enumerate(units):
        beads.append((tuple(range(at, at + len(unit[0]))), numbers[number]))
        at += len(unit[0])
    return MadeDocument(tuple(sources), tuple(targets), tuple(beads))
