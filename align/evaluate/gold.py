"""Gold and predicted pairs out of files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.errors import InputError
from align.storage.files import read_jsonl
from align.types import FloatArray

__all__ = ["Predicted", "label", "read_gold", "read_predicted"]


@dataclass(frozen=True, slots=True)
class Predicted:
    """Pairs of line numbers, and their probabilities, (n,) float32, in the file's order."""

    pairs: tuple[tuple[int, int], ...]
    probabilities: FloatArray


def read_gold(path: Path) -> frozenset[tuple[int, int]]:
    """Return the pairs of a gold file: JSON lines, or two tab-separated columns.

    JSON lines have `source` and `target`; both forms count lines from 0. Raises InputError with file and line for what
    is neither.
    """
    if path.suffix == ".jsonl":
        return frozenset(_numbers(record, path, row) for row, record in enumerate(read_jsonl(path), 1))
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: can't be read ({error})") from error
    return frozenset(_columns(line, path, row) for row, line in enumerate(lines, 1) if line.strip())


def read_predicted(path: Path) -> Predicted:
    """Return the pairs of a pairs.jsonl; raises InputError with file and line."""
    records = list(read_jsonl(path))
    pairs = tuple(_numbers(record, path, row) for row, record in enumerate(records, 1))
    probabilities = np.array([record.get("probability", 1.0) for record in records], dtype=np.float32)
    return Predicted(pairs, probabilities)


def label(predicted: Predicted, gold: frozenset[tuple[int, int]]) -> NDArray[np.bool_]:
    """Return for each predicted pair whether it is gold, (n,) bool."""
    return np.array([pair in gold for pair in predicted.pairs], dtype=bool)


def _numbers(record: dict[str, object], path: Path, row: int) -> tuple[int, int]:
    source, target = record.get("source"), record.get("target")
    if not isinstance(source, int) or not isinstance(target, int):
        raise InputError(f"{path}, line {row}: source and target must be line numbers, counted from 0")
    return source, target


def _columns(line: str, path: Path, row: int) -> tuple[int, int]:
    cells = line.split("\t")
    try:
        return int(cells[0]), int(cells[1])
    except (ValueError, IndexError):
        raise InputError(
            f"{path}, line {row}: not two tab-separated line numbers: write SOURCE<tab>TARGET, counted from 0"
        ) from None
