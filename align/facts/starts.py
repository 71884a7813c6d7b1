"""What a word may begin.

Most words of a text begin no fact, and no reader is asked about them. The marks of a word are found once, and kept by
the word: texts share most of theirs. A word without a mark never begins a fact of that sort; one with a mark may.
"""

from __future__ import annotations

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
from align.facts.tokens import Forms, Token
from align.types import Lang

if TYPE_CHECKING:
    from align.facts.gazetteer import Gazetteer

__all__ = [
    "AMOUNT",
    "CAPITAL",
    "DATE",
    "DENIAL",
    "DENIES",
    "DIGITS",
    "DIRECTION",
    "FORM",
    "NAME",
    "MarkedForms",
    "Starts",
    "marked_forms",
]

AMOUNT: Final = 1
"""An amount may begin with the word, or a date that begins with a number."""
DATE: Final = 2
"""Any other date may begin with it."""
NAME: Final = 4
"""A name that the gazetteer knows may begin with it, although it is written small."""
CAPITAL: Final = 8
"""It has a capital, or its alphabet has none."""
DIRECTION: Final = 16
FORM: Final = 32
"""It stands in a set form that has a word."""
DIGITS: Final = 64
DENIAL: Final = 7 * 128
"""Three marks, one for each sort of denial, from `DENIES` times 1 on."""
DENIES: Final = 128

_LETTERS: Final = 3
_SIGN_WORDS: Final = frozenset({"минус", "minus"})
_LONGEST_SIGN: Final = 8


class Starts:
    """Say of a word, in lower case, whether it may begin a fact of one sort.

    It is a sort that no capital announces.
    """

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


class MarkedForms(Forms):
    """The tokens of a language with their marks."""

    def __init__(self, lang: Lang, gazetteer: Gazetteer) -> None:
        super().__init__()
        self._lang, self._gazetteer = lang, gazetteer
        self._possible = _possible_kk(gazetteer) if lang == "kk" else _possible_en(gazetteer)

    def word(self, text: str, low: str) -> Token:
        """Return the token of a word of letters alone."""
        if possible := self._possible(low):
            marks = self._found(Token(text, low, "word"), low, possible)
        elif text[0].islower():
            marks = 0
        else:
            marks = CAPITAL | (AMOUNT if _is_sign(text) else 0)
        # The constructor of a named tuple costs twice what the tuple does.
        return tuple.__new__(Token, (text, low, "word", marks))

    def other(self, text: str, low: str, kind: str) -> Token:
        """Return any other token."""
        if kind == "word":
            return Token(text, low, kind, self._found(Token(text, low, kind), text.lower(), _ALL))
        signed = AMOUNT if text in cldr.currency_symbols() else 0
        return Token(text, low, kind, DIGITS if kind == "number" else signed)

    def _found(self, token: Token, low: str, possible: int) -> int:
        lang = self._lang
        denials, forms = (denials_kk, phrases_kk) if lang == "kk" else (denials_en, phrases_en)
        capital = not token.text[0].islower()
        marks = CAPITAL if capital else 0
        if possible & DENIAL:
            marks |= DENIES * denials.sorts_in(low)
        if possible & DIRECTION and directions.may_begin(low, lang):
            marks |= DIRECTION
        if possible & FORM and forms.FORMS.may_hold(low):
            marks |= FORM
        if possible & AMOUNT:
            marks |= _counts(token.low, lang)
        if capital and _is_sign(token.text):
            marks |= AMOUNT
        if possible & NAME and not capital and self._gazetteer.begins(token, lang):
            marks |= NAME
        return marks


_ALL: Final = AMOUNT | NAME | DENIAL | DIRECTION | FORM


def _possible_kk(gazetteer: Gazetteer) -> Callable[[str], int]:
    """Return the function that tells which marks a word may have.

    It goes by the word's beginning, and a look inside.
    """
    sorts = (
        (AMOUNT, _amounts("kk").beginnings), (NAME, gazetteer.beginnings("kk")),
        (DENIAL, denials_kk.BEGINNINGS), (DIRECTION, directions.BEGINNINGS_KK), (FORM, phrases_kk.BEGINNINGS),
    )  # fmt: skip
    marks: dict[str, int] = {}
    for mark, beginnings in sorts:
        for beginning in beginnings:
            marks[beginning] = marks.get(beginning, 0) | mark
    countries, get = gazetteer.beginnings("kk", small=False), marks.get
    may_deny, may_be_people = denials_kk.ENDING.search, gazetteer.may_be_people

    def possible(low: str) -> int:
        begun = low[:_LETTERS]
        found = get(begun, 0) | get(low[:2], 0)
        if may_deny(low):
            found |= DENIAL
        if begun in countries and may_be_people(low):
            found |= NAME
        return found

    return possible


def _possible_en(gazetteer: Gazetteer) -> Callable[[str], int]:
    """Return the same for English, where words stand in lists."""
    amounts, names = _amounts("en"), gazetteer.may_begin
    inside = (
        (DENIAL, denials_en.sorts_in),
        (DIRECTION, partial(directions.may_begin, lang="en")),
        (FORM, phrases_en.FORMS.may_hold),
    )

    def possible(low: str) -> int:
        found = AMOUNT if amounts(low) else 0
        for mark, test in inside:
            if test(low):
                found |= mark
        return found | NAME if names(low, "en") else found

    return possible


def _counts(low: str, lang: Lang) -> int:
    """Return the marks of a word that may begin an amount or a date."""
    if not _amounts(lang)(low):
        return 0
    if lang == "en":
        return AMOUNT | DATE
    if dates_kk.begins(low):
        # No date's first word counts anything.
        return DATE
    return AMOUNT if low in _SIGN_WORDS or number_words_kk.begins(low) or vague.begins(low) else 0


def _is_sign(text: str) -> bool:
    """Say whether a word in capitals is a Roman numeral or a currency's sign."""
    if text[-1].islower() or len(text) >= _LONGEST_SIGN:
        return False
    return text in _money_signs() or roman(text) is not None


@lru_cache(maxsize=8)
def marked_forms(lang: Lang, gazetteer: Gazetteer) -> MarkedForms:
    """Return the tokens of a language, with marks for the names that a gazetteer knows."""
    return MarkedForms(lang, gazetteer)
