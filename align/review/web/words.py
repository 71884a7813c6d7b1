"""What the page and the notebook say, in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["MOST_CHANGES", "NOTHING_LEFT", "SAID", "duration", "when"]

MOST_CHANGES: Final = 12
"""Changes of a ripple that are shown in full."""

NOTHING_LEFT: Final = (
    "Nothing is left here for you to judge: what remains is judged, skipped, or with another reviewer."
)

SAID: Final[Mapping[str, str]] = {
    "accept": "Accepted",
    "partial": "Partial",
    "reject": "Rejected",
    "skip": "Skipped",
    "flag": "Flag changed",
    "edit": "Edited and accepted",
    "trim": "Trimmed",
    "swap": "Swapped",
    "merge": "Merged",
    "no_counterpart": "No counterpart",
    "post_edit": "Saved as a pair",
}
"""What a verdict did, once it is kept."""


def duration(seconds: float) -> str:
    """Return a time to go as a person says it.

    >>> [duration(value) for value in (29, 600, 5400, 90000)]
    ['under a minute', 'about 10 min', 'about 1 h 30 min', 'about 25 h']
    """
    minutes = round(seconds / 60)
    if minutes < 1:
        return "under a minute"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"about {minutes} min"
    return f"about {hours} h {rest} min" if rest and hours < 10 else f"about {hours} h"


def when(at: str) -> str:
    """Return an ISO 8601 time to the minute.

    >>> when("2026-11-22T11:30:05.123+00:00")
    '2026-11-22 11:30'
    """
    return at[:16].replace("T", " ")
