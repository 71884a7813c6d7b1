"""Arrays and an epoch number in one file that is always whole.

An interrupted training goes on from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.storage.files import replacing

__all__ = ["read_checkpoint", "remove_checkpoint", "write_checkpoint"]

_NAME: Final = "checkpoint.safetensors"


def write_checkpoint(folder: Path, arrays: Mapping[str, NDArray[np.float32]], *, epoch: int, fingerprint: str) -> None:
    """Write the arrays after `epoch` epochs; `fingerprint` says which training they belong to."""
    from safetensors.numpy import save_file

    # A run killed while it writes leaves the checkpoint before.
    with replacing(folder / _NAME) as temporary:
        save_file(dict(arrays), temporary, metadata={"epoch": str(epoch), "fingerprint": fingerprint})


def read_checkpoint(folder: Path, *, fingerprint: str) -> tuple[int, dict[str, NDArray[np.float32]]] | None:
    """Return the epochs done and the arrays.

    None where there is no checkpoint or it belongs to another training.
    """
    from safetensors import SafetensorError, safe_open

    if not (folder / _NAME).is_file():
        return None
    try:
        with safe_open(folder / _NAME, framework="numpy") as file:
            metadata = file.metadata() or {}
            if metadata.get("fingerprint") != fingerprint:
                return None
            return int(metadata["epoch"]), {name: file.get_tensor(name) for name in file.keys()}
    except (SafetensorError, OSError, KeyError, ValueError):
        # A damaged checkpoint costs a fresh start, not the run.
        return None


def remove_checkpoint(folder: Path) -> None:
    """Delete the checkpoint, if there is one."""
    (folder / _NAME).unlink(missing_ok=True)
