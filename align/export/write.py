"""A run's pairs, chosen and written in the format that was asked for."""

from __future__ import annotations

import pickle
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from align.export import FORMATS
from align.export.card import CARD, describe, write_card
from align.export.pairs import ExportedPair
from align.export.plan import Plan, plan
from align.export.selection import Selection
from align.export.source import RunPairs
from align.export.splits import Split
from align.storage.files import replacing_folder
from align.types import IntArray

__all__ = ["Written", "chosen", "export_run"]


@dataclass(frozen=True, slots=True)
class Written:
    """What an export came to: pairs by configuration and split, and the plan with what was left out and why."""

    counts: dict[tuple[str, Split], int]
    plan: Plan

    @property
    def total(self) -> int:
        """Return how many pairs were written."""
        return sum(self.counts.values())


def export_run(folder: Path, format: str, out: Path, *, selection: Selection | None = None) -> Written:
    """Write the pairs of a run's folder and return what was written and left out.

    `out` is a folder for hf, a file for the other formats, and the beginning of three files' names for moses. What
    stands there is replaced when all is written. Raises UnknownNameError, and InputError for a folder without a run or
    an `out` that holds something else.
    """
    write = FORMATS.load(format)
    pairs = RunPairs(folder)
    decided = plan(pairs, selection or Selection(), format=format)
    counts: Counter[tuple[str, Split]] = Counter()
    counted = _counted(chosen(pairs, decided), counts)
    if format == "hf":
        with replacing_folder(out, mark=CARD) as fresh:
            write(counted, fresh)
            write_card(fresh / CARD, describe(folder, counts, decided))
    else:
        write((pair for pair, _ in counted), out)
    return Written(dict(counts), decided)


def chosen(pairs: Iterable[ExportedPair], decided: Plan) -> Iterator[tuple[ExportedPair, Split]]:
    """Yield the pairs that a plan keeps, in its order, each with its split."""
    kept = ((pair, split) for pair, split in zip(pairs, decided.splits, strict=True) if split)
    if bool(np.all(np.diff(decided.order) > 0)):
        yield from kept
    else:
        yield from _in_order(kept, np.argsort(decided.order))


def _counted(
    pairs: Iterable[tuple[ExportedPair, Split]], counts: Counter[tuple[str, Split]]
) -> Iterator[tuple[ExportedPair, Split]]:
    for pair, split in pairs:
        counts[pair.config, split] += 1
        yield pair, split


def _in_order(pairs: Iterable[tuple[ExportedPair, Split]], ranks: IntArray) -> Iterator[tuple[ExportedPair, Split]]:
    """Yield the pairs by their ranks, (n,) int64, with one of them in memory at a time: the rest waits in a file."""
    with tempfile.TemporaryFile() as spool:
        offsets = np.zeros(len(ranks), dtype=np.int64)
        for place, pair in enumerate(pairs):
            offsets[place] = spool.tell()
            pickle.dump(pair, spool)
        for place in np.argsort(ranks).tolist():
            spool.seek(int(offsets[place]))
            yield pickle.load(spool)
