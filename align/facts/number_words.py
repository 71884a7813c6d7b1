"""Numbers written out: үш мың, жиырма бестен, екеуі, отызыншы; thirty-five, two hundred and six, twentieth."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from align.facts.cldr import magnitudes
from align.facts.suffixes import is_ending
from align.facts.tokens import Token
from align.types import Lang

__all__ = ["WordNumber", "magnitude", "read_words"]

_UNITS_KK: Final = dict(zip("бір екі үш төрт бес алты жеті сегіз тоғыз".split(), range(1, 10), strict=True))
_TENS_KK: Final = dict(
    zip("он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан".split(), range(10, 100, 10), strict=True)
)
_CARDINALS_KK: Final = _UNITS_KK | _TENS_KK | {"жүз": 100, "нөл": 0}
_COLLECTIVES_KK: Final = dict(zip("екеу үшеу төртеу бесеу алтау жетеу".split(), range(2, 8), strict=True))
# жиырма loses its last vowel before -сыншы's second letter, қырық and екі change theirs.
_ORDINALS_KK: Final = {
    **dict(
        zip(
            "бірінші екінші үшінші төртінші бесінші алтыншы жетінші сегізінші тоғызыншы".split(),
            range(1, 10),
            strict=True,
        )
    ),
    **dict(
        zip(
            "оныншы жиырмасыншы отызыншы қырқыншы елуінші алпысыншы жетпісінші сексенінші тоқсаныншы".split(),
            range(10, 100, 10),
            strict=True,
        )
    ),
    "жүзінші": 100, "мыңыншы": 1000,
}  # fmt: skip
# Words that only look like an inflected number: for, him, there, with him, together, once, some, at once, face, swim.
_NOT_NUMBERS_KK: Final = frozenset("үшін оны оның онда онан оған бірге бірде бірден бірі жүзі жүзінде жүзу оны".split())
_SMALL_EN: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS_EN: Final = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
_CARDINALS_EN: Final = _SMALL_EN | _TENS_EN | {"dozen": 12}
_ORDINALS_EN: Final = {
    **{
        word: value
        for value, word in enumerate(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
            start=1,
        )
    },
    **{word[:-1] + "ieth": value for word, value in _TENS_EN.items()},
    "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_MAGNITUDES_EN: Final = {"bn": 10**9, "bln": 10**9, "mn": 10**6, "mln": 10**6, "trn": 10**12, "tn": 10**12}


class WordNumber(NamedTuple):
    """A number read from words: its value, whether it is an ordinal, and the number of the token after it."""

    value: Decimal
    ordinal: bool
    end: int


def magnitude(token: Token, lang: Lang) -> tuple[int, str] | None:
    """Return the power of ten a word stands for and the Kazakh ending it carries, or None.

    >>> from align.facts.tokens import tokenise
    >>> magnitude(tokenise("мыңнан")[0], "kk"), magnitude(tokenise("bn")[0], "en")
    ((1000, 'нан'), (1000000000, ''))
    """
    if token.kind != "word":
        return None
    if lang == "en":
        value = _MAGNITUDES_EN.get(token.low) or magnitudes("en").get(token.low)
        return (value, "") if value and len(token.low) > 1 else None
    return _inflected(token.low, "magnitude")


@lru_cache(maxsize=1 << 13)
def _inflected(word: str, table: str) -> tuple[int, str] | None:
    """Return the Kazakh number a word is a form of, and its ending: ("жүзден" -> 100, "ден")."""
    values = {"magnitude": magnitudes("kk"), "cardinal": _CARDINALS_KK, "ordinal": _ORDINALS_KK}.get(
        table, _COLLECTIVES_KK
    )
    if word in _NOT_NUMBERS_KK:
        return None
    cuts = ((word[:n], word[n:]) for n in range(len(word), 1, -1))
    return next(((values[s], e) for s, e in cuts if s in values and (not e or is_ending(e))), None)


def read_words(tokens: list[Token], i: int, lang: Lang) -> WordNumber | None:
    """Return the number that is written in words from token `i` on, or None.

    >>> from align.facts.tokens import tokenise
    >>> read_words(tokenise("екі жүз елу мың адам"), 0, "kk")
    WordNumber(value=Decimal('250000'), ordinal=False, end=4)
    >>> read_words(tokenise("two hundred and six people"), 0, "en").value
    Decimal('206')
    """
    return _read_kk(tokens, i) if lang == "kk" else _read_en(tokens, i)


def _read_kk(tokens: list[Token], i: int) -> WordNumber | None:
    total = current = 0
    start, last = i, len(tokens)
    while i < last and tokens[i].kind == "word":
        word = tokens[i].low
        if found := _inflected(word, "ordinal"):
            return _ordinal(total, current, found[0], i + 1)
        if i == start and (found := _inflected(word, "collective")):
            return WordNumber(Decimal(found[0]), False, i + 1)
        found = _inflected(word, "cardinal")
        power = None if found else _inflected(word, "magnitude")
        if found and _fits(current, found[0]):
            current = (current or 1) * 100 if found[0] == 100 else current + found[0]
        elif power and (total == 0 or power[0] < total):
            total, current = total + (current or 1) * power[0], 0
        else:
            break
        i += 1
        # An ending closes the number: in "үштен екі" two is not added to three.
        if (found or power or (0, ""))[1]:
            break
    return WordNumber(Decimal(total + current), False, i) if i > start else None


def _ordinal(total: int, current: int, value: int, end: int) -> WordNumber:
    value = (current or 1) * value if value == 100 else current + value
    return WordNumber(Decimal(total + value), True, end)


def _fits(current: int, value: int) -> bool:
    """Say whether a number word can follow what was read: tens after hundreds, ones after tens."""
    if value == 100:
        return current < 10
    room = current % 100 if value >= 10 else current % 10
    return room == 0 or current == 0


def _read_en(tokens: list[Token], i: int) -> WordNumber | None:
    total = current = 0
    start = i
    if tokens[i].low in {"a", "an"} and _opens(tokens, i + 1):
        current, i = 1, i + 1
    while i < len(tokens):
        word = tokens[i].low
        if word in _ORDINALS_EN and _fits(current, _ORDINALS_EN[word]):
            return WordNumber(Decimal(total + current + _ORDINALS_EN[word]), True, i + 1)
        power = magnitude(tokens[i], "en")
        if word == "hundred" and current < 10 and (current or i == start):
            current = (current or 1) * 100
        elif power and (current or i == start) and (total == 0 or power[0] < total):
            total, current = total + (current or 1) * power[0], 0
        elif word in _CARDINALS_EN and _fits_en(current, _CARDINALS_EN[word]):
            current = current * 12 if word == "dozen" and current else current + _CARDINALS_EN[word]
        elif not (i > start and _joins(tokens, i, current, total)):
            break
        i += 1
    return WordNumber(Decimal(total + current), False, i) if i > start and (total or current) else None


def _opens(tokens: list[Token], i: int) -> bool:
    """Say whether "a" before this token is a one: a hundred, a million, a dozen."""
    return i < len(tokens) and (tokens[i].low in {"hundred", "dozen"} or magnitude(tokens[i], "en") is not None)


def _fits_en(current: int, value: int) -> bool:
    if value == 12 and current:
        return current < 10
    return current == 0 or (current % 100 == 0) or (current % 10 == 0 and value < 10 and current % 100 >= 20)


def _joins(tokens: list[Token], i: int, current: int, total: int) -> bool:
    """Say whether a hyphen (thirty-five) or an "and" (two hundred and six) stands inside the number."""
    if i + 1 >= len(tokens) or tokens[i + 1].low not in _CARDINALS_EN.keys() | _ORDINALS_EN.keys():
        return False
    inside = tokens[i].low == "-" and current % 100 >= 20 and current % 10 == 0
    return inside or (tokens[i].low == "and" and (current >= 100 or (total > 0 and current == 0)))
