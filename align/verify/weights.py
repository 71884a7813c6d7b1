"""The verifier's weights as a file that a person can read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from align.errors import ModelUnavailableError
from align.verify.calibrate import Prior
from align.verify.features import FIRST, SECOND, THIRD
from align.verify.logistic import Logistic

__all__ = ["VerifierWeights"]

_FORMAT: Final = 1
_DIGITS: Final = 6
_LOOKS: Final = {"first_look": FIRST, "second_look": SECOND, "third_look": THIRD}


@dataclass(frozen=True, slots=True)
class VerifierWeights:
    """Logistic models, and what their judgements looked like in training.

    `first` looks at a candidate by itself, `second` among its rivals, `third` again and at its neighbours, where
    there are documents. `lines` and `documents` are what the best candidates were like after the second and the third
    look. `training` says what it was fitted on; `signature` hashes everything that decides a probability.
    """

    first: Logistic
    second: Logistic
    third: Logistic
    lines: Prior
    documents: Prior
    training: Mapping[str, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """Return the name of these weights: equal signatures judge alike."""
        decisive = json.dumps({key: value for key, value in self._record().items() if key != "training"})
        return f"logistic-{hashlib.sha256(decisive.encode()).hexdigest()[:12]}"

    def write(self, path: Path) -> None:
        """Write the weights as JSON, numbers to six digits."""
        path.write_text(json.dumps(self._record(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> VerifierWeights:
        """Read weights; raises ModelUnavailableError where the file is missing, broken or of another version."""
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            if record["format"] != _FORMAT:
                raise ModelUnavailableError(f"{path}: format {record['format']}, expected {_FORMAT}: train it again")
            first, second, third = (_logistic(record[name], columns) for name, columns in _LOOKS.items())
            lines, documents = (Prior(**record[name]) for name in ("lines", "documents"))
            return cls(first, second, third, lines, documents, record["training"])
        except FileNotFoundError as error:
            raise ModelUnavailableError(f"{path}: no verifier there: make one with `align train verifier`") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelUnavailableError(f"{path}: not a verifier of this version ({error}): train it again") from error

    def _record(self) -> dict[str, Any]:
        models = zip(_LOOKS.items(), (self.first, self.second, self.third), strict=True)
        return {
            "format": _FORMAT,
            **{name: _table(model, columns) for (name, columns), model in models},
            "lines": _plain(self.lines),
            "documents": _plain(self.documents),
            "training": dict(self.training),
        }


def _plain(prior: Prior) -> dict[str, float]:
    return {name: _rounded(getattr(prior, name)) for name in ("share", "mean", "spread")}


def _table(model: Logistic, names: Sequence[str]) -> dict[str, Any]:
    columns = zip(names, model.coefficients, model.means, model.scales, strict=True)
    rows = {name: {"coefficient": _rounded(c), "mean": _rounded(m), "scale": _rounded(s)} for name, c, m, s in columns}
    return {"intercept": _rounded(model.intercept), "features": rows}


def _logistic(record: Mapping[str, Any], names: Sequence[str]) -> Logistic:
    if list(record["features"]) != list(names):
        raise ValueError("its features are not those that this version looks at")
    rows = record["features"].values()
    columns = (np.array([row[key] for row in rows], dtype=np.float64) for key in ("coefficient", "mean", "scale"))
    return Logistic(float(record["intercept"]), *columns)


def _rounded(value: float | np.floating) -> float:
    return float(f"{float(value):.{_DIGITS}g}")
