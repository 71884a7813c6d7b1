"""Finished shards in a folder: what a killed run need not do again."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from align.engines.common import COMMON

__all__ = ["SHARDS", "KeptShards", "beside"]

SHARDS: Final = ".shards"
"""The folder of finished shards within a run's folder, and the end of its name beside a file."""

_CHECKED: Final = hashlib.sha256().digest_size
_SUFFIX: Final = ".shard"
_MAKING: Final = "making-"
_KNOWN: Final = frozenset(
    {
        ("numpy", "dtype"),
        ("numpy", "ndarray"),
        ("numpy._core.multiarray", "_reconstruct"),
        ("numpy._core.multiarray", "scalar"),
        ("numpy._core.numeric", "_frombuffer"),
        ("datetime", "date"),
    }
)


def beside(path: Path) -> Path:
    """Return the folder of the finished shards of a job that writes one file.

    >>> beside(Path("out/pairs.jsonl")).name
    '.pairs.jsonl.shards'
    """
    return path.with_name(f".{path.name}{SHARDS}")


class KeptShards:
    """Results by the hash of what they were made of, one file each.

    A file is written under another name and takes its own when it is whole; it begins with the hash of the rest, so
    that what a power cut has left half is made again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for left in (path for begun in (_MAKING, COMMON) for path in folder.glob(f"{begun}*")):
            # A job that was killed had no time to take them away.
            left.unlink()

    def __len__(self) -> int:
        return sum(1 for path in self.folder.glob(f"*{_SUFFIX}"))

    def get(self, key: str) -> tuple[Any] | None:
        """Return the result of a shard in a tuple, None where it is not there or not whole."""
        try:
            held = self._path(key).read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(held[_CHECKED:]).digest() != held[:_CHECKED]:
            return None
        return (_Reader(BytesIO(held[_CHECKED:])).load(),)

    def put(self, key: str, result: Any) -> None:  # noqa: ANN401 (whatever a task returns)
        """Keep the result of a shard."""
        written = pickle.dumps(result, protocol=5)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=_MAKING)
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(written).digest())
            stream.write(written)
        Path(name).replace(self._path(key))

    def remove(self) -> None:
        """Remove the folder with all that it holds."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_SUFFIX}"


class _Reader(pickle.Unpickler):
    """Read arrays and the records of `align.types`.

    Nothing else that a stranger may have put into the folder is read.
    """

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 (a class or a function)
        if (module, name) in _KNOWN or module == "align.types":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a shard")
