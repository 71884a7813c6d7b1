"""Vectors to candidates: indexes behind one port, ratio margins, the pairs worth judging."""

from align.registry import Registry

__all__ = ["INDEXES", "PASSES"]

INDEXES = Registry(
    "index",
    {
        "exact": "align.search.exact:ExactIndex",
        "flat": "align.search.flat:FlatIndex",
        "ivf": "align.search.ivf:IvfIndex",
        "auto": "align.search.ivf:AutoIndex",
    },
)
"""Indexes that hold rows and are asked for the nearest of one side's."""

PASSES = Registry(
    "index",
    {
        "exact": "align.search.nearest:AllRowsExact",
        "flat": "align.search.nearest:AllRows",
        "ivf": "align.search.cells:in_cells",
        "auto": "align.search.passes:by_size",
    },
)
"""The same names for a pass over two sides, which finds the nearest of both; `align.search.passes` makes it."""
