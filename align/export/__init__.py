"""Links to parallel corpora that other programs read."""

from pathlib import Path

from align.errors import InputError, UnknownNameError
from align.registry import Registry

__all__ = ["FORMATS", "TABLES", "format_of", "parse_names"]

FORMATS = Registry(
    "format",
    {
        "csv": "align.export.text:write_csv",
        "hf": "align.export.hf:write_parquet",
        "jsonl": "align.export.text:write_pairs_jsonl",
        "moses": "align.export.text:write_moses",
        "parquet": "align.export.hf:write_table",
        "tmx": "align.export.tmx:write_tmx",
        "tsv": "align.export.text:write_tsv",
    },
)
"""A format's name to a function of (pairs, path); for hf the pairs come with their splits, and the path is a folder."""

TABLES = ("csv", "jsonl", "parquet", "tsv")
"""The formats whose columns may be chosen."""


def format_of(out: str | Path) -> str:
    """Return the format that a file's suffix tells; a path without one is a folder, for hf.

    >>> format_of("pairs.tmx"), format_of("corpus")
    ('tmx', 'hf')
    """
    suffix = Path(out).suffix.removeprefix(".").lower()
    if suffix in ("", *FORMATS.entries):
        return suffix or "hf"
    raise UnknownNameError("format", suffix, FORMATS.entries)


def parse_names(names: str | tuple[str, ...] | list[str] | object) -> tuple[str, ...]:
    """Return names that were given one by one or by commas.

    >>> parse_names("kk, en")
    ('kk', 'en')
    """
    given = names.split(",") if isinstance(names, str) else names
    if not isinstance(given, tuple | list) or not all(isinstance(each, str) for each in given):
        raise InputError("columns: give names by commas, or a list of them")
    return tuple(name.strip() for name in given if name.strip())
