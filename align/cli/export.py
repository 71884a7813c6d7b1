"""The verb export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.options import is_stream, refuse_stream, written
from align.cli.show import note
from align.errors import InputError

if TYPE_CHECKING:
    from align.export.selection import Selection
    from align.export.write import Written

__all__ = ["export"]

_WHICH, _HOW = "Which pairs", "How they are written"
_FORMATS = "hf|tmx|moses|jsonl|tsv|csv|parquet|xliff"


_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.")]
_Out = Annotated[
    Path, typer.Option("--out", help="A folder for hf, the files' common name for moses, else a file or -.")
]
_Format = Annotated[
    str | None,
    typer.Option("--format", metavar=_FORMATS, help="xliff is for drafts.", show_default="as --out is named, else hf"),
]
_Status = Annotated[
    str,
    typer.Option(metavar="accepted|all", help="all takes what awaits review as well.", rich_help_panel=_WHICH),
]
_MinProbability = Annotated[
    float | None, typer.Option(help="Of pairs that nobody has reviewed.", rich_help_panel=_WHICH)
]
_TargetPrecision = Annotated[
    float | None, typer.Option(help="The same, chosen to reach this precision.", rich_help_panel=_WHICH)
]
_Relation = Annotated[
    list[str] | None,
    typer.Option(metavar="equivalent|partial|conflict", help="May repeat.", rich_help_panel=_WHICH, show_default="all"),
]
_Dedup = Annotated[
    str, typer.Option(metavar="exact|near|none", help="Drop pairs that repeat others.", rich_help_panel=_WHICH)
]
_MaxRatio = Annotated[
    float | None, typer.Option(help="Characters of the longer side over the shorter's.", rich_help_panel=_WHICH)
]
_Exclude = Annotated[
    list[Path] | None, typer.Option(help="A test set (TSV) to keep out; may repeat.", rich_help_panel=_WHICH)
]
_Documents = Annotated[
    bool,
    typer.Option("--documents", help="Write the documents as a configuration of hf as well.", rich_help_panel=_HOW),
]
_Titles = Annotated[
    bool, typer.Option("--titles/--no-titles", help="Take pairs that have a headline.", rich_help_panel=_WHICH)
]
_Columns = Annotated[
    str | None,
    typer.Option(help="Columns of a table, by commas: kk,en,probability.", rich_help_panel=_HOW, show_default="all"),
]
_Shuffle = Annotated[
    int | None, typer.Option(metavar="SEED", help="Write the pairs in a random order.", rich_help_panel=_HOW)
]
_Push = Annotated[
    str | None, typer.Option(metavar="REPO", help="Upload the hf folder to the hub as well.", rich_help_panel=_HOW)
]


def export(
    folder: _Folder,
    out: _Out,
    format: _Format = None,
    status: _Status = "accepted",
    min_probability: _MinProbability = None,
    target_precision: _TargetPrecision = None,
    relation: _Relation = None,
    dedup: _Dedup = "exact",
    max_ratio: _MaxRatio = None,
    exclude: _Exclude = None,
    titles: _Titles = True,
    documents: _Documents = False,
    columns: _Columns = None,
    shuffle: _Shuffle = None,
    push: _Push = None,
) -> None:
    """Write the pairs of a run as a parallel corpus."""
    from align.export import format_of, parse_names
    from align.export.selection import Selection

    form = format or ("jsonl" if is_stream(out) else "xliff" if out.suffix.lower() == ".xliff" else format_of(out))
    if form in ("hf", "moses"):
        refuse_stream(out, f"{form} is several files")
    if push is not None and form != "hf":
        raise InputError("--push: only the format hf can be pushed: add --format hf")
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
        columns=parse_names(columns or ""),
        documents=documents,
    )
    with written(out) as place:
        _write(folder, form, place, selection, where="standard output" if is_stream(out) else str(out))
    if push is not None:
        from align.export import push as hub

        note(f"align: {hub.push(out, push)}")


def _write(folder: Path, form: str, place: Path, selection: Selection, *, where: str) -> None:
    from align.export.write import export_run
    from align.export.xliff import write_xliff

    if form == "xliff":
        count, left_out = write_xliff(folder, place)
        for reason, many in left_out.items():
            note(f"align: left out {many}: {reason}")
        note(f"align: {count} segments: {where}")
    else:
        _tell(export_run(folder, form, place, selection=selection), where)


def _tell(found: Written, out: str) -> None:
    for (config, reason), count in sorted(found.plan.left_out.items()):
        note(f"align: left out {count} of {config}: {reason}")
    for (config, split), count in found.counts.items():
        note(f"align: {count} pairs of {config}, {split}")
    if found.formulas:
        note(f"align: {found.formulas} texts begin with =, +, - or @: in Excel, import these columns as text")
    partial = found.relations.get("partial", 0)
    if partial:
        note(
            f"align: {partial} of them are partial, one side telling more than the other:"
            " --relation equivalent leaves them out"
        )
    note(f"align: {found.total} pairs: {out}")
