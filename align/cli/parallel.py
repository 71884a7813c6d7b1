"""Verbs over documents that translate each other, or report the same: beads, pair."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.show import debugging, note, stages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.pipeline.beads import BeadAlignment
    from align.pipeline.pair import PairedDocuments
    from align.settings import Settings

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
    from align.encode import load_encoder
    from align.monotone.aligner import BeadAligner
    from align.pipeline.bead_files import document_pairs
    from align.pipeline.beads import align_pairs
    from align.settings import Settings
    from align.storage.files import ensure_folder
    from align.storage.outputs import refuse_inputs
    from align.storage.sealed import claim_run

    form = format or _format_of(out)
    settings = Settings.load(config, {"encoder": encoder})
    refuse_inputs(out, (source, target))
    claim_run(out) if form is Format.run else ensure_folder(out.parent)
    aligner = BeadAligner.load(load_encoder(settings.encoder))
    pairs = document_pairs(source, target, aligner.encoder, lines=lines, tell=lambda line: note(f"align: {line}"))
    found = [
        alignment.at_least(min_probability)
        for alignment in align_pairs(pairs, aligner, max_size=max_size, one_to_many=one_to_many)
    ]
    _write(found, out, form, settings)
    paired = sum(bead.pairs for alignment in found for bead in alignment)
    alone = sum(not bead.pairs for alignment in found for bead in alignment)
    how = "lines" if found[0].source.kind == "lines" else "sentences"
    note(f"align: {len(found)} documents: {paired} pairs, {alone} {how} without a counterpart: {out}")


def _format_of(out: Path) -> Format:
    """Return what a file of that name holds; what has no suffix is a folder.

    >>> _format_of(Path("a.tmx")).value, _format_of(Path("out/law")).value, _format_of(Path("b.json")).value
    ('tmx', 'run', 'jsonl')
    """
    if not out.suffix or out.is_dir():
        return Format.run
    return Format(out.suffix[1:]) if out.suffix[1:] in {form.value for form in Format} else Format.jsonl


def _write(found: Sequence[BeadAlignment], out: Path, form: Format, settings: Settings) -> None:
    from align.errors import InputError
    from align.pipeline.bead_files import write_beads_jsonl, write_beads_tmx, write_beads_tsv, write_ladder

    if form is Format.run:
        _write_run(found, out, settings)
    elif form is Format.ladder:
        if len(found) > 1:
            raise InputError("--format ladder: holds the lines of one document, not of several: write jsonl")
        write_ladder(found[0], out)
    elif form is Format.jsonl:
        write_beads_jsonl(found, out, several=len(found) > 1)
    else:
        (write_beads_tsv if form is Format.tsv else write_beads_tmx)(found, out)


def _write_run(found: Sequence[BeadAlignment], out: Path, settings: Settings) -> None:
    from align.cli.review import report_reattached
    from align.pipeline.bead_run import run_beads

    run_beads(found, out=out, settings=settings, progress=stages())
    report_reattached(out)


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
    from align.encode import load_encoder
    from align.pairing.pairer import DocumentPairer
    from align.pipeline.pair import pair_documents
    from align.search import INDEXES
    from align.settings import Settings
    from align.storage.files import ensure_folder, write_jsonl
    from align.storage.outputs import refuse_inputs

    refuse_inputs(out, (source, target))
    settings = Settings.load(config, {"encoder": encoder, "columns": columns})
    ensure_folder(out.parent)
    corpus = read(source, target, columns=settings.columns, progress=stages(), raise_faults=debugging())
    tell_of(corpus)
    pairer = DocumentPairer.load(index=INDEXES.load(settings.index))
    found = pair_documents(corpus, pairer, load_encoder(settings.encoder), many=many)
    kept = [each for each in found if each.probability >= min_probability]
    write_jsonl(out, map(_pair_record, kept))
    note(f"align: {len(kept)} pairs of {len(corpus.documents)} documents: {out}")


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
