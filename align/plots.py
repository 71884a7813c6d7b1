"""The plots of reports, scores and review: where their marks stand, in units of the SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from align.evaluate.metrics import Bin
from align.types import Link

__all__ = [
    "Bar",
    "Dot",
    "Histogram",
    "Scatter",
    "Tick",
    "histogram",
    "path",
    "reliability_svg",
    "reliability_table",
    "scale",
    "scatter",
]

_WIDTH, _HEIGHT = 460.0, 200.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 12.0, 448.0, 44.0, 176.0
_SIDE, _EDGE = 320, 40
_BINS = 20
_SCALE = 10_000
"""Probabilities are written with four decimals; counting in those keeps 0.3 out of the bin that ends there."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many values lie in `low` to `high` (excluded, but for 1.0), and the bar that says so."""

    low: float
    high: float
    count: int
    x: float
    y: float
    width: float
    height: float

    @property
    def label(self) -> str:
        """Return the count as it fits above the bar: thousands shortened."""
        return str(self.count) if self.count < 1000 else f"{self.count / 1000:.1f}k"


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, and what is written there."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """What every plot has: its frame, thresholds as `marks`, and the axis' numbers as `ticks`."""

    marks: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    width: float = _WIDTH
    height: float = _HEIGHT
    left: float = _LEFT
    right: float = _RIGHT
    base: float = _BOTTOM


@dataclass(frozen=True, slots=True)
class Histogram(_Plot):
    """Twenty bars over 0 to 1."""

    bars: tuple[Bar, ...]

    @property
    def description(self) -> str:
        """Return the bars in words, for who can't see them."""
        filled = [f"{bar.low:.2f} to {bar.high:.2f}: {bar.count}" for bar in self.bars if bar.count]
        return "; ".join(filled) or "no values"


@dataclass(frozen=True, slots=True)
class Dot:
    """A link in the scatter plot, by its number in the list."""

    number: int
    x: float
    y: float
    link: Link


@dataclass(frozen=True, slots=True)
class Scatter(_Plot):
    """Links by margin (across) and probability (up)."""

    dots: tuple[Dot, ...]


def scale(start: float, end: float, low: float = 0.0, high: float = 1.0) -> Callable[[float], float]:
    """Return the function from values in `low`-`high` to their places in `start`-`end`.

    >>> scale(100, 0)(0.25)
    75.0
    """
    return lambda value: start + (value - low) / (high - low) * (end - start)


def path(points: Sequence[tuple[float, float]], *, closed: bool = False) -> str:
    """Return an SVG path through points.

    >>> path([(0, 1), (2.5, 3)]), path([])
    ('M0 1L2.5 3', '')
    """
    if not points:
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + ("Z" if closed else "")


_across, _up = scale(_LEFT, _RIGHT), scale(_BOTTOM, _TOP)


def histogram(values: Iterable[float], thresholds: Sequence[tuple[str, float]]) -> Histogram:
    """Count probabilities (0-1) in bins of 0.05; the fullest bar takes the whole height.

    >>> [bar.count for bar in histogram([0.3, 0.31, 0.95, 1.0], ()).bars if bar.count]
    [2, 2]
    """
    counts = [0] * _BINS
    for value in values:
        counts[min(round(value * _SCALE) * _BINS // _SCALE, _BINS - 1)] += 1
    highest = max(counts) or 1
    step = (_RIGHT - _LEFT) / _BINS
    bars = tuple(_bar(place, count, step, (_BOTTOM - _TOP) * count / highest) for place, count in enumerate(counts))
    marks = tuple(Tick(_across(value), f"{name} {value:.2f}") for name, value in thresholds)
    ticks = tuple(Tick(_across(tenth / 5), f"{tenth / 5:.1f}") for tenth in range(6))
    return Histogram(bars, marks=marks, ticks=ticks)


def _bar(place: int, count: int, step: float, height: float) -> Bar:
    low, high = place / _BINS, (place + 1) / _BINS
    return Bar(low, high, count, _LEFT + place * step + 1, _BOTTOM - height, step - 2, height)


def scatter(links: Sequence[Link], thresholds: Sequence[tuple[str, float]]) -> Scatter:
    """Place links by margin and probability, the margins spread over the whole width."""
    margins = [link.margin for link in links]
    low, high = min(margins, default=0.0), max(margins, default=1.0)
    spread = (high - low) or 1.0
    dots = tuple(
        Dot(number, _across(0.04 + 0.92 * (link.margin - low) / spread), _up(link.probability), link)
        for number, link in enumerate(links, 1)
    )
    ticks = tuple(Tick(_across(0.04 + 0.92 * step / 4), f"{low + spread * step / 4:.2f}") for step in range(5))
    marks = tuple(Tick(_up(value), f"{name} {value:.2f}") for name, value in thresholds)
    return Scatter(dots, marks=marks, ticks=ticks)


def reliability_table(bins: Sequence[Bin]) -> str:
    """Return the bins as a plain table: range, count, mean probability, share that was right.

    >>> print(reliability_table([Bin(0.9, 1.0, 40, 0.97, 0.95)]))
    probability     count    mean   right
    0.90-1.00          40   0.970   0.950
    """
    rows = [f"{b.low:.2f}-{b.high:.2f}{b.count:>12}{b.confidence:>8.3f}{b.accuracy:>8.3f}" for b in bins if b.count]
    return "\n".join(["probability     count    mean   right", *rows])


def reliability_svg(bins: Sequence[Bin], *, title: str) -> str:
    """Return a self-contained SVG of reliability: one dot a bin, its area by count.

    The diagonal is perfect calibration.

    >>> reliability_svg([Bin(0.5, 1.0, 4, 0.75, 0.5)], title="links").count("<circle")
    1
    """
    most = max((b.count for b in bins), default=1) or 1
    across, up = scale(_EDGE, _SIDE - _EDGE), scale(_SIDE - _EDGE, _EDGE)
    dots = []
    for b in bins:
        if b.count:
            x, y = across(b.confidence), up(b.accuracy)
            radius = 3 + 9 * (b.count / most) ** 0.5
            note = f"{b.count} links, mean probability {b.confidence:.3f}, right {b.accuracy:.3f}"
            dots.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#2563eb" fill-opacity=".6">'
                f"<title>{note}</title></circle>"
            )
    return _frame(title, dots)


def _frame(title: str, marks: Sequence[str]) -> str:
    low, high = _EDGE, _SIDE - _EDGE
    escaped = title.replace("&", "&amp;").replace("<", "&lt;")
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}" role="img" '
            f'font-family="sans-serif" font-size="11">',
            f'<text x="{_SIDE / 2}" y="20" text-anchor="middle">{escaped}</text>',
            f'<rect x="{low}" y="{low}" width="{high - low}" height="{high - low}" fill="none" stroke="#999"/>',
            f'<line x1="{low}" y1="{high}" x2="{high}" y2="{low}" stroke="#999" stroke-dasharray="4"/>',
            *marks,
            f'<text x="{_SIDE / 2}" y="{_SIDE - 10}" text-anchor="middle">probability</text>',
            f'<text x="14" y="{_SIDE / 2}" text-anchor="middle" transform="rotate(-90 14 {_SIDE / 2})">right</text>',
            "</svg>",
        ]
    )
