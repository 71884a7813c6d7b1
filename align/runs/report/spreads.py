"""Documents as the page sets them: a siglum each, and side by side where they share links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from align.types import Document, Link, Segment

__all__ = ["Page", "Ref", "Spread", "SpreadLine", "pages", "spreads"]

_MOST_SEGMENTS = 3_000
"""Segments that the spreads of a page may hold together: a browser still opens and scrolls these at once."""

_LETTERS = {"kk": "K", "en": "E"}


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its siglum: K1, K2 ... if Kazakh, E1, E2 ... if English, in their order."""

    siglum: str
    document: Document
    links: int

    @property
    def href(self) -> str | None:
        """Return the document's own address, where it is one that a browser may safely follow."""
        url = self.document.url
        return url if url and url.startswith(("http://", "https://")) else None


@dataclass(frozen=True, slots=True)
class Ref:
    """A link as the margin of one of its segments names it.

    `number` is its place in the list, `href` the partner's anchor.
    """

    number: int
    link: Link
    href: str


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """A segment in its document. `apart` says that a new paragraph begins."""

    anchor: str
    segment: Segment
    refs: tuple[Ref, ...]
    apart: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """Two documents that share links, side by side; `numbers` are those links, best first."""

    anchor: str
    source: Page
    target: Page
    source_lines: tuple[SpreadLine, ...]
    target_lines: tuple[SpreadLine, ...]
    numbers: tuple[int, ...]


def pages(documents: Sequence[Document], links: Sequence[Link]) -> dict[str, Page]:
    """Return the documents by id, each with its siglum and the number of its links."""
    counts: dict[str, int] = defaultdict(int)
    for link in links:
        for identity in {segment.document for segment in (*link.source, *link.target)}:
            counts[identity] += 1
    numbers = dict.fromkeys(_LETTERS, 0)
    found = {}
    for document in documents:
        numbers[document.lang] += 1
        found[document.id] = Page(f"{_LETTERS[document.lang]}{numbers[document.lang]}", document, counts[document.id])
    return found


def spreads(found: dict[str, Page], links: Sequence[Link]) -> tuple[tuple[Spread, ...], int]:
    """Set each pair of documents that shares links, while the page stays usable.

    The most probable links come first. Returns the spreads and how many pairs found no room.
    """
    shared: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, link in enumerate(links, 1):
        shared[link.source[0].document, link.target[0].document].append(number)
    # The sum of the probabilities is the number of right links to be expected.
    ordered = sorted(shared.items(), key=lambda item: (-sum(links[n - 1].probability for n in item[1]), item[1]))
    kept: list[Spread] = []
    room = _MOST_SEGMENTS
    for (source, target), numbers in ordered:
        needed = len(found[source].document.segments) + len(found[target].document.segments)
        if needed > room:
            continue
        room -= needed
        kept.append(_spread(len(kept) + 1, (found[source], found[target]), numbers, links))
    return tuple(kept), len(ordered) - len(kept)


def _spread(place: int, sides: tuple[Page, Page], numbers: Sequence[int], links: Sequence[Link]) -> Spread:
    anchor, (source, target) = f"d{place}", sides
    refs: dict[str, list[Ref]] = defaultdict(list)
    for number in numbers:
        link = links[number - 1]
        for segment in link.source:
            refs[_anchor(anchor, segment)].append(Ref(number, link, _anchor(anchor, link.target[0])))
        for segment in link.target:
            refs[_anchor(anchor, segment)].append(Ref(number, link, _anchor(anchor, link.source[0])))
    return Spread(
        anchor,
        source,
        target,
        _lines(anchor, source.document, refs),
        _lines(anchor, target.document, refs),
        tuple(numbers),
    )


def _anchor(spread: str, segment: Segment) -> str:
    return f"{spread}-{_LETTERS[segment.lang].lower()}{segment.position + 1}"


def _lines(spread: str, document: Document, refs: dict[str, list[Ref]]) -> tuple[SpreadLine, ...]:
    lines, end = [], 0
    for segment in document.segments:
        anchor = _anchor(spread, segment)
        apart = document.text[end : segment.start].count("\n") > 1
        lines.append(SpreadLine(anchor, segment, tuple(refs.get(anchor, ())), apart))
        end = segment.end
    return tuple(lines)
