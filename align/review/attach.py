"""Finds the texts of old decisions in the documents of a new run."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any, TypeAlias

from align.review.records import Attached
from align.text.normalise import normalise

__all__ = ["Location", "RunSegment", "RunSegments"]

Spot: TypeAlias = "tuple[str, int]"
"""A segment's document and position."""

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class RunSegment:
    """A segment of the new run."""

    document: str
    position: int
    id: str
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Location:
    """Where the texts of a decision stand now, side by side, and how they were found.

    `missing` are those that don't.

    "exact": every text is a segment again; "overlap": a text stands in its document, but is cut otherwise there.
    """

    how: Attached
    source: tuple[Spot, ...]
    target: tuple[Spot, ...]
    missing: tuple[Mapping[str, Any], ...] = ()


class RunSegments:
    """The segments of a new run, and the documents (id, path, sha256) they stand in."""

    def __init__(self, segments: Iterable[RunSegment], documents: Iterable[tuple[str, str, str]]) -> None:
        self._by_id: dict[str, list[RunSegment]] = defaultdict(list)
        self._by_document: dict[str, list[RunSegment]] = defaultdict(list)
        for segment in segments:
            self._by_id[segment.id].append(segment)
            self._by_document[segment.document].append(segment)
        self._homes = tuple(documents)
        self._texts: dict[str, _DocumentText] = {}

    def find(self, pair: Mapping[str, Sequence[Mapping[str, Any]]]) -> Location:
        """Return where the texts of a pair stand.

        Its places have id, document, sha256, path, start and text.
        """
        spots: dict[str, list[Spot]] = {"source": [], "target": []}
        missing: list[Mapping[str, Any]] = []
        how: Attached = "exact"
        for side, found in spots.items():
            for place in pair[side]:
                if not place["document"]:
                    continue
                exact = self._exact(place)
                if exact is None:
                    how = "overlap"
                standing = [exact] if exact else self._overlapping(place)
                found.extend((each.document, each.position) for each in standing)
                if not standing:
                    missing.append(place)
        source, target = (tuple(dict.fromkeys(spots[side])) for side in spots)
        return Location("lost" if missing else how, source, target, tuple(missing))

    def _exact(self, place: Mapping[str, Any]) -> RunSegment | None:
        """Return the segment of the same text: in its document where that is, else wherever it went."""
        homes = self._documents(place)
        held = self._by_id.get(place["id"], [])
        ranked = sorted(held, key=lambda each: (each.document not in homes, abs(each.start - place["start"])))
        return ranked[0] if ranked else None

    def _overlapping(self, place: Mapping[str, Any]) -> list[RunSegment]:
        for document in self._documents(place):
            if document not in self._texts:
                self._texts[document] = _DocumentText(tuple(self._by_document[document]))
            found = self._texts[document].overlapping(place["text"], place["start"])
            if found:
                return found
        return []

    def _documents(self, place: Mapping[str, Any]) -> list[str]:
        """Return the documents that may be the place's.

        Of the same bytes, of the same path, of the same file name.
        """
        same = [
            [identity for identity, _, sha256 in self._homes if sha256 == place["sha256"]],
            [identity for identity, path, _ in self._homes if path == place["path"]],
            [identity for identity, path, _ in self._homes if _name(path) == _name(place["path"])],
        ]
        # A file name that several documents have names none of them.
        return list(dict.fromkeys([*same[0], *same[1], *(same[2] if len(same[2]) == 1 else ())]))


@dataclass(frozen=True)
class _DocumentText:
    """A document's segments as one text without space, which looks the same however it is cut."""

    segments: tuple[RunSegment, ...]

    @cached_property
    def squeezed(self) -> tuple[str, list[int], set[int]]:
        """Return the text, where each segment begins in it, and the places where space was."""
        text, starts, gaps = "", [], set()
        for segment in self.segments:
            starts.append(len(text))
            for word in normalise(segment.text).split():
                gaps.add(len(text))
                text += word
        return text, starts, gaps

    def overlapping(self, text: str, start: int) -> list[RunSegment]:
        """Return the segments that a text spans, where it stands word for word.

        Of several places the nearest.
        """
        wanted = _SPACE.sub("", normalise(text))
        whole, starts, _ = self.squeezed
        found: list[list[RunSegment]] = []
        place = whole.find(wanted) if wanted else -1
        while place >= 0:
            end = place + len(wanted)
            if self._whole_words(place) and self._whole_words(end):
                first, last = bisect_right(starts, place) - 1, bisect_left(starts, end)
                found.append(list(self.segments[first:last]))
            place = whole.find(wanted, place + 1)
        return min(found, key=lambda each: abs(each[0].start - start)) if found else []

    def _whole_words(self, cut: int) -> bool:
        whole, _, gaps = self.squeezed
        inside = 0 < cut < len(whole) and whole[cut - 1].isalnum() and whole[cut].isalnum()
        return cut in gaps or not inside


def _name(path: str) -> str:
    return PurePath(path.replace("\\", "/")).name
