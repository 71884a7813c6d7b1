"""Where links are sought first: inside documents that tell of one event."""

from __future__ import annotations

import datetime
from typing import Final

import numpy as np

from align.pairing.document_rows import Documents
from align.pairing.pairer import LIKELY, DocumentPairer
from align.sides import Side
from align.tools import Tools
from align.types import IntArray

__all__ = ["pairs_inside"]

_NEAREST: Final = 4
"""Sentences of the other document that each sentence proposes."""
_MOST: Final = 4_000_000
"""Pairs of sentences that two documents may have: longer ones are books, whose links the whole search finds."""


def pairs_inside(source: Side, target: Side, tools: Tools) -> IntArray | None:
    """Return the pairs of sentences worth judging in documents that belong together.

    They are (m, 2) int64 rows of both sides. A sentence of a small story may be nearer to a hundred sentences of other
    stories than to its own counterpart. None where a side stands in no documents.
    """
    if source.document is None or target.document is None or not len(source) or not len(target):
        return None
    documents = _documents(source), _documents(target)
    paired = DocumentPairer.load(index=tools.index).pair(*documents).at_least(LIKELY)
    starts = documents[0].starts, documents[1].starts
    found = [np.empty((0, 2), np.int64)]
    for s, t in zip(paired.source.tolist(), paired.target.tolist(), strict=True):
        rows, columns = (starts[side][number : number + 2].tolist() for side, number in enumerate((s, t)))
        if (rows[1] - rows[0]) * (columns[1] - columns[0]) <= _MOST:
            cosine = source.bundled[rows[0] : rows[1]] @ target.bundled[columns[0] : columns[1]].T
            found.append(np.argwhere(_near(cosine, 1) | _near(cosine, 0)) + np.array([rows[0], columns[0]]))
    return np.concatenate(found)


def _documents(side: Side) -> Documents:
    """Return a side's documents, with the vectors that the pairing was fitted to."""
    number = np.asarray(side.document)
    days: list[datetime.date | None] = [None] * (int(number.max()) + 1)
    for document, day in zip(number.tolist(), side.written, strict=True):
        days[document] = day
    return Documents(side.bundled, number, np.array([day.toordinal() if day else np.nan for day in days], np.float64))


def _near(cosine: np.ndarray, axis: int) -> np.ndarray:
    """Return which cosines are among the greatest along an axis, as booleans of the same shape."""
    k = min(_NEAREST, cosine.shape[axis])
    least = np.sort(cosine, axis=axis).take([cosine.shape[axis] - k], axis=axis)
    near: np.ndarray = cosine >= least
    return near
