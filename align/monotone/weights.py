"""The weights of a path's steps as a file that a person can read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from align.errors import ModelUnavailableError
from align.monotone.features import feature_names
from align.monotone.moves import Move, moves_of
from align.types import FloatArray

__all__ = ["BeadWeights"]

_FORMAT: Final = 1
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class BeadWeights:
    """The weights of a semi-Markov conditional random field.

    They say what each feature of each kind of step counts. `moves` has (f,) float32 for the moves of `moves_of()`, by
    their names. `training` says what they were fitted on; `signature` hashes everything that decides a probability.
    """

    moves: Mapping[str, FloatArray]
    training: Mapping[str, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """Return the name of these weights: equal signatures align alike."""
        decisive = json.dumps(self._record()["moves"], sort_keys=True)
        return f"beads-{hashlib.sha256(decisive.encode()).hexdigest()[:12]}"

    def of(self, move: Move) -> FloatArray:
        """Return the (f,) weights of a move's features.

        A bead of more lines than any in training is weighed like the largest of its kind, and every further line costs
        what the last one did.
        """
        if (known := self.moves.get(str(move))) is not None:
            return known
        sources, targets = move.sources, move.targets
        name, before = (
            ("2-2", "1-2") if min(sources, targets) > 1 else ("1-3", "1-2") if sources == 1 else ("3-1", "2-1")
        )
        weights = self.moves[name].copy()
        weights[0] += (sources + targets - 4) * min(float(self.moves[name][0] - self.moves[before][0]), 0.0)
        return weights

    def write(self, path: Path) -> None:
        """Write the weights as JSON, numbers to six digits."""
        path.write_text(json.dumps(self._record(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> BeadWeights:
        """Read weights.

        Raises ModelUnavailableError where the file is missing, broken or of another version.
        """
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            if record["format"] != _FORMAT:
                raise ModelUnavailableError(f"{path}: format {record['format']}, expected {_FORMAT}: train it again")
            return cls({str(move): _row(record["moves"], move) for move in moves_of()}, record["training"])
        except FileNotFoundError as error:
            raise ModelUnavailableError(f"{path}: no weights there: make them with `align train beads`") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelUnavailableError(f"{path}: not weights of this version ({error}): train them again") from error

    def _record(self) -> dict[str, Any]:
        rows = {
            str(move): {
                name: float(f"{float(weight):.{_DIGITS}g}")
                for name, weight in zip(feature_names(move), self.moves[str(move)], strict=True)
            }
            for move in moves_of()
        }
        return {"format": _FORMAT, "moves": rows, "training": dict(self.training)}


def _row(moves: Mapping[str, Mapping[str, float]], move: Move) -> FloatArray:
    row = moves[str(move)]
    if tuple(row) != feature_names(move):
        raise ValueError(f"the features of {move} are not those that this version looks at")
    return np.array(list(row.values()), np.float32)
