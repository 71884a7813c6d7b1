"""Whether two Latin spellings can be one name: Toqaev and Tokayev, uiler and Wheeler, tileuberdi and Tleuberdi."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

__all__ = ["resembling", "same_name", "same_word"]

# Letters that spell one sound get one capital; the longest combination first.
_SOUNDS: Final = {
    "shch": "S", "tsch": "C", "sch": "S", "dzh": "J", "tch": "C", "ght": "T", "sh": "S", "ch": "C", "zh": "J",
    "dj": "J", "wr": "R", "kh": "H", "gh": "G", "dh": "D", "bh": "B", "ph": "F", "th": "T", "ck": "K", "qu": "KV",
    "wh": "V", "ng": "N", "ts": "C", "tz": "C", "cc": "K", "ce": "SA", "ci": "SA", "cy": "SA", "x": "KS", "q": "K",
    "c": "K", "j": "J", "w": "V",
}  # fmt: skip
_SOUND: Final = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_VOWELS: Final = re.compile("[aeiouy]+")
_LIKE: Final = ("KGHX", "SZJCY", "VFUBP", "TD", "MN", "LR", "JGY", "VAU")
_NEAR, _FAR, _VOWEL = 0.3, 1.0, 0.25
# Up to this share two spellings are too alike to be told apart with certainty.
_DOUBT: Final = 0.4
_BEGUN: Final = 0.5
# Of the sounds that a pair of spellings has at most, this share may differ.
_TOLERANCE: Final = 0.25
# Kazakh endings as they look when romanised; a stem that was cut too short or too long differs by one of them.
_ENDINGS: Final = frozenset(
    "nyng ning dyng ding tyng ting ga ge ka ke ny ni dy di ty ti da de ta te dan den tan ten nan nen men ben pen "
    "y i sy si a e n dagy degi lar ler dar der tar ter s".split()
)
_LEAST_LETTERS: Final = 4


@lru_cache(maxsize=1 << 14)
def _sounds(word: str) -> str:
    """Return the consonants of a word as sounds, with an A for every group of vowels between them."""
    letters = word.replace("'", "").replace("-", "")
    # Yunker and Juncker, Yerlan and Erlan: before a vowel a first y is a weak consonant.
    begun = "Y" + letters[1:] if letters[:1] == "y" and letters[1:2] in set("aeou") else letters
    folded = _VOWELS.sub("A", _SOUND.sub(lambda m: _SOUNDS[m[0]], begun))
    return re.sub(r"(.)\1+", r"\1", folded.upper())


def _cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return _NEAR if any(one in group and other in group for group in _LIKE) else _FAR


def _weight(sound: str) -> float:
    return _VOWEL if sound in "AY" else _FAR


def _distance(one: str, other: str) -> float:
    """Return the least cost of turning one string of sounds into another; vowels come and go cheaply."""
    row = [0.0]
    for sound in other:
        row.append(row[-1] + _weight(sound))
    for a in one:
        new = [row[0] + _weight(a)]
        for n, b in enumerate(other):
            new.append(min(row[n] + _cost(a, b), row[n + 1] + _weight(a), new[-1] + _weight(b)))
        row = new
    return row[-1]


@lru_cache(maxsize=1 << 16)
def same_word(source: str, target: str) -> bool:
    """Say whether two lower-case Latin words can be spellings of one name.

    >>> same_word("tokaev", "tokayev"), same_word("uiler", "wheeler"), same_word("tileuber", "tileuberdi")
    (True, True, True)
    >>> same_word("tokaev", "nazarbayev"), same_word("mh17", "mh18")
    (False, False)
    """
    if source == target:
        return True
    if any(c.isdigit() for c in source + target):
        digits = [re.sub(r"\D", "", word) for word in (source, target)]
        return digits[0] == digits[1] and same_word(re.sub(r"\d", "", source), re.sub(r"\d", "", target))
    shorter, longer = sorted((source, target), key=len)
    if len(shorter) >= _LEAST_LETTERS and longer.startswith(shorter) and longer[len(shorter) :] in _ENDINGS:
        return True
    one, other = _sounds(source), _sounds(target)
    return _alike(one, other) or any(_alike(_sounds(rest), _sounds(shorter)) for rest in _cut(longer, len(shorter)))


@lru_cache(maxsize=1 << 15)
def _profile(sounds: str) -> tuple[float, int, int]:
    """Return the weight of a string of sounds, its consonants, and all sounds near to one of its own, both as bits."""
    near = set(sounds).union(*(group for group in _LIKE for sound in sounds if sound in group))
    return sum(map(_weight, sounds)), _bits(set(sounds) - {"A", "Y"}), _bits(near)


def _bits(sounds: set[str]) -> int:
    return sum(1 << (ord(sound) & 63) for sound in sounds)


def _alike(one: str, other: str) -> bool:
    (weight, own, near), (weights, owns, nears) = _profile(one), _profile(other)
    size = max(weight, weights)
    # A name begins as it is heard: Harker is not Parker.
    begun = _BEGUN if one and other and _cost(one[0], other[0]) == _FAR else 0.0
    # Each consonant to which the other has nothing near costs one at least, so most pairs need no count of their edits.
    if max((own & ~nears).bit_count(), (owns & ~near).bit_count()) * _FAR + begun > _TOLERANCE * size:
        return False
    return _distance(one, other) + begun <= _TOLERANCE * size


@lru_cache(maxsize=1 << 14)
def resembling(source: str, target: str) -> bool:
    """Say whether any word of two names is spelled so much alike that they may be one name after all.

    >>> resembling("chzhan syao", "zhang xiao"), resembling("genri", "harry"), resembling("tokaev", "putin")
    (True, True, False)
    """
    words = [(one, other) for one in source.split() for other in target.split()]
    if any(_skeleton(one) == _skeleton(other) for one, other in words):
        return True
    pairs = ((_sounds(one), _sounds(other)) for one, other in words)
    sizes = ((one, other, max(sum(map(_weight, one)), sum(map(_weight, other)))) for one, other in pairs)
    return any(_distance(one, other) <= _DOUBT * size for one, other, size in sizes)


@lru_cache(maxsize=1 << 14)
def _skeleton(word: str) -> str:
    """Return the consonants alone, or the word where they are too few to tell: dyuts and dutes."""
    letters = re.sub("[aeiouyhwj' -]", "", word.replace("ph", "f").replace("c", "k").replace("z", "s"))
    return letters if len(letters) > 2 else word


def _cut(longer: str, length: int) -> list[str]:
    """Return a word without what may have been taken for a Kazakh ending on the other side: cuerden, kuer."""
    cuts = ((longer[:-n], longer[-n:]) for n in range(2, 5) if len(longer) - n >= max(_LEAST_LETTERS, length - 1))
    return [rest for rest, ending in cuts if ending in _ENDINGS]


@lru_cache(maxsize=1 << 14)
def same_name(source: str, target: str) -> Literal["matched", "compatible"] | None:
    """Compare two names of one or more words: "matched", "compatible" where one tells more words, None otherwise.

    >>> same_name("mayk pompeo", "mike pompeo"), same_name("pompeo", "mike pompeo"), same_name("pompeo", "bolton")
    ('matched', 'compatible', None)
    """
    if source == target:
        return "matched"
    one, other = source.split(), target.split()
    if len(one) == len(other) and all(map(same_word, one, other)):
        return "matched"
    if same_word(source.replace(" ", ""), target.replace(" ", "")):
        return "matched"
    # A surname, the last word, carries a name; so do two words in another order. A given name in common does only where
    # one side has no other.
    if same_word(one[-1], other[-1]) and len(one[-1]) >= _LEAST_LETTERS:
        return "compatible"
    alone, longer = sorted((one, other), key=len)
    shared = sum(any(same_word(a, b) for b in longer) for a in alone)
    return "compatible" if shared >= min(2, len(alone)) else None
