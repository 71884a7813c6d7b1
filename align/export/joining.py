"""Edited XLIFF back into the run that it came from.

Each finished unit becomes a reviewer's post-edited pair.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from align.corpus.left_out import LeftOut
from align.errors import InputError
from align.export.xliff import Edited, read_xliff
from align.review.errors import NotAllowedError, UnknownItemError
from align.review.items import unmatched_item
from align.review.records import Decision
from align.review.store import Store

__all__ = ["Joined", "join_xliff"]


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of an import: units taken, units there already, and why others were not taken."""

    taken: int
    repeated: int
    refused: tuple[str, ...]


def join_xliff(path: str | Path, folder: str | Path, *, reviewer: str) -> Joined:
    """Keep a reviewer's finished units as post-edited pairs of the run.

    Importing a file twice changes nothing. Raises InputError for a file that is no XLIFF 2, and for a folder that holds
    no run.
    """
    path, folder = Path(path), Path(folder)
    store = Store.open(folder)
    taken = repeated = 0
    refused: list[str] = []
    left_out = LeftOut()
    try:
        for unit in read_xliff(path, left_out):
            try:
                saved = store.decide(_decision(store, unit, reviewer))
            except (UnknownItemError, NotAllowedError, InputError) as error:
                refused.append(f"{path}: unit {unit.segment}: {error}")
                continue
            taken, repeated = taken + (not saved.repeated), repeated + saved.repeated
    finally:
        store.close()
    return Joined(taken, repeated, (*refused, *left_out.told()))


def _decision(store: Store, unit: Edited, reviewer: str) -> Decision:
    item = unmatched_item(unit.segment)
    view = store.item(item, reviewer)
    if view.source_text != unit.source:
        raise InputError("its source is not the run's any more: export it again")
    # The same edit by the same person is one event, however often the file comes in.
    told = "\n".join((item, reviewer, unit.source, unit.target))
    return Decision(
        id=hashlib.sha256(told.encode()).hexdigest()[:32],
        item=item,
        reviewer=reviewer,
        verdict="post_edit",
        version=view.version,
        target_text=unit.target,
        served="search",
    )
