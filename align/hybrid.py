"""What a search goes by: meaning and spelling in one row of whole numbers.

Whole numbers make the products of two rows exact in any order, so that neither the size of a block, nor the number of
threads, nor the library that multiplies makes a difference.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from align.types import FloatArray, IntArray

__all__ = ["LEXICAL_WEIGHT", "STEPS", "WholeRows", "hybrid_rows", "whole_products", "whole_rows"]

LEXICAL_WEIGHT: Final = 0.2
"""How much of what is searched by is lexical; the verifier is fitted with it, so a change means a refit."""

STEPS: Final = 4000
"""What 1 is in a row of whole numbers. A product of two unit rows stays below 2**24, and is exact in float32."""

WholeRows: TypeAlias = NDArray[np.int16]

_BLOCK: Final = 2048
"""WholeRows, or pairs of rows, taken at a time: few enough for the processor's cache."""


def whole_rows(rows: FloatArray) -> WholeRows:
    """Return unit rows, (n, d) float32, in steps of 1/4000, (n, d) int16 in C order.

    >>> whole_rows(np.float32([[0.6, -0.8]])).tolist()
    [[2400, -3200]]
    """
    whole = np.empty(rows.shape, np.int16)
    for start in range(0, len(rows), _BLOCK):
        whole[start : start + _BLOCK] = np.rint(rows[start : start + _BLOCK] * np.float32(STEPS))
    return whole


def hybrid_rows(vectors: FloatArray, lexical: FloatArray) -> WholeRows:
    """Join n vectors and lexical sketches into one unit row each, (n, dim + d) int16.

    The inner product of two such rows is the cosine with a fifth of lexical similarity in it, so one search finds both
    what means the same and what shares its names and numbers.
    """
    dense, sketch = np.float32(np.sqrt(1 - LEXICAL_WEIGHT)), np.float32(np.sqrt(LEXICAL_WEIGHT))
    return np.hstack([whole_rows(dense * vectors), whole_rows(sketch * lexical)])


def whole_products(left: WholeRows, right: WholeRows, pairs: tuple[IntArray, IntArray], *, skip: int = 0) -> FloatArray:
    """Return the inner products of pairs of whole rows, (n,) float32.

    Their first `skip` columns are left out: without those of the encoder, it is how alike the texts are spelt, times
    `LEXICAL_WEIGHT`.
    """
    products = np.empty(len(pairs[0]), dtype=np.float32)
    for start in range(0, len(products), _BLOCK):
        block = slice(start, start + _BLOCK)
        mine, theirs = (
            rows[places[block], skip:].astype(np.float32) for rows, places in zip((left, right), pairs, strict=True)
        )
        products[block] = np.einsum("nd,nd->n", mine, theirs)
    return products / np.float32(STEPS**2)
