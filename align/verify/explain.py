"""Why a pair should be believed: the facts both texts tell, and the words that correspond."""

from __future__ import annotations

from collections.abc import Sequence

from align.facts import Gazetteer, Ledger, extract, match
from align.types import Evidence, Relation, WordMatch
from align.verify.evidence import word_matches
from align.verify.words import WordEncoder

__all__ = ["FactExplainer", "relation_of"]

_COVERED = 0.4
"""Share of a text's letters that must stand in words with a counterpart, for the text to say nothing of its own."""


class FactExplainer:
    """Explain by the ledger of facts and by the words that an encoder finds again."""

    def __init__(self, encoder: WordEncoder, *, gazetteer: Gazetteer | None = None) -> None:
        self._encoder = encoder
        self._gazetteer = gazetteer

    def explain(self, source: str, target: str) -> tuple[Relation, Evidence]:
        """Return the relation of a Kazakh to an English text, and the facts and words that say so."""
        ledger = match(
            extract(source, "kk", gazetteer=self._gazetteer), extract(target, "en", gazetteer=self._gazetteer)
        )
        words = word_matches(source, target, self._encoder)
        return relation_of(ledger, words, (source, target)), Evidence(ledger.matches, words)


def relation_of(ledger: Ledger, words: Sequence[WordMatch], texts: tuple[str, str]) -> Relation:
    """Return conflict, equivalent or partial for two texts that a verifier took for a pair.

    Equivalent are texts whose facts all agree and most of whose letters stand in words that correspond; whatever else
    does not conflict covers only part of the other.
    """
    stated = ledger.relation()
    if stated == "conflict":
        return "conflict"
    covered = min(
        _covered(texts[0], [each.source for each in words]), _covered(texts[1], [each.target for each in words])
    )
    return "equivalent" if stated == "equivalent" and covered >= _COVERED else "partial"


def _covered(text: str, spans: Sequence[tuple[int, int]]) -> float:
    letters = sum(letter.isalnum() for letter in text)
    return sum(end - start for start, end in spans) / max(letters, 1)
