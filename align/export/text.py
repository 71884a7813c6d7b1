"""Parallel corpora as plain text: JSON lines, tab-separated values, and Moses' three files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from align.export.pairs import ExportedPair, ExportedSide
from align.storage.files import replacing, write_jsonl

__all__ = ["moses_paths", "write_moses", "write_pairs_jsonl", "write_tsv"]


def write_pairs_jsonl(pairs: Iterable[ExportedPair], path: Path) -> None:
    """Write one JSON object a pair, its texts under `translation` as Hugging Face datasets have them."""
    write_jsonl(path, (pair.columns() for pair in pairs))


def write_tsv(pairs: Iterable[ExportedPair], path: Path) -> None:
    """Write a header and one row a pair: id, kk, en, then the other columns.

    A cell that holds a quotation mark is quoted, and its marks are doubled, as pandas, `datasets` and csv expect of any
    table. A text that holds a tab or a line break, or that a reader would take for a number or a missing value, can't
    be told: `align.export.survey` leaves it out.
    """
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerow(_flat(_NOTHING))
        writer.writerows(_flat(pair).values() for pair in pairs)


def _flat(pair: ExportedPair) -> dict[str, str]:
    rest = {name: _cell(value) for name, value in pair.columns().items() if name not in ("id", "translation")}
    return {"id": pair.id, "kk": pair.kk, "en": pair.en, **rest}


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
    """Write line n of PATH.kk, of PATH.en and of PATH.ids for pair n; the texts must hold no line break."""
    with ExitStack() as stack:
        files = [stack.enter_context(replacing(each)) for each in moses_paths(path)]
        streams = [stack.enter_context(file.open("w", encoding="utf-8", newline="\n")) for file in files]
        for pair in pairs:
            for stream, line in zip(streams, (pair.kk, pair.en, pair.id), strict=True):
                stream.write(line + "\n")
