"""Pairs explained block by block, by whichever process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from align.ports import Engine, Explainer, Models
from align.sides import Excerpt, Side, side_of
from align.types import Evidence, Relation

__all__ = ["BlockExplainer", "explain_block", "relate_block"]

_Pair: TypeAlias = tuple[int, int]


class BlockExplainer:
    """An `Explainer` that has an engine explain the pairs that it is told to expect.

    They are forgotten at the next ones. What was not expected is explained here; either way says the same.
    """

    def __init__(self, explainer: Explainer, engine: Engine) -> None:
        self._explainer = explainer
        self._engine = engine
        self._known: dict[_Pair, tuple[Relation, Evidence]] = {}
        self._sides: tuple[Side, Side] | None = None

    def explain(self, source: Side, target: Side, pair: _Pair) -> tuple[Relation, Evidence]:
        """Return the relation and the evidence of a pair of rows."""
        if self._sides is not None and self._sides[0] is source and self._sides[1] is target and pair in self._known:
            return self._known[pair]
        return self._explainer.explain(source, target, pair)

    def expect(self, source: Side, target: Side, pairs: Sequence[_Pair]) -> None:
        """Have the pairs explained."""
        told = self._engine.map(explain_block, self._payloads(source, target, pairs), stage="explain")
        self._sides = source, target
        self._known = dict(zip(pairs, (each for found in told for each in found), strict=True))

    def relations(self, source: Side, target: Side, pairs: Sequence[_Pair]) -> tuple[Relation, ...]:
        """Return the relations of pairs, where nobody will see their evidence."""
        told = self._engine.map(relate_block, self._payloads(source, target, pairs), stage="explain")
        return tuple(each for found in told for each in found)

    def _payloads(
        self, source: Side, target: Side, pairs: Sequence[_Pair]
    ) -> list[tuple[Excerpt, Excerpt, tuple[_Pair, ...]]]:
        size = self._engine.size
        return [_payload(source, target, pairs[start : start + size]) for start in range(0, len(pairs), size)]

    def same_event(self, source: Side, target: Side, pair: _Pair) -> bool:
        """Say whether the facts alone make a pair worth a reviewer's look."""
        return self._explainer.same_event(source, target, pair)


def explain_block(
    models: Models, block: tuple[Excerpt, Excerpt, Sequence[_Pair]]
) -> tuple[tuple[Relation, Evidence], ...]:
    """Return the relation and the evidence of pairs of rows of some texts."""
    source, target = (side_of(models, excerpt) for excerpt in block[:2])
    models.explainer.expect(source, target, block[2])
    return tuple(models.explainer.explain(source, target, pair) for pair in block[2])


def relate_block(models: Models, block: tuple[Excerpt, Excerpt, Sequence[_Pair]]) -> tuple[Relation, ...]:
    """Return the relations of pairs of rows of some texts."""
    source, target = (side_of(models, excerpt) for excerpt in block[:2])
    return tuple(models.explainer.relations(source, target, block[2]))


def _payload(source: Side, target: Side, pairs: Sequence[_Pair]) -> tuple[Excerpt, Excerpt, tuple[_Pair, ...]]:
    """Return the texts of some pairs, each once, and the pairs as rows of these."""
    rows = [{row: place for place, row in enumerate(dict.fromkeys(side))} for side in zip(*pairs, strict=True)]
    return source.excerpt(rows[0]), target.excerpt(rows[1]), tuple((rows[0][i], rows[1][j]) for i, j in pairs)
