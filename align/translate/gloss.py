"""A gloss: each Kazakh word with the English ones nearest to it.

Names are romanised, numbers and dates told in English. It needs no download and no model but the bundled vectors. It
has no grammar: it says what a sentence is about, not what it says, and is marked so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from align.encode.ngram import NgramEncoder
from align.facts import Gazetteer, default_gazetteer, extract
from align.facts.kinds import KINDS
from align.facts.suffixes import is_ending
from align.text.romanise import romanise
from align.text.words import Word, words
from align.translate.english_words import EnglishVocabulary
from align.translate.telling import tell
from align.types import Draft, FloatArray, IntArray

__all__ = ["GlossTranslator", "Glossary", "unglossed"]

_VERSION: Final = 1
"""Goes up whenever the same text gets another gloss."""
_CONSIDERED: Final = 48
"""English words of which the sentence chooses: those nearest to the word by itself."""
_FREQUENCY: Final = np.float32(0.05)
_MOST_FREQUENT: Final = 1000.0
_CONTEXT: Final = np.float32(0.4)
"""What a word's frequency (by its logarithm, up to a thousand) and its likeness to the whole sentence count beside its
likeness to the Kazakh word: chosen on held-out training pairs."""
_LEAST: Final = 0.45
"""Cosine below which the nearest English word says nothing of the Kazakh one."""
_CLOSE: Final = 0.12
"""How far behind the best a further gloss may be, to be told beside it."""
_MOST: Final = 3
_SAME_STEM: Final = 4
_REMEMBERED: Final = 20_000
_RESOLUTION: Final = np.float32(4000)
"""Unit vectors times this, rounded to whole numbers, have inner products below 2**24: exact in float32 in any order."""
_SQUARED: Final = np.float32(4000 * 4000)
_WORDS_AT_ONCE: Final = 16
_ROWS_AT_ONCE: Final = 64
"""Products of at most 2**18 multiplications: larger ones are shared out to threads, which wait for each other."""


class Glossary:
    """English words for Kazakh ones, by the bundled vectors."""

    def __init__(self, encoder: NgramEncoder, vocabulary: EnglishVocabulary) -> None:
        self.signature = f"{vocabulary.signature}-{encoder.signature}"
        self._encoder = encoder
        self._words = vocabulary.words
        self._vectors = _whole(encoder.word_vectors([word.lower() for word in vocabulary.words]))
        self._frequency = _FREQUENCY * np.log(np.minimum(vocabulary.counts, np.float32(_MOST_FREQUENT)))
        self._known: dict[str, tuple[IntArray, FloatArray, FloatArray]] = {}

    def glosses(self, word: str, context: FloatArray, *, most: int = _MOST) -> list[tuple[str, float, float]]:
        """Return up to `most` English words for a Kazakh one in comparable form, best first.

        No two are of one stem. Each stands with its score and with its cosine to the word. `context` is the sentence's
        unit vector, (dim,): it chooses between the senses. The glosses of a word depend on nothing but the word and the
        sentence.
        """
        self.learn([word])
        rows, scores, cosines = self._known[word]
        total = np.round(scores + _CONTEXT * self._cosines(rows, context), 4)
        found: list[tuple[str, float, float]] = []
        for place in np.lexsort((rows, -total)).tolist():
            english = self._words[rows[place]]
            if not any(_one_stem(english, other) for other, _, _ in found):
                found.append((english, float(total[place]), float(cosines[place])))
            if len(found) == most:
                break
        return found

    def learn(self, words: Sequence[str]) -> None:
        """Look up the English words nearest to Kazakh ones in comparable form.

        Several at once are faster.
        """
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        missing = [word for word in dict.fromkeys(words) if word not in self._known]
        for start in range(0, len(missing), _WORDS_AT_ONCE):
            some = missing[start : start + _WORDS_AT_ONCE]
            for word, cosines in zip(some, self._all_cosines(self._encoder.word_vectors(some)), strict=True):
                scores = cosines + self._frequency
                rows = np.argpartition(-scores, min(_CONSIDERED, len(scores) - 1))[:_CONSIDERED].astype(np.int64)
                self._known[word] = rows, scores[rows], cosines[rows]

    def _all_cosines(self, vectors: FloatArray) -> FloatArray:
        """Return the cosines of (w, dim) unit rows with all English words, (w, n) float32."""
        whole = _whole(vectors)
        starts = range(0, len(self._vectors), _ROWS_AT_ONCE)
        products = [whole @ self._vectors[start : start + _ROWS_AT_ONCE].T for start in starts]
        return np.divide(np.hstack(products), _SQUARED, dtype=np.float32)

    def _cosines(self, rows: IntArray, vector: FloatArray) -> FloatArray:
        cosines: FloatArray = self._vectors[rows] @ _whole(vector) / _SQUARED
        return cosines


def _whole(vectors: FloatArray) -> FloatArray:
    rounded: FloatArray = np.rint(vectors * _RESOLUTION)
    return rounded


def _one_stem(one: str, other: str) -> bool:
    """Say whether two English words are likely to be forms of one: they begin alike.

    >>> _one_stem("issue", "issues"), _one_stem("meeting", "meets"), _one_stem("meeting", "session")
    (True, True, False)
    """
    one, other = one.lower(), other.lower()
    length = min(len(one), len(other))
    shared = max(_SAME_STEM, length * 2 // 3) if length >= _SAME_STEM else length
    return one[:shared] == other[:shared]


class GlossTranslator:
    """Gloss texts word for word."""

    def __init__(self, glossary: Glossary, encoder: NgramEncoder, gazetteer: Gazetteer) -> None:
        self.signature = f"gloss-{_VERSION}@{glossary.signature}"
        self._glossary = glossary
        self._encoder = encoder
        self._gazetteer = gazetteer

    @classmethod
    def load(cls, *, gazetteer: Gazetteer | None = None) -> GlossTranslator:
        """Return the glosser of the bundled model.

        Raises ModelUnavailableError where a file of it is absent.
        """
        encoder = NgramEncoder.load()
        return cls(Glossary(encoder, EnglishVocabulary.read()), encoder, gazetteer or default_gazetteer())

    def draft(self, texts: Sequence[str], *, safer: bool = False) -> list[Draft | None]:
        """Return a gloss for each text, None for one without words; there is no safer way to gloss."""
        return [self._draft(text) for text in texts]

    def _draft(self, text: str) -> Draft | None:
        told = " | ".join(self._pieces(text))
        if not told:
            return None
        return Draft(told, "gloss", "kk-en gloss", self.signature, "Apache-2.0", "word for word, no grammar")

    def _pieces(self, text: str) -> Iterator[str]:
        """Yield the facts and the other words of a text in English, in the order of the Kazakh."""
        # What a text denies is told by its words, and no value that could be written in their place.
        told = extract(text, "kk", gazetteer=self._gazetteer)
        facts = [fact for fact in told if KINDS[fact.kind].group != "stance"]
        context = self._encoder.encode([text], "kk")[0]
        pieces = {fact.start: tell(fact, self._gazetteer.english(fact.value)) for fact in facts}
        covered = {place for fact in facts for place in range(fact.start, fact.end)}
        others = [word for word in words(text) if word.start not in covered and not _ending(text, word)]
        self._glossary.learn([word.text for word in others])
        for word in others:
            pieces[word.start] = self._told(text[word.start : word.end], word.text, context)
        yield from (pieces[start] for start in sorted(pieces))

    def _told(self, written: str, word: str, context: FloatArray) -> str:
        found = [each for each in self._glossary.glosses(word, context) if each[2] >= _LEAST]
        if not found:
            return f"[{romanise(written)}]"
        return "/".join(english for english, score, _ in found if score >= found[0][1] - _CLOSE)


def _ending(text: str, word: Word) -> bool:
    """Say whether a word is but the ending behind a hyphen: 2019-дан.

    Before the hyphen stands a number or an abbreviation.
    """
    return text[word.start - 1 : word.start] == "-" and is_ending(text[word.start : word.end].lower())


def unglossed(gloss: str) -> list[str]:
    """Return the words of a gloss that no English one is near to.

    >>> unglossed("meeting/session | [qyrmansha] | Almaty")
    ['qyrmansha']
    """
    return [piece[1:-1] for piece in gloss.split(" | ") if piece.startswith("[") and piece.endswith("]")]
