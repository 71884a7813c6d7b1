"""English number words: thirty-five, two hundred and six, twentieth, two-thirds."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from align.facts.cldr import magnitudes
from align.facts.tokens import Tokens
from align.facts.word_number import HALF, WordNumber, fraction

__all__ = ["FIRST_WORDS", "and_a_half", "magnitude", "read"]

_ONES: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS: Final = {
    word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_CARDINALS: Final = {word: n for n, word in enumerate(_ONES, start=1)} | _TENS | {"dozen": 12, "hundred": 100}
_FIRST: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
).split()
_ORDINALS: Final = {
    **{word: n for n, word in enumerate(_FIRST, start=1)},
    **{word[:-1] + "ieth": n for word, n in _TENS.items()},
    "hundredth": 100,
    "thousandth": 1000,
}
_WHOLES: Final = {word: n for word, n in _ORDINALS.items() if n > 2} | {"quarter": 4, "half": 2}
_MORE_MAGNITUDES: Final = {
    "thous": 10**3,
    "bn": 10**9,
    "bln": 10**9,
    "mn": 10**6,
    "mln": 10**6,
    "trn": 10**12,
    "tn": 10**12,
}
# one second, a split second: the time, not the place.
_BEFORE_TIME: Final = frozenset({"one", "per", "split", "every", "each"})
_AFTER_HALF: Final = frozenset({"of", "the", "a", "an", "its", "their", "his", "her", "our", "all"})


FIRST_WORDS: Final = (
    *_CARDINALS, *_ORDINALS, *_MORE_MAGNITUDES, "thousand", "million", "billion", "trillion", "thousands", "millions",
    "billions", "trillions", "dozens", "tens", "hundreds", "half", "a", "an", "quarter", "zero",
)  # fmt: skip
"""The words that begin a number, vague ones among them."""


def magnitude(word: str) -> int | None:
    """Return the power of ten a lower-case word stands for, or None.

    One letter alone stands for none.

    >>> magnitude("million"), magnitude("bln"), magnitude("m"), magnitude("millions")
    (1000000, 1000000000, None, None)
    """
    if len(word) < 2:
        return None
    return _MORE_MAGNITUDES.get(word) or magnitudes("en").get(word)


def read(tokens: Tokens, i: int) -> WordNumber | None:
    """Return the number written in words from token `i` on, or None.

    >>> from align.facts.tokens import tokenise
    >>> read(tokenise("one and a half million"), 0).value, read(tokenise("two-thirds"), 0).value
    (Decimal('1500000.0'), Decimal('0.6667'))
    """
    if tokens[i].low == "second" and _low(tokens, i - 1) in _BEFORE_TIME:
        return None
    return _part(tokens, i) or _half(tokens, i) or _count(tokens, i)


def _low(tokens: Tokens, i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _half(tokens: Tokens, i: int) -> WordNumber | None:
    """Read half of, half the, half a million; half-time and the second half are none."""
    if tokens[i].low != "half" or _low(tokens, i + 1) not in _AFTER_HALF:
        return None
    power = magnitude(_low(tokens, i + 2)) if _low(tokens, i + 1) == "a" else None
    if power:
        return WordNumber(HALF * power, i + 3)
    # half an hour: the article belongs to the number, so that the unit follows it.
    return WordNumber(HALF, i + 1 + (_low(tokens, i + 1) in {"a", "an"}), part=True)


def _part(tokens: Tokens, i: int) -> WordNumber | None:
    """Read two-thirds, one third, a quarter of; "a third man" and "one second" are no parts."""
    part = 1 if tokens[i].low == "a" else _CARDINALS.get(tokens[i].low, 0)
    at = i + 1 + (_low(tokens, i + 1) == "-")
    word = _low(tokens, at)
    whole = _WHOLES.get(word) or (_WHOLES.get(word[:-1]) if part > 1 and word.endswith("s") else None)
    if whole is None or not 0 < part < whole or (part > 1 and not word.endswith("s")):
        return None
    if tokens[i].low == "a" and _low(tokens, at + 1)[:1].isalnum() and _low(tokens, at + 1) != "of":
        return None
    return WordNumber(fraction(part, whole), at + 1, part=True)


def _count(tokens: Tokens, i: int) -> WordNumber | None:
    total, current, start = Decimal(0), Decimal(0), i
    if tokens[i].low in {"a", "an"} and _opens(_low(tokens, i + 1)):
        current, i = Decimal(1), i + 1
    while i < len(tokens):
        word = tokens[i].low
        value, power = _CARDINALS.get(word, 0), magnitude(word)
        if word in _ORDINALS and _fits(current, _ORDINALS[word]):
            return WordNumber(total + current + _ORDINALS[word], i + 1, ordinal=True)
        if value and _fits(current, value):
            current = (current or Decimal(1)) * value if value in {12, 100} and word not in _ONES else current + value
        elif power and (current or i == start) and (not total or power < total):
            total, current = total + (current or 1) * power, Decimal(0)
        elif i > start and _joins(tokens, i, current, total):
            pass
        elif i > start and and_a_half(tokens, i):
            # two and a half adds a half, a million and a half half a million.
            current, total = (current + HALF, total) if current else (current, total + HALF * _last_power(tokens, i))
            i += 2
        else:
            break
        i += 1
    return WordNumber(total + current, i) if i > start and (total or current) else None


def _opens(word: str) -> bool:
    """Say whether "a" before this word is a one: a hundred, a million, a dozen."""
    return word in {"hundred", "dozen"} or magnitude(word) is not None


def _fits(current: Decimal, value: int) -> bool:
    """Say whether a number word can follow what was read.

    Tens may follow hundreds, ones may follow twenty and on.
    """
    if current % 1:
        return False
    if value == 100 or (value == 12 and current):
        return current < 10
    return current % 100 == 0 or (value < 10 and current % 10 == 0 and current % 100 >= 20)


def _joins(tokens: Tokens, i: int, current: Decimal, total: Decimal) -> bool:
    """Say whether a hyphen or an "and" stands inside the number.

    Examples: thirty-five, two hundred and six.
    """
    value = _CARDINALS.get(_low(tokens, i + 1)) or _ORDINALS.get(_low(tokens, i + 1)) or 0
    if not 0 < value < 100 or (value == 12 and _low(tokens, i + 1) == "dozen") or not _fits(current, value):
        return False
    if tokens[i].low == "-":
        return current % 100 >= 20 and value < 10
    return tokens[i].low == "and" and (current >= 100 or (total > 0 and current == 0))


def _last_power(tokens: Tokens, i: int) -> int:
    return magnitude(tokens[i - 1].low) or 1


def and_a_half(tokens: Tokens, i: int) -> bool:
    """Say whether "and a half" stands at token `i`, as in three years and a half."""
    return [_low(tokens, i + n) for n in range(3)] == ["and", "a", "half"]
