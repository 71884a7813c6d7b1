"""Lines of two languages, in any order, become pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.corpus.left_out import LeftOut
from align.explain.links import JudgedCandidates
from align.pipeline.clock import Clock
from align.pipeline.pairable import pairable_lines
from align.pipeline.stages import judged
from align.ports import Explainer
from align.settings import Settings
from align.tools import Tools
from align.types import MinedPair
from align.verify.ranking import best_first, one_to_one, plain

__all__ = ["mine_bitext"]

_LIKELY = 0.5
"""Probability below which a pair of lines is likelier none than any other relation."""


def mine_bitext(
    sources: Sequence[str],
    targets: Sequence[str],
    tools: Tools,
    *,
    settings: Settings | None = None,
    many: bool = False,
) -> list[MinedPair]:
    """Pair the lines of two languages, in any order and of any number, best first.

    One-to-one, best pairs taken first, unless `many`; `settings.review` is the least probability of a pair. Lines that
    are surely in another language, without words, or copies of the other side take no part, and are told of.
    """
    settings = settings or Settings()
    clock = Clock(tools.progress)
    rows = _rows(sources, targets, tools)
    with clock.stage("encode"):
        source = tools.sides.of_lines([sources[row] for row in rows[0]], "kk").encoded()
        target = tools.sides.of_lines([targets[row] for row in rows[1]], "en").encoded()
    found, judgement = judged(source, target, tools, k=settings.top_k, clock=clock)
    order = best_first(found, judgement.probabilities, least=settings.review)
    if not many:
        order = one_to_one(found, order)
    judged_candidates = JudgedCandidates(found, judgement.probabilities, source, target)
    with clock.stage("explain"):
        pairs = [_pair(judged_candidates, row, tools.explainer) for row in order.tolist()]
    return [replace(pair, source=rows[0][pair.source], target=rows[1][pair.target]) for pair in pairs]


def _rows(sources: Sequence[str], targets: Sequence[str], tools: Tools) -> tuple[list[int], list[int]]:
    """Return which lines of each side take part."""
    left_out = LeftOut()
    rows = pairable_lines(sources, "kk", targets, left_out), pairable_lines(targets, "en", sources, left_out)
    for reason in left_out.told():
        tools.progress(f"left out: {reason}")
    return rows


def _pair(judged: JudgedCandidates, row: int, explainer: Explainer) -> MinedPair:
    found, (source, target) = judged.found, judged.pair(row)
    cosine, margin, probability = (plain(each[row]) for each in (found.cosine, found.margin, judged.probabilities))
    relation = (
        explainer.explain(judged.source, judged.target, (source, target))[0] if probability >= _LIKELY else "none"
    )
    texts = judged.source.shown[source], judged.target.shown[target]
    return MinedPair(source, target, *texts, cosine, margin, probability, relation)
