"""Parallel corpora as Hugging Face datasets.

There is one folder of parquet files a configuration, and a card.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from align.export.exported import ExportedPair
from align.export.splits import Split
from align.export.text import chosen
from align.runs.read import read_documents, read_segments
from align.storage.files import replacing
from align.text.language import identify
from align.types import Lang

if TYPE_CHECKING:
    import pyarrow as pa
    from datasets import Features

__all__ = ["DOCUMENTS", "features", "parquet_path", "write_documents", "write_parquet", "write_table"]

_ROWS: Final = 5_000
"""Rows of a file that are in memory at once, and of a row group."""
DOCUMENTS: Final = "documents"
_COLUMNS_OF_DOCUMENTS: Final = ("id", "lang", "path", "title", "published", "url", "licence")
_DOCUMENTS_AT_ONCE: Final = 1_000


@lru_cache(maxsize=1)
def features() -> Features:
    """Return the columns of every configuration and their types."""
    from datasets import Features, Sequence, Translation, Value

    text = Value("string")
    side = {name: text for name in ("doc_id", "path", "title", "url", "published", "mark")} | {
        "span": Sequence(Value("int64"))
    }
    return Features(
        {
            "id": text,
            "translation": Translation(languages=["en", "kk"]),
            "score": Value("float32"),
            "probability": Value("float32"),
            "relation": text,
            "label": text,
            "status": text,
            "origin": text,
            "source_sentence_lid": Value("float32"),
            "target_sentence_lid": Value("float32"),
            **{f"kk_{name}": kind for name, kind in side.items()},
            **{f"en_{name}": kind for name, kind in side.items()},
            "facts": [{"kind": text, "source": text, "target": text, "status": text}],
            "reviewers": Value("int32"),
            "agreement": Value("float32"),
            "batch": text,
            "mt_model": text,
            "draft_distance": Value("float32"),
            "licence_kk": text,
            "licence_en": text,
        }
    )


def row(pair: ExportedPair) -> dict[str, Any]:
    """Return a pair as one row: its columns, and how sure the language of either text is.

    That is 1, 0 or None.
    """
    return {**pair.columns(), "source_sentence_lid": _lid(pair.kk, "kk"), "target_sentence_lid": _lid(pair.en, "en")}


def write_table(pairs: Iterable[ExportedPair], path: Path, columns: Sequence[str] = ()) -> None:
    """Write one Parquet file with the columns of the other tables.

    The texts stand as `kk` and `en`, facts whole.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = chosen(columns)
    text = pa.string()
    known = {field.name: field.type for field in features().arrow_schema} | {"kk": text, "en": text}
    schema = pa.schema([(name, known[name]) for name in names])
    with replacing(path) as temporary, pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
        rows = ({name: values[name] for name in names} for pair in pairs for values in (pair.flat(),))
        while taken := list(islice(rows, _ROWS)):
            writer.write_table(pa.Table.from_pylist(taken, schema=schema))


def _lid(text: str, lang: Lang) -> float | None:
    language = identify(text)
    return None if language is None else float(language == lang)


def parquet_path(folder: Path, config: str, split: Split) -> Path:
    """Return the file of a split.

    >>> parquet_path(Path("out"), "en-kk", "train").as_posix()
    'out/en-kk/train-00000-of-00001.parquet'
    """
    return folder / config / f"{split}-00000-of-00001.parquet"


def write_parquet(pairs: Iterable[tuple[ExportedPair, Split]], folder: Path) -> dict[tuple[str, Split], int]:
    """Write each pair into the file of its configuration and split.

    Returns how many pairs each file has. `datasets` reads the features out of the files' schema, so a translation stays
    one and is no plain struct.
    """
    counts: dict[tuple[str, Split], int] = {}
    with ExitStack() as stack:
        files: dict[tuple[str, Split], _File] = {}
        for pair, split in pairs:
            key = (pair.config, split)
            if key not in files:
                files[key] = stack.enter_context(_File(parquet_path(folder, *key)))
            files[key].add(row(pair))
            counts[key] = counts.get(key, 0) + 1
    return counts


class _File:
    """One parquet file, written some thousand rows at a time."""

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq

        path.parent.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *error: object) -> None:
        self._flush()
        self._writer.close()

    def add(self, values: dict[str, Any]) -> None:
        """Take one more row."""
        self._rows.append(values)
        if len(self._rows) == _ROWS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows.clear()


def _schema() -> pa.Schema:
    # `datasets` looks for its features under this key and no other.
    described = json.dumps({"info": {"features": features().to_dict()}})
    return features().arrow_schema.with_metadata({"huggingface": described})


def write_documents(run: Path, folder: Path) -> int:
    """Write one row a document, and return how many.

    Its columns are id, lang, path, title, published, url, licence and sentences. `sentences` are those that took part
    in the search, in their order. Documents come in any number, and a thousand of them are in memory at once, beside
    the run's sentences.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    sentences: dict[str, list[str]] = {}
    for segment in read_segments(run):
        if not segment.dropped:
            sentences.setdefault(segment.document, []).append(segment.text)
    schema = pa.schema([(name, pa.string()) for name in _COLUMNS_OF_DOCUMENTS] + [("sentences", pa.list_(pa.string()))])
    path = parquet_path(folder, DOCUMENTS, "train")
    path.parent.mkdir(parents=True, exist_ok=True)
    count, rows = 0, _document_rows(run, sentences)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while taken := list(islice(rows, _DOCUMENTS_AT_ONCE)):
            writer.write_table(pa.Table.from_pylist(taken, schema=schema))
            count += len(taken)
    return count


def _document_rows(run: Path, sentences: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    for each in read_documents(run):
        yield {**{name: getattr(each, name) for name in _COLUMNS_OF_DOCUMENTS}, "sentences": sentences.get(each.id, [])}
