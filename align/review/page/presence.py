"""Who is at the review's pages now: kept in memory alone, for as long as the server runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

__all__ = ["HERE_SECONDS", "Presence", "Visit"]

HERE_SECONDS: Final = 600.0
"""Seconds after their last page or verdict for which somebody is still said to be here."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who is here.

    `seconds` ago they asked for the page at `path`, or sent a verdict from it.
    """

    reviewer: str
    path: str
    seconds: float


@dataclass(slots=True)
class Presence:
    """Everybody's last visit; `clock` tells seconds that never go back."""

    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, tuple[float, str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def note(self, reviewer: str, path: str) -> None:
        """Note that somebody asked for a page just now.

        >>> presence = Presence(lambda: 0.0)
        >>> presence.note("Ana", "/team")
        >>> presence.here()
        [Visit(reviewer='Ana', path='/team', seconds=0.0)]
        """
        with self._lock:
            self._seen[reviewer] = (self.clock(), path)

    def here(self) -> list[Visit]:
        """Return who has been here in the last ten minutes, the latest first."""
        with self._lock:
            now = self.clock()
            self._seen = {name: seen for name, seen in self._seen.items() if now - seen[0] < HERE_SECONDS}
            return sorted(
                (Visit(name, path, now - at) for name, (at, path) in self._seen.items()),
                key=lambda each: (each.seconds, each.reviewer),
            )
