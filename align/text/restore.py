"""Restore the letters of Kazakh that was typed in Russian letters or in plain Latin ones.

A word that the list of Kazakh words knows is looked up by what all its spellings have in common; any other is spelled
by the letters that follow one another in the list (a character model of order five, searched with a beam).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from align.text.word_lists import kazakh_words, skeleton, skeletons

__all__ = ["Typing", "plain_to_cyrillic", "restored_word"]

Typing: TypeAlias = Literal["russian-letters", "ascii-latin"]

_ORDER: Final = 5
_BEAM: Final = 12
_BACKOFF: Final = math.log(0.4)
_UNSEEN: Final = -12.0
_LONGEST: Final = 40
"""Letters of the longest word that is restored; a longer one is no word."""
_CLASH: Final = -1.5
"""What a front vowel after a back one costs, or the other way round: within a word they seldom meet."""
_BACK: Final = frozenset("аоұы")
_FRONT: Final = frozenset("әөүі")
_ODD: Final = 1.5
"""What a reading of a letter costs that is not among the first two: "ng" for н and г, "y" for у."""

_RUSSIAN: Final[Mapping[str, tuple[str, ...]]] = {
    "а": ("а", "ә"), "г": ("г", "ғ"), "к": ("к", "қ"), "н": ("н", "ң"), "нг": ("нг", "нғ", "ң"), "о": ("о", "ө"),
    "у": ("у", "ү", "ұ"), "х": ("х", "һ"), "и": ("и", "і", "ы"), "ы": ("ы", "і"), "э": ("э", "е", "ә"),
}  # fmt: skip
_LATIN: Final[Mapping[str, tuple[str, ...]]] = {
    "a": ("а", "ә"), "b": ("б",), "c": ("ц", "с", "к"), "ch": ("ч",), "d": ("д",), "e": ("е", "э", "ә"), "f": ("ф",),
    "g": ("г", "ғ"), "gh": ("ғ",), "h": ("х", "һ"), "i": ("і", "и", "й", "ы"), "ia": ("ия", "иа", "я"),
    "iu": ("ию", "иу", "ю"), "io": ("ио", "йо", "ё"), "j": ("ж",), "k": ("к", "қ"), "kh": ("х",), "l": ("л",),
    "m": ("м",), "n": ("н", "ң"), "ng": ("ң", "нг", "нғ"), "ngh": ("ңғ", "нғ"),
    "o": ("о", "ө"), "p": ("п",), "q": ("қ",), "r": ("р",),
    "s": ("с", "ш"), "sh": ("ш", "сх"), "shch": ("щ",), "t": ("т",), "ts": ("ц", "тс"), "u": ("у", "ұ", "ү"),
    "v": ("в",), "w": ("у", "в"), "x": ("х", "кс"), "y": ("ы", "й", "и", "і", "у"), "ya": ("я", "ыа"),
    "yu": ("ю", "ыу"), "yo": ("ё", "йо"), "z": ("з",), "zh": ("ж",),
}  # fmt: skip
_UNITS: Final[Mapping[Typing, Mapping[str, tuple[str, ...]]]] = {"russian-letters": _RUSSIAN, "ascii-latin": _LATIN}


class _Spelling(NamedTuple):
    """A reading of a word's beginning.

    It holds Cyrillic pieces, each with the characters it stands for, and a score.
    """

    score: float
    pieces: tuple[tuple[str, int], ...]

    @property
    def text(self) -> str:
        return "".join(piece for piece, _ in self.pieces)


@lru_cache(maxsize=1 << 16)
def restored_word(word: str, typing: Typing) -> tuple[tuple[str, int], ...]:
    """Return a lower-case word in Kazakh Cyrillic.

    It comes in pieces, each with how many characters of the word it stands for.

    >>> "".join(piece for piece, _ in restored_word("бугин", "russian-letters"))
    'бүгін'
    >>> "".join(piece for piece, _ in restored_word("zhana", "ascii-latin"))
    'жаңа'
    """
    if len(word) > _LONGEST:
        return tuple((letter, 1) for letter in word)
    listed = _listed(word, typing)
    return listed.pieces if listed is not None else _spelled(word, typing)


def _listed(word: str, typing: Typing) -> _Spelling | None:
    """Return the likeliest word of the list that could have been typed so."""
    key = skeleton(plain_to_cyrillic(word) if typing == "ascii-latin" else word)
    words = kazakh_words()
    spellings = (
        spelling._replace(score=spelling.score + words[candidate].frequency * math.log(2))
        for candidate in skeletons().get(key, ())
        if (spelling := _typed_as(word, candidate, typing)) is not None
    )
    return max(spellings, key=lambda spelling: (spelling.score, spelling.text), default=None)


def plain_to_cyrillic(word: str) -> str:
    """Return a lower-case word in plain Latin in the Cyrillic that its skeleton is made of.

    >>> plain_to_cyrillic("zhanga")
    'жаңа'
    """
    spelled = ""
    place = 0
    while place < len(word):
        unit = next(_units_at(word, place, _LATIN), word[place])
        spelled += _LATIN.get(unit, (unit,))[0]
        place += len(unit)
    return spelled


def _units_at(word: str, place: int, units: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the units that begin at a place, the longest first."""
    for length in range(4, 0, -1):
        unit = word[place : place + length]
        if len(unit) == length and unit in units:
            yield unit


def _typed_as(word: str, candidate: str, typing: Typing) -> _Spelling | None:
    """Return how the letters of a typed word stand for a candidate's, None where they can't."""
    units = _UNITS[typing]
    best: dict[tuple[int, int], _Spelling] = {(0, 0): _Spelling(0.0, ())}
    for place in range(len(word)):
        for done in range(len(candidate) + 1):
            held = best.get((place, done))
            if held is None:
                continue
            for unit, piece, cost in _readings(word, place, units):
                if candidate.startswith(piece, done):
                    reached = (place + len(unit), done + len(piece))
                    spelling = _Spelling(held.score - cost, (*held.pieces, (piece, len(unit))))
                    if reached not in best or best[reached].score < spelling.score:
                        best[reached] = spelling
    return best.get((len(word), len(candidate)))


def _readings(word: str, place: int, units: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, float]]:
    """Yield what may be read at a place: the characters taken, what they stand for, the cost."""
    seen = False
    for unit in _units_at(word, place, units):
        for number, piece in enumerate(units[unit]):
            yield unit, piece, _ODD * max(number - 1, 0)
        seen = seen or len(unit) == 1
    if not seen:
        yield word[place], word[place], 0.0


def _spelled(word: str, typing: Typing) -> tuple[tuple[str, int], ...]:
    """Return the likeliest spelling of a word that is not in the list, letter by letter."""
    units, model = _UNITS[typing], _letters()
    beams: list[list[_Spelling]] = [[] for _ in range(len(word) + 1)]
    beams[0] = [_Spelling(0.0, ())]
    for place in range(len(word)):
        beams[place].sort(key=lambda spelling: (-spelling.score, spelling.text))
        for held in beams[place][:_BEAM]:
            for unit, piece, cost in _readings(word, place, units):
                gain = _gain(model, held.text, piece, last=place + len(unit) == len(word))
                spelling = _Spelling(held.score + gain - cost, (*held.pieces, (piece, len(unit))))
                beams[place + len(unit)].append(spelling)
    return max(beams[-1], key=lambda spelling: (spelling.score, spelling.text)).pieces


def _gain(model: Mapping[str, float], before: str, piece: str, *, last: bool) -> float:
    """Return the log probability of a piece after the letters before it.

    The end of the word counts as a piece.
    """
    text, gain = f"^{before}", 0.0
    for letter in f"{piece}$" if last else piece:
        gain += _log_probability(model, text[1 - _ORDER :], letter)
        gain += _CLASH if _clashes(text, letter) else 0.0
        text += letter
    return gain


def _clashes(text: str, letter: str) -> bool:
    other = _FRONT if letter in _BACK else _BACK if letter in _FRONT else None
    return other is not None and next((each in other for each in reversed(text) if each in _BACK | _FRONT), False)


def _log_probability(model: Mapping[str, float], before: str, letter: str) -> float:
    """Return a letter's log probability by the longest context seen.

    This is the stupid backoff of Brants et al. 2007.
    """
    backed_off = 0.0
    while True:
        if (found := model.get(before + letter)) is not None:
            return backed_off + found
        if not before:
            return backed_off + _UNSEEN
        before = before[1:]
        backed_off += _BACKOFF


@lru_cache(maxsize=1)
def _letters() -> Mapping[str, float]:
    """Return the log probability of each listed n-gram's last letter, given the ones before."""
    counts: defaultdict[str, float] = defaultdict(float)
    for word, entry in kazakh_words().items():
        text, weight = f"^{word}$", 1.0 + entry.frequency
        for end in range(2, len(text) + 1):
            for start in range(max(end - _ORDER, 0), end):
                counts[text[start:end]] += weight
    before: defaultdict[str, float] = defaultdict(float)
    for run, count in counts.items():
        before[run[:-1]] += count
    return {run: math.log(count / before[run[:-1]]) for run, count in counts.items()}
