"""A job cut into blocks, each done once, wherever.

What is done is kept until the whole job is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from align.engines.digests import digest
from align.engines.held import Held
from align.engines.kept import KeptShards
from align.engines.worker import done
from align.progress import step
from align.wording import count

__all__ = ["SHARD", "Here", "Shards", "Workers"]

SHARD: Final = 2048
"""Texts or pairs of a block unless another number is asked for."""


class Workers(Protocol):
    """Who does the blocks.

    `held` is the memory of the other processes.
    """

    workers: int
    held: Held

    def results(
        self,
        task: Callable[[Any, Any], Any],
        blocks: Iterator[tuple[int, Any]],
        *,
        common: object = None,
        folder: Path | None = None,
    ) -> Iterator[tuple[int, Any]]:
        """Yield the number of each block and what the task makes of it, in the order they are done.

        `common` is what all blocks need; it may be laid down in the folder.
        """
        ...

    def close(self) -> None:
        """End what was started."""
        ...


class Here:
    """Do the blocks in this process, with the models that it has."""

    workers = 1

    def __init__(self, models: Callable[[], Any]) -> None:
        self._models = models
        self.held = Held()

    def results(
        self,
        task: Callable[[Any, Any], Any],
        blocks: Iterator[tuple[int, Any]],
        *,
        common: object = None,
        folder: Path | None = None,
    ) -> Iterator[tuple[int, Any]]:
        """Yield the number of each block and what the task makes of it."""
        models = self._models()
        for number, payload in blocks:
            yield number, done(task, models, payload, common)

    def close(self) -> None:
        """End nothing."""


class Shards:
    """An `Engine`: blocks of work done by `workers`, and kept in a folder while the job lasts.

    `start` makes the workers when the first block is to be done. `made_by` names all that changes a result beside the
    block: versions, models, settings; None where nothing is kept. `size` is how many texts or pairs make a block;
    results depend on none of these.
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
        self.megabytes = 0
        """The most memory that the workers have held together (2**20 bytes)."""
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

    @property
    def apart(self) -> bool:
        """Say whether blocks are done by other processes, and kept.

        If not, a stage need not be cut into them.
        """
        return self.made_by is not None

    def step(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage is that is not cut into blocks."""
        step(self._progress, stage, done, total)

    def map(
        self, task: Callable[[Any, Any], Any], payloads: Sequence[Any], *, stage: str, common: object = None
    ) -> Iterator[Any]:
        """Yield what a task makes of each block, in their order; see `align.ports.Engine`."""
        keys = [] if self._kept is None else self._keys(task, payloads, common)
        waiting: dict[int, Any] = {}
        following, finished = 0, 0
        for number, result in self._results(task, payloads, keys, common):
            waiting[number] = result
            finished += 1
            step(self._progress, stage, finished, len(payloads))
            while following in waiting:
                yield waiting.pop(following)
                following += 1

    def _keys(self, task: Callable[[Any, Any], Any], payloads: Sequence[Any], common: object) -> list[str]:
        of_all = digest((self.made_by, f"{task.__module__}.{task.__qualname__}", common))
        return [digest((of_all, payload)) for payload in payloads]

    def _results(
        self, task: Callable[[Any, Any], Any], payloads: Sequence[Any], keys: Sequence[str], common: object
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
        blocks = ((number, payloads[number]) for number in missing)
        folder = None if self._kept is None else self._kept.folder
        for number, result in self._workers.results(task, blocks, common=common, folder=folder):
            self.megabytes = max(self.megabytes, self._workers.held.total)
            if self._kept is not None:
                self._kept.put(keys[number], result)
            yield number, result
