"""Kazakh endings: which shorter forms a word may be an inflection of.

A Kazakh noun is a stem and a chain of endings in a fixed order: derivation (қазақстан-дық), plural (-тар), possession
(-ы), case (-нан) and the relational -ғы (Қытай-да-ғы). Each ending has forms for back and front vowels (-дан, -ден)
and for the sound before it (-дан, -тан, -нан). Peeling them off from the right gives every stem the word may have;
which of them is meant is for a lexicon to say.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

__all__ = [
    "CASE",
    "DERIVATION",
    "PLURAL",
    "POSSESSION",
    "RELATION",
    "SOFT",
    "SOFTENING",
    "TIERS",
    "Tier",
    "agree",
    "is_ending",
    "name_stem",
    "stems",
]

_BACK: Final = frozenset("аоұыуяёю")
_FRONT: Final = frozenset("әөүіеэ")
_VOWELS: Final = _BACK | _FRONT
_EITHER: Final = frozenset("уюяэёи")
_INSTRUMENTAL: Final = frozenset({"мен", "бен", "пен", "менен"})
RELATION: Final = frozenset("ғы гі қы кі".split())
CASE: Final = frozenset(
    "ның нің дың дің тың тің ға ге қа ке на не а е ны ні ды ді ты ті н да де та те нда нде "
    "дан ден тан тен нан нен мен бен пен менен".split()
)
_LOCATIVE: Final = ("да", "де", "та", "те")
POSSESSION: Final = frozenset("ы і сы сі".split())
PLURAL: Final = frozenset("лар лер дар дер тар тер".split())
DERIVATION: Final = frozenset("лық лік дық дік тық тік ша ше ша лы лі ды ді ты ті сыз сіз".split())
SOFTENING: Final = frozenset({"ы", "і"})
SOFT: Final = {"г": "к", "ғ": "қ", "б": "п"}
"""The letters that к, қ and п soften to before a vowel."""


class Tier(NamedTuple):
    """The endings of one kind, with the letters they end in and how long they are."""

    endings: frozenset[str]
    last: frozenset[str]
    lengths: tuple[int, ...]


def _tier(endings: frozenset[str]) -> Tier:
    last = frozenset(ending[-1] for ending in endings)
    return Tier(endings, last, tuple(sorted({len(ending) for ending in endings})))


# From the outermost ending inwards: each kind stands at most once in a word.
TIERS: Final = tuple(map(_tier, (RELATION, CASE, POSSESSION, PLURAL, DERIVATION)))
_LEAST_STEM: Final = 2


@lru_cache(maxsize=1 << 10)
def _harmony(letters: str) -> str:
    """Return "back" or "front" by the last vowel that decides, or "" where none does."""
    for letter in reversed(letters):
        if letter in _BACK:
            return "back"
        if letter in _FRONT:
            return "front"
    return ""


def agree(stem: str, ending: str) -> bool:
    """Say whether an ending has the vowels that a stem asks for.

    >>> agree("қытай", "дан"), agree("қытай", "ден")
    (True, False)
    """
    # The instrumental has front vowels only, and и, у, ю, я stand in loans of either kind.
    end = stem[-3:]
    if ending in _INSTRUMENTAL or not _EITHER.isdisjoint(end):
        return True
    one, other = _harmony(end) or _harmony(stem), _harmony(ending)
    return one == other or not one or not other


def _peeled(word: str, tier: Tier) -> list[str]:
    found: list[str] = []
    for n in tier.lengths:
        ending = word[-n:]
        if ending in tier.endings and len(word) >= n + _LEAST_STEM and agree(word[:-n], ending):
            stem = word[:-n]
            found.append(stem)
            # Before a vowel к, қ and п soften: қыркүйек, қыркүйегі.
            if ending in SOFTENING and stem[-1] in SOFT:
                found.append(stem[:-1] + SOFT[stem[-1]])
    return found


@lru_cache(maxsize=1 << 15)
def stems(word: str) -> tuple[str, ...]:
    """Return the lower-case word and every stem it may be an inflection of, the longest first.

    >>> stems("қытайдағы")[-1], "назарбаев" in stems("назарбаевпен"), "таң" in stems("таңба")
    ('қытай', True, False)
    """
    found = {word: None}
    for tier in TIERS:
        for form in tuple(found):
            if form[-1:] in tier.last:
                for stem in _peeled(form, tier):
                    found[stem] = None
    return tuple(sorted(found, key=len, reverse=True))


def _chains() -> frozenset[str]:
    cases = {"".join(pair) for pair in product(("", *POSSESSION), ("", *CASE))} - {""}
    # The relational ending needs a place: -дағы, -ындағы; -ігі would be none.
    relational = {case + ending for case in cases if case.endswith(_LOCATIVE) for ending in ("ғы", "гі")}
    return frozenset(cases | relational | RELATION)


_ENDINGS: Final = _chains()


def is_ending(letters: str) -> bool:
    """Say whether letters are nothing but possession and case.

    So they are after the hyphen of "26-сы" or "2019-дан".

    >>> is_ending("сы"), is_ending("нан"), is_ending("ында"), is_ending("орын")
    (True, True, True, False)
    """
    return letters in _ENDINGS


# The case endings after a vowel, a voiced and a voiceless sound; а, е, н, на and да alone are too often part of a name.
_AFTER_VOWEL: Final = frozenset("ның нің ға ге ны ні да де дан ден мен дағы дегі".split())
_AFTER_VOICED: Final = frozenset("дың дің ның нің ға ге ды ді да де дан ден нан нен мен бен дағы дегі".split())
_AFTER_VOICELESS: Final = frozenset("тың тің қа ке ты ті та те тан тен пен тағы тегі".split())
_FITTING_ANY: Final = _AFTER_VOWEL | _AFTER_VOICED | _AFTER_VOICELESS
# Verbs in the past that names end with: Тілеуберді (God gave), Аманкелді (came in safety).
_NAME_ENDS: Final = ("берді", "келді", "гелді", "тұрды")
_ABLATIVES: Final = frozenset("дан ден тан тен нан нен".split())
_VOICELESS: Final = frozenset("пфктсшщчхцқһбвгд")


@lru_cache(maxsize=1 << 14)
def name_stem(word: str, *, least: int = 3) -> tuple[str, str]:
    """Return a name without its case ending, and the ending.

    The ending is "" where none fits the sound before it. Names are not in a lexicon, so this is a guess, which the
    comparison of names makes good where it is wrong.

    >>> name_stem("тоқаевты"), name_stem("назарбаевпен"), name_stem("помпеоның"), name_stem("трамп")
    (('тоқаев', 'ты'), ('назарбаев', 'пен'), ('помпео', 'ның'), ('трамп', ''))
    """
    if word.endswith(_NAME_ENDS):
        return word, ""
    for length in range(4, 1, -1):
        stem, ending = word[:-length], word[-length:]
        # The ablative is rare with names, and Каннан or Иорданнан end like it by nature.
        room = least + 1 if ending in _ABLATIVES and least > 1 else least
        if ending in _FITTING_ANY and len(stem) >= room and ending in _fitting(stem[-1]):
            return stem, ending
    return word, ""


def _fitting(last: str) -> frozenset[str]:
    if last in "иу":
        # They end like consonants: Уинфри-дің, шоу-дың; foreign names are also written with the forms after a vowel.
        return _AFTER_VOWEL | _AFTER_VOICED
    if last in _VOWELS:
        return _AFTER_VOWEL
    return _AFTER_VOICELESS if last in _VOICELESS else _AFTER_VOICED
