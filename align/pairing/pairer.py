"""Two collections of documents to pairs, each with the probability of one event."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from align.models import BUNDLED_FOLDER
from align.pairing.document_rows import Documents
from align.pairing.features import see_pairs
from align.pairing.weights import PairingWeights
from align.search.candidates import IndexFactory
from align.search.exact import ExactIndex
from align.types import Doubles, IntArray
from align.verify.logistic import sigmoid

__all__ = ["LIKELY", "WEIGHTS_FILE", "DocumentPairer", "DocumentPairs", "day_evidence"]

WEIGHTS_FILE: Final = "pairing.json"
LIKELY: Final = 0.5
"""Probability from which a pair of documents is likelier right than wrong."""
_SAME: Final = 0.5
"""How much less probable every further day between two reports of one event is."""
_LATE: Final = 0.05
"""Share of true pairs whose days say nothing: translated months later, or dated by a site's own clock."""
_SAMPLE: Final = 2000


@dataclass(frozen=True, slots=True)
class DocumentPairs:
    """n pairs of documents by their numbers, (n,) int64, most probable first.

    `probabilities` is (n,) float64, 0-1.
    """

    source: IntArray
    target: IntArray
    probabilities: Doubles

    def __len__(self) -> int:
        return len(self.source)

    def at_least(self, probability: float) -> DocumentPairs:
        """Return the pairs that are so probable."""
        return self._kept(np.flatnonzero(self.probabilities >= probability))

    def one_to_one(self) -> DocumentPairs:
        """Return the pairs whose documents stand in no more probable one.

        >>> two = np.array([0, 0]), np.array([0, 1])
        >>> len(DocumentPairs(*two, np.array([0.9, 0.8])).one_to_one())
        1
        """
        taken: tuple[set[int], set[int]] = set(), set()
        kept = []
        for row, pair in enumerate(zip(self.source.tolist(), self.target.tolist(), strict=True)):
            if pair[0] not in taken[0] and pair[1] not in taken[1]:
                kept.append(row)
                taken[0].add(pair[0])
                taken[1].add(pair[1])
        return self._kept(np.array(kept, np.int64))

    def of(self, source: IntArray, target: IntArray) -> Doubles:
        """Return the probability of each of m pairs of documents, (m,).

        It is 0 for a pair that is not among these.
        """
        if not len(self):
            return np.zeros(len(source))
        width = 1 + max(int(self.target.max()), int(target.max(initial=0)))
        keys = self.source * width + self.target
        order = np.argsort(keys)
        wanted = source * width + target
        place = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
        return np.where(keys[order][place] == wanted, self.probabilities[order][place], 0.0)

    def _kept(self, rows: IntArray) -> DocumentPairs:
        return DocumentPairs(self.source[rows], self.target[rows], self.probabilities[rows])


@dataclass(frozen=True, slots=True)
class DocumentPairer:
    """Pair documents by their sentences' vectors."""

    weights: PairingWeights
    index: IndexFactory = ExactIndex

    @classmethod
    def load(cls, *, index: IndexFactory = ExactIndex, weights: Path | None = None) -> DocumentPairer:
        """Return a pairer; None stands for the bundled weights.

        Raises ModelUnavailableError where they are not.
        """
        return cls(PairingWeights.read(weights or BUNDLED_FOLDER / WEIGHTS_FILE), index)

    def pair(self, source: Documents, target: Documents) -> DocumentPairs:
        """Return the pairs that anything speaks for, most probable first.

        A document may stand in several. Time grows with the product of both sides' sentences where the index is
        exact, memory with their sum.
        """
        if not len(source.vectors) or not len(target.vectors):
            empty = np.zeros(0, np.int64)
            return DocumentPairs(empty, empty, np.zeros(0))
        seen = see_pairs(source, target, self.index)
        pairs = seen.source, seen.target
        log_odds: Doubles = self.weights.model.log_odds(seen.features)
        log_odds = np.add(log_odds, day_evidence((source.days, target.days), pairs))
        probabilities = sigmoid(log_odds)
        order = np.lexsort((seen.target, seen.source, -probabilities))
        return DocumentPairs(seen.source[order], seen.target[order], probabilities[order])


def day_evidence(days: tuple[Doubles, Doubles], pairs: tuple[IntArray, IntArray]) -> Doubles:
    """Return what to add to the log-odds of each pair of documents, (n,).

    It is 0 where a day is not known. `days` are ordinals of both sides' documents, nan where not known. The logarithm
    of how much more often a true pair is so many days apart than any two documents of these sides are: in a
    collection of one day, days say nothing.

    >>> days = np.arange(100.0)
    >>> near, far = day_evidence((days, days), (np.array([5, 5]), np.array([5, 60])))
    >>> bool(near > 3), bool(far < -2)
    (True, True)
    """
    apart = np.abs(days[0][pairs[0]] - days[1][pairs[1]])
    known = ~np.isnan(apart)
    evidence = np.zeros(len(apart))
    if known.any():
        sample = [side[:: max(1, len(side) // _SAMPLE)] for side in days]
        any_two = np.abs(sample[0][:, None] - sample[1][None, :])
        any_two = any_two[~np.isnan(any_two)].astype(np.int64)
        counts = np.bincount(np.append(any_two, apart[known].astype(np.int64)))
        usual = (counts / counts.sum())[apart[known].astype(np.int64)]
        geometric = _SAME ** apart[known] * (1 - _SAME) * np.where(apart[known] > 0, 0.5, 1.0)
        evidence[known] = np.log(_LATE + (1 - _LATE) * geometric / usual)
        nothing_said = (apart[known] == 0) & (evidence[known] < 0)
        evidence[np.flatnonzero(known)[nothing_said]] = 0.0
    return evidence
