"""Verbs over files with one segment a line: mine."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.options import THRESHOLDS, Config, EncoderOption, is_stream, settings_of, written
from align.cli.show import note, stages
from align.settings import Settings

if TYPE_CHECKING:
    from align.types import MinedPair

__all__ = ["mine"]

_OWN = Settings()


class MinedFormat(StrEnum):
    """What pairs are written as."""

    jsonl = "jsonl"
    tsv = "tsv"


def mine(
    source: Annotated[Path, typer.Argument(help="Kazakh, one segment a line; - for standard input.")],
    target: Annotated[Path, typer.Argument(help="English, likewise.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="A file: pairs.jsonl, pairs.tsv.", show_default="standard output")
    ] = None,
    format: Annotated[
        MinedFormat | None,
        typer.Option(help="tsv: probability, kk, en.", show_default="as --out is named, else jsonl"),
    ] = None,
    encoder: EncoderOption = None,
    top_k: Annotated[
        int | None,
        typer.Option(
            help="How many of the other side a line may propose.",
            rich_help_panel=THRESHOLDS,
            show_default=str(_OWN.top_k),
        ),
    ] = None,
    min_probability: Annotated[
        float | None,
        typer.Option(
            help="Least probability of a pair.", rich_help_panel=THRESHOLDS, show_default="0.5; 0 with --many"
        ),
    ] = None,
    many: Annotated[bool, typer.Option("--many", help="Let a line stand in several pairs.")] = False,
    config: Config = None,
) -> None:
    """Find the pairs among the lines of two files, in any order, of any sizes."""
    from align.corpus.read import read_lines
    from align.pipeline.mine import mine as align_mine
    from align.storage.files import ensure_folder
    from align.storage.outputs import refuse_inputs

    def prepare(path: Path) -> None:
        refuse_inputs(path, (each for each in (source, target) if not is_stream(each)))
        ensure_folder(path.parent)

    form = format or (MinedFormat.tsv if out and out.suffix.lower() == ".tsv" else MinedFormat.jsonl)
    settings = settings_of(config, {"encoder": encoder, "top_k": top_k})
    with written(out, prepare) as place:
        lines = read_lines(source), read_lines(target)
        pairs = align_mine(*lines, many=many, min_probability=min_probability, settings=settings, progress=stages())
        _write(pairs, place, form)
    where = f": {out}" if out and not is_stream(out) else ""
    note(f"align: {len(pairs)} pairs of {len(lines[0])} and {len(lines[1])} lines{where}")


def _write(pairs: Sequence[MinedPair], path: Path, form: MinedFormat) -> None:
    from align.runs.records import pair_record
    from align.storage.files import replacing, write_jsonl

    if form is MinedFormat.jsonl:
        write_jsonl(path, map(pair_record, pairs))
        return
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("probability\tkk\ten\n")
        for pair in pairs:
            # A tab within a line would be taken for the next column.
            stream.write(
                "\t".join([str(pair.probability), *(" ".join(text.split()) for text in (pair.kk, pair.en))]) + "\n"
            )
