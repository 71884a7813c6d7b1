"""Parallel corpora as plain text: JSON lines and tab-separated values."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path

from align.export.pairs import ExportedPair, record
from align.files import replacing, write_jsonl

__all__ = ["write_pairs_jsonl", "write_tsv"]


def write_pairs_jsonl(pairs: Sequence[ExportedPair], path: Path) -> None:
    """Write one JSON object a pair, its texts under `translation` as Hugging Face datasets have them."""
    write_jsonl(path, map(record, pairs))


def write_tsv(pairs: Sequence[ExportedPair], path: Path) -> None:
    """Write a header and one row a pair; white space within a text becomes one space, so that nothing is quoted."""
    names = [field.name for field in fields(ExportedPair)]
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(names)
        for pair in pairs:
            writer.writerow([" ".join(str(value).split()) for value in asdict(pair).values()])
