"""The compiled twin of how the n-grams of words are added up.

It is used where numba was loaded for the search anyway: this module imports it.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from align.encode.ragged import Ragged
from align.types import FloatArray

__all__ = ["table_sums_compiled"]


def table_sums_compiled(table: NDArray[np.uint8], rows: Ragged) -> FloatArray:
    """Return the sums of the rows of a packed table that each word uses.

    They are (n, dim) float32 whole numbers.
    """
    sums = np.zeros((len(rows), 2 * table.shape[1]), np.float32)
    _add_up(table, rows.values, rows.starts, sums)
    return sums


@njit(cache=True, nogil=True, error_model="numpy")
def _add_up(table, values, starts, sums):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    half = table.shape[1]
    low, high = np.zeros(half, np.int32), np.zeros(half, np.int32)
    for word in range(len(starts) - 1):
        for k in range(half):
            low[k], high[k] = 0, 0
        for place in range(starts[word], starts[word + 1]):
            row = table[values[place]]
            for k in range(half):
                low[k] += row[k] & 15
                high[k] += row[k] >> 4
        # Entries are stored with eight added to them.
        zero = 8 * (starts[word + 1] - starts[word])
        out = sums[word]
        for k in range(half):
            out[k], out[half + k] = low[k] - zero, high[k] - zero
