"""Evidence found in texts as they are matched, told of the texts as people see them."""

from __future__ import annotations

from dataclasses import replace

from align.text.respelling import Respelling
from align.types import Evidence, Fact, FactMatch, WordMatch

__all__ = ["in_originals"]


def in_originals(evidence: Evidence, source: Respelling | None, target: Respelling | None) -> Evidence:
    """Return the evidence with its spans in the originals.

    None stands for a text that was matched as it is.
    """
    if source is None and target is None:
        return evidence
    return Evidence(
        tuple(_fact_match(match, source, target) for match in evidence.facts),
        tuple(
            WordMatch(_span(match.source, source), _span(match.target, target), match.similarity)
            for match in evidence.words
        ),
    )


def _span(span: tuple[int, int], respelling: Respelling | None) -> tuple[int, int]:
    return span if respelling is None else respelling.original(*span)


def _fact_match(match: FactMatch, source: Respelling | None, target: Respelling | None) -> FactMatch:
    return replace(match, source=_fact(match.source, source), target=_fact(match.target, target))


def _fact(fact: Fact | None, respelling: Respelling | None) -> Fact | None:
    if fact is None or respelling is None:
        return fact
    start, end = respelling.original(fact.start, fact.end)
    return replace(fact, start=start, end=end)
