"""Whether two lines can be a pair of Kazakh and English at all, whatever they say."""

from __future__ import annotations

import re
from typing import Final

from align.text.language import LineLanguage, line_language
from align.text.normalise import normalise
from align.text.scripts import CYRILLIC

__all__ = ["EXCHANGED", "has_words", "wrong_language"]

EXCHANGED: Final = "the sides are exchanged"
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\w+(?:[./]\w+)+\.\w{2,4}")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_SURE: Final = 0.9
_NAMES: Final = {"kk": "Kazakh", "en": "English", "other": "another language"}


def wrong_language(source: str, target: str) -> str | None:
    """Return why two lines are no pair of Kazakh and English, None where nothing says so.

    The Kazakh line is `source`, the English one `target`. A copy, an address, a number without words, and a side that
    is surely in another language are no pair; sides that stand in each other's place are told apart (`EXCHANGED`), so
    that they can be put right.

    >>> wrong_language("Алматыда бес адам жарақат алды.", "Five people were injured in Almaty.")
    >>> wrong_language("The school has 200 pupils.", "The school has 200 pupils.")
    'a copy'
    >>> wrong_language("Five people were injured in Almaty.", "Алматыда бес адам жарақат алды.")
    'the sides are exchanged'
    """
    if normalise(source).casefold() == normalise(target).casefold():
        return "a copy"
    if not (has_words(source) and has_words(target)):
        return "no words"
    kk, en = line_language(source, expected="kk"), line_language(target, expected="en")
    if _are_exchanged(source, target, kk, en):
        return EXCHANGED
    for found, name, right in ((kk, "Kazakh", "kk"), (en, "English", "en")):
        if found.certainty >= _SURE and found.language is not None and found.language != right:
            return f"the {name} side is in {_NAMES[found.language]}"
    return None


def has_words(text: str) -> bool:
    """Say whether a text has words beside addresses, numbers and marks.

    >>> has_words("https://akorda.kz"), has_words("12 345"), has_words("Алматы")
    (False, False, True)
    """
    return _WORD.search(_ADDRESS.sub(" ", text)) is not None


def _are_exchanged(source: str, target: str, kk: LineLanguage, en: LineLanguage) -> bool:
    """Say whether each side is in the other's language.

    Where a side is too short to tell, its letters decide.
    """
    told = (kk.language, en.language)
    letters = not CYRILLIC.search(source) and CYRILLIC.search(target) is not None
    return told == ("en", "kk") or (letters and told in (("en", None), (None, "kk")))
