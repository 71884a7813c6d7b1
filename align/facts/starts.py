"""Which words can begin a fact: most of a text can't, and need no reader.

A Kazakh word has many forms, so its first letters decide; an English one stands in a list or begins nothing. A word
that passes may begin a fact; one that does not, never does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from align.facts import cldr, dates_en, dates_kk, number_words_en, number_words_kk
from align.types import Lang

__all__ = ["Starts", "starts_of"]

_LETTERS: Final = 3


class Starts:
    """Say of a word, in lower case, whether it may begin a fact of one sort that no capital announces."""

    def __init__(self, words: Iterable[str], lang: Lang) -> None:
        firsts = {word.lower().split()[0].split("-")[0] for word in words if word.strip()}
        self._inflected = lang == "kk"
        self._words = frozenset(firsts)
        self._long = frozenset(word[:_LETTERS] for word in firsts if len(word) >= _LETTERS)
        self._short = frozenset(word for word in firsts if len(word) < _LETTERS)

    def __call__(self, low: str) -> bool:
        """Return whether the word may begin one."""
        if not self._inflected:
            return low in self._words
        return low[:_LETTERS] in self._long or low[:2] in self._short


@lru_cache(maxsize=2)
def starts_of(lang: Lang) -> Starts:
    """Return the words that begin dates and amounts of a language.

    >>> starts = starts_of("kk")
    >>> starts("наурызда"), starts("адамдар")
    (True, False)
    """
    symbols = cldr.currency_symbols()
    if lang == "kk":
        words = {*dates_kk.FIRST_WORDS, *number_words_kk.FIRST_WORDS, "минус", "плюс"}
        return Starts({*words, *symbols, *cldr.months("kk"), *cldr.weekdays("kk")}, "kk")
    named = {*cldr.months("en"), *cldr.weekdays("en"), *(f"{day}s" for day in cldr.weekdays("en"))}
    words = {*dates_en.FIRST_WORDS, *number_words_en.FIRST_WORDS, "twice", "minus", "plus"}
    return Starts({*words, *named, *symbols}, "en")
