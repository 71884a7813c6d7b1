"""Tables: JSON lines, CSV, TSV, Parquet and Hugging Face datasets.

A row is a document or a segment.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from align.corpus.columns import find_columns
from align.corpus.encoding import decode
from align.corpus.fields import day, text_or_none, unquoted
from align.corpus.parquet import parquet_rows
from align.corpus.source import Reading, Source
from align.errors import InputError
from align.types import Lang

__all__ = ["read_csv", "read_dataset", "read_jsonl", "read_parquet", "read_tsv"]

NumberedRow = tuple[int, Mapping[str, Any]]
"""A row and its number as a person counts it: lines of a text from 1, rows of a table from 1."""

_DELIMITERS = ",;\t|"


def read_jsonl(source: Source) -> Iterator[Reading]:
    """Yield the documents of a file with one JSON object a line."""
    decoded = decode(source.content, source.name)
    return _readings(_objects(decoded.text, source.name), source, decoded.encoding)


def read_csv(source: Source) -> Iterator[Reading]:
    """Yield the documents of a table with commas, semicolons, bars or tabs.

    Cells may be quoted (RFC 4180).
    """
    decoded = decode(source.content, source.name)
    first = decoded.text.lstrip("\r\n").split("\n", 1)[0]
    # The commonest mark of the heading is the delimiter; a heading of one column has none.
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter, strict=True)
    return _readings(_named_rows(rows, source), source, decoded.encoding)


def read_tsv(source: Source) -> Iterator[Reading]:
    """Yield the documents of a table with tabs.

    Quotes are letters like any others in it (IANA, text/tsv). Only marks that are doubled within another pair, as in
    our own export, are what tables quote with.
    """
    decoded = decode(source.content, source.name)
    rows = csv.reader(io.StringIO(decoded.text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    return _readings(_named_rows(rows, source), source, decoded.encoding)


def read_parquet(source: Source) -> Iterator[Reading]:
    """Yield the documents of a Parquet file."""
    import pyarrow as pa

    try:
        rows = parquet_rows(source.content, source.columns, source.name)
        yield from _readings(enumerate(rows, 1), source, None)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(f"{source.name}: damaged or cut short ({error}): get the file again") from error


def read_dataset(source: Source) -> Iterator[Reading]:
    """Yield the documents of a Hugging Face dataset that was saved to disk, split by split."""
    from datasets import Dataset, load_from_disk

    try:
        loaded = load_from_disk(str(source.folder))
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{source.name}: no dataset that can be read ({error}): save it again") from error
    splits = [loaded] if isinstance(loaded, Dataset) else [loaded[name] for name in sorted(loaded)]
    rows = chain.from_iterable(splits)
    return (yield from _readings(enumerate(rows, 1), source, None))


def _objects(text: str, name: str) -> Iterator[NumberedRow]:
    for number, line in enumerate(io.StringIO(text), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{name}, line {number}: not valid JSON ({error.msg}): mend or remove the line") from error
        except (ValueError, RecursionError) as error:
            what = "brackets within brackets" if isinstance(error, RecursionError) else "a number of too many digits"
            raise InputError(f"{name}, line {number}: {what}: mend or remove the line") from error
        if not isinstance(record, dict):
            raise InputError(f"{name}, line {number}: not a JSON object: mend or remove the line")
        yield number, record


def _named_rows(rows: Any, source: Source) -> Iterator[NumberedRow]:  # noqa: ANN401  (csv names its reader's type in private)
    """Yield rows by the names of the heading.

    Where the columns wanted are numbers, they are named by numbers from 1.
    """
    # The limit is one for the whole process: it is only ever raised, lest another reader of tables meet a lower one.
    csv.field_size_limit(max(csv.field_size_limit(), len(source.content) + 1))
    numbered = bool(source.columns) and all(name.isdecimal() for name in source.columns.values())
    heading: list[str] | None = None
    try:
        for cells in rows:
            row = [unquoted(cell) for cell in cells] if rows.dialect.quoting == csv.QUOTE_NONE else cells
            if numbered and row:
                yield rows.line_num, {str(number): cell for number, cell in enumerate(row, 1)}
            elif heading is None:
                heading = [name.strip() for name in row] or None
            elif row and len(row) != len(heading):
                where = f"{source.name}, line {rows.line_num}"
                raise InputError(f"{where}: {len(row)} columns where the heading has {len(heading)}: mend the line")
            elif row:
                yield rows.line_num, dict(zip(heading, row, strict=True))
    except csv.Error as error:
        raise InputError(f"{source.name}, line {rows.line_num}: {error}: mend the line") from error


def _readings(rows: Iterable[NumberedRow], source: Source, encoding: str | None) -> Iterator[Reading]:
    """Yield a document a row, or a document a language.

    The latter where each row holds a segment of one or both.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    columns = find_columns(_flat(first[1]), source.columns, source.name)
    flat = ((number, _flat(row)) for number, row in chain([first], rows))
    if "text" in columns:
        yield from (_document(number, row, columns, encoding) for number, row in flat)
    else:
        yield from _sides(flat, columns, encoding)


def _flat(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a row with the languages of a `translation` as columns.

    Corpora on the hub have that form.
    """
    inner = row.get("translation")
    return {**row, **inner} if isinstance(inner, Mapping) else row


def _document(number: int, row: Mapping[str, Any], columns: Mapping[str, str], encoding: str | None) -> Reading:
    said = {role: text_or_none(row.get(name)) for role, name in columns.items()}
    lang = said.get("lang")
    return Reading(
        said["text"] or "",
        part=f"#{number}",
        title=said.get("title"),
        published=day(said.get("published")),
        url=said.get("url"),
        author=said.get("author"),
        licence=said.get("licence"),
        lang="kk" if lang == "kk" else "en" if lang == "en" else None,
        encoding=encoding,
    )


def _sides(rows: Iterable[NumberedRow], columns: Mapping[str, str], encoding: str | None) -> Iterator[Reading]:
    languages: tuple[Lang, ...] = ("kk", "en")
    lines: dict[Lang, list[str]] = {lang: [] for lang in languages if lang in columns}
    for _, row in rows:
        for lang, found in lines.items():
            # A segment that stands in one cell stays on one line.
            found.append(" ".join((text_or_none(row.get(columns[lang])) or "").splitlines()))
    for lang, found in lines.items():
        yield Reading("\n".join(found), part=f"#{lang}", lang=lang, encoding=encoding)
