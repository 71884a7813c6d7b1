"""A page's pieces of text in the order in which a person reads them.

Columns are found by the gutters that lines leave free. The recursive cuts follow Nagy and Seth's X-Y tree (1984), with
one change: a gutter is looked for where lines begin at one edge, so that wide leading, justified words or an off-set
neighbour column hide none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

__all__ = ["Line", "boxes_of", "gutters_of", "is_unordered", "without_heads"]

_SAME_EDGE: Final = 2.5
"""Points by which the left edges of one column's lines differ."""
_LEAST_LINES: Final = 3
"""Lines that begin at an edge, and lines on either side of a gutter."""
_MOST_EDGES: Final = 40
"""Edges that are looked at on a page, those of most lines."""
_GUTTER: Final = 0.7
"""Width of the narrowest gutter, in heights of a letter."""
_LEAST_WIDTH: Final = 0.12
"""Width of the narrowest column, as a part of what is to be cut: less is a list's numbers."""
_APART: Final = 1.5
"""Leading, in usual leadings, from which a paragraph begins."""
_HEADS: Final = 2
"""Lines at a page's top and at its bottom among which a running head stands."""
_SHARE_OF_PAGES: Final = 0.3
_GAP: Final = 3.0
_UNORDERED: Final = 0.3
"""Share of a page's lines with gaps that wide, in heights of a letter, from which its order is in doubt."""
_DIGITS: Final = re.compile(r"\d+")
_PAGE_NUMBER: Final = re.compile(
    r"\W*(?:\d{1,4}|[ivxlc]{1,6})\W*(?:[/|]\W*\d{1,4})?|\d{1,4}\s*-?\s*бет|(?:page|бет)\s*\d{1,4}", re.I
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, and its edges in points, from the page's left and bottom."""

    text: str
    left: float
    right: float
    bottom: float = 0.0
    top: float = 0.0

    @property
    def letter(self) -> float:
        """Return the mean width of a character in points."""
        return (self.right - self.left) / max(len(self.text), 1)

    @property
    def height(self) -> float:
        """Return the height in points."""
        return self.top - self.bottom


class _Gutter(NamedTuple):
    """A gutter: what stands left and right of it, its heights, and how many lines it spans."""

    lines: int
    at: float
    bottom: float
    top: float


def boxes_of(pieces: Sequence[Line], known: Sequence[float] = ()) -> list[list[Line]]:
    """Return a page's pieces as paragraphs of lines that stand close together, in reading order.

    `known` are the places of gutters on other pages, from the left: few lines on a last page show none.
    """
    return [box for column in _columns(list(pieces), known) for box in _paragraph_boxes(_rows(column))]


def gutters_of(pages: Iterable[Sequence[Line]]) -> list[float]:
    """Return where the gutters of most pages are, from the left."""
    found = Counter(round(gutter.at) for page in pages if (gutter := _best_gutter(page)) is not None)
    return [float(at) for at, _ in found.most_common(_LEAST_LINES)]


def _columns(pieces: list[Line], known: Sequence[float] = ()) -> Iterator[list[Line]]:
    """Yield the parts of a page that no gutter divides, in reading order."""
    gutter = _best_gutter(pieces) or _known_gutter(pieces, known)
    if gutter is None:
        yield pieces
        return
    inside = [each for each in pieces if gutter.bottom <= _middle(each) <= gutter.top]
    for part in (
        [each for each in pieces if _middle(each) > gutter.top],
        [each for each in inside if each.left < gutter.at],
        [each for each in inside if each.left >= gutter.at],
        [each for each in pieces if _middle(each) < gutter.bottom],
    ):
        if part:
            yield from _columns(part, known)


def _known_gutter(pieces: Sequence[Line], known: Sequence[float]) -> _Gutter | None:
    """Return a gutter of other pages that no line crosses here, either."""
    for at in known:
        left = [each for each in pieces if each.right < at]
        right = [each for each in pieces if each.left >= at - _SAME_EDGE]
        if left and right and len(left) + len(right) == len(pieces):
            return _Gutter(0, at - _SAME_EDGE, min(each.bottom for each in pieces), max(each.top for each in pieces))
    return None


def _middle(piece: Line) -> float:
    return (piece.bottom + piece.top) / 2


def _best_gutter(pieces: Sequence[Line]) -> _Gutter | None:
    """Return the gutter that holds for the most lines, None where there is none."""
    if len(pieces) < 2 * _LEAST_LINES:
        return None
    width = max(each.right for each in pieces) - min(each.left for each in pieces)
    height = median(each.height for each in pieces)
    edges = Counter(round(each.left / _SAME_EDGE) for each in pieces)
    found: list[_Gutter] = []
    for edge, count in edges.most_common(_MOST_EDGES):
        # An edge may fall between two of the steps.
        if count + max(edges.get(edge - 1, 0), edges.get(edge + 1, 0)) >= _LEAST_LINES:
            at = min(each.left for each in pieces if abs(round(each.left / _SAME_EDGE) - edge) <= 1)
            found.extend(_at_edge(pieces, at - 0.5, gap=_GUTTER * height, least=_LEAST_WIDTH * width))
    return max(found, key=lambda each: (each.lines, each.top - each.bottom, -each.at), default=None)


def _at_edge(pieces: Sequence[Line], at: float, *, gap: float, least: float) -> Iterator[_Gutter]:
    """Yield the gutters left of an edge: between the lines that cross it."""
    crossing = sorted((each for each in pieces if each.left < at and each.right > at - gap), key=lambda each: -each.top)
    tops = [float("inf"), *(each.bottom for each in crossing)]
    bottoms = [*(each.top for each in crossing), float("-inf")]
    for top, bottom in zip(tops, bottoms, strict=True):
        if top - bottom < _LEAST_LINES:
            continue
        inside = [each for each in pieces if each.top <= top + 0.5 and each.bottom >= bottom - 0.5]
        left, right = [each for each in inside if each.left < at], [each for each in inside if each.left >= at]
        rows = min(_count_rows(left), _count_rows(right))
        if rows < _LEAST_LINES or min(_extent(left), _extent(right)) < least:
            continue
        starts = sum(abs(row[0].left - at) <= _SAME_EDGE + 1 for row in _grouped(right))
        if starts >= _LEAST_LINES and starts >= _count_rows(right) / 4:
            heights = [each.bottom for each in (*left, *right)], [each.top for each in (*left, *right)]
            yield _Gutter(rows, at, min(heights[0]), max(heights[1]))


def _extent(pieces: Sequence[Line]) -> float:
    return max(each.right for each in pieces) - min(each.left for each in pieces)


def _count_rows(pieces: Sequence[Line]) -> int:
    return sum(1 for _ in _grouped(pieces))


def _grouped(pieces: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the pieces that stand on one line, from left to right, line by line."""
    row: list[Line] = []
    for each in sorted(pieces, key=lambda piece: (-_middle(piece), piece.left)):
        if row and abs(_middle(each) - _middle(row[0])) > 0.5 * min(each.height, row[0].height):
            yield sorted(row, key=lambda piece: piece.left)
            row = []
        row.append(each)
    if row:
        yield sorted(row, key=lambda piece: piece.left)


def _rows(pieces: Sequence[Line]) -> list[Line]:
    """Return the lines that pieces make up."""
    return [
        Line(
            " ".join(each.text for each in row),
            row[0].left,
            max(each.right for each in row),
            min(each.bottom for each in row),
            max(each.top for each in row),
        )
        for row in _grouped(pieces)
    ]


def _paragraph_boxes(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines that follow one another at the usual distance in letters of one size."""
    steps = [above.top - below.top for above, below in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    box: list[Line] = []
    for line in lines:
        if box:
            step, above = box[-1].top - line.top, box[-1]
            alike = abs(above.height - line.height) < 0.15 * max(above.height, 1.0)
            if step > _APART * max(usual, line.height) or not alike:
                yield box
                box = []
        box.append(line)
    if box:
        yield box


def without_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without page numbers and lines that repeat at their tops and bottoms."""
    margins = [list(_margins(page)) for page in pages]
    seen = Counter(key for rows in margins for key in {_at_margin(row) for row in rows})
    least = max(2, _SHARE_OF_PAGES * len(pages))
    kept = []
    for page, rows in zip(pages, margins, strict=True):
        heads = {
            id(piece)
            for row in rows
            if seen[_at_margin(row)] >= least or _PAGE_NUMBER.fullmatch(_text_of(row))
            for piece in row
        }
        kept.append([piece for piece in page if id(piece) not in heads])
    return kept


def _text_of(row: Sequence[Line]) -> str:
    return " ".join(piece.text for piece in row).strip()


def _at_margin(row: Sequence[Line]) -> tuple[str, int]:
    return _DIGITS.sub("#", _text_of(row)).casefold(), round(row[0].top / (2 * _SAME_EDGE))


def _margins(page: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield a page's first and last lines, each as its pieces."""
    rows = list(_grouped(page))
    yield from rows[:_HEADS]
    yield from rows[max(len(rows) - _HEADS, _HEADS) :]


def is_unordered(pieces: Sequence[Line], known: Sequence[float] = ()) -> bool:
    """Say whether a page's columns may have been read across.

    That shows in how many of their lines have gaps.
    """
    rows = [row for column in _columns(list(pieces), known) for row in _grouped(column)]
    wide = sum(any(after.left - before.right > _GAP * before.height for before, after in pairwise(row)) for row in rows)
    return len(rows) >= _LEAST_LINES and wide > _UNORDERED * len(rows)
