"""Where the bars and dots of the plots stand, in the units of their SVG; the template draws them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from align.types import Link

__all__ = ["Bar", "Dot", "Histogram", "Scatter", "Tick", "histogram", "scatter"]

_WIDTH, _HEIGHT = 460.0, 200.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 12.0, 448.0, 44.0, 176.0
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
    """What every plot has: its frame, the thresholds as `marks`, and the numbers under the axis as `ticks`."""

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


def _across(share: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * share


def _up(share: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * share


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
