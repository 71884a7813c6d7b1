"""A job cut into blocks, each done once, wherever.

What is done is kept until the whole job is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from align.engines.digests import digest
from align.engines.kept import KeptShards
from align.progress import step
from align.wording import count

__all__ = ["SHARD", "Here", "Shards", "Workers"]

SHARD: Final = 2048
"""Texts or pairs of a block unless another number is asked for."""


class Workers(Protocol):
    """Who does the blocks."""

    workers: int

    def results(self, task: Callable[[Any, Any], Any], blocks: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
        """Yield the number of each block and what the task makes of it, in the order they are done."""
        ...

    def close(self) -> None:
        """End what was started."""
        ...


class Here:
    """Do the blocks in this process, with the models that it has."""

    workers = 1

    def __init__(self, models: Callable[[], Any]) -> None:
        self._models = models

    def results(self, task: Callable[[Any, Any], Any], blocks: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
        """Yield the number of each block and what the task makes of it."""
        models = self._models()
        for number, payload in blocks:
            yield number, task(models, payload)

    def close(self) -> None:
        """End nothing."""


class Shards:
    """An `Engine`: blocks of work done by `workers`, and kept in a folder while the job lasts.

    `start` makes the workers when the first block is to be done. `made_by` names all that changes a result beside the
    block: versions, models, settings; None where nothing is kept. `size` is how many texts or pairs make a block;
    results hang on none of these.
    """

    def __init__(
        self,
        start: Callable[[], Workers],
        *,
        made_by: str | None = None,
        size: int = SHARD,
        progress: Callable[[str], None] = lambda stage: None,
    ) -> None:
        self.size = size
        self._start = start
        self.made_by = made_by
        self._progress = progress
        self._workers: Workers | None = None
        self._kept: KeptShards | None = None

    @contextmanager
    def kept_in(self, folder: Path) -> Iterator[None]:
        """Keep finished shards in a folder until the block ends well.

        Then it is removed, and the workers end. Where the folder is there already, its shards are taken as they are,
        and their number is told.
        """
        self._kept = KeptShards(folder)
        if len(self._kept):
            self._progress(f"resume: {count(len(self._kept), 'finished shard')} of an earlier run in {folder}")
        try:
            yield
            self._kept.remove()
        finally:
            self._kept = None
            self.close()

    def close(self) -> None:
        """End the workers; the next block would start them again."""
        if self._workers is not None:
            self._workers.close()
            self._workers = None

    def map(self, task: Callable[[Any, Any], Any], payloads: Sequence[Any], *, stage: str) -> Iterator[Any]:
        """Yield what a task makes of each block, in their order; see `align.ports.Engine`."""
        keys = [] if self._kept is None else [self._key(task, payload) for payload in payloads]
        waiting: dict[int, Any] = {}
        following, done = 0, 0
        for number, result in self._results(task, payloads, keys):
            waiting[number] = result
            done += 1
            step(self._progress, stage, done, len(payloads))
            while following in waiting:
                yield waiting.pop(following)
                following += 1

    def _key(self, task: Callable[[Any, Any], Any], payload: Any) -> str:  # noqa: ANN401 (of any task)
        return digest((self.made_by, f"{task.__module__}.{task.__qualname__}", payload))

    def _results(
        self, task: Callable[[Any, Any], Any], payloads: Sequence[Any], keys: Sequence[str]
    ) -> Iterator[tuple[int, Any]]:
        missing = []
        for number in range(len(payloads)):
            held = self._kept.get(keys[number]) if self._kept is not None else None
            if held is None:
                missing.append(number)
            else:
                yield number, held[0]
        if not missing:
            return
        if self._workers is None:
            self._workers = self._start()
        for number, result in self._workers.results(task, ((number, payloads[number]) for number in missing)):
            if self._kept is not None:
                self._kept.put(keys[number], result)
            yield number, result
