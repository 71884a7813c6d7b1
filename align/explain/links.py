"""From judged candidates to links with their evidence: what a person or a corpus gets to see."""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from align.explain.originals import in_originals
from align.ports import Explainer
from align.text.matched import matched_text, reading_of
from align.types import Candidates, FloatArray, FoundBy, IntArray, Link, Neighbour, Segment, Unmatched, Written
from align.verify.ranking import best_first, plain

__all__ = ["Decision"]

_NEIGHBOURS = 3
"""How many of the nearest are named beside a link or an unmatched segment."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Candidates between two sides of segments, and their probabilities, (n,) float32.

    `written` has the days on which documents were written, by their ids, as far as they are known.
    """

    found: Candidates
    probabilities: FloatArray
    sources: Sequence[Segment]
    targets: Sequence[Segment]
    written: Mapping[str, datetime.date] = field(default_factory=dict)

    def links(self, explainer: Explainer, *, accept: float, review: float) -> tuple[Link, ...]:
        """Return a link for each candidate of at least probability `review`, best first.

        Less probable ones follow where the facts alone make them worth a reviewer's look. A link whose facts conflict
        is never accepted without a reviewer, however probable.
        """
        rivals = _nearest(self.found.source, self.found.target, self.probabilities, self.targets)
        order = best_first(self.found, self.probabilities, least=0).tolist()
        told = [matched_text(each) for each in self.sources], [matched_text(each) for each in self.targets]
        rows = (row for row in order if self.probabilities[row] >= review or self._same_event(row, explainer, told))
        return tuple(self._link(row, rivals[int(self.found.source[row])], explainer, accept) for row in rows)

    def links_of(self, pairs: IntArray, explainer: Explainer, *, accept: float, found_by: FoundBy) -> tuple[Link, ...]:
        """Return a link for each of the (m, 2) pairs of rows that are candidates, however improbable, best first.

        All of them are for a reviewer, unless the probability of the two texts reaches `accept`.
        """
        rivals = _nearest(self.found.source, self.found.target, self.probabilities, self.targets)
        wanted = {(int(source), int(target)) for source, target in pairs}
        order = best_first(self.found, self.probabilities, least=0).tolist()
        rows = (row for row in order if (int(self.found.source[row]), int(self.found.target[row])) in wanted)
        links = (self._link(row, rivals[int(self.found.source[row])], explainer, accept) for row in rows)
        return tuple(replace(link, found_by=found_by) for link in links)

    def _segments(self, row: int) -> tuple[Segment, Segment]:
        return self.sources[self.found.source[row]], self.targets[self.found.target[row]]

    def _same_event(self, row: int, explainer: Explainer, texts: tuple[list[str], list[str]]) -> bool:
        source, target = int(self.found.source[row]), int(self.found.target[row])
        written = self._written(self.sources[source], self.targets[target])
        return explainer.same_event(texts[0][source], texts[1][target], written=written)

    def _written(self, source: Segment, target: Segment) -> Written:
        return self.written.get(source.document), self.written.get(target.document)

    def unmatched(self, links: Sequence[Link]) -> tuple[Unmatched, ...]:
        """Return the segments that stand in no link, sources first, each with its nearest of the other side."""
        linked = {segment.id for link in links for segment in (*link.source, *link.target)}
        to_target = _nearest(self.found.source, self.found.target, self.probabilities, self.targets)
        to_source = _nearest(self.found.target, self.found.source, self.probabilities, self.sources)
        sources = (
            Unmatched("source", segment, tuple(to_target[row][:_NEIGHBOURS]))
            for row, segment in enumerate(self.sources)
            if segment.id not in linked
        )
        targets = (
            Unmatched("target", segment, tuple(to_source[row][:_NEIGHBOURS]))
            for row, segment in enumerate(self.targets)
            if segment.id not in linked
        )
        return (*sources, *targets)

    def _link(self, row: int, rivals: Sequence[Neighbour], explainer: Explainer, accept: float) -> Link:
        source, target = self._segments(row)
        readings = reading_of(source), reading_of(target)
        texts = (
            reading.text if reading else each.text for each, reading in zip((source, target), readings, strict=True)
        )
        relation, evidence = explainer.explain(*texts, written=self._written(source, target))
        probability = plain(self.probabilities[row])
        return Link(
            id=hashlib.sha256(f"{source.id}|{target.id}".encode()).hexdigest()[:16],
            relation=relation,
            probability=probability,
            status="accept" if probability >= accept and relation != "conflict" else "review",
            source=(source,),
            target=(target,),
            cosine=plain(self.found.cosine[row]),
            margin=plain(self.found.margin[row]),
            evidence=in_originals(evidence, *readings),
            runners_up=tuple(rival for rival in rivals if rival.id != target.id)[:_NEIGHBOURS],
        )


def _nearest(
    rows: IntArray, others: IntArray, probabilities: FloatArray, segments: Sequence[Segment]
) -> dict[int, list[Neighbour]]:
    """Return for each row of one side its most probable candidates of the other, one more than are shown."""
    nearest: dict[int, list[Neighbour]] = defaultdict(list)
    for place in np.lexsort((others, -probabilities, rows)).tolist():
        mine = nearest[int(rows[place])]
        if len(mine) <= _NEIGHBOURS:
            other = segments[others[place]]
            mine.append(Neighbour(other.id, other.text, plain(probabilities[place])))
    return nearest
