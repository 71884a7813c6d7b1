"""The segments of a document, in some twenty bytes each instead of five hundred."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, overload

from align.types import Segment

__all__ = ["SegmentTable"]

_OWN = ("id", "document", "position", "start", "end", "text")
_TRAITS = tuple(field.name for field in fields(Segment) if field.name not in _OWN)
"""What few values stand for all segments of: the language, the reason to drop, and whatever else is told of one."""
_DROPPED = _TRAITS.index("dropped")


class SegmentTable(Sequence[Segment]):
    """A document's segments as slices of its text.

    It is a sequence like a tuple, whose records are made when asked for. A corpus of 200 MB holds a million segments,
    whose ids, texts and reasons would take many times its own size. Made by `of`; raises ValueError for a segment that
    is no slice of the text.
    """

    __slots__ = ("_codes", "_document", "_ends", "_ids", "_kinds", "_starts", "_text")

    def __init__(self, text: str, document: str) -> None:
        self._text = text
        self._document = document
        self._ids = array("Q")
        self._starts = array("I")
        self._ends = array("I")
        self._codes = array("H")
        self._kinds: list[tuple[Any, ...]] = []

    @classmethod
    def of(cls, text: str, segments: Iterable[Segment], document: str = "") -> SegmentTable:
        """Return the table of segments in the order of their positions.

        They are consumed one by one.

        >>> segment = Segment("00000000000000ff", "en", "d", 0, 3, 7, "came")
        >>> SegmentTable.of("He came", [segment])[0] == segment
        True
        """
        table = cls(text, document)
        codes: dict[tuple[Any, ...], int] = {}
        for segment in segments:
            if text[segment.start : segment.end] != segment.text:
                raise ValueError(f"segment {segment.position} of {segment.document} is no slice of the text")
            table._document = segment.document
            table._ids.append(int(segment.id, 16))
            table._starts.append(segment.start)
            table._ends.append(segment.end)
            table._codes.append(codes.setdefault(_traits(segment), len(codes)))
        table._kinds = list(codes)
        return table

    def ids(self) -> Iterator[tuple[int, bool]]:
        """Yield each segment's id as a number, and whether it takes part in the search.

        No record is made.
        """
        kept = [kind[_DROPPED] is None for kind in self._kinds]
        return ((number, kept[code]) for number, code in zip(self._ids, self._codes, strict=True))

    def dropping(self, reasons: Mapping[int, str]) -> SegmentTable:
        """Return the table with other reasons to drop, by position.

        The text and the slices are shared.
        """
        table = SegmentTable(self._text, self._document)
        table._ids, table._starts, table._ends = self._ids, self._starts, self._ends
        codes = {kind: code for code, kind in enumerate(self._kinds)}
        table._codes = array("H", self._codes)
        for position, reason in reasons.items():
            kind = self._kinds[self._codes[position]]
            kind = (*kind[:_DROPPED], reason, *kind[_DROPPED + 1 :])
            table._codes[position] = codes.setdefault(kind, len(codes))
        table._kinds = list(codes)
        return table

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, position: int) -> Segment: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[Segment, ...]: ...
    def __getitem__(self, position: int | slice) -> Segment | tuple[Segment, ...]:
        if isinstance(position, slice):
            return tuple(self[each] for each in range(*position.indices(len(self))))
        number = range(len(self))[position]
        start, end = self._starts[number], self._ends[number]
        return Segment(
            id=f"{self._ids[number]:016x}",
            document=self._document,
            position=number,
            start=start,
            end=end,
            text=self._text[start:end],
            **dict(zip(_TRAITS, self._kinds[self._codes[number]], strict=True)),
        )

    def __iter__(self) -> Iterator[Segment]:
        return (self[position] for position in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(Segment.__eq__, self, other))

    def __hash__(self) -> int:
        return hash((self._document, len(self)))

    def __repr__(self) -> str:
        return f"SegmentTable({len(self)} segments of {self._document})"


def _traits(segment: Segment) -> tuple[Any, ...]:
    return tuple(getattr(segment, name) for name in _TRAITS)
