"""Verbs over documents: run, segment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.draft import Pivot, TranslatorOption
from align.cli.options import (
    MODELS,
    READING,
    THRESHOLDS,
    AddressOption,
    Config,
    EncoderOption,
    EngineOption,
    IndexOption,
    ShardSizeOption,
    WorkersOption,
    refuse_stream,
    settings_of,
    work_flags,
)
from align.cli.review import report_reattached
from align.cli.show import as_json, debugging, is_quiet, json_text, note, stages, table, tell
from align.errors import InputError
from align.settings import Settings
from align.wording import probability

if TYPE_CHECKING:
    from align.corpus.read import Corpus
    from align.pipeline.opened import Run
    from align.types import Document, Link, Segment

__all__ = ["run", "segment", "tell_of"]

_SHOWN = 10
_OWN = Settings()
_ROWS = 5000
_Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        help="Columns of tables, ROLE=NAME by commas: text=body,published=day.",
        rich_help_panel=READING,
        show_default="by their names",
    ),
]
_KeepBoilerplate = Annotated[
    bool,
    typer.Option(
        "--keep-boilerplate",
        help="Let menus, credits, notices and the like take part, marked.",
        rich_help_panel=READING,
    ),
]

_Accept = Annotated[
    float | None,
    typer.Option(
        help="Probability from which a link is accepted.", rich_help_panel=THRESHOLDS, show_default=str(_OWN.accept)
    ),
]
_Review = Annotated[
    float | None,
    typer.Option(
        help="Probability from which a link is shown for review.",
        rich_help_panel=THRESHOLDS,
        show_default=str(_OWN.review),
    ),
]
_TargetPrecision = Annotated[
    float | None, typer.Option(help="Choose --accept to reach this precision.", rich_help_panel=THRESHOLDS)
]
_Gazetteer = Annotated[
    Path | None, typer.Option(help="More names: a TSV file, one name a line.", rich_help_panel=MODELS)
]


def run(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Folders or files, - for standard input; languages are detected."),
    ],
    out: Annotated[Path, typer.Option("--out", help="The run's folder.")],
    encoder: EncoderOption = None,
    accept: _Accept = None,
    review: _Review = None,
    target_precision: _TargetPrecision = None,
    gazetteer: _Gazetteer = None,
    translator: TranslatorOption = None,
    pivot: Pivot = None,
    columns: _Columns = None,
    keep_boilerplate: _KeepBoilerplate = False,
    engine: EngineOption = None,
    workers: WorkersOption = None,
    address: AddressOption = None,
    shard_size: ShardSizeOption = None,
    index: IndexOption = None,
    config: Config = None,
    json: Annotated[bool, typer.Option("--json", help="Print the manifest instead of a table.")] = False,
) -> None:
    """Link the Kazakh and English sentences of documents that cover the same facts."""
    from align.pipeline.run import run as align_run
    from align.pipeline.run import tools_of_run
    from align.storage.outputs import working_in

    refuse_stream(out, "a run is a folder")
    flags = {
        "encoder": encoder,
        "accept": accept,
        "review": review,
        "target_precision": target_precision,
        "gazetteer": str(gazetteer) if gazetteer else None,
        "translator": translator,
        "pivot": pivot,
        "columns": columns,
        "keep_boilerplate": keep_boilerplate or None,
        **work_flags(engine, workers, address, shard_size),
    }
    settings = settings_of(config, flags | {"index": index})
    with working_in(out, paths):
        require_paths(paths)
        tools = tools_of_run(settings, progress=stages())
        made = align_run(_read(paths, settings), out=out, settings=settings, tools=tools)
        report_reattached(out)
    for line in made.changes.told() if made.changes else ():
        note(f"align: {line}")
    _print(made, json)


def _read(paths: Sequence[Path], settings: Settings) -> Corpus:
    """Read the documents of a run, and refuse a corpus of one language.

    What was skipped is told.
    """
    from align.corpus.read import read

    corpus = read(
        *paths,
        columns=settings.columns,
        keep_boilerplate=settings.keep_boilerplate,
        progress=stages(),
        raise_faults=debugging(),
    )
    tell_of(corpus)
    corpus.require_both()
    return corpus


def require_paths(paths: Sequence[Path]) -> None:
    """Raise InputError for a path that is not there, before any model is loaded."""
    for path in paths:
        if str(path) != "-" and not path.exists():
            raise InputError(f"{path}: no such file or folder")


def tell_of(corpus: Corpus) -> None:
    """Say what was skipped, and what a person should know of what was read."""
    for file in corpus.skipped:
        note(f"align: {file.path}: skipped: {file.reason}")
    for document in corpus.documents:
        for line in document.notes:
            note(f"align: {document.path}: {line}")


def _print(run: Run, json: bool) -> None:
    doubt = run.manifest["decision"]["doubt"]
    if doubt:
        note(f"align: {doubt}")
    if json:
        as_json(run.manifest)
    if json or is_quiet():
        return
    links, alignment = run.links, run.alignment
    rows = (
        (
            probability(link.probability),
            link.status,
            link.relation,
            _mark(link),
            link.source[0].text,
            link.target[0].text,
        )
        for link in links[:_SHOWN]
    )
    accepted, linked = len(alignment.accepted), len(links)
    title = f"{accepted} links accepted, {linked - accepted} to review" + (
        f"; the first {_SHOWN}" if linked > _SHOWN else ""
    )
    table(title, ("p", "status", "relation", "mark", "Kazakh", "English"), rows)
    tell(f"{len(run.unmatched)} segments unmatched, {len(alignment.dropped)} dropped. See {run.folder}/report.html")


def _mark(link: Link) -> str:
    """Return what either side of a link is marked as, each mark once."""
    return ", ".join(dict.fromkeys(each.mark for each in (*link.source, *link.target) if each.mark))


def segment(
    file: Annotated[Path, typer.Argument(help="A document, or - for standard input.")],
    columns: _Columns = None,
    keep_boilerplate: _KeepBoilerplate = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Show what is read of a document: its sentences, its language, and what is dropped and why."""
    from align.corpus.read import read

    corpus = read(file, columns=columns, keep_boilerplate=keep_boilerplate, raise_faults=debugging())
    tell_of(corpus)
    for document in corpus.documents:
        _print_json(document) if json else _print_table(document)


def _print_table(document: Document) -> None:
    """Print a document's segments in tables of some thousand rows.

    So a long one needs no memory.
    """
    encoding = f", {document.encoding}" if document.encoding else ""
    kept = sum(each.dropped is None for each in document.segments)
    title = f"{document.path}: {document.lang}, {document.kind}{encoding}, {kept} kept"
    for first in range(0, len(document.segments), _ROWS):
        shown = document.segments[first : first + _ROWS]
        table(title, ("", "lang", "dropped or (marked)", "text"), map(_row, shown))


def _row(segment: Segment) -> tuple[object, ...]:
    told = segment.dropped or (f"({segment.mark})" if segment.mark else "")
    return segment.position, " ".join(filter(None, (segment.lang, segment.script))), told, segment.text


def _print_json(document: Document) -> None:
    """Print a document as one JSON object, a segment a line as they come."""
    from align.runs.records import document_record, segment_record

    about = {name: value for name, value in document_record(document).items() if name != "segments"}
    print(json_text(about | {"segments": []}).removesuffix("]}"))
    for each in document.segments:
        comma = "," if each.position < len(document.segments) - 1 else ""
        print(json_text(segment_record(each)) + comma)
    print("]}")
