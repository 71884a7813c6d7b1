"""How much memory a process, and those that work for it, have held."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

__all__ = ["Held", "peak_megabytes"]


def peak_megabytes() -> int | None:
    """Return the most memory this process has held (2**20 bytes).

    None where the system does not tell.
    """
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts kilobytes, macOS bytes.
    return int(most // (1 << 20 if sys.platform == "darwin" else 1 << 10))


@dataclass(slots=True)
class Held:
    """The most memory that each of several processes has held, by its name.

    >>> held = Held()
    >>> held.tell("one", 100), held.tell("two", 50), held.tell("one", 120), held.tell("three", None), held.total
    (None, None, None, None, 170)
    """

    _of: dict[str, int] = field(default_factory=dict)

    def tell(self, process: str, megabytes: int | None) -> None:
        """Tell what a process has held so far (2**20 bytes)."""
        self._of[process] = max(self._of.get(process, 0), megabytes or 0)

    @property
    def total(self) -> int:
        """Return what all have held, as if each had held its most at one time."""
        return sum(self._of.values())
