"""Drafts for what stayed unmatched, and a second search by what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from align.corpus.read import Corpus
from align.explain.links import JudgedCandidates
from align.pipeline.clock import Clock
from align.pipeline.stages import judged, sides_of
from align.ports import Translator
from align.runs.alignment import Alignment
from align.settings import Settings
from align.sides import Side
from align.tools import Tools
from align.translate.checks import leads
from align.translate.drafting import make_drafts
from align.types import Draft, IntArray, Link
from align.verify.ranking import best_first

__all__ = ["draft_unmatched"]

_NO_PAIRS = np.empty((0, 2), dtype=np.int64)


def draft_unmatched(alignment: Alignment, translator: Translator, tools: Tools, *, pivot: bool = False) -> Alignment:
    """Draft English for the Kazakh segments without a link; with `pivot`, search for these once more by their drafts.

    The drafts are checked, and take the place of earlier ones; so do the links that they lead to. Such a link says so
    (`found_by`); its probability is that of its two texts, judged among all others as in the first search.
    """
    clock = Clock(tools.progress, dict(alignment.seconds))
    settings = replace(alignment.settings, pivot=pivot)
    links = tuple(link for link in alignment.links if link.found_by != "pivot")
    drafts = _drafts(alignment.corpus, links, translator, tools=tools, clock=clock)
    unmatched = alignment.unmatched
    if pivot or len(links) < len(alignment.links):
        sides = sides_of(alignment.corpus, tools, clock)
        pairs = _led_to(alignment.corpus, drafts, sides[1], tools=tools, settings=settings) if pivot else _NO_PAIRS
        found, judgement = judged(*sides, tools, k=settings.top_k, clock=clock, also=pairs)
        candidates = JudgedCandidates(found, judgement.probabilities, *sides)
        with clock.stage("explain"):
            led_to = candidates.links_of(pairs, tools.explainer, accept=settings.accept, found_by="pivot")
        links = tuple(sorted((*links, *led_to), key=lambda link: -link.probability))
        unmatched = candidates.unmatched(links)
    return replace(
        alignment,
        links=links,
        unmatched=tuple(replace(each, draft=drafts.get(each.segment.id)) for each in unmatched),
        settings=settings,
        signatures={**alignment.signatures, "translator": translator.signature},
        seconds=clock.seconds,
    )


def _drafts(
    corpus: Corpus, links: Sequence[Link], translator: Translator, *, tools: Tools, clock: Clock
) -> dict[str, Draft | None]:
    """Return the drafts of the Kazakh segments that stand in none of the links, by segment id."""
    linked = {segment.id for link in links for segment in link.source}
    loose = [segment for segment in corpus.segments("kk") if segment.id not in linked]
    texts = tools.sides.of_segments(loose, "kk").texts

    def progress(done: int, total: int) -> None:
        tools.progress(f"draft: {done} of {total}")

    with clock.stage("draft"):
        drafts = make_drafts(texts, translator, tools.checker, progress=progress)
    return {segment.id: draft for segment, draft in zip(loose, drafts, strict=True)}


def _led_to(
    corpus: Corpus, drafts: dict[str, Draft | None], target: Side, *, tools: Tools, settings: Settings
) -> IntArray:
    """Return the pairs of segments that sound drafts lead to, at most one of each source: (m, 2) rows, int64."""
    sound = [
        (row, draft.text)
        for row, segment in enumerate(corpus.segments("kk"))
        if (draft := drafts.get(segment.id)) is not None and leads(draft)
    ]
    english = tools.sides.of_lines([text for _, text in sound], "en")
    found = tools.search(english, target, k=settings.top_k)
    order = best_first(found, tools.verifier.judge(found, english, target).probabilities, least=settings.review)
    best: dict[int, int] = {}
    for place in order.tolist():
        best.setdefault(sound[int(found.source[place])][0], int(found.target[place]))
    return np.array(sorted(best.items()), dtype=np.int64).reshape(-1, 2)
