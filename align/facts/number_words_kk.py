"""Kazakh number words with their case endings: үш мың, жиырма бестен, отызыншы, үштен бірі."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from align.facts.cldr import magnitudes
from align.facts.suffixes import is_ending
from align.facts.tokens import Tokens
from align.facts.word_number import HALF, WordNumber, fraction

__all__ = ["FIRST_WORDS", "begins", "is_nearly", "magnitude", "read"]


def _numbered(words: str, step: int, *, first: int = 1) -> dict[str, int]:
    return {word: value * step for value, word in enumerate(words.split(), start=first)}


_CARDINALS: Final = {
    **_numbered("бір екі үш төрт бес алты жеті сегіз тоғыз", 1),
    **_numbered("он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан", 10),
    "жүз": 100,
    "нөл": 0,
}
_COLLECTIVES: Final = _numbered("екеу үшеу төртеу бесеу алтау жетеу", 1, first=2)
# Spelled out, because жиырма, қырық and екі change their last letters. English says "first" for the last three.
_ORDINALS: Final = {
    **_numbered("бірінші екінші үшінші төртінші бесінші алтыншы жетінші сегізінші тоғызыншы", 1),
    **_numbered("оныншы жиырмасыншы отызыншы қырқыншы елуінші алпысыншы жетпісінші сексенінші тоқсаныншы", 10),
    "жүзінші": 100,
    "мыңыншы": 1000,
    "тұңғыш": 1,
    "алғашқы": 1,
    "алғаш": 1,
}
# Abbreviations beside CLDR's: трл and the Russian тыс.
_MORE_MAGNITUDES: Final = {"трл": 10**12, "млд": 10**9, "тыс": 10**3}
# A magnitude that is no abbreviation may stand alone: миллионға жуық; тыс would be "outside".
_SPELLED_OUT: Final = frozenset({"мың", "мил", "три"})
# алты-н is gold and үш-ін is for: these endings follow possession only, which a bare number has not.
_NOT_AFTER_NUMBERS: Final = frozenset({"н", "а", "е", "ін", "ын"})
# Words that look like a form of он, бір or жеті: his, him, there, together, once, at once, one of them, on arrival.
_NEARLY: Final = frozenset({"дай", "дей", "тай", "тей"})
_OTHER_WORDS: Final = frozenset("ондай бірдей оның оны онда ондағы онан оған бірге бірде бірден бірі жетісімен".split())
_HALVED: Final = ("сағат", "жыл", "ай", "күн", "ғасыр")


FIRST_WORDS: Final = (*_CARDINALS, *_COLLECTIVES, *_ORDINALS, *_MORE_MAGNITUDES, "мың", "миллион",
    "млн", "млрд", "трлн", "миллиард", "триллион", "жарты", "сегізеу", "ондаған", "жүздеген")  # fmt: skip
"""The words that begin a number, vague ones among them, without their endings."""


_STARTS: Final = frozenset(word[:2] for word in FIRST_WORDS)


class _Form(NamedTuple):
    """A number a word is a form of, and the word's ending."""

    value: int
    ending: str


def _form(word: str, values: Mapping[str, int], barred: frozenset[str]) -> _Form | None:
    if word in _OTHER_WORDS:
        return None
    for cut in range(len(word), 1, -1):
        stem, ending = word[:cut], word[cut:]
        # он and жүз with a possessive are other words: онымен (with him), дүние жүзінде (in the world).
        if stem in {"он", "жүз"} and ending[:1] in {"ы", "і"}:
            continue
        if stem in values and (not ending or ending in _NEARLY or (ending not in barred and is_ending(ending))):
            return _Form(values[stem], ending)
    return None


@lru_cache(maxsize=1 << 13)
def _cardinal(word: str) -> _Form | None:
    return _form(word, _CARDINALS, _NOT_AFTER_NUMBERS)


@lru_cache(maxsize=1 << 13)
def _collective(word: str) -> _Form | None:
    return _form(word, _COLLECTIVES, frozenset())


@lru_cache(maxsize=1 << 13)
def _ordinal(word: str) -> _Form | None:
    return _form(word, _ORDINALS, frozenset())


@lru_cache(maxsize=1 << 13)
def _power(word: str) -> _Form | None:
    return _form(word, magnitudes("kk") | _MORE_MAGNITUDES, _NOT_AFTER_NUMBERS)


def magnitude(word: str) -> int | None:
    """Return the power of ten a lower-case word is a form of, or None.

    >>> magnitude("миллионға"), magnitude("млрд"), magnitude("миллионер")
    (1000000, 1000000000, None)
    """
    found = _power(word)
    return found.value if found else None


def is_nearly(word: str) -> bool:
    """Say whether a magnitude has the ending of "about": млндай, мыңдай.

    >>> is_nearly("млндай"), is_nearly("млн")
    (True, False)
    """
    found = _power(word)
    return found is not None and found.ending in _NEARLY


def begins(word: str) -> bool:
    """Say whether a lower-case word may begin a number: where this is false, `read` reads none.

    >>> begins("жетіде"), begins("жетекші"), begins("миллионға")
    (True, False, True)
    """
    if word[:2] not in _STARTS:
        return False
    if word.startswith("жарты") or _collective(word) or _ordinal(word) or _cardinal(word):
        return True
    return word[:3] in _SPELLED_OUT and _power(word) is not None


def read(tokens: Tokens, i: int) -> WordNumber | None:
    """Return the number written in words from token `i` on, or None.

    >>> from align.facts.tokens import tokenise
    >>> read(tokenise("бір жарым миллион"), 0).value, read(tokenise("үштен екісі"), 0).value
    (Decimal('1500000.0'), Decimal('0.6667'))
    """
    word = tokens[i].low
    if word[:2] not in _STARTS:
        return None
    if found := _collective(word):
        return WordNumber(Decimal(found.value), i + 1)
    if word.startswith("жарты"):
        return _half(tokens, i)
    return _part(tokens, i) or _count(tokens, i)


def _half(tokens: Tokens, i: int) -> WordNumber | None:
    """Read жартысы, жарты миллион and жарты сағат; жарты alone is as often an adjective."""
    if tokens[i].low.startswith("жартысы"):
        return WordNumber(HALF, i + 1, part=True)
    if tokens[i].low != "жарты" or i + 1 >= len(tokens):
        return None
    if tokens[i + 1].low.startswith(_HALVED):
        return WordNumber(HALF, i + 1, part=True)
    power = _power(tokens[i + 1].low)
    return WordNumber(HALF * power.value, i + 2) if power else None


def _part(tokens: Tokens, i: int) -> WordNumber | None:
    """Read үштен бірі: the whole in the ablative, then the part."""
    whole = _cardinal(tokens[i].low)
    if whole is None or whole.ending not in {"тан", "тен", "дан", "ден"} or i + 1 >= len(tokens):
        return None
    # бірі is "one of them" elsewhere; after an ablative it is the part.
    part = _Form(1, "і") if tokens[i + 1].low.startswith("бірі") else _cardinal(tokens[i + 1].low)
    if part is None or not 0 < part.value < whole.value <= 100:
        return None
    return WordNumber(fraction(part.value, whole.value), i + 2, part=True)


def _count(tokens: Tokens, i: int) -> WordNumber | None:
    total, current, start = Decimal(0), Decimal(0), i
    while i < len(tokens):
        word = tokens[i].low
        if ordinal := _ordinal(word):
            hundred = ordinal.value == 100
            value = (current or 1) * 100 if hundred else current + ordinal.value
            return WordNumber(total + value, i + 1, ordinal=True)
        if word == "жарым" and i > start and current:
            current, i = current + HALF, i + 1
            continue
        found, power = _cardinal(word), _power(word) if i > start or word[:3] in _SPELLED_OUT else None
        if i == start and found and found.value == 90 and _is_quarter(tokens, i, found.ending):
            return None
        if found and _fits(current, found.value):
            current = (current or Decimal(1)) * 100 if found.value == 100 else current + found.value
        elif power and (not total or power.value < total):
            total, current = total + (current or 1) * power.value, Decimal(0)
        else:
            break
        i += 1
        # An ending closes the number: in "үштен екі" two is not added to three.
        if (found or power or _Form(0, "")).ending:
            break
    nearly = i > start and tokens[i - 1].low.endswith(tuple(_NEARLY))
    return WordNumber(total + current, i, nearly=nearly) if i > start else None


def _is_quarter(tokens: Tokens, i: int, ending: str) -> bool:
    """Say whether тоқсан is the quarter of a year.

    It is with an ending, or after an ordinal, a numeral or a year.
    """
    before = tokens[i - 1] if i else None
    counted = before is not None and (before.low == "-" or before.text.isupper() or _ordinal(before.low) is not None)
    return bool(ending) or counted or (before is not None and before.low.startswith("жыл"))


def _fits(current: Decimal, value: int) -> bool:
    """Say whether a number word can follow what was read: tens after hundreds, ones after tens."""
    if value == 0 or current % 1:
        return False
    if value == 100:
        return current < 10
    return current % (100 if value >= 10 else 10) == 0
