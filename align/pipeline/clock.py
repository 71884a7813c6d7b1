"""How long each stage of a job took, and how much memory the job held."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

__all__ = ["Clock", "Progress", "hearing", "peak_megabytes"]

Progress: TypeAlias = "bool | Callable[[str], None]"
"""Who hears how far a job is: nobody, standard error, or a function that is told the name of each stage."""


def hearing(progress: Progress) -> Callable[[str], None]:
    """Return a function that is told each stage.

    True names them on standard error, False nowhere.
    """
    if callable(progress):
        return progress
    return (lambda stage: print(f"align: {stage} ...", file=sys.stderr)) if progress else lambda stage: None  # noqa: T201


@dataclass(slots=True)
class Clock:
    """Seconds per stage, in the order the stages began."""

    progress: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage, after telling its name."""
        self.progress(name)
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)


def peak_megabytes() -> int | None:
    """Return the most memory this process has held, None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts kilobytes, macOS bytes.
    return int(most // (1 << 20 if sys.platform == "darwin" else 1 << 10))
