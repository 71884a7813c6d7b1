"""Where a job may write: never over what it reads, nor over what it did not make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from align.errors import InputError
from align.storage.files import ensure_folder
from align.storage.locks import locked
from align.storage.sealed import RUN_PATHS, claim_run

__all__ = ["claim_model", "refuse_inputs", "refuse_run_files", "working_in"]

_OF_MODELS: Final = frozenset({".json", ".safetensors", ".npy", ".pt"})
"""What a model's folder holds beside its card, which every project has."""


def refuse_inputs(out: str | Path, inputs: Iterable[str | Path]) -> None:
    """Raise InputError for an `--out` that is one of the inputs or a folder above one.

    >>> refuse_inputs("news/run", ["news"])
    >>> refuse_inputs("news", ["news/kk", "news/en"])
    Traceback (most recent call last):
    align.errors.InputError: news: holds the input news/kk, and would be written into: choose another --out
    """
    place = Path(out).resolve()
    for each in inputs:
        read = Path(each).resolve()
        if place == read or _one_file(place, read):
            raise InputError(f"{out}: is an input, and would be written over: choose another --out")
        if place in read.parents:
            raise InputError(f"{out}: holds the input {each}, and would be written into: choose another --out")


def refuse_run_files(out: str | Path, folder: str | Path) -> None:
    """Raise InputError for an `--out` that is a file of a run, its folder or one above."""
    refuse_inputs(out, (Path(folder) / name for name in RUN_PATHS))


@contextmanager
def working_in(out: str | Path, inputs: Iterable[str | Path]) -> Iterator[None]:
    """Make the folder of a run and hold it until the block ends.

    So a second job into it is told at once. Raises InputError for a folder that is an input or above one, holds
    something else, can't be written or is held.
    """
    refuse_inputs(out, (each for each in inputs if str(each) != "-"))
    claim_run(Path(out))
    with locked(Path(out), writing=True):
        yield


def claim_model(out: Path, pairs: Iterable[Path]) -> None:
    """Make the folder of a model that is trained on pairs.

    Raises InputError for a folder above them, one that can't be written, and one that holds files but no model's.
    """
    refuse_inputs(out, pairs)
    ensure_folder(out)
    visible = [path for path in out.iterdir() if path.name[:1] != "."]
    if visible and not any(path.suffix in _OF_MODELS for path in visible):
        raise InputError(f"{out}: holds something else, and no model: choose another --out, an empty folder")


def _one_file(place: Path, read: Path) -> bool:
    """Say whether two paths name one file, as they may where names differ in case alone."""
    return place.exists() and read.exists() and place.samefile(read)
