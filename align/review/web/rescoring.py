"""Rescoring in a process of its own.

It takes all of a processor, and verdicts must not wait for it.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from align.errors import AlignError
from align.review.interface_language import _
from align.review.store import Store

if TYPE_CHECKING:
    from align.review.records import Rescoring
    from align.review.rescore import Weighed

__all__ = ["RescoreProcess"]

_stores: dict[Path, Store] = {}
"""The worker's own store, with the models it has loaded."""


class RescoreProcess:
    """Do what `Store.rescore` does, but weigh in another process.

    It starts at the first question, ends with this.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None

    def rescore(self, event: str) -> Rescoring:
        """Return what a verdict changed in its documents.

        Raises AlignError where the process ends meanwhile.
        """
        with self._lock:
            if self._pool is None:
                # One thread is enough for two documents, and leaves the other processors to those who judge.
                os.environ.setdefault("OMP_NUM_THREADS", "1")
                # A fork would share the open database, which SQLite forbids.
                self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_end_with_parent)
            pool = self._pool
        try:
            weighed = pool.submit(_weigh, self._store.folder, event).result()
        except BrokenProcessPool as error:
            with self._lock:
                # The next verdict starts another, unless somebody has already.
                if self._pool is pool:
                    self._pool = None
            raise AlignError(_("the process that rescores has ended; the verdict is kept all the same")) from error
        # Written here: a process that has to wait for a processor must not hold the lock that verdicts wait for.
        return self._store.keep_rescoring(event, weighed)

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    # A worker would outlive a server that was killed, waiting for work that never comes.
    server = parent_process()
    if server is not None:
        server.join()
        os._exit(0)


def _weigh(folder: Path, event: str) -> Weighed:
    if folder not in _stores:
        os.nice(19)
        _stores[folder] = Store.open(folder)
    return _stores[folder].weigh(event)
