"""What a word may begin: most words of a text begin no fact, and no reader is asked about them.

The marks of a word are found once, and kept by the word: texts share most of theirs. A word without a mark never
begins a fact of that sort; one with a mark may.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from align.facts import (
    cldr,
    dates_en,
    dates_kk,
    denials_en,
    denials_kk,
    directions,
    number_words_en,
    number_words_kk,
    phrases_en,
    phrases_kk,
    vague,
)
from align.facts.romans import roman
from align.facts.tokens import token_of
from align.types import Lang

if TYPE_CHECKING:
    from align.facts.gazetteer import Gazetteer

__all__ = ["AMOUNT", "CAPITAL", "DENIAL", "DIGITS", "DIRECTION", "FORM", "NAME", "Marks", "Starts", "marks_of"]

AMOUNT: Final = 1
"""A date, a time or an amount may begin with the word."""
NAME: Final = 2
"""A name that the gazetteer knows may begin with it, although it is written small."""
CAPITAL: Final = 4
"""It has a capital, or its alphabet has none."""
DENIAL: Final = 8
DIRECTION: Final = 16
FORM: Final = 32
"""It stands in a set form that has a word."""
DIGITS: Final = 64

_LETTERS: Final = 3
_SIGN_WORDS: Final = frozenset({"минус", "minus"})
_LONGEST_SIGN: Final = 8
_MOST_FORMS: Final = 1 << 17


class Starts:
    """Say of a word, in lower case, whether it may begin a fact of one sort that no capital announces."""

    def __init__(self, words: Iterable[str], lang: Lang) -> None:
        firsts = {word.lower().split()[0].split("-")[0] for word in words if word.strip()}
        self._inflected = lang == "kk"
        self._words = frozenset(firsts)
        self._long = frozenset(word[:_LETTERS] for word in firsts if len(word) >= _LETTERS)
        self._short = frozenset(word for word in firsts if len(word) < _LETTERS)

    @property
    def beginnings(self) -> frozenset[str]:
        """Return what a word that may begin one begins with: three letters, or two."""
        return self._long | self._short

    def __call__(self, low: str) -> bool:
        """Return whether the word may begin one."""
        if not self._inflected:
            return low in self._words
        return low[:_LETTERS] in self._long or low[:2] in self._short


@lru_cache(maxsize=2)
def _amounts(lang: Lang) -> Starts:
    """Return the words that begin dates and amounts of a language."""
    symbols = cldr.currency_symbols()
    if lang == "kk":
        words = {*dates_kk.FIRST_WORDS, *number_words_kk.FIRST_WORDS, "минус", "плюс"}
        return Starts({*words, *symbols, *cldr.months("kk"), *cldr.weekdays("kk")}, "kk")
    named = {*cldr.months("en"), *cldr.weekdays("en"), *(f"{day}s" for day in cldr.weekdays("en"))}
    words = {*dates_en.FIRST_WORDS, *number_words_en.FIRST_WORDS, "twice", "minus", "plus"}
    return Starts({*words, *named, *symbols}, "en")


@lru_cache(maxsize=1)
def _money_signs() -> frozenset[str]:
    """Return the signs of currencies, and what two tokens write of one: US of US$."""
    symbols = cldr.currency_symbols()
    return frozenset({*symbols, "US", *(symbol[:-1] for symbol in symbols if not symbol[-1].isalpha())})


class Marks(dict[str, int]):
    """The marks of words, by how each is written, the spaces behind it included."""

    def __init__(self, lang: Lang, gazetteer: Gazetteer) -> None:
        super().__init__()
        self._lang, self._gazetteer = lang, gazetteer
        self._possible = _possible_kk(gazetteer) if lang == "kk" else _possible_en(gazetteer)

    def __missing__(self, piece: str) -> int:
        if len(self) >= _MOST_FORMS:
            self.clear()
        low = piece.lower()
        possible = self._possible(low)
        marks = self._found(piece, low, possible) if possible or not piece[0].islower() else 0
        self[piece] = marks
        return marks

    def _found(self, piece: str, low: str, possible: int) -> int:
        token, lang = token_of(piece), self._lang
        if token.kind != "word":
            return DIGITS if token.kind == "number" else AMOUNT if token.text in cldr.currency_symbols() else 0
        denials, forms = (denials_kk, phrases_kk) if lang == "kk" else (denials_en, phrases_en)
        capital = not token.text[0].islower()
        marks = CAPITAL if capital else 0
        if possible & DENIAL and denials.may_stand_in(low):
            marks |= DENIAL
        if possible & DIRECTION and directions.may_begin(low, lang):
            marks |= DIRECTION
        if possible & FORM and forms.FORMS.may_hold(low):
            marks |= FORM
        if (possible & AMOUNT and _begins_amount(token.low, lang)) or (capital and _is_sign(token.text)):
            marks |= AMOUNT
        if possible & NAME and not capital and self._gazetteer.begins(token, lang):
            marks |= NAME
        return marks


_ALL: Final = AMOUNT | NAME | DENIAL | DIRECTION | FORM
_INSIDE_KK: Final = re.compile(
    r"(?P<denial>[мбп][ае][дпйңсғгу]|[сз][ыі]з)|(?P<people>[длт][ыі][қкғг])|(?P<any>[^\w\s])"
)
"""What may stand anywhere in a Kazakh word that denies or names a people; signs in a word start another one."""


def _possible_kk(gazetteer: Gazetteer) -> Callable[[str], int]:
    """Return the function that tells by a word's beginning, and a look inside, which marks it may have."""
    sorts = (
        (AMOUNT, _amounts("kk").beginnings), (NAME, gazetteer.beginnings("kk")),
        (DENIAL, denials_kk.BEGINNINGS), (DIRECTION, directions.BEGINNINGS_KK), (FORM, phrases_kk.BEGINNINGS),
    )  # fmt: skip
    marks: dict[str, int] = {}
    for mark, beginnings in sorts:
        for beginning in beginnings:
            marks[beginning] = marks.get(beginning, 0) | mark
    inside = {"denial": DENIAL, "people": NAME, "any": _ALL}

    def possible(low: str) -> int:
        found = marks.get(low[:_LETTERS], 0) | marks.get(low[:2], 0)
        for match in _INSIDE_KK.finditer(low):
            found |= inside[match.lastgroup or "any"]
        return found

    return possible


def _possible_en(gazetteer: Gazetteer) -> Callable[[str], int]:
    """Return the same for English, where words stand in lists."""
    inside = (
        (DENIAL, denials_en.may_stand_in),
        (DIRECTION, partial(directions.may_begin, lang="en")),
        (FORM, phrases_en.FORMS.may_hold),
    )

    def possible(low: str) -> int:
        found = 0
        for mark, test in inside:
            if test(low):
                found |= mark
        word = low.rstrip()
        if not word.isalpha():
            return found | AMOUNT | NAME
        if _amounts("en")(word):
            found |= AMOUNT
        return found | NAME if gazetteer.may_begin(word, "en") else found

    return possible


def _begins_amount(low: str, lang: Lang) -> bool:
    if not _amounts(lang)(low):
        return False
    return (
        lang == "en" or low in _SIGN_WORDS or number_words_kk.begins(low) or dates_kk.begins(low) or vague.begins(low)
    )


def _is_sign(text: str) -> bool:
    """Say whether a word in capitals is a Roman numeral or a currency's sign."""
    return len(text) < _LONGEST_SIGN and (text in _money_signs() or roman(text) is not None)


@lru_cache(maxsize=8)
def marks_of(lang: Lang, gazetteer: Gazetteer) -> Marks:
    """Return the marks of a language's words, with the names that a gazetteer knows."""
    return Marks(lang, gazetteer)
