"""What a user asks an export to take."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from align.errors import InputError

__all__ = ["Selection"]

_STATUSES: Final = ("accepted", "all")
_ALSO: Final = {"accept": "accepted"}
"""What links.jsonl calls it, taken for the same."""
_RELATIONS: Final = ("equivalent", "partial", "conflict", "none")
_DEDUP: Final = ("none", "exact", "near")


@dataclass(frozen=True, slots=True)
class Selection:
    """What to export; raises InputError for values that mean nothing.

    `status` accepted: what people or the run's threshold accepted; all: what awaits review as well. Probabilities and
    the precision are 0-1 and bear on pairs that nobody has reviewed. `max_ratio` is the longer side over the shorter,
    in characters. `dedup` exact or near drops a pair whose two sides an earlier pair has. `shuffle` is a seed.
    `exclude` names files of test sets. Without `titles`, a pair with a headline on either side is left out. `columns`
    are those of a table, in their order; none are all. With `documents`, a data set has these as a configuration too.
    """

    status: str = "accepted"
    min_probability: float | None = None
    relations: tuple[str, ...] = ()
    target_precision: float | None = None
    dedup: str = "exact"
    max_ratio: float | None = None
    shuffle: int | None = None
    exclude: tuple[Path, ...] = ()
    titles: bool = True
    columns: tuple[str, ...] = ()
    documents: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "status", _ALSO.get(self.status, self.status))
        for relation in self.relations:
            if relation not in _RELATIONS:
                raise InputError(f"--relation {relation}: must be one of {', '.join(_RELATIONS)}")
        for option, value, known in (("status", self.status, _STATUSES), ("dedup", self.dedup, _DEDUP)):
            if value not in known:
                raise InputError(f"--{option} {value}: must be one of {', '.join(known)}")
        for option, share in (("min-probability", self.min_probability), ("target-precision", self.target_precision)):
            if share is not None and not 0 <= share <= 1:
                raise InputError(f"--{option} {share}: must lie between 0 and 1")
        if self.max_ratio is not None and self.max_ratio < 1:
            raise InputError(f"--max-ratio {self.max_ratio}: must be 1 or more, the longer side over the shorter")
