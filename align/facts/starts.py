"""What a word may begin.

Most words of a text begin no fact, and no reader is asked about them. The marks of a word are found once, and kept by
the word: texts share most of theirs. A word without a mark never begins a fact of that sort; one with a mark may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain
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
from align.facts.suffixes import SOFT
from align.facts.tokens import Token, TokenForms
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

_MOST_LETTERS: Final = 4
_SIGN_WORDS: Final = frozenset({"минус", "minus"})
_LONGEST_SIGN: Final = 8


class Starts:
    """Say of a word, in lower case, whether it may begin a fact of one sort.

    It is a sort that no capital announces.
    """

    def __init__(self, words: Iterable[str], lang: Lang) -> None:
        self._words = frozenset(word.lower().split()[0].split("-")[0] for word in words if word.strip())
        self._inflected = lang == "kk"
        self.beginnings = frozenset(chain.from_iterable(map(_beginnings, self._words)))

    def __call__(self, low: str) -> bool:
        """Return whether the word may begin one."""
        if not self._inflected:
            return low in self._words
        return any(low[:n] in self.beginnings for n in (4, 3, 2))


def _beginnings(word: str) -> Iterator[str]:
    """Yield what the forms of a word begin with: four letters, or a shorter word.

    The last letter may soften: бұйрық has the form бұйрығы.
    """
    yield word[:_MOST_LETTERS]
    if len(word) == _MOST_LETTERS:
        yield from (word[:-1] + soft for soft, hard in SOFT.items() if hard == word[-1])


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


class MarkedForms(TokenForms):
    """The tokens of a language with their marks."""

    def __init__(self, lang: Lang, gazetteer: Gazetteer) -> None:
        super().__init__()
        self._lang, self._gazetteer = lang, gazetteer
        self._possible = _possible_kk(gazetteer) if lang == "kk" else _possible_en(gazetteer)
        self._denials, self._forms = (denials_kk, phrases_kk) if lang == "kk" else (denials_en, phrases_en)

    def word(self, text: str, low: str) -> Token:
        """Return the token of a word of letters alone."""
        possible = self._possible(low)
        if text[0].islower():
            marks = self._found(text, low, possible) if possible else 0
        else:
            marks = CAPITAL | (AMOUNT if _is_sign(text) else 0)
            if possible & ~NAME:
                marks |= self._found(text, low, possible & ~NAME)
        # The constructor of a named tuple costs twice what the tuple does.
        return tuple.__new__(Token, (text, low, "word", marks))

    def other(self, text: str, low: str, kind: str) -> Token:
        """Return any other token."""
        if kind != "word":
            signed = AMOUNT if text in cldr.currency_symbols() else 0
            return Token(text, low, kind, DIGITS if kind == "number" else signed)
        marks = self._found(text, low, _ALL if text[0].islower() else _ALL & ~NAME)
        if not text[0].islower():
            marks |= CAPITAL | (AMOUNT if _is_sign(text) else 0)
        return Token(text, low, kind, marks)

    def _found(self, text: str, low: str, possible: int) -> int:
        """Return which of the possible marks a word has."""
        marks = 0
        if possible & AMOUNT:
            marks = _counts(low, self._lang)
        if possible & NAME and self._gazetteer.begins(Token(text, low, "word"), self._lang):
            marks |= NAME
        if possible & DENIAL:
            marks |= DENIES * self._denials.sorts_in(low)
        if possible & DIRECTION and directions.may_begin(low, self._lang):
            marks |= DIRECTION
        if possible & FORM and self._forms.FORMS.may_hold(low):
            marks |= FORM
        return marks


_ALL: Final = AMOUNT | NAME | DENIAL | DIRECTION | FORM
_PEOPLE: Final = 1 << 10
"""A name may begin with the word if that ends like a people."""


def _possible_kk(gazetteer: Gazetteer) -> Callable[[str], int]:
    """Return the function that tells which marks a word may have.

    It goes by the word's beginning, and a look inside.
    """
    sorts = (
        (AMOUNT, _amounts("kk").beginnings), (NAME, gazetteer.beginnings("kk")),
        (DENIAL, denials_kk.BEGINNINGS), (DIRECTION, directions.BEGINNINGS_KK), (FORM, phrases_kk.BEGINNINGS),
        (_PEOPLE, gazetteer.beginnings("kk", small=False)),
    )  # fmt: skip
    marks: dict[str, int] = {}
    for mark, beginnings in sorts:
        for beginning in beginnings:
            marks[beginning] = marks.get(beginning, 0) | mark
    get, may_deny, may_be_people = marks.get, denials_kk.ENDING.search, gazetteer.may_be_people

    def possible(low: str) -> int:
        found = get(low[:4], 0) | get(low[:3], 0) | get(low[:2], 0)
        if found & _PEOPLE:
            found = found & ~_PEOPLE | (NAME if may_be_people(low) else 0)
        return found | DENIAL if may_deny(low) else found

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
