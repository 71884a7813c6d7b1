"""Drafts for what stayed unmatched, and a second search by what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from align.corpus.read import Corpus
from align.errors import InputError
from align.explain.links import JudgedCandidates
from align.pipeline.clock import Clock
from align.pipeline.opened import Run
from align.pipeline.stages import judged, sides_of
from align.ports import Translator
from align.progress import step
from align.review.sync import sync_run
from align.runs.alignment import Alignment
from align.runs.read import read_run
from align.runs.write import write_drafts
from align.settings import Settings
from align.sides import Side
from align.storage.locks import locked
from align.tools import Tools, load_tools
from align.translate import GLOSS, NO_TRANSLATOR, load_translator
from align.translate.checks import leads
from align.translate.drafting import make_drafts
from align.translate.term_base import terms_of_run
from align.types import Draft, IntArray, Link
from align.verify.ranking import best_first

__all__ = ["draft", "draft_unmatched", "drafted"]

_NO_PAIRS = np.empty((0, 2), dtype=np.int64)


def draft(
    run: Run | str | Path,
    *,
    translator: str | None = None,
    pivot: bool | None = None,
    tools: Tools | None = None,
    progress: Callable[[str], None] = lambda stage: None,
) -> Run:
    """Draft English for a run's unmatched Kazakh segments, and write it into the folder.

    Unmatched are those that found no counterpart. A run that was drafted before is drafted the same way again, one that
    was not gets glosses, unless `translator` names a memory or a model. With `pivot`, unmatched segments are searched
    for once more by their drafts. Raises InputError for a folder that holds no run, ModelUnavailableError for a
    translator that can't be had.
    """
    folder = run.folder if isinstance(run, Run) else Path(run)
    if translator == NO_TRANSLATOR:
        raise InputError("translator none: leaves nothing to draft: name gloss, a memory or a model")
    with locked(folder, writing=True):
        alignment = read_run(folder)
        before = alignment.settings.translator
        name = translator or (GLOSS if before == NO_TRANSLATOR else before)
        settings = alignment.settings.changed({"translator": name, "pivot": pivot})
        tools = tools or load_tools(settings, progress=progress)
        alignment = drafted(replace(alignment, settings=settings), folder, tools)
        sync_run(folder)
    return Run(folder, alignment)


def drafted(alignment: Alignment, folder: Path, tools: Tools) -> Alignment:
    """Return the alignment with the drafts that its settings ask for.

    They are written into the run's folder.
    """
    settings = alignment.settings
    if settings.translator == NO_TRANSLATOR:
        return alignment
    gazetteer = tools.sides.facts.gazetteer
    translator = tools.translator or load_translator(
        settings.translator, run=folder, device=settings.device, gazetteer=gazetteer
    )
    tools = replace(tools, checker=tools.checker.keeping_to(terms_of_run(folder)))
    alignment = draft_unmatched(alignment, translator, tools, pivot=settings.pivot)
    write_drafts(alignment, folder)
    return alignment


def draft_unmatched(alignment: Alignment, translator: Translator, tools: Tools, *, pivot: bool = False) -> Alignment:
    """Draft English for the Kazakh segments without a link.

    With `pivot`, search for these once more by their drafts. The drafts are checked, and take the place of earlier
    ones; so do the links that they lead to. Such a link says so (`found_by`); its probability is that of its two texts,
    judged among all others as in the first search.
    """
    clock = Clock(tools.progress, dict(alignment.seconds), dict(alignment.megabytes), tools.engine)
    settings = replace(alignment.settings, pivot=pivot)
    links = tuple(link for link in alignment.links if link.found_by != "pivot")
    drafts = _drafts(alignment.corpus, links, translator, tools=tools, clock=clock)
    unmatched = alignment.unmatched
    if pivot or len(links) < len(alignment.links):
        sides = sides_of(alignment.corpus, tools, clock)
        pairs = _led_to(alignment.corpus, drafts, sides[1], tools=tools, settings=settings) if pivot else _NO_PAIRS
        found, judgement = judged(*sides, tools, k=settings.top_k, clock=clock, also=pairs)
        candidates = JudgedCandidates.of(found, judgement, sides)
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
        peak_megabytes=clock.peak,
        megabytes=clock.megabytes,
    )


def _drafts(
    corpus: Corpus, links: Sequence[Link], translator: Translator, *, tools: Tools, clock: Clock
) -> dict[str, Draft | None]:
    """Return the drafts of the Kazakh segments that stand in none of the links, by segment id."""
    linked = {segment.id for link in links for segment in link.source}
    loose = [segment for segment in corpus.segments("kk") if segment.id not in linked]
    texts = tools.sides.of_segments(loose, "kk").texts

    def progress(done: int, total: int) -> None:
        step(tools.progress, "draft", done, total)

    with clock.stage("draft"):
        drafts = make_drafts(texts, translator, tools.checker, progress=progress)
    return {segment.id: draft for segment, draft in zip(loose, drafts, strict=True)}


def _led_to(
    corpus: Corpus, drafts: dict[str, Draft | None], target: Side, *, tools: Tools, settings: Settings
) -> IntArray:
    """Return the pairs of segments that sound drafts lead to: (m, 2) rows, int64.

    There is at most one of each source.
    """
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
