"""Links to parallel corpora that other programs read."""

from align.registry import Registry

__all__ = ["FORMATS"]

FORMATS = Registry(
    "format",
    {
        "hf": "align.export.hf:write_hf",
        "jsonl": "align.export.text:write_pairs_jsonl",
        "tsv": "align.export.text:write_tsv",
    },
)
"""A format's name to a function of (pairs, path)."""
