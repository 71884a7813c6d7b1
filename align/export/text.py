"""Parallel corpora as plain text: JSON lines, tab-separated values, and Moses' three files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from align.errors import InputError
from align.export.exported import ExportedPair, ExportedSide
from align.storage.files import replacing, write_jsonl
from align.wording import closest

__all__ = ["chosen", "moses_paths", "write_csv", "write_moses", "write_pairs_jsonl", "write_tsv"]


def write_pairs_jsonl(pairs: Iterable[ExportedPair], path: Path, columns: Sequence[str] = ()) -> None:
    """Write one JSON object a pair, its texts under `translation`.

    Hugging Face datasets have them so. Where `columns` are named, the texts stand beside them as `kk` and `en`.
    """
    if columns:
        chosen(columns)
        write_jsonl(path, ({name: pair.flat()[name] for name in columns} for pair in pairs))
    else:
        write_jsonl(path, (pair.columns() for pair in pairs))


def chosen(columns: Sequence[str]) -> list[str]:
    """Return the columns of a table that were asked for, all where none were.

    Raises InputError for an unknown one.
    """
    known = list(_NOTHING.flat())
    for name in columns:
        if name not in known:
            raise InputError(f"--columns: no column {name!r}{closest(name, known)}: known are {', '.join(known)}")
    return list(columns) or known


def write_csv(pairs: Iterable[ExportedPair], path: Path, columns: Sequence[str] = ()) -> None:
    """Write the rows of `write_tsv` with commas, and the line ends of RFC 4180.

    A cell may hold a line break.
    """
    _write(pairs, path, columns, delimiter=",", lineterminator="\r\n")


def write_tsv(pairs: Iterable[ExportedPair], path: Path, columns: Sequence[str] = ()) -> None:
    """Write a header and one row a pair: id, kk, en, then the columns asked for.

    Those are all the other columns, unless some were named. A cell that holds a quotation mark is quoted, and its marks
    are doubled, as pandas, `datasets` and csv expect of any table. A text that holds a tab or a line break, or that a
    reader would take for a number or a missing value, can't be told: `align.export.survey` leaves it out.
    """
    _write(pairs, path, columns, delimiter="\t", lineterminator="\n")


def _write(
    pairs: Iterable[ExportedPair], path: Path, columns: Sequence[str], *, delimiter: str, lineterminator: str
) -> None:
    names = chosen(columns)
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator=lineterminator)
        writer.writerow(names)
        for pair in pairs:
            values = pair.flat()
            writer.writerow([_cell(values[name]) for name in names])


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


_NOTHING = ExportedPair("", "", "", None, None, None, None, "review", "mined", ExportedSide(""), ExportedSide(""))
"""A pair for its columns' names alone."""


def moses_paths(path: Path) -> tuple[Path, Path, Path]:
    """Return the three files of a Moses corpus: PATH.kk, PATH.en and PATH.ids.

    >>> [each.name for each in moses_paths(Path("out/news"))]
    ['news.kk', 'news.en', 'news.ids']
    """
    kk, en, ids = (path.with_name(f"{path.name}.{suffix}") for suffix in ("kk", "en", "ids"))
    return kk, en, ids


def write_moses(pairs: Iterable[ExportedPair], path: Path) -> None:
    """Write line n of PATH.kk, of PATH.en and of PATH.ids for pair n.

    The texts must hold no line break.
    """
    with ExitStack() as stack:
        files = [stack.enter_context(replacing(each)) for each in moses_paths(path)]
        streams = [stack.enter_context(file.open("w", encoding="utf-8", newline="\n")) for file in files]
        for pair in pairs:
            for stream, line in zip(streams, (pair.kk, pair.en, pair.id), strict=True):
                stream.write(line + "\n")
