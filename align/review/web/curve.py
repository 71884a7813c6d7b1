"""The geometry of the plot of precision: precision above, pairs below, both by threshold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from align.plots import Tick, path, scale
from align.review.precision import PrecisionEstimate, ThresholdPoint

__all__ = ["HEIGHT", "WIDTH", "Curve", "curve"]

WIDTH, HEIGHT = 720, 380
_LEFT, _RIGHT = 56, 704
_TOP, _MIDDLE = 14, 232
"""The upper plot lies between these, the lower one between the next."""
_LOWER, _BOTTOM = 262, 346


@dataclass(frozen=True, slots=True)
class Curve:
    """Paths of the picture, `WIDTH` by `HEIGHT`.

    `band` is the 95 % interval, `pairs` an area, `here` the threshold.
    """

    band: str
    precision: str
    pairs: str
    here: float
    here_y: float | None
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    most: Tick


def curve(found: PrecisionEstimate) -> Curve:
    """Return the plot of an estimate.

    The upper axis begins at the lowest tenth that the interval touches.
    """
    known = [point for point in found.curve if point.precision is not None]
    floor = min([int(point.low * 10) / 10 for point in known if point.n >= 10] or [0.5])
    floor = min(floor, 0.9)
    most = max([point.pairs for point in found.curve] or [1]) or 1
    x, y = _tenths(scale(_LEFT, _RIGHT)), _tenths(scale(_MIDDLE, _TOP, floor))
    z = _tenths(scale(_BOTTOM, _LOWER, 0.0, float(most)))
    upper = [(x(point.threshold), y(max(point.high, floor))) for point in known]
    lower = [(x(point.threshold), y(max(point.low, floor))) for point in reversed(known)]
    pairs = [(x(point.threshold), z(point.pairs)) for point in found.curve]
    base = [(pairs[-1][0], float(_BOTTOM)), (pairs[0][0], float(_BOTTOM))] if pairs else []
    steps = [step / 10 for step in range(round(floor * 10), 11)]
    return Curve(
        path([*upper, *lower], closed=True),
        path([(x(point.threshold), y(max(_precision(point), floor))) for point in known]),
        path([*pairs, *base], closed=True),
        x(found.now.threshold),
        y(max(_precision(found.now), floor)) if found.now.precision is not None else None,
        tuple(Tick(x(step / 10), f"{step / 10:.1f}") for step in range(0, 11, 2)),
        tuple(Tick(y(step), f"{step:.1f}") for step in steps),
        Tick(z(most), f"{most:,}"),
    )


def _precision(point: ThresholdPoint) -> float:
    return point.precision if point.precision is not None else 0.0


def _tenths(place: Callable[[float], float]) -> Callable[[float], float]:
    """Return a scale that is told to a tenth of a unit, which is finer than a screen shows."""
    return lambda value: round(place(value), 1)
