"""Verbs over documents that translate each other, or report the same: beads, pair."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.options import Config, EncoderOption, given, is_stream, refuse_stream, settings_of, written
from align.cli.show import note, stages
from align.errors import InputError

if TYPE_CHECKING:
    from align.pipeline.beads import BeadAlignment
    from align.pipeline.pair import PairedDocuments

__all__ = ["beads", "pair"]


class BeadFormat(StrEnum):
    """What beads are written as: `run` is a folder to review, recalibrate and export."""

    jsonl = "jsonl"
    ladder = "ladder"
    tsv = "tsv"
    tmx = "tmx"
    run = "run"


def beads(
    source: Annotated[Path, typer.Argument(help="Kazakh: lines (- for these), a document, or a folder of documents.")],
    target: Annotated[Path, typer.Argument(help="English, likewise.")],
    out: Annotated[
        Path, typer.Option("--out", help="beads.jsonl, or whatever --format writes; - for standard output.")
    ],
    format: Annotated[
        BeadFormat | None, typer.Option("--format", help="By default what --out ends in; a run where it has no suffix.")
    ] = None,
    max_size: Annotated[int, typer.Option(min=2, max=12, help="Sentences of both sides that a bead may hold.")] = 4,
    one_to_many: Annotated[bool, typer.Option("--one-to-many", help="Never join Kazakh sentences.")] = False,
    min_probability: Annotated[
        float, typer.Option(min=0, max=1, help="Take less probable pairs apart into lines without a counterpart.")
    ] = 0.0,
    lines: Annotated[
        bool | None, typer.Option("--lines/--documents", help="Whether a line is a sentence; else the files tell.")
    ] = None,
    encoder: EncoderOption = None,
    config: Config = None,
) -> None:
    """Align documents that translate each other: which sentences belong together, how surely."""
    from align.cli.review import report_reattached
    from align.encode import load_encoder
    from align.monotone.aligner import BeadAligner
    from align.pipeline.bead_files import document_pairs, format_of, write_beads
    from align.pipeline.beads import align_pairs
    from align.storage.files import ensure_folder
    from align.storage.outputs import refuse_inputs
    from align.storage.sealed import claim_run

    form = format.value if format else "jsonl" if is_stream(out) else format_of(out)
    settings = settings_of(config, {"encoder": encoder})
    _refuse_streams(source, target, out if form == "run" else None)

    def prepare(path: Path) -> None:
        refuse_inputs(path, (source, target))
        claim_run(path) if form == "run" else ensure_folder(path.parent)

    with written(out, prepare) as place, given(source, _lines) as left, given(target, _lines) as right:
        aligner = BeadAligner.load(load_encoder(settings.encoder))
        pairs = document_pairs(left, right, aligner.encoder, lines=lines, tell=lambda line: note(f"align: {line}"))
        found = [
            alignment.at_least(min_probability)
            for alignment in align_pairs(pairs, aligner, max_size=max_size, one_to_many=one_to_many)
        ]
        write_beads(found, place, format=form, settings=settings, progress=stages())
    if form == "run":
        report_reattached(out)
    _tell(found, out)


def _refuse_streams(source: Path, target: Path, run: Path | None) -> None:
    if run is not None:
        refuse_stream(run, "a run is a folder")
    if is_stream(source) and is_stream(target):
        raise InputError("- stands for both sides: standard input holds one text, so name a file for the other")


def _lines(content: bytes) -> str:
    return ".txt"


def _tell(found: Sequence[BeadAlignment], out: Path) -> None:
    paired = sum(bead.pairs for alignment in found for bead in alignment)
    alone = sum(not bead.pairs for alignment in found for bead in alignment)
    how = "lines" if found[0].source.kind == "lines" else "sentences"
    note(f"align: {len(found)} documents: {paired} pairs, {alone} {how} without a counterpart: {out}")


def pair(
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE_DIR", help="Kazakh documents: a folder, or a file of many.")
    ],
    target: Annotated[
        Path | None, typer.Argument(metavar="TARGET_DIR", help="English documents, where SOURCE_DIR has none.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="pairs.jsonl", show_default="standard output")] = None,
    many: Annotated[bool, typer.Option("--many", help="Let a document stand in several pairs.")] = False,
    min_probability: Annotated[float, typer.Option(min=0, max=1, help="Least probability of a pair.")] = 0.5,
    columns: Annotated[str | None, typer.Option(help="Columns of tables, ROLE=NAME by commas.")] = None,
    encoder: EncoderOption = None,
    config: Config = None,
) -> None:
    """Find which documents belong together: as translations, or as reports of one event."""
    from align.cli.run import require_paths, tell_of
    from align.corpus.read import read
    from align.pipeline.pair import pair as pair_corpus
    from align.storage.files import ensure_folder, write_jsonl

    settings = settings_of(config, {"encoder": encoder, "columns": columns})
    paths = [source, *([target] if target else [])]
    require_paths(paths)
    with written(out, lambda path: ensure_folder(path.parent)) as place:
        corpus = read(*paths, columns=settings.columns, progress=stages())
        tell_of(corpus)
        found = pair_corpus(corpus, many=many, min_probability=min_probability, settings=settings)
        write_jsonl(place, map(_pair_record, found))
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
