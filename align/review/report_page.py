"""The run's report.html with what was decided: `align review report` writes it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from align.review.database import set_meta
from align.review.events import Event, events_of
from align.review.interface_language import _
from align.review.state import State, settle
from align.review.sync import is_current, stamp
from align.review.verdicts import outcome_said
from align.runs.read import read_run
from align.runs.report.render import LinkDecision, render
from align.storage.locks import locked
from align.storage.sealed import check_run, resealing

if TYPE_CHECKING:
    from align.review.database import Database

__all__ = ["link_decisions", "write_report_page"]


def write_report_page(database: Database, folder: Path) -> None:
    """Write the run's report.html again, with what the review made of its links.

    The run stays as it is.

    Raises InputError for a folder whose run is not whole, is of another version, or can't be written.
    """
    with locked(folder, writing=True):
        before = check_run(folder)
        alignment = read_run(folder)
        with database.reading() as reading:
            decided, current = link_decisions(reading), is_current(reading, folder)
        with resealing(folder) as files:
            files.path("report.html").write_text(render(alignment, decided), encoding="utf-8")
            files.manifest = {name: told for name, told in before.items() if name != "files"}
        if current:
            # Links and segments are what they were: the next opening has nothing to follow.
            with database.writing() as writing:
                set_meta(writing, "files", stamp(folder))


def link_decisions(database: sqlite3.Connection) -> dict[str, LinkDecision]:
    """Return what was decided of the run's links, by their ids.

    What still waits for a second verdict is left out: whoever gives it must not read the first one.
    """
    rows = database.execute(
        "SELECT id FROM items WHERE kind = 'link' AND proposed = 1 AND agreed IS NOT NULL AND (open = 0 OR batched = 1)"
    ).fetchall()
    return {item: _decision(settle(events_of(database, item))) for (item,) in rows}


def _decision(state: State) -> LinkDecision:
    agreed = str(state.agreed)
    said = outcome_said(agreed) + (f" ({_('in a batch')})" if state.batched else "")
    return LinkDecision(agreed, said, tuple(_names(state)), _texts(state.deciding))


def _names(state: State) -> list[str]:
    if state.adjudication is not None:
        return [state.adjudication.reviewer]
    return sorted(state.judging)


def _texts(told: Event | None) -> tuple[str, str] | None:
    """Return both texts as a verdict has them, None where it leaves them as they were."""
    if told is None:
        return None
    created = told.body.get("creates")
    pair = created["pair"] if created else told.body["pair"]
    found = [" ".join(place["text"] for place in pair[side]) for side in ("source", "target")]
    edits = [told.body.get(f"{side}_text") for side in ("source", "target")]
    if not created and edits == [None, None]:
        return None
    return edits[0] or found[0], edits[1] or found[1]
