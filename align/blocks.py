"""A stage cut into blocks, which an engine does, or without one this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from align.engines.worker import done
from align.ports import Engine

__all__ = ["blocks_of", "by_blocks"]


def blocks_of(engine: Engine | None, total: int, *, times: int = 1) -> list[slice]:
    """Return where the blocks of so many texts or pairs lie: one block without an engine.

    A block has `times` as many as the engine's usual one, where each is done so fast.

    >>> blocks_of(None, 5)
    [slice(0, 5, None)]
    """
    size = max(total, 1) if engine is None else engine.size * times
    return [slice(start, min(start + size, total)) for start in range(0, total, size)]


def by_blocks(
    engine: Engine | None,
    task: Callable[[Any, Any], Any],
    payloads: Sequence[Any],
    *,
    stage: str,
    common: object = None,
) -> Iterator[Any]:
    """Yield what a task makes of each block, in their order, as `Engine.map` does.

    Without an engine, the task is given None for the models.
    """
    if engine is not None:
        yield from engine.map(task, payloads, stage=stage, common=common)
        return
    for payload in payloads:
        yield done(task, None, payload, common)
