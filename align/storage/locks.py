"""Who reads and who writes a folder, so that two processes never make one result of two."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from align.errors import InputError

try:
    import fcntl
except ImportError:  # pragma: no cover
    # Windows has no such locks; there, nothing tells of a second run.
    fcntl = None  # type: ignore[assignment]

__all__ = ["is_abandoned", "locked", "owned"]

_PATIENCE: Final = 2.0
"""Seconds that are waited for somebody who only reads."""


@dataclass(slots=True)
class _Held:
    handle: int
    writing: bool
    thread: int
    count: int = 1


_held: dict[Path, _Held] = {}
_guard: Final = threading.Lock()


@contextmanager
def locked(folder: Path, *, writing: bool) -> Iterator[None]:
    """Hold a folder that exists until the block ends.

    It is held for writing alone, or for reading beside others. A thread that writes may read and write within. The
    lock is the system's own on the folder, so that it goes when its process does, however that ends, and no file is
    left. Raises InputError where another process or thread writes, or reads and goes on reading.
    """
    place = folder.resolve()
    _take(place, writing=writing)
    try:
        yield
    finally:
        _give_back(place)


def _take(place: Path, *, writing: bool) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not _try(place, writing=writing):
        if time.monotonic() > deadline:
            raise InputError(f"{place}: another align works in this folder: wait for it, or choose another folder")
        time.sleep(0.05)


def _try(place: Path, *, writing: bool) -> bool:
    with _guard:
        held = _held.get(place)
        if held is None:
            handle = _lock(place, writing=writing)
            if handle is None:
                return False
            _held[place] = _Held(handle, writing, threading.get_ident())
            return True
        mine = held.thread == threading.get_ident()
        if (writing or held.writing) and not mine:
            return False
        if writing and not held.writing and not _flock(held.handle, writing=True):
            return False
        held.writing = held.writing or writing
        held.count += 1
        return True


def _give_back(place: Path) -> None:
    with _guard:
        held = _held[place]
        held.count -= 1
        if held.count == 0:
            del _held[place]
            os.close(held.handle)


def _lock(place: Path, *, writing: bool) -> int | None:
    try:
        handle = os.open(place, os.O_RDONLY)
    except OSError as error:
        raise InputError(f"{place}: can't be opened ({error.strerror}): check the path and its permissions") from error
    if _flock(handle, writing=writing):
        return handle
    os.close(handle)
    return None


def _flock(handle: int, *, writing: bool) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if writing else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # A file system without locks, as some that are mounted over a network: better no lock than no work.
        return True
    return True


@contextmanager
def owned(path: Path) -> Iterator[None]:
    """Mark a temporary file or folder as one that its maker is still at, until the block ends."""
    handle = os.open(path, os.O_RDONLY)
    try:
        _flock(handle, writing=True)
        yield
    finally:
        os.close(handle)


def is_abandoned(path: Path) -> bool:
    """Say whether the maker of a temporary file or folder is gone without having removed it."""
    if fcntl is None:
        return False
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return _flock(handle, writing=True)
    finally:
        os.close(handle)
