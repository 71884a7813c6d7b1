"""From judged candidates to links with their evidence: what a person or a corpus sees."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from align.explain.grounds import REFUSED, grounds
from align.ports import Explainer
from align.sides import Side
from align.types import (
    Candidates,
    Evidence,
    FloatArray,
    FoundBy,
    Ground,
    IntArray,
    Judgement,
    Link,
    Neighbour,
    Relation,
    Segment,
    Unmatched,
)
from align.verify.ranking import best_first, plain

__all__ = ["TOGETHER", "JudgedCandidates"]

TOGETHER = 32_768
"""Pairs whose evidence is held before it is written."""

_NEIGHBOURS = 3
"""How many of the nearest are named beside a link or an unmatched segment."""

_LEAST_SHOWN = 0.01
"""Probability below which nothing is shown, whatever its facts."""


@dataclass(frozen=True, slots=True)
class JudgedCandidates:
    """Candidates between two sides, and their probabilities, (n,) float32.

    `grounds` is what the verifier's grounds add to each, (n, g) float32, and `refused` why a candidate, by its row,
    cannot be a pair. Links are made between segments: they raise ValueError for a side that was made from lines.
    """

    found: Candidates
    probabilities: FloatArray
    source: Side
    target: Side
    grounds: FloatArray | None = None
    refused: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Candidates, judgement: Judgement, sides: tuple[Side, Side]) -> JudgedCandidates:
        """Return candidates with what the verifier says of them."""
        return cls(found, judgement.probabilities, *sides, judgement.grounds, judgement.refused)

    def pair(self, row: int) -> tuple[int, int]:
        """Return a candidate's rows in the two sides."""
        return int(self.found.source[row]), int(self.found.target[row])

    def links(self, explainer: Explainer, *, accept: float, review: float) -> tuple[Link, ...]:
        """Return a link for each candidate of at least probability `review`, best first.

        Less probable ones, down to .01, follow where the facts alone make them worth a reviewer's look. A link whose
        facts conflict is never accepted without a reviewer, however probable.
        """
        rivals = self._nearest_targets()
        order = best_first(self.found, self.probabilities, least=0).tolist()
        in_question = np.flatnonzero((self.probabilities >= _LEAST_SHOWN) & (self.probabilities < review))
        for side, places in ((self.source, self.found.source), (self.target, self.found.target)):
            side.expect_facts(places[in_question])
        rows = [
            row
            for row in order
            if self.probabilities[row] >= review
            or (
                self.probabilities[row] >= _LEAST_SHOWN
                and row not in self.refused
                and explainer.same_event(self.source, self.target, self.pair(row))
            )
        ]
        return tuple(
            self._link(row, rivals[int(self.found.source[row])], explainer, accept)
            for block in self.expected(rows, explainer)
            for row in block
        )

    def expected(self, rows: Sequence[int], explainer: Explainer) -> Iterator[Sequence[int]]:
        """Yield the candidates' rows in blocks that the explainer has prepared for."""
        for start in range(0, len(rows), TOGETHER):
            block = rows[start : start + TOGETHER]
            explainer.expect(self.source, self.target, [self.pair(row) for row in block])
            yield block

    def links_of(self, pairs: IntArray, explainer: Explainer, *, accept: float, found_by: FoundBy) -> tuple[Link, ...]:
        """Return a link for each of the (m, 2) pairs of rows that are candidates, best first.

        No pair is too improbable. All of them are for a reviewer, unless the probability of the two texts reaches
        `accept`.
        """
        rivals = self._nearest_targets()
        wanted = {(int(source), int(target)) for source, target in pairs}
        order = best_first(self.found, self.probabilities, least=0).tolist()
        rows = (row for row in order if self.pair(row) in wanted)
        links = (self._link(row, rivals[int(self.found.source[row])], explainer, accept) for row in rows)
        return tuple(replace(link, found_by=found_by) for link in links)

    def unmatched(self, links: Sequence[Link]) -> tuple[Unmatched, ...]:
        """Return the segments that stand in no link, sources first.

        Each comes with its nearest of the other side.
        """
        linked = {segment.id for link in links for segment in (*link.source, *link.target)}
        to_target = self._nearest_targets()
        to_source = _nearest(self.found.target, self.found.source, self.probabilities, _segments(self.source))
        sources = (
            Unmatched("source", segment, tuple(to_target[row][:_NEIGHBOURS]))
            for row, segment in enumerate(_segments(self.source))
            if segment.id not in linked
        )
        targets = (
            Unmatched("target", segment, tuple(to_source[row][:_NEIGHBOURS]))
            for row, segment in enumerate(_segments(self.target))
            if segment.id not in linked
        )
        return (*sources, *targets)

    def _nearest_targets(self) -> dict[int, list[Neighbour]]:
        return _nearest(self.found.source, self.found.target, self.probabilities, _segments(self.target))

    def _explained(self, row: int, explainer: Explainer) -> tuple[Relation, Evidence]:
        """Return relation and evidence, with the grounds of the probability.

        The relation of a refused pair is none.
        """
        pair = self.pair(row)
        relation, evidence = explainer.explain(self.source, self.target, pair)
        if row in self.refused:
            return "none", replace(evidence, grounds=(Ground(self.refused[row], REFUSED),))
        added = None if self.grounds is None else self.grounds[row]
        texts = self.source.texts[pair[0]], self.target.texts[pair[1]]
        return relation, replace(evidence, grounds=grounds(added, evidence, texts))

    def _link(self, row: int, rivals: Sequence[Neighbour], explainer: Explainer, accept: float) -> Link:
        pair = self.pair(row)
        source, target = _segments(self.source)[pair[0]], _segments(self.target)[pair[1]]
        relation, evidence = self._explained(row, explainer)
        probability = plain(self.probabilities[row])
        return Link(
            id=hashlib.sha256(f"{source.id}|{target.id}".encode()).hexdigest()[:16],
            relation=relation,
            probability=probability,
            status="accepted" if probability >= accept and relation != "conflict" else "review",
            source=(source,),
            target=(target,),
            cosine=plain(self.found.cosine[row]),
            margin=plain(self.found.margin[row]),
            evidence=evidence,
            runners_up=tuple(rival for rival in rivals if rival.id != target.id)[:_NEIGHBOURS],
        )


def _segments(side: Side) -> Sequence[Segment]:
    if side.segments is None:
        raise ValueError("links are made between segments: make the sides with SideBuilder.of_segments")
    return side.segments


def _nearest(
    rows: IntArray, others: IntArray, probabilities: FloatArray, segments: Sequence[Segment]
) -> dict[int, list[Neighbour]]:
    """Return the most probable candidates of each row of one side, one more than are shown."""
    order = np.lexsort((others, -probabilities, rows))
    first = np.flatnonzero(np.r_[True, rows[order][1:] != rows[order][:-1]][: len(order)])
    rank = np.arange(len(order)) - np.repeat(first, np.diff(np.r_[first, len(order)]))
    nearest: dict[int, list[Neighbour]] = defaultdict(list)
    # Most candidates are none of the few: they are left out before anything is made of them.
    for place in order[rank <= _NEIGHBOURS].tolist():
        other = segments[others[place]]
        nearest[int(rows[place])].append(Neighbour(other.id, other.text, plain(probabilities[place])))
    return nearest
