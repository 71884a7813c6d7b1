"""From two sides of vectors to the pairs worth judging."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from align.ports import Index
from align.search.exact import ExactIndex
from align.search.margin import margin_k, ratio_margin
from align.sides import Side
from align.types import Candidates, FloatArray, IntArray

__all__ = ["LEXICAL_WEIGHT", "IndexFactory", "candidates", "hybrid", "row_products"]

IndexFactory: TypeAlias = Callable[[int], Index]

LEXICAL_WEIGHT = 0.2
"""How much of what is searched by is lexical; the verifier is fitted with it, so a change means a refit."""
_PAIR_BLOCK = 2048
"""Pairs whose rows are multiplied at a time: few enough for the processor's cache."""


def hybrid(side: Side) -> FloatArray:
    """Join a side's vectors and its lexical sketch into unit rows, (n, dim + d) float32.

    The inner product of two such rows is the cosine with a fifth of lexical similarity in it, so one index finds both
    what means the same and what shares its names and numbers.
    """
    dense = np.float32(np.sqrt(1 - LEXICAL_WEIGHT))
    lexical = np.float32(np.sqrt(LEXICAL_WEIGHT))
    return np.ascontiguousarray(np.hstack([dense * side.vectors, lexical * side.lexical]), dtype=np.float32)


def candidates(
    source: Side, target: Side, *, k: int = 32, index: IndexFactory = ExactIndex, also: IntArray | None = None
) -> Candidates:
    """Propose the pairs in which each is among the k nearest of the other, and those of `also`.

    Both come in (m, 2) rows. Mutuality is what keeps hubs out: a target that is near every source still has only k
    sources near itself. On a side of fewer than k rows, all of them are near. An empty side gives no candidates.
    """
    if not len(source) or not len(target):
        rows, values = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        return Candidates(rows, rows, values, values, values, values)
    source_rows, target_rows = hybrid(source), hybrid(target)
    width = len(target)
    forward, to_target = _nearest(source_rows, target_rows, k, index)
    backward, to_source = _nearest(target_rows, source_rows, k, index)
    keys = np.intersect1d(
        np.arange(len(source))[:, None] * width + to_target[:, :k],
        np.arange(len(target))[:, None] + to_source[:, :k] * width,
    )
    if also is not None:
        keys = np.union1d(keys, also[:, 0] * width + also[:, 1])
    pairs = np.divmod(keys, width)
    similarity = row_products(source_rows, target_rows, *pairs)
    order = np.lexsort((pairs[1], -similarity, pairs[0]))
    rows, columns, similarity = pairs[0][order], pairs[1][order], similarity[order]
    margin = ratio_margin(
        similarity, _neighbourhood(forward, len(target))[rows], _neighbourhood(backward, len(source))[columns]
    )
    cosine = row_products(source.vectors, target.vectors, rows, columns)
    return Candidates(rows, columns, similarity, cosine, margin, similarity)


def _nearest(queries: FloatArray, rows: FloatArray, k: int, index: IndexFactory) -> tuple[FloatArray, IntArray]:
    held = index(rows.shape[1])
    held.add(rows)
    return held.search(queries, min(max(k, margin_k(len(rows))), len(rows)))


def _neighbourhood(similarities: FloatArray, rows: int) -> FloatArray:
    nearest: FloatArray = similarities[:, : margin_k(rows)].mean(axis=1, dtype=np.float32)
    return nearest


def row_products(left: FloatArray, right: FloatArray, left_rows: IntArray, right_rows: IntArray) -> FloatArray:
    """Return the inner product of each pair of rows, (n,) float32.

    It takes a block at a time to bound memory.
    """
    products = np.empty(len(left_rows), dtype=np.float32)
    for start in range(0, len(left_rows), _PAIR_BLOCK):
        block = slice(start, start + _PAIR_BLOCK)
        products[block] = np.einsum("nd,nd->n", left[left_rows[block]], right[right_rows[block]])
    return products
