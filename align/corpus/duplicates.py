"""Documents that say what another has said: the same bytes, or nearly the same segments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from align.types import Document, Segment

__all__ = ["Duplicates"]

NEAR = 0.9
"""Share of a document's segments that another must hold for it to be left out."""


class Duplicates:
    """The documents so far, to ask whether another one says anything new.

    Two documents with the same segments are duplicates whatever their formats; a segment counts by its id, so spaces,
    quotes and dashes make no difference (`align.text.normalise`). What is boilerplate in a document does not count.
    """

    def __init__(self) -> None:
        self._bytes: dict[str, str] = {}
        self._documents: list[Document] = []
        self._first: dict[int, int] = {}
        self._indexed = 0

    def same_bytes(self, sha256: str) -> str | None:
        """Return the path of the file that had these bytes, if any."""
        return self._bytes.get(sha256)

    def know_bytes(self, sha256: str, path: str) -> None:
        """Note whose bytes these are."""
        self._bytes[sha256] = path

    def add(self, document: Document) -> str | None:
        """Take a document in, or return why it is left out.

        The reason reads like "nearly the same as a.html (95 % of its segments)".
        """
        self._index()
        own = set(_kept_ids(document.segments))
        holders = Counter(holder for each in own if (holder := self._first.get(each)) is not None)
        if holders:
            holder, shared = min(holders.items(), key=lambda item: (-item[1], item[0]))
            if shared >= NEAR * len(own):
                path, percent = self._documents[holder].path, 100 * shared // len(own)
                return f"nearly the same as {path} ({percent} % of its segments)"
        self._documents.append(document)
        return None

    def _index(self) -> None:
        """Note which document said each segment first.

        It waits for a second document, to save memory.
        """
        for number in range(self._indexed, len(self._documents)):
            for each in _kept_ids(self._documents[number].segments):
                self._first.setdefault(each, number)
        self._indexed = len(self._documents)


def _kept_ids(segments: Sequence[Segment]) -> Iterator[int]:
    from align.corpus.compact import SegmentTable

    if isinstance(segments, SegmentTable):
        return (number for number, kept in segments.ids() if kept)
    return (int(segment.id, 16) for segment in segments if segment.dropped is None)
