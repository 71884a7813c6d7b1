"""Vectors to candidates: indexes behind one port, ratio margins, the pairs worth judging."""

from align.registry import Registry

__all__ = ["INDEXES"]

INDEXES = Registry("index", {"exact": "align.search.exact:ExactIndex", "flat": "align.search.flat:FlatIndex"})
