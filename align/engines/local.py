"""Blocks of work done by processes of this machine."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Any, Final

from align.engines.common import Common, laid_down, taken_up
from align.engines.held import Held
from align.engines.worker import ONE_THREAD, begin, work
from align.errors import AlignError

__all__ = ["LocalWorkers"]

_WAITING: Final = 2
"""Blocks a worker that are handed out at once: one at work, one that waits."""
_MOST_DEATHS: Final = 3
"""Times that a block may take its worker with it before the job fails."""

Block = tuple[int, Any]


class LocalWorkers:
    """Processes that are spawned at the first block.

    The work of one that dies is done again by another. `models` is a picklable function without arguments that loads
    what the tasks need, once a process.
    """

    def __init__(self, models: Callable[[], Any], *, workers: int | None = None, address: str | None = None) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._recipe = pickle.dumps(models)
        self._pool: ProcessPoolExecutor | None = None
        self.held = Held()

    def results(
        self,
        task: Callable[[Any, Any], Any],
        blocks: Iterator[Block],
        *,
        common: object = None,
        folder: Path | None = None,
    ) -> Iterator[Block]:
        """Yield the number of each block and what the task makes of it, in the order they are done."""
        with laid_down(common, folder) as place:
            yield from self._results(partial(work_on, place, task), blocks)

    def _results(self, task: Callable[[bytes, Any], Any], blocks: Iterator[Block]) -> Iterator[Block]:
        deaths: dict[int, int] = {}
        running: dict[Future[Any], Block] = {}
        lost: list[Block] = []
        while True:
            wanted = self.workers * _WAITING - len(running)
            for block in [*lost, *islice(blocks, max(wanted - len(lost), 0))]:
                running[self._submit(task, block)] = block
            lost = []
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                block = running.pop(future)
                try:
                    result, *process = future.result()
                except BrokenProcessPool:
                    lost.append(block)
                    continue
                self.held.tell(*process)
                yield block[0], result
            if lost:
                # All that the pool had is lost with it.
                lost += running.values()
                running.clear()
                self._bury(lost, deaths)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _submit(self, task: Callable[[bytes, Any], Any], block: Block) -> Future[Any]:
        with _environment(ONE_THREAD):
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    self.workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(self._recipe,)
                )
            return self._pool.submit(task, self._recipe, block[1])

    def _bury(self, lost: list[Block], deaths: dict[int, int]) -> None:
        self.close()
        for number, _ in lost:
            deaths[number] = deaths.get(number, 0) + 1
        if max(deaths.values()) > _MOST_DEATHS:
            raise AlignError(
                f"worker processes died {_MOST_DEATHS + 1} times at one block, perhaps for want of memory:"
                " take fewer --workers"
            )


def work_on(place: Common | None, task: Callable[[Any, Any], Any], recipe: bytes, payload: Any) -> Any:  # noqa: ANN401 (of any task)
    """Return what a task makes of a block; `place` is where that lies which all blocks need."""
    return work(recipe, task, payload, taken_up(place))


def _begin(recipe: bytes) -> None:
    """Make a process ready for blocks.

    It leaves Ctrl+C to its parent, and ends when that is gone, however it went.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()
    begin(recipe)


def _end_with(parent: BaseProcess | None) -> None:
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set environment variables for the processes that are started within the block."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
