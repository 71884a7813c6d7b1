"""The verb recalibrate."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from align.cli.show import as_json, note

__all__ = ["recalibrate"]


def recalibrate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run that was reviewed.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines.")] = False,
) -> None:
    """Refit the probabilities of a run on its review's decisions, if that makes them better."""
    from align.review.recalibrate import recalibrate as refit

    found = refit(folder)
    if json:
        as_json(asdict(found))
        return
    print(
        f"log loss {found.before:.4f} -> {found.after:.4f} (log_loss|10 folds|n={found.decisions},"
        f" {found.right:g} right): log-odds = {found.line.intercept:.3f} + {found.line.slope:.3f} * the run's"
    )
    note(f"align: probabilities and statuses rewritten: {folder}/links.jsonl (report.html keeps the run's own)")
