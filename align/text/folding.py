"""One form for all ways of typing a Kazakh word, which search uses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from align.text.matched import as_matched
from align.text.restore import plain_to_cyrillic
from align.text.word_lists import base_letters, skeleton

__all__ = ["folded", "words"]

_WORD: Final = re.compile(r"[^\W_]+")
_LATIN: Final = re.compile(r"[a-z\u00c0-\u024f\u0259]")
# A digraph begins as its first letter does, so that a word that is half typed is still found.
_DIGRAPHS: Final = str.maketrans({"ц": "тс", "ж": "зх"})


def words(text: str) -> list[str]:
    """Return the words and numbers of a text as they stand.

    >>> words("Қаржы, 3.5 %")
    ['Қаржы', '3', '5']
    """
    return _WORD.findall(text)


def folded(text: str) -> str:
    """Return a Kazakh text in the form that all ways of typing it share.

    Its words are parted by spaces. Kazakh Cyrillic, the Russian letters typed for it and Latin letters, with marks or
    without, fold alike. The form of a word's beginning begins the word's form, except inside some Latin digraphs.

    >>> folded("теңге") == folded("Тенге") == folded("tenge"), folded("қаржы") == folded("qarzhy") == folded("qarjy")
    (True, True)
    """
    respelled = as_matched(text)
    matched = text if respelled is None else respelled.text
    # Python lowers the dotted capital to two characters, of which the second is no letter.
    return " ".join(map(_word, words(matched.replace("İ", "i").lower())))


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> str:
    cyrillic = plain_to_cyrillic(base_letters(word)) if _LATIN.search(word) else word
    return skeleton(cyrillic).translate(_DIGRAPHS)
