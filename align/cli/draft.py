"""The verb draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.options import MODELS
from align.cli.review import report_reattached
from align.cli.show import as_json, note, stages, table, tell

if TYPE_CHECKING:
    from align.runs.alignment import Alignment

__all__ = ["Pivot", "TranslatorOption", "draft"]

TranslatorOption = Annotated[
    str | None,
    typer.Option(
        help="none, gloss, memory, memory:FILE.tmx, a model's NAME or PATH, or ctranslate2:NAME.",
        rich_help_panel=MODELS,
        show_default="none, or as the run was drafted",
    ),
]
Pivot = Annotated[
    bool | None,
    typer.Option(
        "--pivot/--no-pivot", help="Search for unmatched segments again, by their drafts.", rich_help_panel=MODELS
    ),
]
_SHOWN = 5


def draft(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.")],
    translator: TranslatorOption = None,
    pivot: Pivot = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Draft English for the Kazakh segments of a run that found no counterpart."""
    from align.pipeline.drafts import draft as align_draft

    run = align_draft(folder, translator=translator, pivot=pivot, progress=stages())
    report_reattached(folder)
    _print(run.alignment, folder, json)


def _print(alignment: Alignment, folder: Path, json: bool) -> None:
    from align.runs.records import draft_record

    drafts = [(each.segment, each.draft) for each in alignment.unmatched if each.draft]
    through = [link for link in alignment.links if link.found_by == "pivot"]
    if json:
        listed = [{"id": segment.id, "text": segment.text, "draft": draft_record(draft)} for segment, draft in drafts]
        as_json({"drafts": listed, "links_found_by_pivot": [link.id for link in through]})
        return
    rows = (
        (segment.text, draft.text, ", ".join(check.name for check in draft.checks if not check.passed))
        for segment, draft in drafts[:_SHOWN]
    )
    failed = sum(not draft.passed for _, draft in drafts)
    title = f"{len(drafts)} drafts, {failed} with a failing check" + (
        f"; the first {_SHOWN}" if len(drafts) > _SHOWN else ""
    )
    table(title, ("Kazakh", "draft", "fails"), rows)
    if alignment.settings.pivot:
        note(f"align: {len(through)} links found by their drafts")
    tell(f"See {folder}/report.html")
