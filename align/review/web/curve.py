"""The geometry of the plot of precision: precision above, pairs below, both by threshold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from align.review.precision import PrecisionEstimate, ThresholdPoint

__all__ = ["HEIGHT", "WIDTH", "AxisMark", "Curve", "curve"]

WIDTH, HEIGHT = 720, 380
_LEFT, _RIGHT = 56, 704
_TOP, _MIDDLE = 14, 232
"""The upper plot lies between these, the lower one between the next."""
_LOWER, _BOTTOM = 262, 346


@dataclass(frozen=True, slots=True)
class AxisMark:
    """A mark on an axis, in units of the picture, and what it says."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Paths of the picture, `WIDTH` by `HEIGHT`: `band` is the 95 % interval, `pairs` an area, `here` the threshold."""

    band: str
    precision: str
    pairs: str
    here: float
    here_y: float | None
    across: tuple[AxisMark, ...]
    up: tuple[AxisMark, ...]
    most: AxisMark


def curve(found: PrecisionEstimate) -> Curve:
    """Return the plot of an estimate; the upper axis begins at the lowest tenth that the interval touches."""
    known = [point for point in found.curve if point.precision is not None]
    floor = min([int(point.low * 10) / 10 for point in known if point.n >= 10] or [0.5])
    floor = min(floor, 0.9)
    most = max([point.pairs for point in found.curve] or [1]) or 1
    x = _scale(0.0, 1.0, _LEFT, _RIGHT)
    y = _scale(floor, 1.0, _MIDDLE, _TOP)
    z = _scale(0.0, float(most), _BOTTOM, _LOWER)
    upper = [(x(point.threshold), y(max(point.high, floor))) for point in known]
    lower = [(x(point.threshold), y(max(point.low, floor))) for point in reversed(known)]
    pairs = [(x(point.threshold), z(point.pairs)) for point in found.curve]
    base = [(pairs[-1][0], float(_BOTTOM)), (pairs[0][0], float(_BOTTOM))] if pairs else []
    steps = [step / 10 for step in range(round(floor * 10), 11)]
    return Curve(
        _path([*upper, *lower], closed=True),
        _path([(x(point.threshold), y(max(_precision(point), floor))) for point in known]),
        _path([*pairs, *base], closed=True),
        x(found.now.threshold),
        y(max(_precision(found.now), floor)) if found.now.precision is not None else None,
        tuple(AxisMark(x(step / 10), f"{step / 10:.1f}") for step in range(0, 11, 2)),
        tuple(AxisMark(y(step), f"{step:.1f}") for step in steps),
        AxisMark(z(most), f"{most:,}"),
    )


def _precision(point: ThresholdPoint) -> float:
    return point.precision if point.precision is not None else 0.0


def _scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    return lambda value: round(start + (value - low) / (high - low) * (end - start), 1)


def _path(points: Sequence[tuple[float, float]], *, closed: bool = False) -> str:
    """Return an SVG path through points.

    >>> _path([(0, 1), (2.5, 3)]), _path([])
    ('M0 1L2.5 3', '')
    """
    if not points:
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + ("Z" if closed else "")
