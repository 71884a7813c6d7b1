"""Kazakh and English words as texts have them, to tell a language and to restore letters.

The lists are made by `align.train.word_lists`; `data/SOURCES.md` says from what.
"""

from __future__ import annotations

import gzip
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

__all__ = [
    "KnownWord",
    "base_letters",
    "english_words",
    "kazakh_words",
    "skeleton",
    "skeletons",
    "typed",
    "typed_words",
]

_TYPED: Final = str.maketrans("әғқңөұүһіёы", "агкноуухиеи")
"""Kazakh letters to the Russian ones typed for them; і and ы both become и, since people type either."""
_SKELETON: Final = str.maketrans(
    {**dict(zip("әғқңөұүһіыйэшщч", "агкноуухиииессц", strict=True)), "ё": "ио", "я": "иа", "ю": "иу", "ъ": "", "ь": ""}
)


class KnownWord(NamedTuple):
    """A word's frequency in Kazakh texts (log2), and whether a neighbour's texts have it too."""

    frequency: int
    shared: bool


def _lines(name: str) -> list[str]:
    packed = files("align.text").joinpath(f"data/{name}").read_bytes()
    return gzip.decompress(packed).decode("utf-8").split("\n")


@lru_cache(maxsize=1)
def kazakh_words() -> Mapping[str, KnownWord]:
    """Return the Kazakh words, lower-case Cyrillic, that the training texts have at least twice."""
    pairs = (line.split("\t") for line in _lines("kazakh.tsv.gz"))
    return {word: KnownWord(ord(code.lower()) - ord("a"), code.isupper()) for word, code in pairs}


@lru_cache(maxsize=1)
def english_words() -> Mapping[str, bool]:
    """Return the English words, lower-case, each with whether another Latin language has it."""
    return {line.removesuffix("\t+"): line.endswith("\t+") for line in _lines("english.tsv.gz")}


def typed(word: str) -> str:
    """Return a lower-case Kazakh word in the form that all ways of typing it in Russian share.

    >>> typed("бүгін") == typed("бугин") == typed("бугын")
    True
    """
    return word.translate(_TYPED)


@lru_cache(maxsize=1)
def typed_words() -> Mapping[str, bool]:
    """Return the typed forms of the Kazakh words.

    Each comes with whether all of its words are shared with a neighbouring language.
    """
    found: dict[str, bool] = {}
    for word, entry in kazakh_words().items():
        form = typed(word)
        found[form] = entry.shared and found.get(form, True)
    return found


def skeleton(word: str) -> str:
    """Return what all spellings of a lower-case Kazakh word, Cyrillic or plain Latin, share.

    >>> skeleton("қойды"), skeleton("заңға")
    ('коиди', 'зана')
    """
    return _joined(word.translate(_SKELETON))


def _joined(letters: str) -> str:
    """Return letters with ң written in one way (н, нг) and with a run of и as one."""
    while "нг" in letters:
        letters = letters.replace("нг", "н")
    while "ии" in letters:
        letters = letters.replace("ии", "и")
    return letters


def base_letters(text: str) -> str:
    """Return Latin letters without their marks, each in the place where it stood.

    >>> base_letters("Qazaqstannıñ")
    'Qazaqstannin'
    """
    return text if text.isascii() else "".join(map(_base, text))


@lru_cache(maxsize=4096)
def _base(letter: str) -> str:
    first = unicodedata.normalize("NFD", letter)[0]
    return {"ı": "i", "ə": "a", "ŋ": "n"}.get(first, first)


@lru_cache(maxsize=1)
def skeletons() -> Mapping[str, list[str]]:
    """Return the Kazakh words by their skeletons."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in kazakh_words():
        found[skeleton(word)].append(word)
    return dict(found)
