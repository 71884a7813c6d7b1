"""What a corpus held and a job did not take: counted by reason, with the first places."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

__all__ = ["LeftOut", "excerpt"]

_NAMED: Final = 3
"""Places that are named of each reason."""


_EXCERPT: Final = 40


def excerpt(text: str) -> str:
    """Return the beginning of a text by which a person finds it again.

    >>> excerpt("The  school has 200 pupils.")
    '"The school has 200 pupils."'
    """
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= _EXCERPT else f'"{line[:_EXCERPT]}..."'


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Counts by reason, as they grow, and the first places of each."""

    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=dict)

    def add(self, reason: str, place: str) -> None:
        """Count one more, and remember where it stood if it is among the first."""
        self.counts[reason] += 1
        held = self.places.setdefault(reason, [])
        if len(held) < _NAMED:
            held.append(place)

    def told(self) -> list[str]:
        """Return one line a reason, the commonest first.

        >>> left_out = LeftOut()
        >>> left_out.add("a copy", "2"), left_out.add("a copy", "5")
        (None, None)
        >>> left_out.told()
        ['2: a copy (at 2, 5)']
        """
        reasons = sorted(self.counts, key=lambda reason: (-self.counts[reason], reason))
        return [
            f"{self.counts[reason]}: {reason} (at {', '.join(self.places[reason])}"
            f"{', ...' if self.counts[reason] > len(self.places[reason]) else ''})"
            for reason in reasons
        ]
