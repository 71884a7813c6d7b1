"""Verbs over files with one segment a line: mine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from align.cli.show import note, stages

__all__ = ["mine"]


def mine(
    source: Annotated[Path, typer.Argument(help="Kazakh, one segment a line.")],
    target: Annotated[Path, typer.Argument(help="English, one segment a line.")],
    out: Annotated[Path, typer.Option("--out", help="pairs.jsonl")],
    encoder: Annotated[
        str | None, typer.Option(help="A bundled or sentence-transformers encoder: NAME or PATH.")
    ] = None,
    top_k: Annotated[int | None, typer.Option(help="How many of the other side a line may propose.")] = None,
    min_probability: Annotated[
        float | None, typer.Option(help="Least probability of a pair: 0.5 unless given, 0 with --many.")
    ] = None,
    many: Annotated[bool, typer.Option("--many", help="Let a line stand in several pairs.")] = False,
) -> None:
    """Find the pairs among the lines of two files, in any order, of any sizes."""
    from align.corpus.read import read_lines
    from align.pipeline.mine import mine as align_mine
    from align.runs.records import pair_record
    from align.settings import Settings
    from align.storage.files import ensure_folder, write_jsonl
    from align.storage.outputs import refuse_inputs

    settings = Settings.load(None, {"encoder": encoder, "top_k": top_k})
    refuse_inputs(out, (source, target))
    ensure_folder(out.parent)
    lines = read_lines(source), read_lines(target)
    pairs = align_mine(*lines, many=many, min_probability=min_probability, settings=settings, progress=stages())
    write_jsonl(out, map(pair_record, pairs))
    note(f"align: {len(pairs)} pairs of {len(lines[0])} and {len(lines[1])} lines: {out}")
