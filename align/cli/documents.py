"""Verbs over documents: run, segment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.show import as_json, note, stages, table

if TYPE_CHECKING:
    from align.results import Alignment

__all__ = ["run", "segment"]

_SHOWN = 10


def run(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Folders or files; languages are detected.")],
    out: Annotated[Path, typer.Option("--out", help="The run's folder.")],
    encoder: Annotated[
        str | None, typer.Option(help="A bundled or sentence-transformers encoder: NAME or PATH.")
    ] = None,
    accept: Annotated[float | None, typer.Option(help="Probability from which a link is accepted.")] = None,
    review: Annotated[float | None, typer.Option(help="Probability from which a link is shown for review.")] = None,
    target_precision: Annotated[float | None, typer.Option(help="Choose --accept to reach this precision.")] = None,
    gazetteer: Annotated[Path | None, typer.Option(help="More names: a TSV file, one name a line.")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings in a TOML file; flags go first.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the manifest instead of a table.")] = False,
) -> None:
    """Link the Kazakh and English sentences of documents that cover the same facts."""
    from align.corpus.read import read
    from align.files import ensure_folder
    from align.pipeline import align_documents
    from align.runfolder import write_run
    from align.settings import Settings
    from align.tools import load_tools

    flags = {
        "encoder": encoder,
        "accept": accept,
        "review": review,
        "target_precision": target_precision,
        "gazetteer": str(gazetteer) if gazetteer else None,
    }
    settings = Settings.load(config, flags)
    ensure_folder(out)
    corpus = read(*paths)
    for file in corpus.skipped:
        note(f"align: {file.path}: skipped: {file.reason}")
    corpus.require_both()
    alignment = align_documents(corpus, load_tools(settings, progress=stages()), settings=settings)
    write_run(alignment, out)
    _print(alignment, out, json)


def _print(alignment: Alignment, out: Path, json: bool) -> None:
    from align.runfolder import manifest

    if json:
        as_json(manifest(alignment))
        return
    rows = (
        (_short(link.probability), link.status, link.relation, link.source[0].text, link.target[0].text)
        for link in alignment.links[:_SHOWN]
    )
    accepted, linked = len(alignment.accepted), len(alignment.links)
    title = f"{accepted} links accepted, {linked - accepted} to review" + (
        f"; the first {_SHOWN}" if linked > _SHOWN else ""
    )
    table(title, ("p", "status", "relation", "Kazakh", "English"), rows)
    print(f"{len(alignment.unmatched)} segments unmatched, {len(alignment.dropped)} dropped. See {out}/report.html")


def _short(probability: float) -> str:
    """Return two decimals, but never a certainty that the number does not claim.

    >>> _short(0.0001), _short(0.968), _short(0.9999)
    ('<0.01', '0.97', '>0.99')
    """
    if probability < 0.005:
        return "<0.01"
    return ">0.99" if probability > 0.995 else f"{probability:.2f}"


def segment(
    file: Annotated[Path, typer.Argument(help="A document.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Show what is read of a document: its sentences, its language, and what is dropped and why."""
    from align.corpus.read import read
    from align.runfolder import segment_record

    for document in read(file).documents:
        if json:
            as_json({"lang": document.lang, "segments": [segment_record(each) for each in document.segments]})
            continue
        rows = ((each.position, each.dropped or "", each.text) for each in document.segments)
        table(f"{file}: {document.lang}, {len(document.kept)} kept", ("", "dropped", "text"), rows)
