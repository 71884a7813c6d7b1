"""Two opinions of a pair, and how much each counts in this run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from align.search.rows import rank_in
from align.types import Doubles, FloatArray, IntArray
from align.verify.document_likeness import DOCUMENTS
from align.verify.evidence import EVIDENCE, FACTS
from align.verify.likeness import LIKENESS, RIVALS
from align.verify.logistic import Logistic, sigmoid
from align.verify.word_comparison import INTERACTION

__all__ = ["COLUMNS", "GROUNDS", "IN_DOUBT", "Experts", "Looked", "multiplicity"]

LATE: Final = ("source_late", "target_late")
"""How well either side's words are found again, less what hubs are near to everything: the second stage's columns."""

ALONE: Final = (*LIKENESS, *LATE, *INTERACTION, *EVIDENCE)
"""What a pair is like by itself."""

TOGETHER: Final = (
    ("late", "amounts_matched"),
    ("late", "dates_matched"),
    ("target_special", "amounts_matched"),
    ("late", "best_beside"),
    ("late", "special_again"),
)
"""What says more together than one by one: an amount that matches tells more where the words do, too."""

COLUMNS: Final = {
    "report": (*ALONE, *DOCUMENTS, *(" with ".join(names) for names in TOGETHER)),
    "comparable": ALONE,
    "translation": (*ALONE, *RIVALS),
}
"""The columns that each expert looks at, in order."""

_PLACES: Final = tuple((ALONE.index(one), (*ALONE, *DOCUMENTS).index(other)) for one, other in TOGETHER)
"""Where those columns stand."""

GROUNDS: Final = ("words", "amounts", "dates", "length", "rivals", "documents", "beside", "title")
"""What speaks for a pair or against it, as people are told."""

_GROUND_OF: Final = {
    **dict.fromkeys((*LIKENESS, *LATE, *INTERACTION), "words"),
    **dict.fromkeys(RIVALS, "rivals"),
    **{name: "length" if "length" in name else "dates" if name.startswith("dates") else "amounts" for name in EVIDENCE},
    **{name: "beside" if "beside" in name else "title" if "title" in name else "documents" for name in DOCUMENTS},
}
_GROUND_OF.update({" with ".join(names): _GROUND_OF[names[1]] for names in TOGETHER})


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of n candidates.

    `alone` (n, a), `rivals` (n, r), and `documents` (n, d) or None, all float32.

    `sources` is (n,) int64, the row of each candidate's source.
    """

    sources: IntArray
    alone: FloatArray
    rivals: FloatArray
    documents: FloatArray | None

    def columns(self, expert: str) -> FloatArray:
        """Return what an expert looks at, (n, f) float32.

        Raises ValueError for documents where there are none.
        """
        if expert == "comparable":
            return self.alone
        if expert == "translation":
            return np.hstack([self.alone, self.rivals])
        if self.documents is None:
            raise ValueError("these candidates stand in no documents")
        seen = np.hstack([self.alone, self.documents])
        return np.hstack([seen, *(seen[:, [one]] * seen[:, [other]] for one, other in _PLACES)])


IN_DOUBT: Final = 0.5
"""How much the evidence by itself counts where hardly anything has a counterpart: then multiplicity tells nothing."""

_ALONE: Final = 0.65
"""How much it counts in a run too small for rivals: the rest stays with how far the words stand out of the decoys."""

_FEWEST: Final = 6
"""Sources of the smallest pools that the experts were fitted to: see `align.train.pool_families`."""


@dataclass(frozen=True, slots=True)
class Experts:
    """Logistic models over the same evidence.

    Each gives the logarithm of a likelihood ratio: right pairs against wrong ones.

    `report` and `comparable` trust the pair itself, with and without documents: there a sentence may have three right
    partners. `translation` trusts rivals and margins: there it has one. Which is heard depends on the run's
    multiplicity, how probable the second best targets are beside the best: half of either at `middle`, and `width` of
    it makes the odds e to 1. With documents the report's share of the opinion is `least_report` or more.
    """

    models: Mapping[str, Logistic]
    middle: float
    width: float
    least_report: float

    def log_ratio(self, looked: Looked, *, weight: float | None = None) -> tuple[Doubles, float]:
        """Return (n,) float64 logarithms of likelihood ratios.

        And how much (0-1) the evidence by itself counted.

        `weight` says how much it is to count; None leaves that to the run's multiplicity.
        """
        comparable = self.models["comparable"].log_odds(looked.columns("comparable"))
        share = self.weight_of_evidence(looked.sources, comparable) if weight is None else weight
        translation = self.models["translation"].log_odds(looked.columns("translation"))
        if looked.documents is None:
            return share * comparable + (1 - share) * translation, share
        # Rivals of a report are often right too, so what documents tell keeps its say whatever the multiplicity.
        share = max(share, self.least_report)
        report = self.models["report"].log_odds(looked.columns("report"))
        return share * report + (1 - share) * translation, share

    def most_of_facts(self, weight: float, *, documents: bool) -> float:
        """Return how much a telling fact of each kind can add to the ratio, infinite for documents.

        Theirs say more together with the words. `weight` is how much the evidence by itself counts.
        """
        if documents:
            return float("inf")
        shares = {"comparable": weight, "translation": 1 - weight}
        return float(sum(share * self._facts_say(name) for name, share in shares.items()))

    def _facts_say(self, name: str) -> float:
        """Return the most that a telling fact of each kind adds to an expert's log-odds."""
        model = self.models[name]
        facts = [column in FACTS for column in COLUMNS[name]]
        return float(np.maximum(model.coefficients[facts] / model.scales[facts], 0).sum())

    def grounds(self, looked: Looked, share: float) -> FloatArray:
        """Return what each of `GROUNDS` adds to the ratio, (n, g) float32.

        `share` is how much the evidence counted.

        What adds nothing is a feature as it is on the average of what the expert was fitted to.
        """
        name = "comparable" if looked.documents is None else "report"
        return np.asarray(
            share * self._by_ground(name, looked) + (1 - share) * self._by_ground("translation", looked),
            dtype=np.float32,
        )

    def _by_ground(self, name: str, looked: Looked) -> Doubles:
        model = self.models[name]
        # A logistic model's log-odds are a sum over columns: each column's part of it is its ground.
        added = (looked.columns(name) - model.means) / model.scales * model.coefficients
        groups = [_GROUND_OF[column] for column in COLUMNS[name]]
        return np.column_stack([added[:, [each == group for each in groups]].sum(axis=1) for group in GROUNDS])

    def weight_of_evidence(self, sources: IntArray, log_odds: Doubles) -> float:
        """Return how much (0-1) the evidence by itself counts in a run.

        `log_odds` (n,) are the comparable expert's.

        A fixed part in a run of fewer sources than the experts were fitted to, where having no rivals says little.
        """
        if len(np.unique(sources)) < _FEWEST:
            return _ALONE
        return float(sigmoid(np.array([(multiplicity(sources, log_odds) - self.middle) / self.width]))[0])


def multiplicity(sources: IntArray, log_odds: Doubles) -> float:
    """Return how probable the second best candidates are beside the best ones, 0-1.

    Those of all sources are added up.

    >>> multiplicity(np.array([0, 0, 1]), np.array([9.0, 9.0, -9.0])).__round__(2)
    1.0
    """
    ranks, p = rank_in(sources, log_odds), sigmoid(log_odds)
    return float(p[ranks == 1].sum() / max(p[ranks == 0].sum(), 1e-9))
