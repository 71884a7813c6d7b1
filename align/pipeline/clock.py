"""How long each stage of a job took, and how much memory the job held."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from align.progress import hearer

__all__ = ["Clock", "Progress", "hearing", "peak_megabytes"]

Progress: TypeAlias = "bool | Callable[[str], None]"
"""Who hears how far a job is: nobody; a bar or lines on standard error; or a function.

The function is told the name of each stage, and how far it is, as a text unless it has a method `step(stage, done,
total)`."""


def hearing(progress: Progress) -> Callable[[str], None]:
    """Return a function that is told each stage.

    True names them on standard error, False nowhere.
    """
    if callable(progress):
        return progress
    return hearer(_say) if progress else lambda stage: None


def _say(line: str) -> None:
    sys.stderr.write(f"align: {line}\n")


@dataclass(slots=True)
class Clock:
    """Seconds per stage, in the order the stages began.

    `megabytes` has the most memory that the process had held when each was done (2**20 bytes), where that is known.
    """

    progress: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)
    megabytes: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage, after telling its name."""
        self.progress(name)
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)
        if (most := peak_megabytes()) is not None:
            self.megabytes[name] = most


def peak_megabytes() -> int | None:
    """Return the most memory this process has held, None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts kilobytes, macOS bytes.
    return int(most // (1 << 20 if sys.platform == "darwin" else 1 << 10))
