"""Where the dots of a path through two documents stand, in the units of its SVG.

The template draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from align.runs.report.spreads import Spread
from align.types import Link

__all__ = ["Path", "PathDot", "path_of"]

_SIDE: Final = 300.0
_EDGE: Final = 24.0


@dataclass(frozen=True, slots=True)
class PathDot:
    """A bead: a box over its segments of either side, by its number in the list of links."""

    number: int
    x: float
    y: float
    width: float
    height: float
    link: Link


@dataclass(frozen=True, slots=True)
class Path:
    """The beads of two documents: Kazakh segments left to right, English ones top to bottom."""

    name: str
    source: str
    target: str
    dots: tuple[PathDot, ...]
    sizes: tuple[int, int]
    side: float = _SIDE
    edge: float = _EDGE


def path_of(spread: Spread, links: Sequence[Link]) -> Path | None:
    """Return the path of two documents aligned as translations, None for others.

    The links of others have no order.
    """
    numbers = [number for number in spread.numbers if links[number - 1].found_by == "beads"]
    if not numbers:
        return None
    sizes = len(spread.source.document.segments), len(spread.target.document.segments)
    scale = [(_SIDE - 2 * _EDGE) / max(size, 1) for size in sizes]
    dots = []
    for number in sorted(numbers, key=lambda each: links[each - 1].source[0].position):
        link = links[number - 1]
        x, y = (_EDGE + side[0].position * step for side, step in zip((link.source, link.target), scale, strict=True))
        extents = (side[-1].position - side[0].position + 1 for side in (link.source, link.target))
        width, height = (max(extent * step, 2.0) for extent, step in zip(extents, scale, strict=True))
        dots.append(PathDot(number, x, y, width, height, link))
    return Path(spread.anchor, spread.source.siglum, spread.target.siglum, tuple(dots), sizes)
