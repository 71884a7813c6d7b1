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
        "KZT": "теңге|тг", "USD": "доллар|долл|ақш долл|америка доллары",
        "RUB": "рубль|руб", "EUR": "еуро|евро", "CNY": "юань", "JPY": "иена",
        "GBP": "фунт стерлинг", "TRY": "лира", "INR": "рупия", "KGS": "сом", "AZN": "манат", "CHF": "франк",
        "UAH": "гривна",
    },
    "en": {
        "KZT": "tenge", "USD": "dollar|u.s. dollar|american dollar",
        "RUB": "ruble|rouble", "EUR": "euro", "CNY": "yuan", "JPY": "yen",
        "GBP": "pound sterling", "TRY": "lira", "INR": "rupee", "KGS": "som", "AZN": "manat", "CHF": "franc",
        "UAH": "hryvnia",
    },
}  # fmt: skip
# The hundredth part of a currency: its code, a stroke, 100.
_HUNDREDTHS: Final[dict[Lang, dict[str, str]]] = {
    "kk": {"KZT/100": "тиын", "USD/100": "цент", "GBP/100": "пенс", "RUB/100": "копейка"},
    "en": {"KZT/100": "tiyn|tiyin|tein", "USD/100": "cent", "GBP/100": "pence|penny", "RUB/100": "kopeck|kopek"},
}
_UNITS: Final[dict[Lang, dict[str, str]]] = {
    "kk": {
        "tonne": "тонна", "kilometer": "шақырым", "mile": "миля", "square-meter": "м2", "cubic-meter": "м3",
        "square-kilometer": "км2|шаршы шақырым|шаршы км|ш. км", "times": "есе|рет", "decade": "онжылдық",
        "kilowatt-hour": "квт/сағ|квт·сағ|квт-сағ|квт сағ|квтсағ|киловатт-сағат|киловатт сағат|квт/сағат|квт*сағ",
        "megawatt-hour": "мвт/сағ|мвт·сағ|мвт-сағ|мвт сағ|мегаватт-сағат|мегаватт сағат|мвт/сағат",
        "gigawatt-hour": "гвт/сағ|гвт·сағ|гвт-сағ|гвт сағ|гигаватт-сағат|гигаватт сағат|гвт/сағат",
        "meter-per-second": "м/с|м/сек|метр/секунд|м/секунд", "kilometer-per-hour": "шақырым/сағат",
        "centner": "центнер", "horsepower": "ат күші|а.к.", "celsius": "градус|°|градус цельсий|цельсий градус",
        "fahrenheit": "фаренгейт|градус фаренгейт|°f", "pound": "қадақ",
    },
    "en": {
        "tonne": "tonne|tonnes|ton|tons", "kilometer": "kilometre|kilometres", "meter": "metre|metres",
        "liter": "litre|litres", "centimeter": "centimetre|centimetres", "kilogram": "kgs", "hour": "hrs",
        "pound": "lbs",
        "square-kilometer": "sq km|km2|square kilometres", "square-meter": "sq m|m2|square metres",
        "kilowatt-hour": "kilowatt-hour|kilowatt-hours|kilowatt hours|kw/h|kw-h",
        "megawatt-hour": "mwh|megawatt-hour|megawatt-hours|megawatt hour|megawatt hours",
        "gigawatt-hour": "gwh|gigawatt-hour|gigawatt-hours|gigawatt hour|gigawatt hours",
        "meter-per-second": "m/s|metres per second|meters per second|metre per second|meter per second|meters a second",
        "kilometer-per-hour": "kph|kmh|kmph|kilometres per hour|kilometre per hour|kilometers an hour|"
        "kilometres an hour|km per hour|km an hour", "mile-per-hour": "miles an hour",
        "centner": "centner|centners|quintal|quintals", "horsepower": "hp|horsepower",
        "celsius": "degree|degrees|°|degrees centigrade", "fahrenheit": "°f",
        "cubic-meter": "m3|cubic metres|cubic metre|cubic meter", "times": "times|fold", "decade": "decade|decades",
    },
}  # fmt: skip
# These are far more often a word, an initial or a page's abbreviation than a unit.
_NOT_UNITS: Final = frozenset({"in", "c", "ac", "w", "ж", "ғ", "с", "ап"})


def currencies() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the forms, lower case, of the currencies that papers name.

    They are Kazakh ones, and English ones, CLDR's first.

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
    """Return the names of currencies with their ISO 4217 codes; KZT/100 for the hundredth part.

    >>> from align.facts.tokens import tokenise
    >>> money_words("kk").find(tokenise("АҚШ долларына"), 0), money_words("en").find(tokenise("euros"), 0)
    (('USD', 2), ('EUR', 1))
    """
    names = cldr.currency_names(lang) | _spelled(_MONEY[lang]) | _spelled(_HUNDREDTHS[lang])
    plurals = {name + "s": code for name, code in names.items()} if lang == "en" else {}
    return Lexicon((names | plurals).items(), lang)


@lru_cache(maxsize=2)
def unit_words(lang: Lang) -> Lexicon[str]:
    """Return the names of units with CLDR's English keys.

    "times" and "decade" are this package's own.

    >>> from align.facts.tokens import tokenise
    >>> unit_words("kk").find(tokenise("шаршы километрге"), 0), unit_words("en").find(tokenise("sq km"), 0)
    (('square-kilometer', 2), ('square-kilometer', 2))
    """
    written = cldr.units(lang) | _spelled(_UNITS[lang])
    return Lexicon(((word, unit) for word, unit in written.items() if word not in _NOT_UNITS), lang)
