"""Blocks of work done by a Ray cluster, or by a Ray of this machine."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from align.engines.held import Held
from align.engines.worker import ONE_THREAD, work
from align.errors import AlignError, InputError, MissingExtraError

__all__ = ["RayWorkers"]

_WAITING: Final = 2
_RETRIES: Final = 3
"""Times that a block whose worker died is done again."""

Block = tuple[int, Any]


class RayWorkers:
    """Ray's worker processes; Ray itself does again what a worker that died was at.

    `address` is that of a running cluster ("auto", "ray://host:10001"); None starts a Ray of this machine with so many
    `workers`. Raises MissingExtraError where Ray is not installed, InputError for a cluster that can't be reached.
    """

    def __init__(self, models: Callable[[], Any], *, workers: int | None = None, address: str | None = None) -> None:
        try:
            import ray
        except ModuleNotFoundError as error:
            raise MissingExtraError("--engine ray", "ray") from error
        # Ray's functions have no types.
        self._ray: Any = ray
        self._own = not ray.is_initialized()
        if self._own:
            _start(ray, workers, address)
        self.workers = workers or max(int(self._ray.cluster_resources().get("CPU", 1)), 1)
        self.held = Held()
        self._recipe = pickle.dumps(models)
        self._work = ray.remote(max_retries=_RETRIES, num_cpus=1)(work)

    def results(
        self,
        task: Callable[[Any, Any], Any],
        blocks: Iterator[Block],
        *,
        common: object = None,
        folder: Path | None = None,
    ) -> Iterator[Block]:
        """Yield the number of each block and what the task makes of it, in the order they are done.

        What is `common` to the blocks lies in Ray's own store, so that the folder is not needed.

        Raises AlignError where a block's workers died four times.
        """
        ray = self._ray
        place = None if common is None else ray.put(common)
        running: dict[Any, int] = {}
        while True:
            for number, payload in islice(blocks, self.workers * _WAITING - len(running)):
                running[self._work.remote(self._recipe, task, payload, place)] = number
            if not running:
                return
            done, _ = ray.wait(list(running), num_returns=1)
            try:
                result, *process = ray.get(done[0])
            except ray.exceptions.WorkerCrashedError as error:
                raise AlignError(f"Ray's workers died {_RETRIES + 1} times at one block: {error}") from error
            except ray.exceptions.RayTaskError as error:
                raise error.cause from error
            self.held.tell(*process)
            yield running.pop(done[0]), result

    def close(self) -> None:
        """Let go of the cluster; a Ray that this process started ends."""
        if self._own:
            self._ray.shutdown()


def _start(ray: Any, workers: int | None, address: str | None) -> None:  # noqa: ANN401 (a module)
    own = {} if address else {"num_cpus": workers, "include_dashboard": False}
    try:
        ray.init(
            address=address,
            runtime_env={"env_vars": dict(ONE_THREAD)},
            logging_level=logging.ERROR,
            log_to_driver=False,
            **own,
        )
    except (ConnectionError, ValueError, RuntimeError) as error:
        told = str(error).partition("\n")[0]
        raise InputError(f"--address {address}: no Ray can be reached there ({told})") from error
