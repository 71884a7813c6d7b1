"""Sentences that are nobody's counterpart.

A text is compared with them where the run offers little else.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from safetensors.numpy import load_file, save_file

from align.errors import ModelUnavailableError
from align.types import FloatArray, Lang

__all__ = ["NEAREST", "Decoys"]

NEAREST: Final = 4
"""How many of the nearest make a neighbourhood."""

_ROWS_AT_ONCE: Final = 4096
_STEPS: Final = np.float32(127)


@dataclass(frozen=True, slots=True)
class Decoys:
    """Vectors of the decoys of either language.

    They are (n, dim) float32 unit rows of the bundled encoder.
    """

    kk: FloatArray
    en: FloatArray

    def nearest_to(self, vectors: FloatArray, lang: Lang) -> FloatArray:
        """Return the cosines of texts of `lang` with the nearest decoys of the other language.

        They are (n, 4) float32, best first.

        `vectors` is (n, dim) float32, the bundled encoder's.
        """
        others = self.en if lang == "kk" else self.kk
        near = np.zeros((len(vectors), NEAREST), dtype=np.float32)
        count = min(NEAREST, len(others))
        for start in range(0, len(vectors), _ROWS_AT_ONCE):
            cosines = vectors[start : start + _ROWS_AT_ONCE] @ others.T
            best = np.partition(cosines, len(others) - count, axis=1)[:, len(others) - count :]
            near[start : start + len(cosines), :count] = -np.sort(-best, axis=1)
        return near

    def rounded(self) -> Decoys:
        """Return the vectors as they come back from a file."""
        return Decoys(_unit(_whole(self.kk)), _unit(_whole(self.en)))

    def write(self, path: Path) -> None:
        """Write the vectors, each number as one byte."""
        arrays = {lang: _whole(getattr(self, lang)) for lang in ("kk", "en")}
        save_file(arrays, path)

    @classmethod
    def read(cls, path: Path) -> Decoys:
        """Read vectors; raises ModelUnavailableError where the file is missing or broken."""
        try:
            arrays = load_file(path)
            return cls(*(_unit(arrays[lang]) for lang in ("kk", "en")))
        except FileNotFoundError as error:
            raise ModelUnavailableError(f"{path}: not there: make it with `align train verifier`") from error
        except Exception as error:
            raise ModelUnavailableError(
                f"{path}: not decoys ({error}): make them with `align train verifier`"
            ) from error


def _whole(rows: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    largest = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9)
    return np.asarray(np.rint(rows / largest * _STEPS), dtype=np.int8)


def _unit(rows: np.ndarray[tuple[int, ...], np.dtype[np.int8]]) -> FloatArray:
    made = rows.astype(np.float32)
    return np.ascontiguousarray(made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9), dtype=np.float32)
