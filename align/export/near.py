"""Near-duplicates among many texts, in memory that does not grow with their length."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from align.text.words import raw_words
from align.types import IntArray

__all__ = ["Groups", "Keys", "groups_of", "key_of", "near_groups", "sketches"]

Keys: TypeAlias = NDArray[np.uint64]
Sketches: TypeAlias = NDArray[np.uint32]

_SIZE: Final = 32
_BANDS: Final = 8
"""Eight bands of four: two texts that share four fifths of their words meet in one in 99 cases of 100."""
_SEED: Final = 7
_CHUNK: Final = 4096


def sketches(texts: Iterable[str]) -> Sketches:
    """Return (n, 32) uint32 MinHash sketches of the texts' words and word pairs.

    The method is that of Broder 1997, in the form of rensa's R-MinHash.
    """
    from rensa import RMinHash

    rows = [
        np.array(RMinHash.digests_from_token_sets([_tokens(text) for text in chunk], _SIZE, _SEED), dtype=np.uint32)
        for chunk in _chunks(iter(texts))
    ]
    return np.concatenate(rows) if rows else np.zeros((0, _SIZE), dtype=np.uint32)


def _chunks(texts: Iterator[str]) -> Iterator[list[str]]:
    while chunk := list(islice(texts, _CHUNK)):
        yield chunk


def _tokens(text: str) -> list[str]:
    # A text without words is like itself alone.
    words = [word.lower() for word in raw_words(text)] or [text]
    return list({*words, *(f"{first} {second}" for first, second in pairwise(words))})


def near_groups(sketched: Sketches, *, likeness: float = 0.8) -> IntArray:
    """Return the group of each text, (n,) int64: the row of the first text that it is like.

    A text like no other has its own row. `likeness` is the share of words and word pairs in common (Jaccard), as the
    sketches estimate it.
    """
    groups = Groups(len(sketched))
    for first, second in _meetings(sketched):
        # Sharing a band is only a hint; the whole sketches decide.
        if np.mean(sketched[first] == sketched[second]) >= likeness:
            groups.join(first, second)
    return groups.labels()


def _meetings(sketched: Sketches) -> Iterator[tuple[int, int]]:
    """Yield each text with the first one that it shares a band of its sketch with."""
    width = _SIZE // _BANDS
    for band in range(_BANDS):
        columns = np.ascontiguousarray(sketched[:, band * width : (band + 1) * width])
        keys = columns.view([("", np.uint32)] * width).ravel()
        _, inverse = np.unique(keys, return_inverse=True)
        order = np.argsort(inverse, kind="stable")
        again = np.flatnonzero(np.diff(inverse[order]) == 0) + 1
        first = -1
        for place in again.tolist():
            # Within a run of equal keys the first of the run stays what the others are compared with.
            first = order[place - 1] if first < 0 or inverse[order[place]] != inverse[first] else first
            yield int(first), int(order[place])


def key_of(text: str) -> int:
    """Return 64 bits that stand for a text in a comparison, never 0."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") or 1


class Groups:
    """Rows that belong together, by union-find (Tarjan 1975).

    The smallest row of a group is its name.
    """

    def __init__(self, size: int) -> None:
        self._parent = np.arange(size, dtype=np.int64)

    def find(self, row: int) -> int:
        """Return the smallest row of the group."""
        parent = self._parent
        while parent[row] != row:
            # Each step halves the path, so that later look-ups are short.
            parent[row] = parent[parent[row]]
            row = int(parent[row])
        return row

    def join(self, first: int, second: int) -> None:
        """Make one group of two."""
        low, high = sorted((self.find(first), self.find(second)))
        self._parent[high] = low

    def labels(self) -> IntArray:
        """Return the group of each row, (n,) int64."""
        return np.array([self.find(row) for row in range(len(self._parent))], dtype=np.int64)


def groups_of(keys: Iterable[Keys], size: int) -> Groups:
    """Return the groups of `size` rows that any key ties together.

    Each of `keys` is (n,) uint64, 0 for no key.

    >>> groups_of([np.array([5, 6, 5], np.uint64), np.array([0, 8, 0], np.uint64)], 3).labels().tolist()
    [0, 1, 0]
    """
    groups = Groups(size)
    for column in keys:
        _, first, inverse = np.unique(column, return_index=True, return_inverse=True)
        again = np.flatnonzero((first[inverse] != np.arange(len(column))) & (column != 0))
        for row in again.tolist():
            groups.join(int(first[inverse[row]]), row)
    return groups
