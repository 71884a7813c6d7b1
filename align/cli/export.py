"""The verb export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.show import note

if TYPE_CHECKING:
    from align.export.write import Written

__all__ = ["export"]


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.")],
    format: Annotated[str, typer.Option("--format", help="hf, tmx, moses, jsonl, tsv, or xliff for drafts.")],
    out: Annotated[Path, typer.Option("--out", help="A folder for hf, the files' common name for moses, else a file.")],
    status: Annotated[str, typer.Option(help="accepted, or all to take what awaits review as well.")] = "accepted",
    min_probability: Annotated[float | None, typer.Option(help="Of pairs that nobody has reviewed.")] = None,
    target_precision: Annotated[float | None, typer.Option(help="The same, chosen to reach this precision.")] = None,
    relation: Annotated[list[str] | None, typer.Option(help="equivalent, partial or conflict; may repeat.")] = None,
    dedup: Annotated[str, typer.Option(help="exact, near or none.")] = "exact",
    max_ratio: Annotated[float | None, typer.Option(help="Characters of the longer side over the shorter's.")] = None,
    exclude: Annotated[list[Path] | None, typer.Option(help="A test set (TSV) to keep out; may repeat.")] = None,
    titles: Annotated[bool, typer.Option("--titles/--no-titles", help="Take pairs that have a headline.")] = True,
    shuffle: Annotated[int | None, typer.Option(metavar="SEED", help="Write the pairs in a random order.")] = None,
    push: Annotated[str | None, typer.Option(metavar="REPO", help="Upload the hf folder to the hub as well.")] = None,
) -> None:
    """Write the pairs of a run as a parallel corpus."""
    from align.errors import InputError
    from align.export import push as hub
    from align.export.selection import Selection
    from align.export.write import export_run
    from align.export.xliff import write_xliff

    if push is not None and format != "hf":
        raise InputError("--push: only the format hf can be pushed: add --format hf")
    if format == "xliff":
        count, left_out = write_xliff(folder, out)
        for reason, many in left_out.items():
            note(f"align: left out {many}: {reason}")
        note(f"align: {count} segments: {out}")
        return
    selection = Selection(
        status=status,
        min_probability=min_probability,
        relations=tuple(relation or ()),
        target_precision=target_precision,
        dedup=dedup,
        max_ratio=max_ratio,
        shuffle=shuffle,
        exclude=tuple(exclude or ()),
        titles=titles,
    )
    _tell(export_run(folder, format, out, selection=selection), out)
    if push is not None:
        note(f"align: {hub.push(out, push)}")


def _tell(written: Written, out: Path) -> None:
    for (config, reason), count in sorted(written.plan.left_out.items()):
        note(f"align: left out {count} of {config}: {reason}")
    for (config, split), count in written.counts.items():
        note(f"align: {count} pairs of {config}, {split}")
    if written.formulas:
        note(f"align: {written.formulas} texts begin with =, +, - or @: in Excel, import these columns as text")
    note(f"align: {written.total} pairs: {out}")
