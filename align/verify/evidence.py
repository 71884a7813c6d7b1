"""What a pair is like by itself.

Likeness of the texts and their words, lengths, numbers, dates, amounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from align.blocks import blocks_of, by_blocks
from align.facts import match
from align.facts.kinds import COUNTED, of_group
from align.search.word_numbers import WordSide
from align.sides import Side
from align.types import Candidates, Fact, FloatArray, IntArray

__all__ = ["EVIDENCE", "FACTS", "evidence", "fact_features"]

_GROUPS: Final = ("dates", "amounts")
_FATES: Final = ("matched", "conflicting", "source_alone", "target_alone")

FACTS: Final = tuple(f"{group}_{fate}" for group in _GROUPS for fate in _FATES)
"""The columns of `fact_features`, in order."""

EVIDENCE: Final = (
    "numbers_shared",
    "source_numbers_alone",
    "target_numbers_alone",
    "length_ratio",
    "length_difference",
    "shorter_length",
    *FACTS,
)
"""The columns of `evidence`, in order."""

_DATES: Final = of_group("dates")

_FATE_OF: Final = {
    "matched": "matched",
    "compatible": "matched",
    "conflict": "conflicting",
    "source_only": "source_alone",
    "target_only": "target_alone",
}
_MOST: Final = 3.0

_PAIRS: Final = 4
"""Pairs for each text of an engine's block: comparing their facts takes some ten microseconds."""

_Facts: TypeAlias = dict[int, tuple[Fact, ...]]
_Rarity: TypeAlias = Mapping[tuple[str, str], float]
_Block: TypeAlias = tuple[
    tuple[tuple[Fact, ...], ...],
    tuple[tuple[Fact, ...], ...],
    tuple[tuple[tuple[str, str], float], ...],
    tuple[tuple[int, int], ...],
]


def evidence(candidates: Candidates, sides: tuple[Side, Side], words: tuple[WordSide, WordSide]) -> FloatArray:
    """Return (n, 14) float32, the columns named by `EVIDENCE`, with zeros for those of `FACTS`.

    Facts are dear to read, so that whoever looks at the pairs says for which of them `fact_features` is asked. Nothing
    here depends on which other texts there are.
    """
    rows, columns = candidates.source, candidates.target
    # Logarithms, since a text of twice the length is as odd a counterpart as one of half.
    left = np.log([max(len(text), 1) for text in sides[0].texts])[rows]
    right = np.log([max(len(text), 1) for text in sides[1].texts])[columns]
    parts = (
        _numbers(rows, columns, *words),
        np.column_stack([left - right, np.abs(left - right), np.minimum(left, right)]),
        np.zeros((len(rows), len(FACTS))),
    )
    return np.hstack(parts).astype(np.float32)


def fact_features(sources: IntArray, targets: IntArray, source: Side, target: Side) -> FloatArray:
    """Return (n, 8) float32, the columns named by `FACTS`, for pairs of rows of the two sides.

    Each fact counts by its rarity among the sides' texts, at most 1: a day that every second text tells says little.
    No column is above 3.
    """
    # Facts are read only for the texts that are still candidates: reading them is the dearest part of this.
    left, right = _telling(source, sources), _telling(target, targets)
    rarity = _rarity([*left.values(), *right.values()])
    telling = np.flatnonzero(_tells(left, len(source))[sources] | _tells(right, len(target))[targets])
    engine = source.builder.engine
    blocks = [telling[block] for block in blocks_of(engine, len(telling), times=_PAIRS)]
    given = [_block(sources[block], targets[block], (left, right), rarity) for block in blocks]
    out = np.zeros((len(sources), len(FACTS)), dtype=np.float32)
    for block, found in zip(blocks, by_blocks(engine, fates_block, given, stage="compare facts"), strict=True):
        out[block] = found
    return np.minimum(out, _MOST)


def fates_block(models: object, given: _Block) -> FloatArray:
    """Return (n, 8) float32, the columns named by `FACTS`, of pairs of texts.

    What is given are the facts of both sides' texts, how much each fact tells, and the pairs as places of the texts.
    The `models` are not needed.
    """
    left, right, told, pairs = given
    rarity = dict(told)
    rows = [_columns(left[i], right[j], rarity) for i, j in pairs]
    return np.array(rows, dtype=np.float32).reshape(-1, len(FACTS))


def _block(sources: IntArray, targets: IntArray, facts: tuple[_Facts, _Facts], rarity: _Rarity) -> _Block:
    """Return what a block of pairs needs, each text once."""
    places = [{row: place for place, row in enumerate(np.unique(rows).tolist())} for rows in (sources, targets)]
    left, right = (tuple(held[row] for row in own) for held, own in zip(facts, places, strict=True))
    keys = dict.fromkeys((fact.kind, fact.value) for texts in (left, right) for text in texts for fact in text)
    pairs = tuple((places[0][i], places[1][j]) for i, j in zip(sources.tolist(), targets.tolist(), strict=True))
    return left, right, tuple((key, rarity[key]) for key in keys), pairs


def _tells(facts: _Facts, size: int) -> NDArray[np.bool_]:
    """Return (size,) which texts have any fact."""
    telling = np.zeros(size, np.bool_)
    telling[[row for row, found in facts.items() if found]] = True
    return telling


def _telling(side: Side, rows: IntArray) -> _Facts:
    side.expect_facts(rows, counted=True)
    return {i: side.counted_facts(i) for i in np.unique(rows).tolist()}


def _rarity(texts: Sequence[tuple[Fact, ...]]) -> _Rarity:
    """Return how much each fact tells.

    1 for a fact that stands in one text, near 0 for one that stands in all.
    """
    held = Counter(key for facts in texts for key in {(fact.kind, fact.value) for fact in facts})
    most = log(1 + len(texts))
    return {key: log(1 + len(texts) / count) / most for key, count in held.items()}


def _columns(source: tuple[Fact, ...], target: tuple[Fact, ...], rarity: _Rarity) -> list[float]:
    sums = dict.fromkeys(FACTS, 0.0)
    for entry in match(source, target).matches:
        if entry.kind not in COUNTED:
            continue
        group = "dates" if entry.kind in _DATES else "amounts"
        held = [fact for fact in (entry.source, entry.target) if fact is not None]
        # Of two facts that agree the rarer one counts: a day and its year tell as much as the day does.
        sums[f"{group}_{_FATE_OF[entry.status]}"] += max(rarity[fact.kind, fact.value] for fact in held)
    return list(sums.values())


def _numbers(rows: IntArray, columns: IntArray, source: WordSide, target: WordSide) -> FloatArray:
    """Return how many numbers in digits the texts write, (n, 3).

    The columns: both write them, only the source does, only the target does.
    """
    left, right = _number_sets(source), _number_sets(target)
    counts = np.zeros((len(rows), 3), dtype=np.float32)
    for n in np.flatnonzero(_has(left, len(source))[rows] | _has(right, len(target))[columns]).tolist():
        mine, theirs = left.get(int(rows[n]), frozenset()), right.get(int(columns[n]), frozenset())
        counts[n] = len(mine & theirs), len(mine - theirs), len(theirs - mine)
    return np.minimum(counts, _MOST)


def _number_sets(side: WordSide) -> dict[int, frozenset[int]]:
    """Return the numbers of each text that has any."""
    numbers = side.numbers[side.rows]
    places = np.flatnonzero(numbers)
    texts = np.searchsorted(side.starts, places, side="right") - 1
    held: dict[int, set[int]] = {}
    for text, number in zip(texts.tolist(), numbers[places].tolist(), strict=True):
        held.setdefault(text, set()).add(number)
    return {text: frozenset(numbers) for text, numbers in held.items()}


def _has(held: Mapping[int, frozenset[int]], texts: int) -> NDArray[np.bool_]:
    has = np.zeros(texts, dtype=np.bool_)
    has[list(held)] = True
    return has
