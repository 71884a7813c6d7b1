"""Pairs that somebody else found, judged like our own: an existing corpus becomes a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from align.corpus.left_out import LeftOut
from align.corpus.read import Corpus
from align.engines.held import peak_megabytes
from align.errors import InputError
from align.explain.links import JudgedCandidates
from align.pipeline.acceptance import accept_links
from align.pipeline.of_lines import document_of_lines
from align.pipeline.opened import Run
from align.pipeline.pairable import pairable_pairs
from align.progress import step
from align.runs.alignment import Alignment
from align.runs.write import write_run
from align.settings import Settings
from align.storage.outputs import working_in
from align.tools import Tools, load_tools
from align.types import Link, Segment
from align.verify.ranking import DECIMALS

__all__ = ["judge", "judge_pairs"]

_SHARD: Final = 20_000
"""Pairs that are judged among one another: enough for rivals and calibration, few enough to search them all."""


def judge(
    pairs: Iterable[tuple[str, str]],
    *,
    out: str | Path,
    name: str = "pairs",
    settings: Settings | None = None,
    tools: Tools | None = None,
    left_out: LeftOut | None = None,
    progress: Callable[[str], None] = lambda stage: None,
) -> Run:
    """Judge pairs of texts that somebody else found, and write them as a run's folder.

    The pairs are Kazakh and English. `name` is the corpus's, as the documents of the run bear it; `left_out` counts
    those that are no Kazakh and English; the rest is as for `align.run`. Every other pair becomes one link, however
    improbable. Raises InputError for no pairs, and for a folder that can't be written.
    """
    settings = settings or Settings()
    folder = Path(out)
    with working_in(folder, ()):
        tools = tools or load_tools(settings, progress=progress)
        alignment = judge_pairs(pairs, name, tools, settings=settings, left_out=left_out)
        write_run(alignment, folder)
    return Run(folder, alignment)


def judge_pairs(
    pairs: Iterable[tuple[str, str]],
    name: str,
    tools: Tools,
    *,
    settings: Settings | None = None,
    left_out: LeftOut | None = None,
) -> Alignment:
    """Return a run whose links are the given pairs.

    Each has its probability, evidence and nearest rivals. Every pair of Kazakh and English becomes one link, however
    improbable: a pair that the corpus got wrong is to be seen, not lost. Sides that were exchanged are put right;
    copies and other languages are left out and counted in `left_out`, beside what its reader left out. A pair that
    comes again is judged once. Each side is one document, a segment a line. Raises InputError for no pairs.
    """
    settings = settings or Settings()
    left_out = LeftOut() if left_out is None else left_out
    given = list(dict.fromkeys(pairable_pairs(pairs, left_out)))
    if not given:
        told = f"; left out: {'; '.join(left_out.told())}" if left_out.counts else ""
        raise InputError(f"{name}: holds no pair of Kazakh and English{told}")
    kk = document_of_lines([source for source, _ in given], "kk", name)
    en = document_of_lines([target for _, target in given], "en", name)
    links: list[Link] = []
    for start in range(0, len(given), _SHARD):
        step(tools.progress, "judge", start, len(given))
        links += _judged(kk.segments[start : start + _SHARD], en.segments[start : start + _SHARD], tools, settings)
    links.sort(key=lambda link: (-link.probability, link.source[0].position))
    decided, settings, threshold = accept_links(links, settings)
    return Alignment(
        corpus=Corpus((kk, en)),
        links=decided,
        unmatched=(),
        settings=settings,
        signatures=tools.signatures(),
        share=float(np.mean([link.probability for link in links])),
        threshold=threshold,
        seconds={},
        left_out=dict(left_out.counts),
        peak_megabytes=peak_megabytes(),
    )


def _judged(sources: Sequence[Segment], targets: Sequence[Segment], tools: Tools, settings: Settings) -> list[Link]:
    """Return the links of one shard: line n with line n, judged among each other's nearest."""
    # The lines of a corpus stand in no order, so that no pair is evidence for its neighbours.
    source = replace(tools.sides.of_segments(sources, "kk"), document=None)
    target = replace(tools.sides.of_segments(targets, "en"), document=None)
    rows = np.arange(len(sources), dtype=np.int64)
    given = np.column_stack([rows, rows])
    found = tools.search(source, target, k=settings.top_k, also=given)
    judgement = tools.verifier.judge(found, source, target)
    judgement = replace(judgement, probabilities=np.round(judgement.probabilities, DECIMALS))
    judged = JudgedCandidates.of(found, judgement, (source, target))
    return list(judged.links_of(given, tools.explainer, accept=settings.accept, found_by="import"))
