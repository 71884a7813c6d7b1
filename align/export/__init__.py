"""Links to parallel corpora that other programs read."""

from align.registry import Registry

__all__ = ["FORMATS"]

FORMATS = Registry(
    "format",
    {
        "hf": "align.export.hf:write_parquet",
        "jsonl": "align.export.text:write_pairs_jsonl",
        "moses": "align.export.text:write_moses",
        "tmx": "align.export.tmx:write_tmx",
        "tsv": "align.export.text:write_tsv",
    },
)
"""A format's name to a function of (pairs, path); for hf the pairs come with their splits, and the path is a folder."""
