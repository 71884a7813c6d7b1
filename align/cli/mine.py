"""Verbs over files with one segment a line: mine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.options import (
    THRESHOLDS,
    AddressOption,
    Config,
    EncoderOption,
    EngineOption,
    IndexOption,
    ShardSizeOption,
    WorkersOption,
    is_stream,
    settings_of,
    work_flags,
    written,
)
from align.cli.show import note, stages
from align.settings import Settings

if TYPE_CHECKING:
    from align.pipeline.mine import MinedPairs
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
    engine: EngineOption = None,
    workers: WorkersOption = None,
    address: AddressOption = None,
    shard_size: ShardSizeOption = None,
    index: IndexOption = None,
    config: Config = None,
) -> None:
    """Find the pairs among the lines of two files, in any order, of any sizes."""
    work = work_flags(engine, workers, address, shard_size)
    settings = settings_of(config, {"encoder": encoder, "top_k": top_k, "index": index, **work})
    form = format or (MinedFormat.tsv if out and out.suffix.lower() == ".tsv" else MinedFormat.jsonl)
    _mine((source, target), out, form, partial(_mined, settings, many, min_probability))


def _mined(
    settings: Settings, many: bool, least: float | None, lines: tuple[Sequence[str], Sequence[str]], out: Path | None
) -> MinedPairs:
    """Return the pairs of lines; what is done of them is kept beside the file they go to."""
    from align.engines.kept import beside
    from align.pipeline.mine import mine as align_mine

    keep = beside(out) if out and not is_stream(out) else None
    return align_mine(*lines, many=many, min_probability=least, settings=settings, progress=stages(), keep=keep)


def _mine(
    sides: tuple[Path, Path],
    out: Path | None,
    form: MinedFormat,
    mined: Callable[[tuple[Sequence[str], Sequence[str]], Path | None], MinedPairs],
) -> None:
    """Read two files, pair their lines and write the pairs."""
    from align.corpus.read import read_lines
    from align.storage.files import ensure_folder
    from align.storage.outputs import refuse_inputs

    def prepare(path: Path) -> None:
        refuse_inputs(path, (each for each in sides if not is_stream(each)))
        ensure_folder(path.parent)

    with written(out, prepare) as place:
        lines = read_lines(sides[0]), read_lines(sides[1])
        pairs = mined(lines, out)
        _write(pairs, place, form)
    where = f": {out}" if out and not is_stream(out) else ""
    note(f"align: {len(pairs)} pairs of {len(lines[0])} and {len(lines[1])} lines{where}")
    note(f"align: {pairs.took()}")


def _write(pairs: Sequence[MinedPair], path: Path, form: MinedFormat) -> None:
    from align.progress import counted
    from align.runs.records import pair_record
    from align.storage.files import replacing, write_jsonl

    told = counted(pairs, stages(), "write", len(pairs))
    if form is MinedFormat.jsonl:
        write_jsonl(path, map(pair_record, told))
        return
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("probability\tkk\ten\n")
        for pair in told:
            # A tab within a line would be taken for the next column.
            stream.write(
                "\t".join([str(pair.probability), *(" ".join(text.split()) for text in (pair.kk, pair.en))]) + "\n"
            )
