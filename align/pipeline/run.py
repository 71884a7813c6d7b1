"""The main job: documents of two languages become links and unmatched segments, in a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Unpack

from align.corpus.read import Corpus, read
from align.engines.kept import SHARDS
from align.errors import InputError
from align.explain.links import JudgedCandidates
from align.pipeline.acceptance import accept_links, least_shown
from align.pipeline.changes import Before, Changes
from align.pipeline.clock import Clock, Progress, hearing
from align.pipeline.drafts import drafted
from align.pipeline.inside import pairs_inside
from align.pipeline.opened import Run
from align.pipeline.stages import judged, kept_shards, sides_of
from align.review.sync import sync_run
from align.runs.alignment import Alignment
from align.runs.write import write_run
from align.settings import Options, Settings
from align.storage.outputs import working_in
from align.tools import Tools, load_tools
from align.translate import MEMORY, NO_TRANSLATOR, load_translator
from align.verify.ranking import plain

__all__ = ["align_documents", "run", "tools_of_run"]


def run(
    *given: str | Path | Corpus,
    out: str | Path,
    settings: Settings | None = None,
    tools: Tools | None = None,
    progress: Progress = False,
    **options: Unpack[Options],
) -> Run:
    """Link the Kazakh and English sentences that cover the same facts; write the run's folder.

    The sentences are those of documents. `given` are files and folders, whose languages are detected, or one corpus
    that `align.read` has read. `options` are settings by name, such as `accept=0.9` or `translator="gloss"`, and go
    before `settings`. `tools` are loaded for the settings unless given. `progress=True` names each stage on standard
    error, a function is told it. Earlier decisions of a review in `out` are tied to the new run. Raises SettingsError
    for an unknown setting, InputError for a corpus of one language, for what can't be read and for a folder that can't
    be written, ModelUnavailableError for a model that can't be had.

    >>> align.run("kazakh-news", "english-news", out="runs/first")  # doctest: +SKIP
    Run runs/first: 148 links (129 accepted, 19 for review), 105 unmatched, 37 documents
    """
    chosen, heard = (settings or Settings()).changed(options), hearing(progress)
    folder = Path(out)
    with working_in(folder, (each for each in given if not isinstance(each, Corpus))):
        # A model that can't be had is told before anything is read.
        tools = tools or tools_of_run(chosen, progress=heard)
        # Reading tells its name itself.
        clock = Clock(lambda stage: None)
        with clock.stage("read"):
            corpus = _corpus(given, chosen, heard)
        corpus.require_both()
        before = Before.read(folder)
        with kept_shards(tools.engine, folder / SHARDS, tuple):
            alignment = align_documents(corpus, tools, settings=chosen)
            alignment = replace(alignment, seconds={**clock.seconds, **alignment.seconds})
            heard("write")
            write_run(alignment, folder, progress=heard)
        # The links are safe before the drafting begins, which may be long, and may be interrupted.
        alignment = drafted(alignment, folder, tools)
        sync_run(folder)
    return Run(folder, alignment, Changes.since(before, alignment) if before else None)


def tools_of_run(settings: Settings, *, progress: Callable[[str], None] = lambda stage: None) -> Tools:
    """Return the tools of a run with its translator loaded.

    So whatever can't be had is told at once. A memory of the run's own pairs is made when there are pairs.
    """
    tools = load_tools(settings, progress=progress)
    if settings.translator in (NO_TRANSLATOR, MEMORY):
        return tools
    gazetteer = tools.sides.facts.gazetteer
    return replace(tools, translator=load_translator(settings.translator, device=settings.device, gazetteer=gazetteer))


def _corpus(given: tuple[str | Path | Corpus, ...], settings: Settings, progress: Callable[[str], None]) -> Corpus:
    paths = [each for each in given if not isinstance(each, Corpus)]
    corpora = [each for each in given if isinstance(each, Corpus)]
    if not corpora:
        return read(*paths, columns=settings.columns, keep_boilerplate=settings.keep_boilerplate, progress=progress)
    if paths or len(corpora) > 1:
        raise InputError("run: takes paths, or one corpus that was read: read all paths together with align.read")
    return corpora[0]


def align_documents(corpus: Corpus, tools: Tools | None = None, *, settings: Settings | None = None) -> Alignment:
    """Link the Kazakh segments of a corpus with the English ones that cover the same facts.

    A source may link to several targets and the other way round. `tools` are loaded for the settings unless given.
    Raises InputError for a corpus of one language.

    >>> align.align_documents(align.read("news"))  # doctest: +SKIP
    Alignment: 148 links (129 accepted, 19 for review), 105 unmatched, 37 documents
    """
    settings = settings or Settings()
    tools = tools or load_tools(settings)
    clock = Clock(tools.progress, engine=tools.engine)
    corpus.require_both()
    sides = sides_of(corpus, tools, clock)
    with clock.stage("pair"):
        inside = pairs_inside(*sides, tools)
    found, judgement = judged(*sides, tools, k=settings.top_k, clock=clock, also=inside)
    least = least_shown(judgement.probabilities, settings)
    with clock.stage("explain"):
        candidates = JudgedCandidates.of(found, judgement, sides)
        links = candidates.links(tools.explainer, accept=settings.accept, review=least)
        links, settings, threshold = accept_links(links, settings, least=least)
        unmatched = candidates.unmatched(links)
    share, names = plain(judgement.share), tools.signatures()
    return Alignment(
        corpus,
        links,
        unmatched,
        settings,
        names,
        share,
        threshold,
        clock.seconds,
        recall=None if found.recall is None else round(found.recall, 4),
        peak_megabytes=clock.peak,
        megabytes=clock.megabytes,
    )
