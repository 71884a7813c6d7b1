"""Words for money and units: CLDR's, and the everyday ones beside them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from align.facts import cldr
from align.facts.lexicon import Lexicon
from align.types import Lang

__all__ = ["currencies", "money_words", "unit_words"]

# CLDR has full names only; a bare noun is the money of the country that a Kazakh or English paper thinks of first.
_MONEY: Final[dict[Lang, dict[str, str]]] = {
    "kk": {
        "KZT": "теңге|тг", "USD": "доллар|долл", "RUB": "рубль|руб", "EUR": "еуро|евро", "CNY": "юань", "JPY": "иена",
        "GBP": "фунт стерлинг", "TRY": "лира", "INR": "рупия", "KGS": "сом", "AZN": "манат", "CHF": "франк",
        "UAH": "гривна",
    },
    "en": {
        "KZT": "tenge", "USD": "dollar", "RUB": "ruble|rouble", "EUR": "euro", "CNY": "yuan", "JPY": "yen",
        "GBP": "pound sterling", "TRY": "lira", "INR": "rupee", "KGS": "som", "AZN": "manat", "CHF": "franc",
        "UAH": "hryvnia",
    },
}  # fmt: skip
_UNITS: Final[dict[Lang, dict[str, str]]] = {
    "kk": {
        "tonne": "тонна", "kilometer": "шақырым", "mile": "миля", "square-meter": "м2", "cubic-meter": "м3",
        "square-kilometer": "км2|шаршы шақырым", "times": "есе|рет", "decade": "онжылдық",
    },
    "en": {
        "tonne": "tonne|tonnes|ton|tons", "kilometer": "kilometre|kilometres", "meter": "metre|metres",
        "liter": "litre|litres", "centimeter": "centimetre|centimetres", "kilogram": "kgs", "hour": "hrs",
        "pound": "lbs",
        "square-kilometer": "sq km|km2|square kilometres", "square-meter": "sq m|m2|square metres",
        "cubic-meter": "m3|cubic metres", "times": "times|fold", "decade": "decade|decades",
    },
}  # fmt: skip
# These are far more often a word, an initial or a page's abbreviation than a unit.
_NOT_UNITS: Final = frozenset({"in", "c", "ac", "w", "ж", "ғ", "с", "ап"})


def currencies() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the forms, lower case, of the currencies that papers name: Kazakh ones, and English ones, CLDR's first.

    >>> currencies()[0]
    (('теңге', 'тг', 'қазақстан теңгесі'), ('kazakhstani tenge', 'tenge', 'tenges'))
    """
    named = {lang: {code: name for name, code in cldr.currency_names(lang).items()} for lang in ("kk", "en")}
    return tuple(
        (
            tuple(dict.fromkeys((*_MONEY["kk"][code].split("|"), *filter(None, [named["kk"].get(code)])))),
            (named["en"][code], *(form for word in english.split("|") for form in (word, word + "s"))),
        )
        for code, english in _MONEY["en"].items()
    )


def _spelled(table: dict[str, str]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words.split("|")}


@lru_cache(maxsize=2)
def money_words(lang: Lang) -> Lexicon[str]:
    """Return the names of currencies with their ISO 4217 codes.

    >>> from align.facts.tokens import tokenise
    >>> money_words("kk").find(tokenise("АҚШ долларына"), 0), money_words("en").find(tokenise("euros"), 0)
    (('USD', 2), ('EUR', 1))
    """
    names = cldr.currency_names(lang) | _spelled(_MONEY[lang])
    plurals = {name + "s": code for name, code in names.items()} if lang == "en" else {}
    return Lexicon((names | plurals).items(), lang)


@lru_cache(maxsize=2)
def unit_words(lang: Lang) -> Lexicon[str]:
    """Return the names of units with CLDR's English keys; "times" and "decade" are this package's own.

    >>> from align.facts.tokens import tokenise
    >>> unit_words("kk").find(tokenise("шаршы километрге"), 0), unit_words("en").find(tokenise("sq km"), 0)
    (('square-kilometer', 2), ('square-kilometer', 2))
    """
    written = cldr.units(lang) | _spelled(_UNITS[lang])
    return Lexicon(((word, unit) for word, unit in written.items() if word not in _NOT_UNITS), lang)
