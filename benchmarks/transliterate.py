"""Kazakh Cyrillic into other alphabets: two Latin ones to be read, and Arabic script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from align.text.alphabets import ARABIC, BGN_PCGN, LATIN_2017, LATIN_2018, LATIN_2021

__all__ = ["LatinAlphabet", "to_arabic", "to_latin"]

LatinAlphabet: TypeAlias = Literal["2021", "2018", "2017", "bgn-pcgn"]

_ALPHABETS: Final[Mapping[str, Mapping[str, str]]] = {
    "2021": LATIN_2021,
    "2018": LATIN_2018,
    "2017": LATIN_2017,
    "bgn-pcgn": BGN_PCGN,
}
_DOTTED: Final = {"i": "İ", "ı": "I"}
"""Capitals of the alphabet of 2021, where Python's upper() would make one letter of two."""
_WORD: Final = re.compile(r"[\u0400-\u052f]+")
_FRONT: Final = frozenset("әөүі")
_FRONT_BY_ITSELF: Final = frozenset("еэкг")
_BACK: Final = frozenset("аоұы")
_WITH: Final = re.compile(r"[мбп]ен$")
"""The ending that has a front vowel whatever its word's are."""
_HAMZA: Final = "ٴ"
_MARKS: Final = str.maketrans({",": "،", ";": "؛", "?": "؟"})


def to_latin(text: str, alphabet: LatinAlphabet = "2021") -> str:
    """Return Kazakh Cyrillic in Latin letters; whatever is not Cyrillic stays.

    >>> to_latin("Қазақ тілі"), to_latin("Қазақ тілі", "2018"), to_latin("Қазақ тілі", "bgn-pcgn")
    ('Qazaq tılı', 'Qazaq tili', 'Qazaq tili')
    """
    table = _ALPHABETS[alphabet]
    dotted = _DOTTED if alphabet == "2021" else {}
    return _WORD.sub(lambda word: _word(word.group(), table, dotted), text)


def _word(word: str, table: Mapping[str, str], dotted: Mapping[str, str]) -> str:
    shouted = len(word) > 1 and word.isupper()
    letters = []
    for letter in word:
        latin = table.get(letter.lower(), letter)
        if letter.isupper() and latin:
            first = dotted.get(latin[0], latin[0].upper())
            rest = latin[1:]
            latin = first + ("".join(dotted.get(each, each.upper()) for each in rest) if shouted else rest)
        letters.append(latin)
    return "".join(letters)


def to_arabic(text: str) -> str:
    """Return Kazakh Cyrillic in Arabic script (töte jazu), capitals lost.

    >>> to_arabic("Қазақ тілі")
    'قازاق ٴتىلى'
    """
    return _WORD.sub(lambda word: _arabic(word.group().lower()), text).translate(_MARKS)


def _arabic(word: str) -> str:
    """Return a lower-case word, with a hamza where no letter shows a front first vowel."""
    first = next((letter for letter in word if letter in _FRONT | _BACK), "")
    marked = first in _FRONT and not _FRONT_BY_ITSELF.intersection(_WITH.sub("", word))
    return (_HAMZA if first and marked else "") + "".join(ARABIC.get(letter, letter) for letter in word)
