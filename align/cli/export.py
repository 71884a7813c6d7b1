"""The verb export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from align.cli.show import note

__all__ = ["export"]


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.")],
    format: Annotated[str, typer.Option("--format", help="hf, jsonl or tsv.")],
    out: Annotated[Path, typer.Option("--out", help="A folder for hf, a file for the others.")],
    status: Annotated[
        str, typer.Option("--status", help="accepted, or all to take what awaits review as well.")
    ] = "accepted",
) -> None:
    """Write the pairs of a run as a parallel corpus."""
    from align.export import FORMATS
    from align.export.pairs import select
    from align.runfolder import read_links

    write = FORMATS.load(format)
    pairs = select(read_links(folder), status=status)
    write(pairs, out)
    note(f"align: {len(pairs)} pairs: {out}")
