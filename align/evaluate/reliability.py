"""Draws probabilities against truth."""

from __future__ import annotations

from collections.abc import Sequence

from align.evaluate.metrics import Bin

__all__ = ["reliability_svg", "reliability_table"]

_SIZE = 320
_EDGE = 40


def reliability_table(bins: Sequence[Bin]) -> str:
    """Return the bins as a plain table: range, count, mean probability, share that was right.

    >>> print(reliability_table([Bin(0.9, 1.0, 40, 0.97, 0.95)]))
    probability     count    mean   right
    0.90-1.00          40   0.970   0.950
    """
    rows = [f"{b.low:.2f}-{b.high:.2f}{b.count:>12}{b.confidence:>8.3f}{b.accuracy:>8.3f}" for b in bins if b.count]
    return "\n".join(["probability     count    mean   right", *rows])


def reliability_svg(bins: Sequence[Bin], *, title: str) -> str:
    """Return a self-contained SVG: one dot a bin, its area by count, above the diagonal of perfect calibration.

    >>> reliability_svg([Bin(0.5, 1.0, 4, 0.75, 0.5)], title="links").count("<circle")
    1
    """
    side = _SIZE - 2 * _EDGE
    most = max((b.count for b in bins), default=1) or 1

    def place(x: float, y: float) -> tuple[float, float]:
        return _EDGE + side * x, _SIZE - _EDGE - side * y

    dots = []
    for b in bins:
        if b.count:
            x, y = place(b.confidence, b.accuracy)
            radius = 3 + 9 * (b.count / most) ** 0.5
            note = f"{b.count} links, mean probability {b.confidence:.3f}, right {b.accuracy:.3f}"
            dots.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#2563eb" fill-opacity=".6">'
                f"<title>{note}</title></circle>"
            )
    return _frame(title, dots)


def _frame(title: str, marks: Sequence[str]) -> str:
    low, high = _EDGE, _SIZE - _EDGE
    escaped = title.replace("&", "&amp;").replace("<", "&lt;")
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" role="img" '
            f'font-family="sans-serif" font-size="11">',
            f'<text x="{_SIZE / 2}" y="20" text-anchor="middle">{escaped}</text>',
            f'<rect x="{low}" y="{low}" width="{high - low}" height="{high - low}" fill="none" stroke="#999"/>',
            f'<line x1="{low}" y1="{high}" x2="{high}" y2="{low}" stroke="#999" stroke-dasharray="4"/>',
            *marks,
            f'<text x="{_SIZE / 2}" y="{_SIZE - 10}" text-anchor="middle">probability</text>',
            f'<text x="14" y="{_SIZE / 2}" text-anchor="middle" transform="rotate(-90 14 {_SIZE / 2})">right</text>',
            "</svg>",
        ]
    )
