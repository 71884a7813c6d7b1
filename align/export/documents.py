"""The documents of a run as a configuration of its data set.

They stand beside the pairs that were found in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from align.export.hf import parquet_path
from align.storage.files import read_jsonl

__all__ = ["DOCUMENTS", "write_documents"]

DOCUMENTS: Final = "documents"
_TOLD: Final = ("id", "lang", "path", "title", "published", "url", "licence")
_ROWS: Final = 1_000


def write_documents(run: Path, folder: Path) -> int:
    """Write one row a document, and return how many.

    Its columns are id, lang, path, title, published, url, licence and sentences. `sentences` are those that took part
    in the search, in their order. Documents come in any number, and a thousand of them are in memory at once, beside
    the run's sentences.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    sentences: dict[str, list[str]] = {}
    for line in read_jsonl(run / "segments.jsonl"):
        if not line.get("dropped"):
            sentences.setdefault(line["document"], []).append(line["text"])
    schema = pa.schema([(name, pa.string()) for name in _TOLD] + [("sentences", pa.list_(pa.string()))])
    path = parquet_path(folder, DOCUMENTS, "train")
    path.parent.mkdir(parents=True, exist_ok=True)
    count, rows = 0, _rows(run, sentences)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while taken := list(islice(rows, _ROWS)):
            writer.write_table(pa.Table.from_pylist(taken, schema=schema))
            count += len(taken)
    return count


def _rows(run: Path, sentences: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    for each in read_jsonl(run / "documents.jsonl"):
        yield {**{name: each.get(name) for name in _TOLD}, "sentences": sentences.get(each["id"], [])}
