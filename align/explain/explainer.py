"""Why a pair should be believed: the facts both texts tell, and the words that correspond."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from align.explain.originals import in_originals
from align.explain.word_matches import word_matches, words_seen
from align.facts import Gazetteer, Ledger, default_gazetteer, match
from align.facts.compare.other_names import covered
from align.facts.compare.settle import settle
from align.facts.dates import same_date
from align.sides import Side
from align.types import Evidence, FactMatch, FloatArray, Relation, WordMatch
from align.verify.relation import RelationModel
from align.verify.word_arrays import WordEncoder

__all__ = ["FactExplainer", "relation_of"]

_DAY = re.compile(r"-\d\d-\d\d$")
_REMEMBERED = 20_000
_COVERED = 0.4
"""Share of a text's letters that must stand in words with a counterpart, for the text to say nothing of its own."""


class FactExplainer:
    """Explain by the ledger of facts and by the words that an encoder finds again."""

    def __init__(
        self, encoder: WordEncoder, *, gazetteer: Gazetteer | None = None, model: RelationModel | None = None
    ) -> None:
        self._model = model
        known = gazetteer or default_gazetteer()
        self._encoder = _RememberingEncoder(encoder)
        self._kinds = known.kinds()

    def explain(self, source: Side, target: Side, pair: tuple[int, int]) -> tuple[Relation, Evidence]:
        """Return the relation of a Kazakh to an English text, and the facts and words that say so.

        `pair` are the texts' rows; the evidence counts characters of the texts as they are shown.
        """
        facts, words = self.compared(source, target, pair)
        relation = self._relation(facts, words, (source.texts[pair[0]], target.texts[pair[1]]))
        # A disagreement that does not make the pair a conflict is two facts, each told by one side.
        told = facts if relation == "conflict" else tuple(each for entry in facts for each in _apart(entry))
        return relation, in_originals(Evidence(told, words), source.respelling(pair[0]), target.respelling(pair[1]))

    def relations(self, source: Side, target: Side, pairs: Sequence[tuple[int, int]]) -> tuple[Relation, ...]:
        """Return the relations of pairs, where nobody will see their evidence."""
        self.expect(source, target, pairs)
        return tuple(
            self._relation(*self.compared(source, target, (i, j)), (source.texts[i], target.texts[j])) for i, j in pairs
        )

    def _relation(self, facts: Sequence[FactMatch], words: Sequence[WordMatch], texts: tuple[str, str]) -> Relation:
        if self._model is None:
            return relation_of(Ledger(tuple(facts)), words, texts)
        return self._model.relation(facts, words, texts)

    def expect(self, source: Side, target: Side, pairs: Sequence[tuple[int, int]]) -> None:
        """Look up the words of pairs that will be explained next, all at once."""
        texts = dict.fromkeys(
            side.texts[row] for pair in pairs for side, row in zip((source, target), pair, strict=True)
        )
        self._encoder.remember([word.text for text in sorted(texts) for word in words_seen(text)])

    def compared(
        self, source: Side, target: Side, pair: tuple[int, int]
    ) -> tuple[tuple[FactMatch, ...], tuple[WordMatch, ...]]:
        """Return the facts and the words of two texts that correspond.

        Spans count characters of `Side.texts`.
        """
        texts = source.texts[pair[0]], target.texts[pair[1]]
        words = word_matches(*texts, self._encoder)
        ledger = settle(match(source.facts(pair[0]), target.facts(pair[1])), words, texts, self._kinds)
        return ledger.matches, words

    def same_event(self, source: Side, target: Side, pair: tuple[int, int]) -> bool:
        """Say whether both texts tell of one day and of one name that is none of the gazetteer's.

        News that share a person and a day are nearly always about one event, though their words may have little else
        in common; a country or a city and a day say much less.
        """
        facts = source.facts(pair[0]), target.facts(pair[1])
        days = [{fact.value for fact in side if fact.kind == "date" and _DAY.search(fact.value)} for side in facts]
        if not any(same_date(one, other) for one in days[0] for other in days[1]):
            return False
        names = [[fact for fact in side if fact.kind == "name" and fact.value not in self._kinds] for side in facts]
        return any(entry.source and entry.target for entry in match(*names).matches)


class _RememberingEncoder:
    """A word encoder that computes each word once: most words of a text stand in others too."""

    def __init__(self, encoder: WordEncoder) -> None:
        self.signature = encoder.signature
        self._encoder = encoder
        self._rows: dict[str, int] = {}
        self._vectors = np.empty((0, 1), np.float32)
        self._weights = np.empty(0, np.float32)

    def remember(self, words: Sequence[str]) -> None:
        """Compute the words that are not known yet."""
        self._look_up(words)

    def word_vectors(self, words: Sequence[str]) -> FloatArray:
        """Return (n, dim) float32 unit rows."""
        rows = self._look_up(words)
        return self._vectors[rows]

    def word_weights(self, words: Sequence[str]) -> FloatArray:
        """Return (n,) float32."""
        rows = self._look_up(words)
        return self._weights[rows]

    def _look_up(self, words: Sequence[str]) -> list[int]:
        try:
            return [self._rows[word] for word in words]
        except KeyError:
            if len(self._rows) > _REMEMBERED:
                self._rows.clear()
            self._add([word for word in dict.fromkeys(words) if word not in self._rows])
            return [self._rows[word] for word in words]

    def _add(self, words: Sequence[str]) -> None:
        start, end = len(self._rows), len(self._rows) + len(words)
        vectors, weights = self._encoder.word_vectors(words), self._encoder.word_weights(words)
        if end > len(self._weights):
            # Half as much room again, so that a word now and then does not copy all of them.
            size = end + end // 2
            room = np.empty((size, vectors.shape[1]), np.float32), np.empty(size, np.float32)
            room[0][:start], room[1][:start] = self._vectors[:start], self._weights[:start]
            self._vectors, self._weights = room
        self._vectors[start:end], self._weights[start:end] = vectors, weights
        self._rows.update(zip(words, range(start, end), strict=True))


def _apart(entry: FactMatch) -> Iterator[FactMatch]:
    """Yield an entry; one in conflict as what either side tells alone."""
    if entry.status != "conflict":
        yield entry
        return
    if entry.source is not None:
        yield FactMatch(entry.source.kind, entry.source, None, "source_only")
    if entry.target is not None:
        yield FactMatch(entry.target.kind, None, entry.target, "target_only")


def relation_of(ledger: Ledger, words: Sequence[WordMatch], texts: tuple[str, str]) -> Relation:
    """Return conflict, equivalent or partial for two texts that a verifier took for a pair.

    Equivalent are texts whose facts all agree and most of whose letters stand in words that correspond; whatever else
    does not conflict covers only part of the other.
    """
    stated = ledger.relation()
    if stated == "conflict":
        return "conflict"
    share = min(covered(texts[0], [each.source for each in words]), covered(texts[1], [each.target for each in words]))
    return "equivalent" if stated == "equivalent" and share >= _COVERED else "partial"
