"""Lines of two languages, in any order, become pairs."""

from __future__ import annotations

from collections.abc import Sequence

from align.explain.links import JudgedCandidates
from align.pipeline.clock import Clock
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

    One-to-one, best pairs taken first, unless `many`; `settings.review` is the least probability of a pair.
    """
    settings = settings or Settings()
    clock = Clock(tools.progress)
    with clock.stage("encode"):
        source = tools.sides.of_lines(sources, "kk").encoded()
        target = tools.sides.of_lines(targets, "en").encoded()
    found, judgement = judged(source, target, tools, k=settings.top_k, clock=clock)
    order = best_first(found, judgement.probabilities, least=settings.review)
    if not many:
        order = one_to_one(found, order)
    judged_candidates = JudgedCandidates(found, judgement.probabilities, source, target)
    with clock.stage("explain"):
        return [_pair(judged_candidates, row, tools.explainer) for row in order.tolist()]


def _pair(judged: JudgedCandidates, row: int, explainer: Explainer) -> MinedPair:
    found, (source, target) = judged.found, judged.pair(row)
    cosine, margin, probability = (plain(each[row]) for each in (found.cosine, found.margin, judged.probabilities))
    relation = (
        explainer.explain(judged.source, judged.target, (source, target))[0] if probability >= _LIKELY else "none"
    )
    texts = judged.source.shown[source], judged.target.shown[target]
    return MinedPair(source, target, *texts, cosine, margin, probability, relation)
