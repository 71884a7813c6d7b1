"""A run's pairs, chosen and written in the format that was asked for."""

from __future__ import annotations

import pickle
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np

from align.errors import InputError
from align.export import FORMATS, TABLES
from align.export.card import CARD, Relations, describe, is_dataset, write_card
from align.export.exported import ExportedPair
from align.export.hf import write_documents
from align.export.plan import Plan, plan
from align.export.run_pairs import RunPairs
from align.export.selection import Selection
from align.export.splits import Split
from align.export.text import chosen as chosen_columns
from align.export.text import moses_paths
from align.runs.read import read_documents
from align.storage.files import replacing_folder
from align.storage.outputs import refuse_inputs, refuse_run_files
from align.storage.sealed import reading_run
from align.types import IntArray

__all__ = ["Written", "chosen", "export_run"]


_FORMULA: Final = ("=", "+", "-", "@")
"""What a cell begins with that Excel and its like compute."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an export came to: pairs by configuration and split, and the plan.

    The plan says what was left out and why. `relations` counts the pairs written that nobody has reviewed, by relation;
    `formulas` counts the texts of a table that a spreadsheet would compute instead of showing.
    """

    counts: dict[tuple[str, Split], int]
    plan: Plan
    formulas: int = 0
    relations: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return how many pairs were written."""
        return sum(self.counts.values())


def export_run(folder: str | Path, format: str, out: str | Path, *, selection: Selection | None = None) -> Written:
    """Write the pairs of a run's folder and return what was written and left out.

    `out` is a folder for hf, a file for the other formats, and the beginning of three files' names for moses. What
    stands there is replaced when all is written. Raises UnknownNameError, and InputError for a folder without a run or
    an `out` that holds something else or belongs to what is read.
    """
    folder, out = Path(folder), Path(out)
    # The name is checked before anything is read, so that a wrong one costs no time.
    FORMATS.load(format)
    if selection and selection.columns:
        if format not in TABLES:
            raise InputError(f"--columns: only tables have them ({', '.join(TABLES)}), not {format}")
        chosen_columns(selection.columns)
    with reading_run(folder):
        for path in moses_paths(out) if format == "moses" else (out,):
            _refuse(path, folder, selection)
        return _export(folder, format, out, selection)


def _refuse(out: Path, folder: Path, selection: Selection | None) -> None:
    """Raise InputError for an `out` that would overwrite what the export reads.

    That is the run, a document of it, a test set, or a folder above one.
    """
    refuse_run_files(out, folder)
    refuse_inputs(out, selection.exclude if selection else ())
    files = (_file_of(each.path) for each in read_documents(folder))
    refuse_inputs(out, dict.fromkeys(filter(None, files)))


def _file_of(document: str) -> Path | None:
    """Return the file that a document stands in, None where it is gone.

    "a.zip/b.tsv#12" stands in a.zip.
    """
    path = Path(document)
    # A file of that very name comes first, since a name may hold a number sign itself.
    if not path.is_file():
        path = Path(document.rpartition("#")[0] or document)
    return next((each for each in (path, *path.parents) if each.is_file()), None)


def _export(folder: Path, format: str, out: Path, selection: Selection | None) -> Written:
    write = FORMATS.load(format)
    pairs = RunPairs(folder)
    decided = plan(pairs, selection or Selection(), format=format)
    counts: Counter[tuple[str, Split]] = Counter()
    relations: dict[str, Relations] = {}
    formulas = 0

    def counted() -> Iterator[tuple[ExportedPair, Split]]:
        nonlocal formulas
        for pair, split in chosen(pairs, decided):
            counts[pair.config, split] += 1
            relations.setdefault(pair.relation or "not known", Relations()).add(pair)
            formulas += sum(text.startswith(_FORMULA) for text in (pair.kk, pair.en))
            yield pair, split

    if format == "hf":
        with replacing_folder(out, is_ours=is_dataset) as fresh:
            write(counted(), fresh)
            documents = write_documents(folder, fresh) if selection and selection.documents else 0
            write_card(
                fresh / CARD, replace(describe(folder, counts, decided), relations=relations, documents=documents)
            )
    else:
        named = {"columns": selection.columns} if selection and selection.columns else {}
        write((pair for pair, _ in counted()), out, **named)
    return Written(dict(counts), decided, formulas if format in ("csv", "tsv") else 0, _mined(relations))


def _mined(relations: Mapping[str, Relations]) -> dict[str, int]:
    return {relation: found.mined for relation, found in relations.items() if found.mined}


def chosen(pairs: Iterable[ExportedPair], decided: Plan) -> Iterator[tuple[ExportedPair, Split]]:
    """Yield the pairs that a plan keeps, in its order, each with its split."""
    # The pairs are read a second time: the plan holds a few bytes for each, and a corpus may be larger than memory.
    kept = ((pair, split) for pair, split in zip(pairs, decided.splits, strict=True) if split)
    # Without --shuffle the order is that of the run, and nothing has to wait.
    if bool(np.all(np.diff(decided.order) > 0)):
        yield from kept
    else:
        yield from _in_order(kept, np.argsort(decided.order))


def _in_order(pairs: Iterable[tuple[ExportedPair, Split]], ranks: IntArray) -> Iterator[tuple[ExportedPair, Split]]:
    """Yield the pairs by their ranks, (n,) int64, with one of them in memory at a time.

    The rest waits in a file.
    """
    with tempfile.TemporaryFile() as spool:
        offsets = np.zeros(len(ranks), dtype=np.int64)
        for place, pair in enumerate(pairs):
            offsets[place] = spool.tell()
            pickle.dump(pair, spool)
        # `ranks` says where each pair goes; its inverse says which pair comes next.
        for place in np.argsort(ranks).tolist():
            spool.seek(int(offsets[place]))
            yield pickle.load(spool)
