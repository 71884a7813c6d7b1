"""Lines of two languages, in any order, become pairs."""

from __future__ import annotations

from collections.abc import Sequence

from align.pipeline.clock import Clock
from align.pipeline.stages import judged
from align.pipeline.tools import Tools
from align.ports import Explainer
from align.runs.alignment import MinedPair
from align.settings import Settings
from align.types import Candidates, Judgement
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
        source, target = tools.side(sources, "kk"), tools.side(targets, "en")
    found, judgement = judged(source, target, tools, k=settings.top_k, clock=clock)
    order = best_first(found, judgement.probabilities, least=settings.review)
    if not many:
        order = one_to_one(found, order)
    with clock.stage("explain"):
        return [_pair(found, judgement, row, (sources, targets), tools.explainer) for row in order.tolist()]


def _pair(
    found: Candidates, judgement: Judgement, row: int, texts: tuple[Sequence[str], Sequence[str]], explainer: Explainer
) -> MinedPair:
    source, target = int(found.source[row]), int(found.target[row])
    source_text, target_text = texts[0][source], texts[1][target]
    cosine, margin, probability = (plain(each[row]) for each in (found.cosine, found.margin, judgement.probabilities))
    likely = probability >= _LIKELY
    relation = explainer.explain(source_text, target_text)[0] if likely else "none"
    return MinedPair(source, target, source_text, target_text, cosine, margin, probability, relation)
