"""What all blocks of a stage need, laid down once for the processes of a machine.

Arrays are mapped, not copied, so that however many processes read them, the memory holds them once.
"""

from __future__ import annotations

import mmap
import os
import pickle
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

__all__ = ["COMMON", "Common", "laid_down", "taken_up"]

COMMON: Final = "common-"
"""How the names of such files begin."""

_ALIGNED: Final = 64


@dataclass(frozen=True, slots=True)
class Common:
    """Where a value lies: the file, and the start and size of each part in bytes.

    The first part tells what the others are.
    """

    path: str
    parts: tuple[tuple[int, int], ...]


@contextmanager
def laid_down(value: Any, folder: Path | None) -> Iterator[Common | None]:  # noqa: ANN401 (whatever a task needs)
    """Lay a value down in a folder, or a temporary one, while the block lasts.

    None is nothing to lay down.
    """
    if value is None:
        yield None
        return
    handle, name = tempfile.mkstemp(dir=folder, prefix=COMMON)
    try:
        with os.fdopen(handle, "wb") as stream:
            buffers: list[pickle.PickleBuffer] = []
            told = pickle.dumps(value, protocol=5, buffer_callback=buffers.append)
            parts = []
            for part in (memoryview(told), *(buffer.raw() for buffer in buffers)):
                stream.write(bytes(-stream.tell() % _ALIGNED))
                parts.append((stream.tell(), part.nbytes))
                stream.write(part)
        yield Common(name, tuple(parts))
    finally:
        Path(name).unlink(missing_ok=True)


@lru_cache(maxsize=1)
def taken_up(common: Common | None) -> Any:  # noqa: ANN401 (whatever a task needs)
    """Return a value that another process of this machine has laid down.

    Its arrays are in the mapped file; what is written into them stays here.
    """
    if common is None:
        return None
    with Path(common.path).open("rb") as stream:
        mapped = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_COPY))
    told, *buffers = (mapped[start : start + size] for start, size in common.parts)
    return pickle.loads(told, buffers=buffers)  # The first process made it.
