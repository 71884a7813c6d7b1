"""The main job: documents of two languages become links and unmatched segments, in a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from align.corpus.read import Corpus, read
from align.errors import InputError
from align.explain.links import JudgedCandidates
from align.pipeline.acceptance import accept_links, least_shown
from align.pipeline.clock import Clock
from align.pipeline.drafts import drafted
from align.pipeline.inside import pairs_inside
from align.pipeline.opened import Run
from align.pipeline.stages import judged, sides_of
from align.review.sync import sync_run
from align.runs.alignment import Alignment
from align.runs.write import write_run
from align.settings import Settings
from align.storage.outputs import working_in
from align.tools import Tools, load_tools
from align.verify.ranking import plain

__all__ = ["align_documents", "run"]


def run(
    *given: str | Path | Corpus,
    out: str | Path,
    encoder: str | None = None,
    translator: str | None = None,
    accept: float | None = None,
    settings: Settings | None = None,
    tools: Tools | None = None,
    progress: Callable[[str], None] = lambda stage: None,
) -> Run:
    """Link the Kazakh and English sentences of documents that cover the same facts, and write the run's folder.

    `given` are files and folders, whose languages are detected, or one corpus that `align.read` has read. `encoder`,
    `translator` and `accept` go before `settings`, which have all the rest. `tools` are loaded for the settings unless
    given; `progress` hears each stage as it begins. Earlier decisions of a review in `out` are tied to the new run.
    Raises InputError for a corpus of one language, for what can't be read and for a folder that can't be written,
    ModelUnavailableError for a model that can't be had.
    """
    chosen = (settings or Settings()).changed({"encoder": encoder, "translator": translator, "accept": accept})
    folder = Path(out)
    with working_in(folder, (each for each in given if not isinstance(each, Corpus))):
        corpus = _corpus(given, chosen, progress)
        corpus.require_both()
        tools = tools or load_tools(chosen, progress=progress)
        alignment = align_documents(corpus, tools, settings=chosen)
        write_run(alignment, folder)
        # The links are safe before the drafting begins, which may be long, and may be interrupted.
        alignment = drafted(alignment, folder, tools)
        sync_run(folder)
    return Run(folder, alignment)


def _corpus(given: tuple[str | Path | Corpus, ...], settings: Settings, progress: Callable[[str], None]) -> Corpus:
    paths = [each for each in given if not isinstance(each, Corpus)]
    corpora = [each for each in given if isinstance(each, Corpus)]
    if not corpora:
        return read(*paths, columns=settings.columns, keep_boilerplate=settings.keep_boilerplate, progress=progress)
    if paths or len(corpora) > 1:
        raise InputError("run: takes paths, or one corpus that was read: read all paths together with align.read")
    return corpora[0]


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
    least = least_shown(judgement.probabilities, settings)
    with clock.stage("explain"):
        candidates = JudgedCandidates.of(found, judgement, sides)
        links = candidates.links(tools.explainer, accept=settings.accept, review=least)
        links, settings, threshold = accept_links(links, settings, least=least)
        unmatched = candidates.unmatched(links)
    share, names = plain(judgement.share), tools.signatures()
    return Alignment(corpus, links, unmatched, settings, names, share, threshold, clock.seconds)
