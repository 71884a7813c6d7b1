"""A number as it is written: digits of either notation, magnitudes, words, ranges.

Kazakh endings may stand behind a hyphen.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from align.facts.number_words import magnitude, read_words
from align.facts.number_words_kk import is_nearly
from align.facts.stems import Stems
from align.facts.suffixes import is_ending
from align.facts.tokens import Tokens, glued
from align.facts.word_number import HALF, fraction
from align.types import Lang

__all__ = ["DASHES", "Number", "linked_en", "plain", "read_literal", "read_number"]

DASHES: Final = frozenset("-–—‐‑−")
# Longer runs of digits are account numbers, hashes or noise, and no quantity that a text tells.
_LONGEST: Final = 24
_HIGHEST: Final = 20
"""The highest power of ten that a text writes with an exponent and means."""
# The wholes of fractions that texts write with a stroke; halves of a match's final among them.
_WHOLES: Final = frozenset("2 3 4 5 8 10 16 32 64".split())
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_ORDINAL_KK: Final = Stems("шы ші ыншы інші ншы нші".split())
_ORDINAL_EN: Final = frozenset("st nd rd th".split())
_NEARLY_KK: Final = frozenset("тай тей дай дей лап леп дап деп тап теп лаған леген даған деген таған теген".split())
_ABLATIVES: Final = ("дан", "ден", "тан", "тен", "нан", "нен")
_THOUSAND: Final = 10**3


class Number(NamedTuple):
    """A number from token `start` to before token `end`.

    `high` is the upper end of a range. `form` says how it was written: "ordinal", "nearly" (170-тей), "ending" (a
    Kazakh possessive or case ending after a hyphen), "noun" (6-орын: the hyphen makes it an ordinal), "part" (2/3) or
    "" (none of these).
    `words` is true where it was written out, `power` where a magnitude word took part.
    """

    value: Decimal
    high: Decimal | None
    start: int
    end: int
    form: str = ""
    words: bool = False
    power: bool = False


def plain(value: Decimal) -> str:
    """Return a decimal without exponent or trailing zeros.

    >>> plain(Decimal("1.50")), plain(Decimal("3E4"))
    ('1.5', '30000')
    """
    whole = value.normalize()
    return format(whole.quantize(Decimal(1)) if whole == whole.to_integral() else whole, "f")


@lru_cache(maxsize=1 << 13)
def read_literal(text: str, lang: Lang, *, before_power: bool = False) -> Decimal | None:
    """Return the value of digits with separators, or None where they are no number.

    They may be a date or a version. In English a comma before three digits groups and a point is decimal. In Kazakh a
    comma is decimal, a point before three digits groups unless a magnitude follows, and 1,500 groups, because nobody
    writes a decimal's final zeros.

    >>> read_literal("1,500", "en"), read_literal("1,5", "kk"), read_literal("1,500", "kk"), read_literal("1.2.3", "en")
    (Decimal('1500'), Decimal('1.5'), Decimal('1500'), None)
    """
    if len(text) > _LONGEST:
        return None
    if not text[-1].isdecimal():
        return _signed(text, lang)
    digits = re.sub(r"\s", "", text)
    if not digits.isascii():
        digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in digits)
    signs = [c for c in digits if c in ".,"]
    if not signs:
        return Decimal(digits)
    if len(set(signs)) == 2:
        return _mixed(digits, signs)
    if _GROUPED.fullmatch(digits) and (len(signs) > 1 or _groups(digits, signs[0], lang, before_power)):
        return Decimal(digits.replace(signs[0], ""))
    return Decimal(digits.replace(",", ".")) if len(signs) == 1 else None


def _signed(text: str, lang: Lang) -> Decimal | None:
    """Read what ends in a fraction of one sign or in an exponent: 2½, ¾, 10⁶."""
    if unicodedata.category(text[-1]) != "No":
        return None
    if text[:2] == "10" and len(text) > 2 and unicodedata.digit(text[2], None) is not None:
        exponent = int("".join(str(unicodedata.digit(sign)) for sign in text[2:]))
        return Decimal(10) ** exponent if exponent <= _HIGHEST else None
    part = Decimal(str(round(unicodedata.numeric(text[-1]), 4)))
    whole = read_literal(text[:-1].rstrip(), lang) if len(text) > 1 else Decimal(0)
    return None if whole is None else whole + part


def _mixed(digits: str, signs: list[str]) -> Decimal | None:
    if signs.count(signs[-1]) > 1 or not _GROUPED.fullmatch(digits.rpartition(signs[-1])[0]):
        return None
    return Decimal(digits.replace(signs[0], "").replace(signs[-1], "."))


def _groups(digits: str, sign: str, lang: Lang, before_power: bool) -> bool:
    if lang == "en":
        return sign == ","
    return digits.endswith("0") if sign == "," else not before_power


def read_number(tokens: Tokens, i: int, lang: Lang) -> Number | None:
    """Return the number that starts at token `i`, magnitude and range included, or None.

    >>> from align.facts.tokens import tokenise
    >>> read_number(tokenise("1,5 млрд теңге"), 0, "kk")
    Number(value=Decimal('1500000000.0'), high=None, start=0, end=2, form='', words=False, power=True)
    >>> read_number(tokenise("5-7 адам"), 0, "kk")[:4]
    (Decimal('5'), Decimal('7'), 0, 3)
    """
    first = _read_one(tokens, i, lang)
    if first is None or first.form:
        return first
    return _ranged(tokens, first, lang) or first


def _read_one(tokens: Tokens, i: int, lang: Lang) -> Number | None:
    if tokens[i].kind == "number":
        return _read_digits(tokens, i, lang)
    if tokens[i].kind != "word":
        return None
    if found := read_words(tokens, i, lang):
        form = "ordinal" if found.ordinal else "part" if found.part else "nearly" if found.nearly else ""
        power = 1 if form else _shared_power(tokens, found.end, lang, found.value)
        return Number(found.value * power, None, i, found.end, form, words=True)
    return None


def _read_digits(tokens: Tokens, i: int, lang: Lang) -> Number | None:
    end = i + 1
    power, end = _power(tokens, end, lang)
    value = read_literal(tokens[i].text, lang, before_power=power > 1)
    if value is None:
        return None
    if part := _fraction(tokens, i, value):
        return part
    if lang == "kk" and end == i + 1 and end < len(tokens) and tokens[end].low == "жарым":
        value, (power, end) = value + HALF, _power(tokens, end + 1, lang)
    value *= power
    if power > 1:
        more = _rest(tokens, end, lang, power)
        form = "nearly" if lang == "kk" and is_nearly(tokens[end - 1].low) else ""
        return Number(value + more[0], None, i, more[1], form, power=True)
    form, end = _form_kk(tokens, end) if lang == "kk" else _form_en(tokens, end)
    return Number(value * _shared_power(tokens, end, lang, value), None, i, end, form)


def _fraction(tokens: Tokens, i: int, part: Decimal) -> Number | None:
    """Read 1/8 and 2/3, but neither 24/7 nor 9/11."""
    if i + 2 >= len(tokens) or tokens[i + 1].text != "/" or not glued(tokens, i + 1) or not glued(tokens, i + 2):
        return None
    whole = tokens[i + 2].text
    if whole not in _WHOLES or not 0 < part < int(whole) or part % 1:
        return None
    return Number(fraction(int(part), int(whole)), None, i, i + 3, "part")


def _shared_power(tokens: Tokens, i: int, lang: Lang, value: Decimal) -> int:
    """Return the magnitude that a range tells once for both numbers.

    Examples: from 17 to 20 million, 17-ден 20 млн-ға.
    """
    linked = tokens[i - 1].low.endswith(_ABLATIVES) if lang == "kk" else linked_en(tokens, i)
    i += lang == "en"
    if not linked or i + 1 >= len(tokens) or tokens[i].kind != "number":
        return 1
    power = _power(tokens, i + 1, lang)[0]
    upper = read_literal(tokens[i].text, lang, before_power=power > 1)
    return power if upper is not None and value < upper else 1


def linked_en(tokens: Tokens, i: int) -> bool:
    """Say whether token `i` leads to the upper end of a range: 5 to 7, between 5 and 7."""
    if i >= len(tokens) or tokens[i].low not in {"to", "and"}:
        return False
    return tokens[i].low == "to" or (i > 1 and tokens[i - 2].low == "between")


def _rest(tokens: Tokens, i: int, lang: Lang, power: int) -> tuple[Decimal, int]:
    """Return what a smaller magnitude adds, and the number of the token after it.

    Examples: 2 млн 300 мың or 2 мың 200.
    """
    if i >= len(tokens) or tokens[i].kind != "number":
        return Decimal(0), i
    lower, end = _power(tokens, i + 1, lang)
    value = read_literal(tokens[i].text, lang)
    # Three digits after a thousand are its rest; fewer are as likely the next number.
    rest = lower > 1 or (power == 10**3 and len(tokens[i].text) == 3 and tokens[i].text.isdecimal())
    return (value * lower, end) if value is not None and rest and value * lower < power else (Decimal(0), i)


def _power(tokens: Tokens, i: int, lang: Lang) -> tuple[int, int]:
    """Return the power of ten at token `i` (1 for none) and the number of the token after it."""
    if i >= len(tokens):
        return 1, i
    if tokens[i].low == "-" and glued(tokens, i) and i + 1 < len(tokens) and magnitude(tokens[i + 1], lang):
        i += 1
    if found := magnitude(tokens[i], lang):
        return found, i + 1 + _abbreviated(tokens, i)
    if lang == "en" and glued(tokens, i) and tokens[i].low == "k":
        return _THOUSAND, i + 1
    return 1, i


def _abbreviated(tokens: Tokens, i: int) -> bool:
    """Say whether a point belongs to an abbreviation before it (млрд. теңге).

    Then it does not end the sentence.
    """
    short = len(tokens[i].low) < 5 and tokens[i].low != "мың"
    follows = tokens[i + 2] if i + 2 < len(tokens) and tokens[i + 1].text == "." and glued(tokens, i + 1) else None
    return (
        short
        and follows is not None
        and (follows.text[0].islower() or follows.text.isupper() or follows.kind == "sign")
    )


def _form_en(tokens: Tokens, i: int) -> tuple[str, int]:
    if i < len(tokens) and tokens[i].low in _ORDINAL_EN and glued(tokens, i):
        return "ordinal", i + 1
    return "", i


def _form_kk(tokens: Tokens, i: int) -> tuple[str, int]:
    """Say what follows the hyphen of 26-сы, 9-шы, 170-тей, 6-орын."""
    if i + 1 >= len(tokens) or tokens[i].text not in DASHES or not glued(tokens, i) or not glued(tokens, i + 1):
        return "", i
    word = tokens[i + 1].low
    if tokens[i + 1].kind != "word":
        return "", i
    if _ORDINAL_KK.of(word):
        return "ordinal", i + 2
    if word in _NEARLY_KK:
        return "nearly", i + 2
    return ("ending", i + 2) if is_ending(word) else ("noun", i)


def _ranged(tokens: Tokens, low: Number, lang: Lang) -> Number | None:
    i = low.end
    if i + 1 >= len(tokens) or tokens[i].text not in DASHES or glued(tokens, i) != glued(tokens, i + 1):
        return None
    high = _read_one(tokens, i + 1, lang)
    if high is None or high.words != low.words or high.high is not None:
        return None
    # In "5-7 млн" the magnitude belongs to both ends, in "5 млн - 7 млн" each has its own.
    scale = _power(tokens, i + 2, lang)[0] if high.power and not low.power and not high.words else 1
    value = low.value * scale
    if not value < high.value or (not glued(tokens, i) and high.value > 100 * value):
        return None
    return Number(value, high.value, low.start, high.end, high.form, low.words, high.power)
