"""What a worker process does: load the models once, then one block after the other."""

from __future__ import annotations

import os
import pickle
import platform
from collections.abc import Callable
from typing import Any, Final

from align.engines.held import peak_megabytes

__all__ = ["ONE_THREAD", "begin", "done", "work"]

ONE_THREAD: Final = {
    name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
}
"""The environment of a worker: there are as many workers as processors, so each computes on one thread."""

_loaded: dict[bytes, Any] = {}


def begin(recipe: bytes) -> None:
    """Load the models of a recipe where this process has not yet.

    It is a pickled function without arguments.
    """
    # Before the first array library is imported.
    os.environ.update(ONE_THREAD)
    if recipe not in _loaded:
        _loaded.clear()
        _loaded[recipe] = pickle.loads(recipe)()  # The parent process made it.


def work(recipe: bytes, task: Callable[[Any, Any], Any], payload: Any, common: object = None) -> Any:  # noqa: ANN401 (of any task)
    """Return what a task makes of a block, with the name and the memory of this process.

    The memory is the most that it has held. What all blocks need is `common`.
    """
    begin(recipe)
    return done(task, _loaded[recipe], payload, common), f"{platform.node()}:{os.getpid()}", peak_megabytes()


def done(task: Callable[[Any, Any], Any], models: Any, payload: Any, common: Any) -> Any:  # noqa: ANN401 (of any task)
    """Return what a task makes of a block with these models."""
    return task(models, payload if common is None else (common, payload))
