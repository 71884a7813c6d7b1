"""Parquet files row by row: only the columns that are wanted.

No more text is read than a document may have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from align.corpus.columns import find_columns
from align.corpus.compressed import grows_too_much
from align.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

__all__ = ["parquet_rows"]

_BATCH: Final = 1000
"""Rows decoded at once."""
_TRANSLATION: Final = "translation"


def parquet_rows(content: bytes, wanted: Mapping[str, str], name: str) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a file, with the columns that a reader of documents or pairs looks at.

    A column whose values repeat is stored once a value, so that a file of some kilobytes may stand for gigabytes: its
    values are kept once here, too, and what they come to in all is bounded. Raises InputError for a bomb and for a file
    without a column of text, whatever pyarrow raises for a damaged one.
    """
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    promised = ParquetFile(pa.BufferReader(content))
    _refuse_growth(name, len(content), sum(_promised(promised)))
    columns = _columns(promised, wanted, name)
    types = promised.schema_arrow
    flat = [each for each in columns if pa.types.is_string(types.field(each).type)]
    table = ParquetFile(pa.BufferReader(content), read_dictionary=flat)
    size = 0
    for batch in table.iter_batches(batch_size=_BATCH, columns=columns):
        held = {column: _values(batch.column(column)) for column in columns}
        for number in range(batch.num_rows):
            row = {column: values[number] for column, values in held.items()}
            size += sum(len(value) for value in row.values() if isinstance(value, str))
            _refuse_growth(name, len(content), size)
            yield row


def _promised(table: ParquetFile) -> Iterator[int]:
    # Asking for a damaged group's metadata ends the process; reading none of its columns raises what can be caught.
    table.read_row_groups(range(table.num_row_groups), columns=[])
    return (table.metadata.row_group(number).total_byte_size for number in range(table.num_row_groups))


def _columns(table: ParquetFile, wanted: Mapping[str, str], name: str) -> list[str]:
    names = table.schema_arrow.names
    if _TRANSLATION in names:
        inner = table.schema_arrow.field(_TRANSLATION).type
        nested = [field.name for field in inner] if str(inner).startswith("struct") else []
        found = find_columns([*names, *nested], wanted, name)
        return [each for each in dict.fromkeys([*found.values(), _TRANSLATION]) if each in names]
    return list(dict.fromkeys(find_columns(names, wanted, name).values()))


def _values(column: pa.Array) -> list[Any]:
    """Return a column's values.

    One that is stored as a dictionary shares them instead of copying each.
    """
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        kept = _values(column.dictionary)
        return [None if place is None else kept[place] for place in column.indices.to_pylist()]
    # As text: Arrow's times reach far beyond the years that Python's have.
    readable = column.cast(pa.string()) if pa.types.is_temporal(column.type) else column
    values: list[Any] = readable.to_pylist()
    return values


def _refuse_growth(name: str, stored: int, size: int) -> None:
    if grows_too_much(stored, size):
        raise InputError(f"{name}: refused: {size >> 20} MB of text in {stored} bytes, like a bomb: save a part of it")
