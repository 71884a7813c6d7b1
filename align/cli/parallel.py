"""Verbs over documents that translate each other, or report the same: beads, pair."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.show import note, stages

if TYPE_CHECKING:
    from align.pipeline.pair import PairedDocuments

__all__ = ["beads", "pair"]


class Format(StrEnum):
    """What beads are written as: `run` is a folder to review, recalibrate and export."""

    jsonl = "jsonl"
    ladder = "ladder"
    tsv = "tsv"
    tmx = "tmx"
    run = "run"


def beads(
    source: Annotated[Path, typer.Argument(help="Kazakh: a file of lines, a document, or a folder of documents.")],
    target: Annotated[Path, typer.Argument(help="English, likewise.")],
    out: Annotated[Path, typer.Option("--out", help="beads.jsonl, or whatever --format writes.")],
    format: Annotated[
        Format | None, typer.Option("--format", help="By default what --out ends in; a run where it has no suffix.")
    ] = None,
    max_size: Annotated[int, typer.Option(min=2, max=12, help="Sentences of both sides that a bead may hold.")] = 4,
    one_to_many: Annotated[bool, typer.Option("--one-to-many", help="Never join Kazakh sentences.")] = False,
    min_probability: Annotated[
        float, typer.Option(min=0, max=1, help="Take less probable pairs apart into lines without a counterpart.")
    ] = 0.0,
    lines: Annotated[
        bool | None, typer.Option("--lines/--documents", help="Whether a line is a sentence; else the files tell.")
    ] = None,
    encoder: Annotated[str | None, typer.Option(help="Bundled or sentence-transformers encoder: NAME or PATH.")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings in a TOML file; flags go first.")] = None,
) -> None:
    """Align documents that translate each other: which sentences belong together, and how surely."""
    from align.cli.review import report_reattached
    from align.encode import load_encoder
    from align.monotone.aligner import BeadAligner
    from align.pipeline.bead_files import document_pairs, format_of, write_beads
    from align.pipeline.beads import align_pairs
    from align.settings import Settings
    from align.storage.files import ensure_folder
    from align.storage.outputs import refuse_inputs
    from align.storage.sealed import claim_run

    form = format.value if format else format_of(out)
    settings = Settings.load(config, {"encoder": encoder})
    refuse_inputs(out, (source, target))
    claim_run(out) if form is Format.run else ensure_folder(out.parent)
    aligner = BeadAligner.load(load_encoder(settings.encoder))
    pairs = document_pairs(source, target, aligner.encoder, lines=lines, tell=lambda line: note(f"align: {line}"))
    found = [
        alignment.at_least(min_probability)
        for alignment in align_pairs(pairs, aligner, max_size=max_size, one_to_many=one_to_many)
    ]
    write_beads(found, out, format=form, settings=settings, progress=stages())
    if form == "run":
        report_reattached(out)
    paired = sum(bead.pairs for alignment in found for bead in alignment)
    alone = sum(not bead.pairs for alignment in found for bead in alignment)
    how = "lines" if found[0].source.kind == "lines" else "sentences"
    note(f"align: {len(found)} documents: {paired} pairs, {alone} {how} without a counterpart: {out}")


def pair(
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE_DIR", help="Kazakh documents: a folder, or a file of many.")
    ],
    target: Annotated[Path, typer.Argument(metavar="TARGET_DIR", help="English documents.")],
    out: Annotated[Path, typer.Option("--out", help="pairs.jsonl")],
    many: Annotated[bool, typer.Option("--many", help="Let a document stand in several pairs.")] = False,
    min_probability: Annotated[float, typer.Option(min=0, max=1, help="Least probability of a pair.")] = 0.5,
    columns: Annotated[str | None, typer.Option(help="Columns of tables, ROLE=NAME by commas.")] = None,
    encoder: Annotated[str | None, typer.Option(help="Bundled or sentence-transformers encoder: NAME or PATH.")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings in a TOML file; flags go first.")] = None,
) -> None:
    """Find which documents belong together: translations, or reports of one event, each pair with a probability."""
    from align.cli.documents import tell_of
    from align.corpus.read import read
    from align.pipeline.pair import pair as pair_corpus
    from align.settings import Settings
    from align.storage.files import ensure_folder, write_jsonl

    settings = Settings.load(config, {"encoder": encoder, "columns": columns})
    ensure_folder(out.parent)
    corpus = read(source, target, columns=settings.columns, progress=stages())
    tell_of(corpus)
    found = pair_corpus(corpus, many=many, min_probability=min_probability, settings=settings)
    write_jsonl(out, map(_pair_record, found))
    note(f"align: {len(found)} pairs of {len(corpus.documents)} documents: {out}")


def _pair_record(pair: PairedDocuments) -> dict[str, object]:
    source, target = pair.source, pair.target
    return {
        "source": source.path,
        "target": target.path,
        "probability": pair.probability,
        "source_id": source.id,
        "target_id": target.id,
        "source_title": source.title,
        "target_title": target.title,
    }
