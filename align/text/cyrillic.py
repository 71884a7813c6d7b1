"""Kazakh in other letters than its Cyrillic ones, read back into these for matching.

Official alphabets are read by rule; what people type with Russian letters or plain Latin ones is read with the help of
a list of words (`align.text.restore`).

Both write several Cyrillic letters with one: the `i` of 2021 is и or й and takes part in я and ю, and Arabic script
leaves it to the reader whether a vowel is a front or a back one. The rules below choose by the neighbours; what they
get wrong is counted by benchmarks/scripts.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from align.text.alphabets import ARABIC, LATIN_2017, LATIN_2018, LATIN_2021
from align.text.respelling import Respelling, Respelt
from align.text.restore import restored_word
from align.text.word_lists import base_letters

__all__ = ["Script", "to_cyrillic"]

Script: TypeAlias = Literal["latin-2021", "latin-2018", "latin-2017", "arabic", "russian-letters", "ascii-latin"]
"""How Kazakh is written where it is not in Cyrillic in full; the last two lack letters that Kazakh needs."""

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘ʼʻ´`′", "'"))
_LATIN_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘ʼʻ´`′])*")
_TYPED_WORD: Final = re.compile(r"[^\W\d_]+")
_ARABIC_WORD: Final = re.compile(r"[\u0620-\u065f\u066e-\u06ef\u0674-\u0678]+")
_VOWELS: Final = frozenset("аәеёоөұүыіиуэюя")
_HARD: Final = frozenset("қғ")
_FRONTED: Final = {"а": "ә", "о": "ө", "ұ": "ү", "ы": "і"}
_SHOWS_FRONT: Final = frozenset("екг")
_HAMZAS: Final = frozenset("ٴء")
# The presentation forms join the hamza and its vowel into one character.
_JOINED: Final = {"ٵ": "ا", "ٶ": "و", "ٷ": "ۇ", "ٸ": "ى"}
_ARABIC_MARKS: Final = {"،": ",", "؛": ";", "؟": "?", "۔": "."}
_INVISIBLE: Final = frozenset("ـ\u200c\u200d\u200e\u200f")

# The commonest stems of loans that Cyrillic begins with э; native words begin with е.
_E_LOAN: Final = re.compile(r"^е(?=ко(?!н?$)|лект|кс|кран|нерг|лемент|тап(?!$)|фир|страд|пидем|миссия|титут|волюц)")
# Where иа is not ия: миллиард, диалог, вариант, официал.
_KEEPS_A: Final = re.compile(r"а(?:рд|лог|нт|гн|пазон|метр|л(?!а)|ст|те)")
# The Persian loans with һ; other words have х.
_SOFT_H: Final = re.compile(r"(?<=а)х(?=а[нр])|(?<=ау)х(?=ар)")
# A verb's condition (айтса, кетсек) and the ending -сіз have тс; elsewhere the two letters are a loan's ц.
_NO_LOAN: Final = re.compile(r"[ае](?:м|ң|қ|к|ңыз|ңіз|ңдар|ңдер)?$|[^аеиоу]|$")
_WITH: Final = re.compile(r"[мбп]ен$")


def _inverse(table: Mapping[str, str]) -> dict[str, str]:
    """Return letters -> Cyrillic, the ambiguous i as и and without what is spelled by sounds."""
    skipped = set("йһэюяё")
    return {latin: letter for letter, latin in table.items() if latin and letter not in skipped}


_EXTRA: Final = {"x": "кс", "w": "у", "c": "к", "ç": "ч", "ŋ": "ң", "ј": "ж"}
_LATIN: Final[Mapping[str, dict[str, str]]] = {
    "latin-2021": {**_EXTRA, **_inverse(LATIN_2021)},
    "latin-2018": {**_EXTRA, **_inverse(LATIN_2018)},
    "latin-2017": {**_EXTRA, **_inverse(LATIN_2017)},
}
# The s of ts may belong to the letter that follows: патша is patsha, pats'a.
_TOKENS: Final = {
    script: re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)).replace("ts", "ts(?![h'])"))
    for script, table in _LATIN.items()
}
_WORDS: Final[Mapping[str, re.Pattern[str]]] = {
    "arabic": _ARABIC_WORD,
    "russian-letters": _TYPED_WORD,
    "ascii-latin": _TYPED_WORD,
}
_KAZAKH: Final = re.compile(r"[әғқңөұүһі]")
_ARABIC: Final = {arabic: letter for letter, arabic in ARABIC.items() if len(arabic) == 1 and letter not in "әөүіэй"}


def to_cyrillic(text: str, script: Script) -> Respelling:
    """Return a Kazakh text of another script in Cyrillic, with the way back to its characters.

    >>> to_cyrillic("Qazaqstan Respublikasy, qazaq tılı", "latin-2021").text
    'Қазақстан Республикасы, қазақ тілі'
    >>> to_cyrillic("قازاق ٴتىلى", "arabic").text
    'қазақ тілі'
    >>> to_cyrillic("Qazaqstan prezidenti jana zanga qol qoydy.", "ascii-latin").text
    'Қазақстан президенті жаңа заңға қол қойды.'
    """
    return Respelling.of(_pieces(text, script))


def _pieces(text: str, script: Script) -> Iterator[Respelt]:
    """Yield the words in Cyrillic and what stands between them as it is."""
    end = 0
    for match in _WORDS.get(script, _LATIN_WORD).finditer(text):
        yield from _between(text, end, match.start())
        for letter, start, stop in _cased(_letters(match.group(), script), match.group()):
            yield letter, match.start() + start, match.start() + stop
        end = match.end()
    yield from _between(text, end, len(text))


def _letters(word: str, script: Script) -> list[Respelt]:
    """Return a word in Kazakh Cyrillic, lower-case, letter by letter."""
    if script == "russian-letters" or script == "ascii-latin":
        return _restored(word, script)
    return _spelled(_arabic_letters(word) if script == "arabic" else _latin_letters(word, script), script)


def _restored(word: str, script: Literal["russian-letters", "ascii-latin"]) -> list[Respelt]:
    # A word that has Kazakh letters of its own was typed with care.
    lower = "".join(_lower(letter, script) for letter in word)
    if script == "russian-letters" and _KAZAKH.search(lower):
        return [(letter, place, place + 1) for place, letter in enumerate(lower)]
    pieces, place = [], 0
    for piece, taken in restored_word(lower if script == "russian-letters" else base_letters(lower), script):
        pieces.append((piece, place, place + taken))
        place += taken
    return pieces


def _between(text: str, start: int, end: int) -> Iterator[Respelt]:
    for place in range(start, end):
        yield _ARABIC_MARKS.get(text[place], text[place]), place, place + 1


def _latin_letters(word: str, script: Script) -> list[Respelt]:
    """Return the Cyrillic letters of a Latin word, й and и not yet told apart."""
    table, tokens = _LATIN[script], _TOKENS[script]
    lower = "".join(_lower(letter, script) for letter in word).translate(_APOSTROPHES)
    letters: list[Respelt] = []
    place = 0
    while place < len(lower):
        token = tokens.match(lower, place)
        end = token.end() if token else place + 1
        letters.append((table[token.group()] if token else lower[place], place, end))
        place = end
    return letters


def _lower(letter: str, script: Script) -> str:
    """Return one lower-case character, so that places stay.

    The alphabet of 2021 has a dotless capital and a dotted one.
    """
    if letter == "I":
        return "ı" if script == "latin-2021" else "i"
    return "i" if letter == "İ" else letter.lower()[:1]


def _arabic_letters(word: str) -> list[Respelt]:
    """Return the Cyrillic letters of an Arabic-script word, its vowels made front or back ones."""
    letters = [(_JOINED.get(letter, letter), place, place + 1) for place, letter in enumerate(word)]
    hamza = any(letter in _HAMZAS for letter, _, _ in letters) or any(letter in _JOINED for letter in word)
    read = [
        (_ARABIC.get(letter, letter), start, end)
        for letter, start, end in letters
        if letter not in _HAMZAS and letter not in _INVISIBLE
    ]
    vowels = _harmony([letter for letter, _, _ in read], marked=hamza)
    return _joined([(letter, start, end) for letter, (_, start, end) in zip(vowels, read, strict=True)])


def _joined(letters: list[Respelt]) -> list[Respelt]:
    """Return the letters with щ and ц for the two that Arabic script writes each of them with."""
    joined: list[Respelt] = []
    for letter, start, end in letters:
        before = joined[-1][0] if joined else ""
        if (before, letter) in (("т", "с"), ("ш", "ш")):
            joined[-1] = ("ц" if letter == "с" else "щ", joined[-1][1], end)
        else:
            joined.append((letter, start, end))
    return joined


def _harmony(letters: list[str], *, marked: bool) -> list[str]:
    """Return the letters with front vowels where a hamza or the word's letters ask for them.

    `marked` says that the word has a high hamza. Next to қ and ғ a vowel is a back one; а and о turn into ә and ө in
    a word's first syllable alone; the others follow what went before, unless a letter that stands with front vowels
    only is still to come.
    """
    stem = _WITH.sub("", "".join(letters))
    front = marked or bool(_SHOWS_FRONT.intersection(stem))
    settled: list[str] = []
    for place, letter in enumerate(letters):
        if letter in _FRONTED:
            first = not _VOWELS.intersection(settled)
            near, rest = letters[max(place - 1, 0) : place + 2], stem[place + 1 :]
            if first and marked:
                front = True
            elif _HARD.intersection(near):
                front = False
            elif letter in "ао":
                front = front and first and not ({"а", "о"}.intersection(rest) or "г" in near[:1])
            else:
                front = front or bool(_SHOWS_FRONT.intersection(rest))
            letter = _FRONTED[letter] if front else letter
        elif letter in _SHOWS_FRONT:
            front = True
        elif letter == "в" and settled[-1:] == ["е"]:
            # Family names in -ев take endings with back vowels as often as not.
            front = False
        settled.append(letter)
    return settled


def _spelled(letters: list[Respelt], script: Script) -> list[Respelt]:
    """Return the letters as Cyrillic spells their sequences: й, я, ю, ц, ч, э and һ."""
    ambiguous = script == "latin-2021"  # Its tş is т and ш but at a word's start.
    spelled: list[Respelt] = []
    place = 0
    while place < len(letters):
        letter, start, end = letters[place]
        following = "".join(each for each, _, _ in letters[place + 1 :])
        before = spelled[-1][0][-1:] if spelled else ""
        if letter == "и":
            letter, taken = _short_i(before, following)
            end = letters[place + taken - 1][2]
            place += taken - 1
        elif letter == "ц" and _NO_LOAN.match(following):
            letter = "тс"
        elif letter == "ч" and before and ambiguous:
            letter = "тш"
        spelled.append((letter, start, end))
        place += 1
    return _loans(spelled)


def _short_i(before: str, following: str) -> tuple[str, int]:
    """Return what и stands for between its neighbours, and how many letters that takes up."""
    glide = before in _VOWELS if before else following[:1] in ("а", "у", "о")
    if glide and following[:1] in ("а", "у"):
        return ("я" if following[0] == "а" else "ю"), 2
    if glide:
        return "й", 1
    if before and following[:1] == "у":
        return ("ию" if len(following) == 1 else "ю"), 2
    if before and following[:1] == "а" and not _KEEPS_A.match(following):
        return "ия", 2
    return "и", 1


def _loans(letters: list[Respelt]) -> list[Respelt]:
    word = "".join(letter for letter, _, _ in letters)
    changed = _SOFT_H.sub("һ", _E_LOAN.sub("э", word))
    places = [0]
    for letter, _, _ in letters:
        places.append(places[-1] + len(letter))
    return [
        (changed[first:last], start, end)
        for (first, last), (_, start, end) in zip(pairwise(places), letters, strict=True)
    ]


def _cased(letters: list[Respelt], word: str) -> Iterator[Respelt]:
    """Yield the letters in the case of the word they stand for."""
    shouted = len(word) > 1 and word.isupper()
    for letter, start, end in letters:
        capital = word[start : start + 1].isupper()
        yield letter.upper() if shouted else (letter[:1].upper() + letter[1:] if capital else letter), start, end
