"""The main job: documents of two languages become links and unmatched segments."""

from __future__ import annotations

from dataclasses import replace

from align.corpus.read import Corpus
from align.explain.links import JudgedCandidates
from align.pipeline.clock import Clock
from align.pipeline.inside import pairs_inside
from align.pipeline.stages import judged, sides_of
from align.runs.alignment import Alignment
from align.settings import Settings
from align.tools import Tools
from align.types import Judgement
from align.verify.ranking import plain
from align.verify.threshold import Threshold, expected_at, threshold_for

__all__ = ["align_documents"]


def align_documents(corpus: Corpus, tools: Tools, *, settings: Settings | None = None) -> Alignment:
    """Link the Kazakh segments of a corpus with the English ones that cover the same facts.

    A source may link to several targets and the other way round. Raises InputError for a corpus of one language.
    """
    settings = settings or Settings()
    clock = Clock(tools.progress)
    corpus.require_both()
    sides = sides_of(corpus, tools, clock)
    with clock.stage("pair"):
        inside = pairs_inside(*sides, tools)
    found, judgement = judged(*sides, tools, k=settings.top_k, clock=clock, also=inside)
    settings, threshold = _threshold(settings, judgement)
    with clock.stage("explain"):
        candidates = JudgedCandidates(found, judgement.probabilities, *sides)
        links = candidates.links(tools.explainer, accept=settings.accept, review=settings.review)
        unmatched = candidates.unmatched(links)
    share, names = plain(judgement.share), tools.signatures()
    return Alignment(corpus, links, unmatched, settings, names, share, threshold, clock.seconds)


def _threshold(settings: Settings, judgement: Judgement) -> tuple[Settings, Threshold]:
    """Return what is expected above the accepting threshold, and the settings with the one a target precision asks."""
    if settings.target_precision is None:
        return settings, expected_at(judgement.probabilities, settings.accept)
    threshold = threshold_for(judgement.probabilities, settings.target_precision)
    accept = min(threshold.value, 1.0)
    return replace(settings, accept=accept, review=min(settings.review, accept)), threshold
