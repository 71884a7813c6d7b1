"""Verbs over documents that translate each other: beads."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.show import note, stages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.pipeline.beads import BeadAlignment
    from align.settings import Settings

__all__ = ["beads"]


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

    form = format or _format_of(out)
    settings = Settings.load(config, {"encoder": encoder})
    ensure_folder(out if form is Format.run else out.parent)
    pairs = document_pairs(source, target, lines=lines, tell=lambda line: note(f"align: {line}"))
    aligner = BeadAligner.load(load_encoder(settings.encoder))
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
    from align.pipeline.bead_run import run_of_beads
    from align.runs.write import write_run
    from align.tools import load_tools

    tools = load_tools(settings, progress=stages())
    write_run(run_of_beads(found, tools, settings=settings), out)
    report_reattached(out)
