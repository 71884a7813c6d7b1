"""Whether two Latin spellings can be one name.

Examples: Toqaev and Tokayev, uiler and Wheeler, tileuberdi and Tleuberdi.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from math import inf
from typing import Final, Literal, NamedTuple

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
_LETTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
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
    """Return the consonants of a word as sounds, with an A for the vowels between them.

    Every group of vowels is one A.
    """
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


_COSTS: Final = {one: {other: _cost(one, other) for other in _LETTERS} for one in _LETTERS}
_NO_COSTS: Final[dict[str, float]] = {}
_WEIGHTS: Final = {sound: _weight(sound) for sound in _LETTERS}


def _distance(one: str, other: str, most: float) -> float:
    """Return the least cost of turning one string of sounds into another.

    Vowels come and go cheaply. Past `most` it is infinite: most pairs of names are nowhere near each other, and need
    not be followed to their end.
    """
    weights = [_WEIGHTS.get(sound, _FAR) for sound in other]
    row = [0.0, *accumulate(weights)]
    for a in one:
        costs, weight = _COSTS.get(a, _NO_COSTS), _WEIGHTS.get(a, _FAR)
        last = row[0] + weight
        new = [last]
        for n, b in enumerate(other):
            best = row[n] + (0.0 if a == b else costs.get(b, _FAR))
            if (gone := row[n + 1] + weight) < best:
                best = gone
            if (come := last + weights[n]) < best:
                best = come
            new.append(best)
            last = best
        # What a row costs at least, the next ones cost at least.
        if min(new) > most:
            return inf
        row = new
    return row[-1]


class _Heard(NamedTuple):
    """What a word sounds like: its sounds and what they weigh.

    Its consonants and all sounds near to its own are held as bits. `firm` counts the sounds between which and a vowel
    nothing is near, `soft` those, Y and V, that are near to both.
    """

    sounds: str
    weight: float
    own: int
    near: int
    firm: int
    soft: int


@lru_cache(maxsize=1 << 16)
def _heard(word: str) -> _Heard:
    sounds = _sounds(word)
    held = set(sounds)
    near = held.union(*(group for group in _LIKE for sound in held if sound in group))
    soft = sounds.count("Y") + sounds.count("V")
    firm = len(sounds) - soft - sounds.count("A")
    return _Heard(sounds, sum(map(_weight, sounds)), _bits(held - {"A", "Y"}), _bits(near), firm, soft)


def _bits(sounds: set[str]) -> int:
    return sum(1 << (ord(sound) & 63) for sound in sounds)


@lru_cache(maxsize=1 << 16)
def _cuts(word: str) -> tuple[str, ...]:
    """Return a word without what may be a Kazakh ending.

    There is one for each length that such an ending has.
    """
    found = ((word[:-n], word[-n:]) for n in range(2, 5) if len(word) - n >= _LEAST_LETTERS)
    return tuple(rest for rest, ending in found if ending in _ENDINGS)


@lru_cache(maxsize=1 << 17)
def same_word(source: str, target: str) -> bool:
    """Say whether two lower-case Latin words can be spellings of one name.

    >>> same_word("tokaev", "tokayev"), same_word("uiler", "wheeler"), same_word("tileuber", "tileuberdi")
    (True, True, True)
    >>> same_word("tokaev", "nazarbayev"), same_word("mh17", "mh18")
    (False, False)
    """
    if source == target:
        return True
    if not (source.isalpha() and target.isalpha()) and any(c.isdigit() for c in source + target):
        digits = [re.sub(r"\D", "", word) for word in (source, target)]
        return digits[0] == digits[1] and same_word(re.sub(r"\d", "", source), re.sub(r"\d", "", target))
    shorter, longer = (source, target) if len(source) <= len(target) else (target, source)
    if len(shorter) >= _LEAST_LETTERS and longer.startswith(shorter) and longer[len(shorter) :] in _ENDINGS:
        return True
    if _alike(_heard(source), _heard(target)):
        return True
    # What may have been taken for a Kazakh ending on the other side is cut: cuerden, kuer.
    least = len(shorter) - 1
    return any(_alike(_heard(rest), _heard(shorter)) for rest in _cuts(longer) if len(rest) >= least)


def _alike(one: _Heard, other: _Heard) -> bool:
    sounds, weight, own, near, firm, soft = one
    others, weights, owns, nears, firms, softs = other
    most = _TOLERANCE * (weight if weight > weights else weights)
    # Each firm sound too many costs one at least, unless a soft one stands for it, and so does each to which the other
    # word has nothing near: most pairs need no count of their edits.
    if firm - firms - softs > most or firms - firm - soft > most:
        return False
    begun = 0.0
    # A name begins as it is heard: Harker is not Parker.
    if sounds and others and sounds[0] != others[0]:
        begun = _BEGUN if _COSTS.get(sounds[0], _NO_COSTS).get(others[0], _FAR) == _FAR else 0.0
    if (own & ~nears).bit_count() + begun > most or (owns & ~near).bit_count() + begun > most:
        return False
    return _distance(sounds, others, most) + begun <= most


@lru_cache(maxsize=1 << 14)
def resembling(source: str, target: str) -> bool:
    """Say whether any word of two names is spelled much alike.

    Then they may be one name after all.

    >>> resembling("chzhan syao", "zhang xiao"), resembling("genri", "harry"), resembling("tokaev", "putin")
    (True, True, False)
    """
    words = [(one, other) for one in source.split() for other in target.split()]
    if any(_skeleton(one) == _skeleton(other) for one, other in words):
        return True
    pairs = ((_sounds(one), _sounds(other)) for one, other in words)
    sizes = ((one, other, max(sum(map(_weight, one)), sum(map(_weight, other)))) for one, other in pairs)
    return any(_distance(one, other, _DOUBT * size) <= _DOUBT * size for one, other, size in sizes)


@lru_cache(maxsize=1 << 14)
def _skeleton(word: str) -> str:
    """Return the consonants alone, or the word where they are too few to tell: dyuts and dutes."""
    letters = re.sub("[aeiouyhwj' -]", "", word.replace("ph", "f").replace("c", "k").replace("z", "s"))
    return letters if len(letters) > 2 else word


@lru_cache(maxsize=1 << 14)
def same_name(source: str, target: str) -> Literal["matched", "compatible"] | None:
    """Return "matched" for one name of one or more words, else "compatible" or None.

    It is "compatible" where one of them tells more words.

    >>> same_name("mayk pompeo", "mike pompeo"), same_name("pompeo", "mike pompeo"), same_name("pompeo", "bolton")
    ('matched', 'compatible', None)
    """
    if source == target:
        return "matched"
    one, other = source.split(), target.split()
    if len(one) == len(other) == 1:
        return "matched" if same_word(source, target) else None
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
