"""Names of months, days, countries, currencies and units out of Unicode's CLDR by Babel.

Babel is imported inside the functions, because most of the package has no use for it. Every answer is cached.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from align.types import Lang

__all__ = [
    "cities",
    "currency_names",
    "currency_symbols",
    "languages",
    "likely_territories",
    "magnitudes",
    "months",
    "territories",
    "units",
    "weekdays",
]

# The units that news counts with; CLDR knows how they are written in either language.
_UNITS: Final = """
    area-hectare area-square-kilometer area-square-meter area-square-mile area-square-foot area-acre digital-gigabyte
    digital-megabyte
    digital-terabyte duration-century duration-day duration-hour duration-minute duration-month duration-second
    duration-week duration-year energy-kilowatt-hour length-centimeter length-foot length-inch length-kilometer
    length-meter length-mile length-millimeter length-yard mass-gram mass-kilogram mass-milligram mass-ounce mass-pound
    mass-tonne
    power-gigawatt power-kilowatt power-megawatt power-watt speed-kilometer-per-hour speed-mile-per-hour
    temperature-celsius temperature-fahrenheit volume-barrel volume-cubic-kilometer volume-cubic-meter volume-gallon
    volume-liter volume-milliliter
""".split()
_GROUP_OF_COUNTRIES: Final = re.compile(r"[A-Z]{2}|\d{3}")


def _locale(lang: Lang) -> Any:  # noqa: ANN401 (Babel's own class, which must not be imported up here)
    from babel import Locale

    return Locale.parse(lang)


@lru_cache(maxsize=2)
def months(lang: Lang) -> dict[str, int]:
    """Return month names and English abbreviations, lower case, with their numbers 1-12.

    >>> months("kk")["сәуір"], months("en")["sep"]
    (4, 9)
    """
    names = _locale(lang).months["format"]
    found = {name.lower(): number for number, name in names["wide"].items()}
    if lang == "en":
        # The Kazakh abbreviations are left out: қар. and қаз. are words (snow, goose), and papers write none.
        found |= {name.lower().rstrip("."): number for number, name in names["abbreviated"].items()} | {"sept": 9}
    return found


@lru_cache(maxsize=2)
def weekdays(lang: Lang) -> dict[str, int]:
    """Return the names of the days of the week, lower case, with ISO numbers 1 (Monday) to 7.

    >>> weekdays("kk")["жексенбі"], weekdays("en")["sunday"]
    (7, 7)
    """
    return {name.lower(): number + 1 for number, name in _locale(lang).days["format"]["wide"].items()}


@lru_cache(maxsize=2)
def territories(lang: Lang) -> dict[str, str]:
    """Return the names of countries and regions with their codes (ISO 3166 or UN M.49).

    What a bracket adds is left out.

    >>> territories("kk")["Қытай"], territories("en")["China"]
    ('CN', 'CN')
    """
    names = _locale(lang).territories.items()
    known = ((code, name) for code, name in names if _GROUP_OF_COUNTRIES.fullmatch(code) and code not in {"ZZ", "001"})
    return {re.sub(r" \(.*?\)", "", name): code for code, name in known if code not in {"XA", "XB"}}


@lru_cache(maxsize=2)
def languages(lang: Lang) -> dict[str, str]:
    """Return the names of languages with their codes; the Kazakh ones without the word тілі.

    >>> languages("kk")["қазақ"], languages("en")["Kazakh"]
    ('kk', 'kk')
    """
    names = _locale(lang).languages.items()
    return {name.removesuffix(" тілі"): code for code, name in names if "_" not in code and "(" not in name}


@lru_cache(maxsize=1)
def likely_territories() -> dict[str, str]:
    """Return the country where a language is likeliest spoken, both by code.

    These are Unicode's likely subtags.

    >>> likely_territories()["kk"]
    'KZ'
    """
    from babel.core import get_global

    tags = get_global("likely_subtags")
    return {language: tag.rsplit("_", 1)[-1] for language, tag in tags.items() if "_" not in language}


@lru_cache(maxsize=1)
def cities() -> tuple[tuple[str, str], ...]:
    """Return the cities that time zones are named after, in Kazakh and in English.

    >>> dict(cities())["Мәскеу"]
    'Moscow'
    """
    english = {zone: names["city"] for zone, names in _locale("en").time_zones.items() if "city" in names}
    kazakh = ((zone, names["city"]) for zone, names in _locale("kk").time_zones.items() if "city" in names)
    # English names only the cities whose zone is spelled otherwise; the others are the end of the zone's own name.
    pairs = ((name, english.get(zone, zone.rsplit("/", 1)[-1].replace("_", " "))) for zone, name in kazakh)
    return tuple((name, city) for name, city in pairs if "/" not in name and "Etc" not in city)


@lru_cache(maxsize=2)
def currency_names(lang: Lang) -> dict[str, str]:
    """Return the names of currencies in use, lower case, with their ISO 4217 codes.

    >>> currency_names("kk")["ақш доллары"], currency_names("en")["us dollar"]
    ('USD', 'USD')
    """
    names = _locale(lang).currencies.items()
    found = {name.lower(): code for code, name in names if "(" not in name and len(code) == 3}
    return {name: code for name, code in found.items() if code not in {"CNH", "XXX"}}


@lru_cache(maxsize=1)
def currency_symbols() -> dict[str, str]:
    """Return the signs of currencies, each with its ISO code; $ is the US dollar.

    >>> currency_symbols()["₸"], currency_symbols()["$"], currency_symbols()["KZT"]
    ('KZT', 'USD', 'KZT')
    """
    found: dict[str, str] = {}
    for lang in ("en", "kk"):
        found |= {symbol: code for code, symbol in _locale(lang).currency_symbols.items()}
    return found | {code: code for code in currency_names("en").values()} | {"₸": "KZT", "¥": "JPY", "$": "USD"}


@lru_cache(maxsize=2)
def magnitudes(lang: Lang) -> dict[str, int]:
    """Return the words for powers of ten from a thousand to a trillion.

    They are long and short, lower case.

    >>> magnitudes("kk")["млрд"], magnitudes("en")["trillion"], magnitudes("en")["k"]
    (1000000000, 1000000000000, 1000)
    """
    formats = _locale(lang).compact_decimal_formats
    patterns = [item for width in ("short", "long") for item in formats[width]["other"].items()]
    words = ((re.sub(r"[0\s\u00a0.']", "", str(pattern.pattern)), int(power)) for power, pattern in patterns)
    # "00 мың" and "000 мың" repeat the thousand under the next two powers; the first power counts.
    return {word.lower(): power for word, power in reversed(list(words)) if len(word) > 1 or lang == "en"}


def _spellings(unit: str, lang: Lang) -> Iterator[str]:
    from babel.units import format_unit, get_unit_name

    for length in ("long", "short"):
        yield get_unit_name(unit, length, lang) or ""
        for count in (1, 2):
            written: Callable[..., str] = format_unit
            yield re.sub(r"^[\d\s\u00a0]+", "", written(count, unit, length, locale=lang))


@lru_cache(maxsize=2)
def units(lang: Lang) -> dict[str, str]:
    """Return how units are written, lower case, each with its English name.

    The name is spelled as in CLDR's key.

    >>> units("kk")["гектар"], units("en")["km"], units("en")["metric tons"]
    ('hectare', 'kilometer', 'tonne')
    """
    pairs = ((word, unit) for unit in _UNITS for word in _spellings(unit, lang))
    return {word.lower().rstrip("."): unit.split("-", 1)[1] for word, unit in pairs if word and "-" not in word[2:]}
