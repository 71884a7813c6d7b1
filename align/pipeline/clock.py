"""How long each stage of a job took, and how much memory the job held."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from align.engines.held import peak_megabytes
from align.progress import hearer

if TYPE_CHECKING:
    from align.engines.shards import Shards

__all__ = ["Clock", "Progress", "hearing"]

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

    `megabytes` has the most memory that the process, and those that work for it, had held when each was done (2**20
    bytes), where that is known.
    """

    progress: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)
    megabytes: dict[str, int] = field(default_factory=dict)
    engine: Shards | None = None

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage, after telling its name."""
        self.progress(name)
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)
        if (most := self.peak) is not None:
            self.megabytes[name] = most

    @property
    def peak(self) -> int | None:
        """Return the most memory held so far, that of the engine's processes included."""
        most = peak_megabytes()
        return most if most is None or self.engine is None else most + self.engine.megabytes
