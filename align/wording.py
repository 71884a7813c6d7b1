"""How numbers are written for a person."""

from __future__ import annotations

__all__ = ["count", "probability"]


def probability(value: float) -> str:
    """Return two decimals that never claim certainty.

    >>> [probability(value) for value in (0.9996, 0.5, 0.0004)]
    ['>.99', '.50', '<.01']
    """
    if value >= 0.995:
        return ">.99"
    return "<.01" if value < 0.005 else f"{value:.2f}"[1:]


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> count(1, "link"), count(1200, "link"), count(0, "match", "matches")
    ('1 link', '1,200 links', '0 matches')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
