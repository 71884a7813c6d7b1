"""Names by their sound: Уиллоуби and Willoughby, Каваноның and Kavanaugh."""

from __future__ import annotations

import re
from typing import Final

from align.types import Lang

__all__ = ["sound_of", "sounds_of"]

# Letters that spell one sound get one capital, the longest combination first; A is a vowel.
_SOUNDS: Final = {
    "augh": "A", "ough": "A", "eigh": "A", "igh": "A",
    "shch": "J", "tsch": "J", "sch": "J", "dzh": "J", "tch": "J", "sh": "J", "ch": "J", "zh": "J", "dj": "J", "j": "J",
    "cce": "KSA", "cci": "KSA", "cc": "K", "ce": "SA", "ci": "SA", "cy": "SA", "ck": "K", "qu": "KV", "x": "KS",
    "kh": "H", "gh": "G", "dh": "D", "bh": "B", "ph": "F", "th": "T", "wr": "R", "wh": "V", "ng": "N", "ts": "S",
    "tz": "S", "q": "K", "c": "K", "w": "V", "z": "S",
}  # fmt: skip
_SOUND: Final = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_VOWELS: Final = re.compile("[aeiouy]+")
_MUTE_H: Final = re.compile("(?<=[aeiouy])h(?![aeiouy])")
_AGAIN: Final = re.compile(r"(.)\1+")
_ENDINGS: Final = tuple(
    sorted(
        "nyng ning dyng ding tyng ting nyn nin dyn din tyn tin ga ge ka ke ny ni dy di ty ti da de ta te dan den tan"
        " ten nan nen men ben pen y i sy si a e n dagy degi tagy tegi lar ler dar der tar ter".split(),
        key=len,
        reverse=True,
    )
)
"""Kazakh endings as they look when romanised."""

_SHORTEST_WORD: Final = 4
_SHORTEST_SOUND: Final = 5
"""Sounds from which likeness is more than chance: Bush, bash and bosh are three."""


def sound_of(word: str) -> str:
    """Return the sounds of a word in comparable form.

    Consonants are capitals; an A stands for every group of vowels.

    >>> sound_of("willoughby"), sound_of("uilloubi"), sound_of("feynsteyn")
    ('VALABA', 'VALABA', 'FANSTAN')
    """
    letters = word.replace("'", "").replace("-", "")
    # Before another vowel the first one is a consonant, strong in Uilyam and weak in Yerlan.
    if letters[1:2] and letters[1] in "aeoiy" and letters[0] in "uy":
        letters = ("w" if letters[0] == "u" else "") + letters[1:]
    spelled = _SOUND.sub(lambda match: _SOUNDS[match[0]], _MUTE_H.sub("", letters))
    return _AGAIN.sub(r"\1", _VOWELS.sub("A", spelled).upper())


def sounds_of(word: str, lang: Lang) -> tuple[str, ...]:
    """Return the sounds, two at most, that a word in comparable form may stand for.

    There are none where they would tell too little. A Kazakh word is read without its ending too, an English one
    without its last e.

    >>> sounds_of("kavanonyn", "kk"), sounds_of("kavanaugh", "en"), sounds_of("bush", "en")
    (('KAVANANAN', 'KAVANA'), ('KAVANA',), ())
    """
    if len(word) < _SHORTEST_WORD or any(letter.isdigit() for letter in word):
        return ()
    found = (sound_of(word), sound_of(_without_ending(word, lang)))
    return tuple(dict.fromkeys(sound for sound in found if len(sound) >= _SHORTEST_SOUND))


def _without_ending(word: str, lang: Lang) -> str:
    endings = _ENDINGS if lang == "kk" else ("e",)
    fitting = (ending for ending in endings if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_WORD)
    return word.removesuffix(next(fitting, ""))
