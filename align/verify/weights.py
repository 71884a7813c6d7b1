"""The verifier's weights as a file that a person can read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from align.errors import ModelUnavailableError
from align.verify.experts import COLUMNS, Experts
from align.verify.logistic import Logistic
from align.verify.relation import CLASH, OVERLAP, RelationModel
from align.verify.share import Prior, Sparse

__all__ = ["VerifierWeights"]

_FORMAT: Final = 2
_DIGITS: Final = 6
_TELLING: Final = frozenset({"relation", "training"})
"""Parts of the file that change no probability."""

_RELATION: Final = {"same": OVERLAP, "clash": CLASH}


@dataclass(frozen=True, slots=True)
class VerifierWeights:
    """All that decides a probability, and the `training` that it comes from.

    `relation` is None where no news were given to fit it. `signature` hashes what decides a probability.
    """

    experts: Experts
    prior: Prior
    sparse: Sparse
    relation: RelationModel | None = None
    training: Mapping[str, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """Return the name of these weights: equal signatures judge alike."""
        decisive = json.dumps({key: value for key, value in self._record().items() if key not in _TELLING})
        return f"experts-{hashlib.sha256(decisive.encode()).hexdigest()[:12]}"

    def write(self, path: Path) -> None:
        """Write the weights as JSON, numbers to six digits."""
        path.write_text(json.dumps(self._record(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> VerifierWeights:
        """Read weights.

        Raises ModelUnavailableError where the file is missing, broken or of another version.
        """
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            if record["format"] != _FORMAT:
                raise ModelUnavailableError(f"{path}: format {record['format']}, expected {_FORMAT}: train it again")
            models = {name: _logistic(record["experts"][name], columns) for name, columns in COLUMNS.items()}
            experts = Experts(models, **record["hearing"])
            prior, sparse = Prior(**record["prior"]), Sparse(**record["sparse"])
            return cls(experts, prior, sparse, _relation(record.get("relation")), record["training"])
        except FileNotFoundError as error:
            raise ModelUnavailableError(f"{path}: no verifier there: make one with `align train verifier`") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelUnavailableError(f"{path}: not a verifier of this version ({error}): train it again") from error

    def _record(self) -> dict[str, Any]:
        experts = self.experts
        return {
            "format": _FORMAT,
            "experts": {name: _table(experts.models[name], columns) for name, columns in COLUMNS.items()},
            "hearing": _plain({name: getattr(experts, name) for name in ("middle", "width", "least_report")}),
            "prior": _plain(asdict(self.prior)),
            "sparse": _plain(asdict(self.sparse)),
            "relation": self.relation
            and {name: _table(getattr(self.relation, name), columns) for name, columns in _RELATION.items()},
            "training": dict(self.training),
        }


def _relation(record: Mapping[str, Any] | None) -> RelationModel | None:
    if record is None:
        return None
    return RelationModel(*(_logistic(record[name], columns) for name, columns in _RELATION.items()))


def _plain(values: Mapping[str, float]) -> dict[str, float]:
    return {name: _rounded(value) for name, value in values.items()}


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
