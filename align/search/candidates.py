"""From two sides of vectors to the pairs worth judging."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from align.hybrid import whole_products
from align.ports import Index
from align.search.margin import margin_k, ratio_margin
from align.search.nearest import Nearest, mutual
from align.search.passes import nearest_of
from align.sides import Side
from align.types import Candidates, FloatArray, IntArray

__all__ = ["IndexFactory", "candidates", "row_products"]

IndexFactory: TypeAlias = Callable[[int], Index]

_PAIR_BLOCK = 2048
"""Pairs whose rows are multiplied at a time: few enough for the processor's cache."""


def candidates(
    source: Side, target: Side, *, k: int = 32, index: str = "exact", also: IntArray | None = None
) -> Candidates:
    """Propose the pairs in which each is among the k nearest of the other, and those of `also`.

    Both come in (m, 2) rows. Mutuality is what keeps hubs out: a target that is near every source still has only k
    sources near itself. On a side of fewer than k rows, all of them are near. An empty side gives no candidates.
    `index` is one of `align.search.PASSES`.
    """
    if not len(source) or not len(target):
        rows, values = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        return Candidates(rows, rows, values, values, values, values)
    # The neighbourhoods of the margin come out of the same pass, which therefore keeps as many as they need.
    width = max(k, margin_k(len(source)), margin_k(len(target)))
    forward, backward, recall = nearest_of(source, target, k=width, index=index)
    rows, columns, similarity = mutual(forward, backward, k)
    if also is not None:
        rows, columns, similarity = _with(also, (rows, columns, similarity), source, target)
    order = np.lexsort((columns, -similarity, rows))
    rows, columns, similarity = rows[order], columns[order], similarity[order]
    near = _neighbourhood(forward, len(target)), _neighbourhood(backward, len(source))
    margin = ratio_margin(similarity, near[0][rows], near[1][columns])
    cosine = row_products(source.vectors, target.vectors, rows, columns)
    return Candidates(rows, columns, similarity, cosine, margin, similarity, recall=recall)


def _with(
    also: IntArray, found: tuple[IntArray, IntArray, FloatArray], source: Side, target: Side
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return the pairs that were found, and those of `also` that were not."""
    width = len(target)
    # A pair as one number makes sets of pairs cheap.
    missing = np.setdiff1d(also[:, 0] * width + also[:, 1], found[0] * width + found[1])
    rows, columns = np.divmod(missing, width)
    similarity = whole_products(source.rows, target.rows, (rows, columns))
    return (
        np.concatenate([found[0], rows]),
        np.concatenate([found[1], columns]),
        np.concatenate([found[2], similarity]),
    )


def _neighbourhood(nearest: Nearest, rows: int) -> FloatArray:
    """Return the mean similarity of each row's few nearest, (n,) float32.

    `rows` is the size of the other side.
    """
    few = Nearest(nearest.keys[:, : margin_k(rows)])
    mean: FloatArray = few.similarity.mean(axis=1, dtype=np.float32)
    return mean


def row_products(left: FloatArray, right: FloatArray, left_rows: IntArray, right_rows: IntArray) -> FloatArray:
    """Return the inner product of each pair of rows, (n,) float32.

    It takes a block at a time to bound memory.
    """
    products = np.empty(len(left_rows), dtype=np.float32)
    for start in range(0, len(left_rows), _PAIR_BLOCK):
        block = slice(start, start + _PAIR_BLOCK)
        products[block] = np.einsum("nd,nd->n", left[left_rows[block]], right[right_rows[block]])
    return products
