"""What a random audit says of the precision above a threshold."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Dial", "Point"]


@dataclass(frozen=True, slots=True)
class Point:
    """At `threshold`: how many `pairs` the run has, and their estimated `precision` with a 95 % interval `low`-`high`.

    Right are accepted and partial pairs; `whole` (with `whole_low`, `whole_high`) counts the accepted ones alone. `n`
    audited pairs stand above the threshold; with none, the precisions are None.
    """

    threshold: float
    pairs: int
    n: int
    precision: float | None
    low: float
    high: float
    whole: float | None
    whole_low: float
    whole_high: float


@dataclass(frozen=True, slots=True)
class Dial:
    """The point asked for, the curve (thresholds rising), and how many audited decisions it rests on."""

    now: Point
    curve: tuple[Point, ...]
    audited: int
    signature: str
