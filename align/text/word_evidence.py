"""How far the words of a line speak for Kazakh or English, by the lists of their words.

The weights are logarithms of how much oftener such a word stands in the language than in others: counted for Kazakh
and English in news pairs kept for development, for the others in the messages that Django, glib and GTK show in
Kyrgyz, Tatar, Russian, Turkish, Azerbaijani, Uzbek, Indonesian, German and their neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from align.text.restore import plain_to_cyrillic, restored_word
from align.text.word_lists import base_letters, english_words, kazakh_words, skeleton, skeletons, typed, typed_words

__all__ = ["WordEvidence", "cyrillic_evidence", "exact_evidence", "is_typed_in_russian", "latin_evidence"]

_WORD: Final = re.compile(r"[^\W\d_]{2,}(?:['’](?:t|s|re|ve|ll|d|m)\b)?")
_CONTRACTION: Final = re.compile(r".*['’](?:t|re|ve|ll|d|m)$")
_ENDING: Final = re.compile(r"(?:['’]s|e?s|e?d|ing|ly|er|est)$")
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
_LONG, _MIDDLE = 6, 4
"""Letters from which a word is long, or of middle length: short ones meet by chance."""
_KAZAKH: Final = {"long": 1.7, "middle": 1.0, "short": 0.1, "shared": 0.0, "name": 0.0, "unknown": -1.8}
_KAZAKH_IN_LATIN: Final = {"long": 2.6, "middle": 1.2, "short": 0.1, "name": 0.0, "unknown": -2.0, "english": -1.5}
_ENGLISH: Final = {"own": 2.0, "shared": 0.4, "name": 0.0, "unknown": -2.0}
_FUNCTION_WORDS: Final = frozenset(
    "the of and to in a is that for on with as was by it at from he be has have his an are were this said not but its i"
    " who which will they their or had been you we my our your do does did can if no so all there what she her"
    " him".split()
)
_FUNCTION_SHARE: Final = 0.08
"""A third of the words of English prose are such words; of other Latin-script languages, some 3 %."""
_RUSSIAN: Final = re.compile(r"\b(?:[ивскоу]|на|не|это|для|что|как|из|от|его|һәм|ва|менен)\b")
_NEIGHBOUR_WORD: Final = 2.0
"""What a function word of Russian, Tatar or Kyrgyz is worth against Kazakh."""
_FUNCTION_WORD: Final = 1.2
"""What a function word of English is worth, though other languages have a word that is spelled so."""
_FUNCTION_LINE: Final = 1.5
"""What it is worth that a line has the share of such words that English has."""
_ANY_WORD: Final = re.compile(r"[^\W\d_]+")
_LONG_VOWELS: Final = re.compile(r"([аоуөүэ])\1|ээ|^э(?:л|к|м|р|с|ш|т)")
_LONG_VOWEL: Final = -1.0
"""Kyrgyz and Mongolian write long vowels twice, and Kyrgyz begins with э where Kazakh begins with е."""
_TYPED_IN_FULL: Final = 0.04
"""Share of Kazakh's own letters from which nobody need ask whether it was typed without them."""
_KAZAKH_LETTER: Final = re.compile(r"[әғқңөұүһі]")


class WordEvidence(NamedTuple):
    """Log odds for Kazakh and for English against a third language.

    It knows, too, which words count as evidence at all.
    """

    kazakh: float
    english: float
    words: int


def _capitalised(text: str) -> Iterable[tuple[str, bool]]:
    """Yield the words in small letters, each with whether it may be a name.

    A capital inside the line says so.
    """
    words = _WORD.findall(text)
    capital = [word[0].isupper() for word in words]
    titled = sum(capital) * 2 > len(words)
    for number, word in enumerate(words):
        yield word.lower(), capital[number] and number > 0 and not (titled and len(word) < _MIDDLE)


def cyrillic_evidence(text: str) -> WordEvidence:
    """Return how far the words of a Cyrillic line speak for Kazakh.

    It may be typed in full or with Russian letters alone.
    """
    known = typed_words()
    odds, telling = -_NEIGHBOUR_WORD * len(_RUSSIAN.findall(text.lower())), 0
    for word, may_be_name in _capitalised(text):
        if not _CYRILLIC.match(word):
            continue
        shared = known.get(typed(word))
        if shared is None:
            kind = "name" if may_be_name else "unknown"
            odds += _LONG_VOWEL if _LONG_VOWELS.search(word) else 0.0
        else:
            kind = "shared" if shared else _length(word)
        odds += _KAZAKH[kind]
        telling += kind not in ("name", "shared")
    return WordEvidence(odds, 0.0, telling)


def exact_evidence(text: str) -> float:
    """Return the log odds, by its words, that a line is Kazakh typed in full."""
    words = [(word, may_be_name) for word, may_be_name in _capitalised(text) if _CYRILLIC.match(word)]
    known = kazakh_words()
    kinds = (_length(word) if word in known else "name" if name else "unknown" for word, name in words)
    return sum(_KAZAKH[kind] for kind in kinds) - _NEIGHBOUR_WORD * len(_RUSSIAN.findall(text.lower()))


def _length(word: str) -> str:
    return "long" if len(word) >= _LONG else "middle" if len(word) >= _MIDDLE else "short"


def latin_evidence(text: str) -> WordEvidence:
    """Return how far the words of a Latin line speak for English, and for Kazakh in any Latin."""
    every = _ANY_WORD.findall(text.lower())
    common = sum(word in _FUNCTION_WORDS for word in every)
    english = _FUNCTION_LINE if common >= max(_FUNCTION_SHARE * len(every), 1) else 0.0
    kazakh, telling = 0.0, int(common > 0)
    for word, may_be_name in _capitalised(text):
        says = _latin_word_says(word, may_be_name)
        english += says.english
        kazakh += says.kazakh
        telling += says.words
    return WordEvidence(kazakh, english, telling)


@lru_cache(maxsize=1 << 16)
def _latin_word_says(word: str, may_be_name: bool) -> WordEvidence:
    """Return how far one lower-case word in Latin letters speaks for either language."""
    listed = _in_english(word)
    form = latin_skeleton(word)
    if listed is None:
        kind = "name" if may_be_name else "unknown"
    else:
        kind = "shared" if listed else "own"
    english = _FUNCTION_WORD if word in _FUNCTION_WORDS else _ENGLISH[kind]
    known = _length(form) if form in skeletons() else kind_of_unknown(kind)
    return WordEvidence(_KAZAKH_IN_LATIN["english" if kind == "own" else known], english, kind != "name")


@lru_cache(maxsize=1 << 16)
def _in_english(word: str) -> bool | None:
    """Return whether others share an English word, None if English has it with no ending either.

    >>> _in_english("turtles"), _in_english("qujat")
    (True, None)
    """
    if _CONTRACTION.match(word):
        return False
    stem = _ENDING.sub("", word)
    return next((found for each in (word, stem, f"{stem}e") if (found := english_words().get(each)) is not None), None)


def kind_of_unknown(kind: str) -> str:
    """Return how a word that fits no Kazakh spelling counts.

    It counts as a name where it may be one.
    """
    return "name" if kind == "name" else "unknown"


@lru_cache(maxsize=1 << 16)
def latin_skeleton(word: str) -> str:
    """Return the skeleton of a lower-case word in Latin letters."""
    return skeleton(plain_to_cyrillic(base_letters(word)))


def is_typed_in_russian(text: str) -> bool:
    """Say whether Kazakh was typed without its own letters.

    Words that need them lack them, and hardly any has them.

    >>> is_typed_in_russian("Казакстан Президенты бугин Алматыда жиналыс откизди.")
    True
    >>> is_typed_in_russian("Франция Батыс Еуропада орналасады.")
    False
    """
    if len(_KAZAKH_LETTER.findall(text.lower())) > _TYPED_IN_FULL * len(text):
        return False
    full = lacking = 0
    for word in _WORD.findall(text.lower()):
        if _KAZAKH_LETTER.search(word):
            full += 1
        elif word not in kazakh_words() and typed(word) in typed_words():
            meant = "".join(piece for piece, _ in restored_word(word, "russian-letters"))
            lacking += _KAZAKH_LETTER.search(meant) is not None
    return lacking >= 2 and lacking > 4 * full
