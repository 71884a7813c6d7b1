"""The verifier: gates, evidence, two experts, and probabilities fitted to the run."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from align.models import BUNDLED_FOLDER, VERIFIER_FILE
from align.search.interaction import word_scores
from align.search.rows import best_per_row, rank_in
from align.search.word_numbers import WordSide, WordTable, words_of_side
from align.sides import Side
from align.types import Candidates, Doubles, FloatArray, IntArray, Judgement
from align.verify.decoys import Decoys
from align.verify.document_likeness import documents
from align.verify.evidence import FACTS, evidence, fact_features
from align.verify.experts import GROUNDS, IN_DOUBT, Looked
from align.verify.gates import impossible, refused
from align.verify.likeness import Likeness
from align.verify.logistic import sigmoid
from align.verify.relation import RelationModel
from align.verify.share import adjusted, by_the_run, estimate_share
from align.verify.weights import VerifierWeights
from align.verify.word_comparison import interaction, usual_bests

Asked: TypeAlias = tuple[NDArray[np.bool_], NDArray[np.bool_]]
"""Of pairs that were looked at, whose facts are to be read, and which are likely without them, (m,) bool."""

__all__ = ["BUNDLED_DECOYS", "BUNDLED_VERIFIER", "Asked", "LogisticVerifier", "Seen", "look"]

BUNDLED_VERIFIER: Final = BUNDLED_FOLDER / VERIFIER_FILE
BUNDLED_DECOYS: Final = BUNDLED_FOLDER / "decoys.safetensors"

_LOOKED_AT: Final = 16
"""How many of a text's candidates, by the words that are found again, have their words weighed."""

_KEPT_OF_LINES: Final = 4
_KEPT_OF_DOCUMENTS: Final = 12
"""How many of a text's best candidates get a close look: of lines one is right, in reports there may be several."""

_COSINE_SHARE: Final = np.float32(0.2)
"""How much of the texts' cosine is in the score that decides which candidates those are."""

_WORTH_FACTS: Final = -2.2
"""Logarithm of the odds that facts must be able to lift a pair over, for them to be read: a tenth."""

_UNLIKELY: Final = 0.02
"""Probability from which it is worth asking whether a pair can be one at all."""

_ROUNDS: Final = 4
"""Fewer pairs may make others likelier, which are asked next."""

_NEVER: Final = -20.0
_REFUSED: Final = 0.04
"""The probability of a pair that cannot be one, at most."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a run.

    `kept` (m,) int64 are the candidates that got a close look, `looked` is what it saw.
    """

    kept: IntArray
    looked: Looked


class LogisticVerifier:
    """Judge candidates by their words, their facts, their rivals and their documents.

    Texts and words are compared with `encoder`, the bundled one, whichever encoder proposed the candidates.
    """

    def __init__(self, weights: VerifierWeights, encoder: WordTable, decoys: Decoys) -> None:
        self.signature = f"{weights.signature}-{encoder.signature}"
        self._weights = weights
        self._encoder = encoder
        self._decoys = decoys

    @property
    def relation(self) -> RelationModel | None:
        """Return the model of how much the texts of a pair share, None where there is none."""
        return self._weights.relation

    @classmethod
    def load(cls, encoder: WordTable, folder: Path | None = None) -> LogisticVerifier:
        """Read weights and decoys from a folder; None is the bundled one.

        Raises ModelUnavailableError without them.
        """
        folder = folder or BUNDLED_FOLDER
        weights = VerifierWeights.read(folder / VERIFIER_FILE)
        return cls(weights, encoder, Decoys.read(folder / BUNDLED_DECOYS.name))

    def judge(self, candidates: Candidates, source: Side, target: Side) -> Judgement:
        """Return (n,) calibrated probabilities.

        And the share of the sources that have a counterpart in this run.
        """
        probabilities = np.zeros(len(candidates), dtype=np.float32)
        if not len(candidates):
            return Judgement(probabilities, 0.0)
        # What can be refused at a glance never becomes another pair's rival.
        why, asked = impossible(candidates, source, target), set[int]()
        models = self._encoder, self._decoys
        seen = look(candidates, (source, target), models, without=why, asks=partial(self._asks, sources=len(source)))
        ratios, weight = self._heard(seen.looked, len(source))
        share = 0.0
        for _ in range(_ROUNDS):
            p, share = self._adjusted(ratios, seen, len(source), weight)
            probabilities[seen.kept] = p
            # A language and a verb are dear to find, so only pairs that may yet be accepted are asked for theirs.
            likely = np.setdiff1d(seen.kept[p > _UNLIKELY], _array(asked))
            asked.update(likely.tolist())
            found = refused(candidates, likely, source, target)
            if not found:
                break
            why.update(found)
            # A refused pair must not count towards the share of sources with a counterpart.
            ratios[np.isin(seen.kept, _array(found))] = _NEVER
        probabilities[_array(why)] = _REFUSED
        grounds = np.zeros((len(candidates), len(GROUNDS)), dtype=np.float32)
        grounds[seen.kept] = self._weights.experts.grounds(seen.looked, weight)
        return Judgement(probabilities, share, why, grounds)

    def _asks(self, looked: Looked, *, sources: int) -> Asked:
        """Return which pairs facts may still make likely, and which are likely without them."""
        ratios, weight = self._heard(looked, sources)
        heads = best_per_row(looked.sources, ratios)
        odds, _ = adjusted(ratios, heads, sources, prior=self._weights.prior, sparse=self._weights.sparse)
        most = self._weights.experts.most_of_facts(weight, documents=looked.documents is not None)
        return odds + most > _WORTH_FACTS, odds > 0

    def _heard(self, looked: Looked, sources: int) -> tuple[Doubles, float]:
        """Return (m,) float64 log-ratios and how much the evidence by itself counted.

        That goes to half, the sparser the run is.
        """
        ratios, weight = self._weights.experts.log_ratio(looked)
        heads = best_per_row(looked.sources, ratios)
        trust = self._weights.sparse.trust(estimate_share(ratios[heads], sources, self._weights.prior))
        # Documents are given by a person or by pairing, so a run of them is never a search among strangers.
        if trust == 1 or looked.documents is not None:
            return ratios, weight
        return self._weights.experts.log_ratio(looked, weight=trust * weight + (1 - trust) * IN_DOUBT)

    def _adjusted(self, ratios: Doubles, seen: Seen, sources: int, weight: float) -> tuple[Doubles, float]:
        """Return probabilities, (m,) float64, and the share of the sources that have a counterpart.

        `weight` (0-1) is how much the evidence by itself counts: of many right partners none is a best one.
        """
        heads = best_per_row(seen.looked.sources, ratios)
        log_odds, share = adjusted(ratios, heads, sources, prior=self._weights.prior, sparse=self._weights.sparse)
        most = (1 - weight) * self._weights.sparse.trust(share)
        return sigmoid(by_the_run(ratios, log_odds, heads, share, most=most)), share


def _array(rows: Collection[int]) -> IntArray:
    return np.fromiter(rows, np.int64, len(rows))


def look(
    candidates: Candidates,
    sides: tuple[Side, Side],
    models: tuple[WordTable, Decoys],
    *,
    without: Collection[int] = (),
    asks: Callable[[Looked], Asked] | None = None,
) -> Seen:
    """Look at the words of all candidates but some rows, and closely at the best of each text.

    `asks` gets what was seen without facts, and says whose are to be read: those of all, unless it is given.
    """
    source, target = sides
    left = np.setdiff1d(np.arange(len(candidates)), _array(without)).astype(np.int64)
    found = candidates.pick(left)
    words = words_of_side(source, models[0]), words_of_side(target, models[0])
    late = _late(found, words)
    near = _worth_a_look(found, late.mean(axis=1), _LOOKED_AT)
    found, left, late = found.pick(near), left[near], late[near]
    engine = source.builder.engine
    usual = usual_bests(*words, found.source, found.target, engine=engine)
    likeness = Likeness.of(found, source, target, models[1])
    scores = late.mean(axis=1) + _COSINE_SHARE * likeness.cosine
    close = _worth_a_look(found, scores, _KEPT_OF_LINES if source.document is None else _KEPT_OF_DOCUMENTS)
    kept = found.pick(close)
    shares = interaction(words, (kept.source, kept.target), usual, engine=engine)
    alone = np.hstack([likeness.alone()[close], late[close], shares, evidence(kept, sides, words)])
    beside = likeness.among_rivals(found, scores)[close]
    looked = Looked(kept.source, alone, beside, documents(kept, scores[close], source, target))
    rows, read = kept.source, kept.target
    if asks is not None:
        asked, likely = asks(looked)
        # Likely pairs will be explained, by all of their facts: read once, they serve both.
        source.expect_facts(rows[likely])
        target.expect_facts(read[likely])
    else:
        asked = np.ones(len(kept), np.bool_)
    alone[asked, -len(FACTS) :] = fact_features(rows[asked], read[asked], source, target)
    return Seen(left[close], looked)


def _late(candidates: Candidates, words: tuple[WordSide, WordSide]) -> FloatArray:
    """Return how well either side's words are found again, (n, 2) float32.

    What hubs are near to everything is taken off.
    """
    seen = candidates.words
    if seen is None:
        _, seen = word_scores(*words, candidates.source, candidates.target)
    return seen[:, :2]


def _worth_a_look(candidates: Candidates, scores: FloatArray, count: int) -> IntArray:
    best = np.minimum(rank_in(candidates.source, scores), rank_in(candidates.target, scores))
    return np.flatnonzero(best < count).astype(np.int64)
