"""Whether a word of a text is a form of a glossary's word.

A Kazakh word is found under its endings, an English one in the plural. The lexicons of facts ask for endings that fit
a stem's vowels, since they look for a few words among all. A glossary's term is looked for where it is likely, and
loans take endings of either kind (банкі, банктің), so that vowels don't count here, and the endings of my, your and
our do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from align.facts.suffixes import DERIVATION, PLURAL, SOFT

__all__ = ["english_form", "kazakh_bases", "kazakh_form"]


def _any(endings: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(endings, key=len, reverse=True))})"


_PLAIN_CASE: Final = (
    *"ның нің дың дің тың тің ға ге қа ке ны ні ды ді ты ті да де та те".split(),
    *"дан ден тан тен нан нен мен бен пен менен".split(),
)
_OWNED_CASE: Final = (*_PLAIN_CASE, *"а е на не н нда нде".split())
"""The endings of case, and those behind an ending that says whose it is: кітабын, кітабыма."""
_OWNER: Final = r"(?:с?[ыі]|[ыі]?(?:м|ң|мыз|міз|ңыз|ңіз))"
_INFLECTION: Final = re.compile(
    rf"{_any(PLURAL)}?(?:{_OWNER}(?:{_any(_OWNED_CASE)}(?:[ғг][ыі])?)?|{_any(_PLAIN_CASE)}(?:[ғг][ыі])?)?\Z"
)
_ENDINGS: Final = re.compile(
    rf"{_any(DERIVATION)}?{_any(PLURAL)}?(?:{_OWNER}{_any(_OWNED_CASE)}?|{_any(_PLAIN_CASE)})?(?:[ғқгк][ыі])?\Z"
)
_BEFORE_VOWEL: Final = re.compile(rf"{_OWNER}{_any(_OWNED_CASE)}?(?:[ғқгк][ыі])?\Z")
_HARD: Final = {hard: soft for soft, hard in SOFT.items()}
_VOWELS: Final = "аәеоөұүыіуюяэёи"
_FALLING: Final = re.compile(rf"(.*[{_VOWELS}].*?)[ыі]([^{_VOWELS}])\Z")
"""A stem whose last ы or і falls before a vowel: халық, халқы; орын, орны."""
_OWN_POSSESSION: Final = re.compile(r"(.{2,}?)с?[ыі]\Z")
_IRREGULAR: Final = {"men": "man", "women": "woman", "people": "person", "children": "child"}


@lru_cache(maxsize=1 << 15)
def kazakh_form(word: str, term: str, *, last: bool = False) -> bool:
    """Say whether a Kazakh word is a form of a term's word; both are lower case.

    `last` says that it is the last of several words of the term: its own possession may then give way to another
    ending, as in қаржы министрі and қаржы министрлері.

    >>> kazakh_form("банкіміздің", "банк"), kazakh_form("кітабы", "кітап"), kazakh_form("халқының", "халық")
    (True, True, True)
    >>> kazakh_form("министрлеріне", "министрі", last=True), kazakh_form("теңіз", "теңге"), kazakh_form("ата", "ат")
    (True, False, False)
    """
    if _is_form(word, term):
        return True
    bare = _OWN_POSSESSION.match(term) if last else None
    if bare is None:
        return False
    return any(_is_form(word, each) for each in {bare[1], bare[1][:-1] + SOFT.get(bare[1][-1], bare[1][-1])})


def _is_form(word: str, stem: str) -> bool:
    if word == stem:
        return True
    if len(stem) < 2 or word[:1] != stem[:1]:
        return False
    if word.startswith(stem) and _ENDINGS.match(word, len(stem)):
        return True
    fallen = _FALLING.match(stem)
    short = [stem[:-1] + _HARD.get(stem[-1], "?"), fallen[1] + fallen[2] if fallen else "?"]
    return any(word.startswith(each) and _BEFORE_VOWEL.match(word, len(each)) for each in short)


@lru_cache(maxsize=1 << 15)
def kazakh_bases(word: str) -> tuple[str, ...]:
    """Return what a Kazakh word may be inflected from, itself first and the shortest last.

    The word is in lower case. No derivation is taken off: a министрлік is no министр.

    >>> kazakh_bases("қалада"), kazakh_bases("министрлігі")
    (('қалада', 'қала'), ('министрлігі', 'министрліг', 'министрлік'))
    """
    found: dict[str, None] = {}
    for cut in range(len(word), 1, -1):
        if _INFLECTION.match(word, cut):
            found[word[:cut]] = None
            if cut < len(word) and word[cut - 1] in SOFT and _BEFORE_VOWEL.match(word, cut):
                found[word[: cut - 1] + SOFT[word[cut - 1]]] = None
    return tuple(sorted(found, key=len, reverse=True))


def english_form(word: str, term: str) -> bool:
    """Say whether an English word is a term's word, in the singular or the plural.

    Both are in lower case.

    >>> english_form("ministers", "minister"), english_form("taxes", "tax"), english_form("ministry", "minister")
    (True, True, False)
    """
    return word == term or not _singulars(word).isdisjoint(_singulars(term))


@lru_cache(maxsize=1 << 14)
def _singulars(word: str) -> frozenset[str]:
    """Return a word, and what it may be the plural of.

    >>> sorted(_singulars("houses")), sorted(_singulars("policies")), sorted(_singulars("press"))
    (['hous', 'house', 'houses'], ['policie', 'policies', 'policy'], ['press'])
    """
    found = {word}
    found |= {word.removesuffix(many) + one for many, one in _IRREGULAR.items() if word.endswith(many)}
    if re.search(r"...[^siu]s\Z", word):
        found.add(word[:-1])
    if word.endswith("ies") and len(word) > len("ties"):
        found.add(word[:-3] + "y")
    if re.search(r"(?:s|x|z|sh|ch)es\Z", word):
        found.add(word[:-2])
    return frozenset(found)
