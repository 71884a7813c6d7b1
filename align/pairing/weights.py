"""The weights of document pairs as a file that a person can read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from align.errors import ModelUnavailableError
from align.pairing.features import FEATURES
from align.verify.logistic import Logistic

__all__ = ["PairingWeights"]

_FORMAT: Final = 1
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class PairingWeights:
    """A logistic model over the features of a pair of documents.

    `training` says what it was fitted on.
    """

    model: Logistic
    training: Mapping[str, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """Return the name of these weights: equal signatures pair alike."""
        record = self._record()
        decisive = json.dumps([record["intercept"], record["features"]], sort_keys=True)
        return f"pairing-{hashlib.sha256(decisive.encode()).hexdigest()[:12]}"

    def write(self, path: Path) -> None:
        """Write the weights as JSON, numbers to six digits."""
        path.write_text(json.dumps(self._record(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> PairingWeights:
        """Read weights.

        Raises ModelUnavailableError where the file is missing, broken or of another version.
        """
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            if record["format"] != _FORMAT or tuple(record["features"]) != FEATURES:
                raise ValueError("another format or other features")
            rows = record["features"].values()
            columns = (np.array([row[key] for row in rows], np.float64) for key in ("coefficient", "mean", "scale"))
            return cls(Logistic(float(record["intercept"]), *columns), record["training"])
        except FileNotFoundError as error:
            raise ModelUnavailableError(f"{path}: no weights there: make them with `align train pairing`") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelUnavailableError(f"{path}: not weights of this version ({error}): train them again") from error

    def _record(self) -> dict[str, Any]:
        model = self.model
        columns = zip(FEATURES, model.coefficients, model.means, model.scales, strict=True)
        rows = {n: {"coefficient": _short(c), "mean": _short(m), "scale": _short(s)} for n, c, m, s in columns}
        return {
            "format": _FORMAT,
            "intercept": _short(model.intercept),
            "features": rows,
            "training": dict(self.training),
        }


def _short(value: float | np.floating) -> float:
    return float(f"{float(value):.{_DIGITS}g}")
