"""Beads as a run: what review, facts, recalibration and export work on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from align.corpus.read import Corpus
from align.facts.dates import day_of
from align.monotone.bead import Bead
from align.pipeline.acceptance import accept_links
from align.pipeline.beads import BeadAlignment, bead_id
from align.pipeline.clock import Clock
from align.pipeline.opened import Run
from align.review.sync import sync_run
from align.runs.alignment import Alignment
from align.runs.write import write_run
from align.settings import Settings
from align.storage.outputs import working_in
from align.tools import Tools, load_tools
from align.types import Evidence, Lang, Link, Relation, Segment, Unmatched
from align.verify.ranking import plain

__all__ = ["run_beads", "run_of_beads"]


def run_beads(
    found: Sequence[BeadAlignment],
    *,
    out: str | Path,
    settings: Settings | None = None,
    tools: Tools | None = None,
    progress: Callable[[str], None] = lambda stage: None,
) -> Run:
    """Write beads as a run's folder, and tie earlier decisions of a review there to it.

    The rest is as in `run`.
    """
    settings = settings or Settings()
    alignment = run_of_beads(found, tools or load_tools(settings, progress=progress), settings=settings)
    folder = Path(out)
    with working_in(folder, ()):
        write_run(alignment, folder)
        sync_run(folder)
    return Run(folder, alignment)


def run_of_beads(found: Sequence[BeadAlignment], tools: Tools, *, settings: Settings | None = None) -> Alignment:
    """Return a run whose links are the beads that pair sentences, n to m.

    The other sentences are its unmatched. A link's probability is its bead's; relation and evidence are those of the
    joined texts, and a conflict is never accepted without a reviewer. `found` holds one alignment or more.
    """
    settings = settings or Settings()
    clock = Clock(tools.progress, engine=tools.engine)
    with clock.stage("explain"):
        links = [link for each in found for link in _links(each, tools, settings.accept)]
    links.sort(key=lambda link: -link.probability)
    decided, settings, threshold = accept_links(links, settings)
    documents = {document.id: document for each in found for document in (each.source, each.target)}
    sources = sum(len(each.source.kept) for each in found)
    linked = sum(len(link.source) for link in links)
    return Alignment(
        corpus=Corpus(tuple(documents.values())),
        links=decided,
        unmatched=tuple(each for alignment in found for each in _unmatched(alignment)),
        settings=settings,
        signatures=found[0].signatures,
        share=plain(linked / sources) if sources else 0.0,
        threshold=threshold,
        seconds=clock.seconds,
        peak_megabytes=clock.peak,
        megabytes=clock.megabytes,
    )


def _links(alignment: BeadAlignment, tools: Tools, accept: float) -> Iterator[Link]:
    beads = [bead for bead in alignment if bead.pairs]
    segments = [alignment.segments(bead) for bead in beads]
    documents = alignment.source, alignment.target
    days = {document.id: day for document in documents if (day := day_of(document.published))}
    # A bead is explained as one text: its evidence counts characters of the sentences joined by a space.
    source = tools.sides.of_segments([_joined(sides[0], "kk") for sides in segments], "kk", written=days)
    target = tools.sides.of_segments([_joined(sides[1], "en") for sides in segments], "en", written=days)
    for row, bead in enumerate(beads):
        yield _link(bead, segments[row], tools.explainer.explain(source, target, (row, row)), accept)


def _joined(segments: Sequence[Segment], lang: Lang) -> Segment:
    first, last = segments[0], segments[-1]
    text = " ".join(segment.text for segment in segments)
    return Segment(first.id, lang, first.document, first.position, first.start, last.end, text, script=first.script)


def _link(
    bead: Bead,
    sides: tuple[tuple[Segment, ...], tuple[Segment, ...]],
    explained: tuple[Relation, Evidence],
    accept: float,
) -> Link:
    relation, evidence = explained
    return Link(
        id=bead_id(sides),
        relation=relation,
        probability=bead.probability,
        status="accepted" if bead.probability >= accept and relation != "conflict" else "review",
        source=sides[0],
        target=sides[1],
        cosine=bead.score,
        margin=bead.margin,
        evidence=evidence,
        runners_up=(),
        found_by="beads",
    )


def _unmatched(alignment: BeadAlignment) -> Iterator[Unmatched]:
    """Yield the segments without a counterpart; an empty line is none."""
    for bead in alignment:
        source, target = alignment.segments(bead)
        if not bead.pairs:
            yield from (Unmatched("source", segment, ()) for segment in source if segment.dropped is None)
            yield from (Unmatched("target", segment, ()) for segment in target if segment.dropped is None)
