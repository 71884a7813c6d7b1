"""How long each stage of a job took."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

__all__ = ["Clock", "Progress", "hearing"]

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
