"""What a number counts: percent, money, an age, a unit; and how exactly it is meant."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from align.facts import cldr
from align.facts.exactness import precision_of
from align.facts.number_words import magnitude
from align.facts.number_words_en import and_a_half
from align.facts.number_words_kk import begins
from align.facts.numbers import DASHES, Number, linked_en, plain, read_number
from align.facts.signs import has_minus, is_freezing_point, points_end, tells_frost
from align.facts.stems import Stems
from align.facts.tokens import Tokens, glued
from align.facts.units import money_words, unit_words
from align.facts.word_number import HALF
from align.types import Fact, Lang

__all__ = ["Measure", "is_article", "read_measure"]

_LETTERS: Final = {"m": 10**6, "b": 10**9, "t": 10**12}
_COUNTED_IN_MILLIONS: Final = frozenset(
    "people men women children voters workers jobs homes houses users viewers visitors tourists passengers tonnes tons "
    "barrels tenge dollars euros rubles roubles pounds yuan hectares acres".split()
)
_PERCENT_KK: Final = Stems({"пайыз", "процент"})
_PERCENT_EN: Final = frozenset({"percent", "pct", "percentage"})
_CENTURY_KK: Final = Stems({"ғасыр"})
_AGE_KK: Final = Stems({"жас", "жасар"})
_PER: Final = {"сағатына": "hour", "секундына": "second"}
_ABLATIVES: Final = ("дан", "ден", "тан", "тен", "нан", "нен")
_AGED_EN: Final = frozenset({"aged", "age", "ages"})


class Measure(NamedTuple):
    """A fact read from token `start` to before token `end`."""

    fact: Fact
    start: int
    end: int


class _What(NamedTuple):
    kind: str
    unit: str | None
    end: int


def read_measure(tokens: Tokens, i: int, lang: Lang) -> Measure | None:
    """Return the number, amount, percentage, age or quantity that starts at token `i`, or None.

    >>> from align.facts.tokens import tokenise
    >>> read_measure(tokenise("$1.5bn"), 0, "en").fact
    Fact(kind='money', value='1500000000', start=0, end=6, unit='USD', precision='exact', role=None)
    >>> read_measure(tokenise("20 пайызға жуық"), 0, "kk").fact.precision
    'approximate'
    """
    minus = has_minus(tokens, i)
    sign, first = _sign(tokens, i + minus)
    number = read_number(tokens, first, lang) if first < len(tokens) else None
    if number is None or is_freezing_point(tokens, number):
        return _twice(tokens, i)
    if not sign and _is_million(tokens, number, lang):
        number = _scaled(number, Decimal(_LETTERS["m"]))._replace(end=number.end + 1)
    what = _signed(tokens, number, sign) if sign else _counted(tokens, number, lang)
    if sign and what.end > number.end:
        number = _scaled(number, Decimal(_LETTERS[tokens[number.end].low]))
    if lang == "kk" and number.words and what.end < len(tokens) and _sided(tokens[what.end].low):
        return None
    if number.words and number.value == 1 and what.kind not in {"percent", "money", "ordinal"}:
        # бір and one are articles more often than counts, and English says "a week" for бір апта.
        return None
    if minus and tokens[i].text in {"-", "–"} and what.unit not in {"percent", "celsius", "fahrenheit"}:
        # A hyphen before another number is as often a dash or a list's mark.
        return None
    number, what = _finished(tokens, number, what, lang)
    # The lower end of a range has its unit, and what stands behind that, at the upper one.
    reach = what.end + (3 if what.end == number.end else 0)
    if minus or (what.unit in {"celsius", "fahrenheit"} and tells_frost(tokens, number.start, reach)):
        number = _scaled(number, -1)
    precision = precision_of(tokens, i, max(what.end, number.end), lang)
    return Measure(_fact(tokens, number._replace(start=i), what, precision), i, max(what.end, number.end))


def is_article(tokens: Tokens, i: int) -> bool:
    """Say whether бір is an article: alone before a word that is no number, percentage or money.

    >>> from align.facts.tokens import tokenise
    >>> [is_article(tokenise(text), 0) for text in ("бір адам", "бір миллион", "бір пайыз")]
    [True, False, False]
    """
    if tokens[i].low != "бір" or i + 1 >= len(tokens):
        return False
    after = tokens[i + 1]
    if after.kind != "word" or after.text in cldr.currency_symbols() or after.low == "жарым" or begins(after.low):
        return False
    if magnitude(after, "kk") or _PERCENT_KK.of(after.low):
        return False
    return money_words("kk").find(tokens, i + 1) is None


def _finished(tokens: Tokens, number: Number, what: _What, lang: Lang) -> tuple[Number, _What]:
    """Add the half behind a unit, and turn decades into years and tiyns into tenge."""
    if what.kind == "quantity":
        if lang == "en" and and_a_half(tokens, what.end):
            number, what = number._replace(value=number.value + HALF), what._replace(end=what.end + 3)
        elif lang == "kk" and what.end < len(tokens) and tokens[what.end].low == "жарым":
            number, what = number._replace(value=number.value + HALF), what._replace(end=what.end + 1)
    if what.unit == "decade":
        number, what = _scaled(number, Decimal(10)), what._replace(unit="year")
    if what.unit and what.unit.endswith("/100"):
        number, what = _scaled(number, Decimal("0.01")), what._replace(unit=what.unit[:3])
    return number, what


def _twice(tokens: Tokens, i: int) -> Measure | None:
    """Read the "twice" that Kazakh writes as екі рет."""
    if tokens[i].low != "twice":
        return None
    return Measure(Fact("quantity", "2", tokens.starts[i], tokens.end(i), "times"), i, i + 1)


def _sided(word: str) -> bool:
    """Say whether a number word before this one only tells a side.

    Examples: екі жақты (bilateral), екінші жағынан.
    """
    return word.startswith(("жақты", "жағы"))


def _fact(tokens: Tokens, number: Number, what: _What, precision: str) -> Fact:
    last = max(what.end, number.end) - 1
    value = plain(number.value) if number.high is None else f"{plain(number.value)}/{plain(number.high)}"
    exactness = "range" if number.high is not None else "approximate" if number.form == "nearly" else precision
    return Fact(what.kind, value, tokens.starts[number.start], tokens.end(last), what.unit, exactness)  # type: ignore[arg-type]


def _sign(tokens: Tokens, i: int) -> tuple[str | None, int]:
    """Return the currency written before a number and the number's token: $, US$, KZT."""
    symbols = cldr.currency_symbols()
    if i >= len(tokens):
        return None, i
    if i + 1 < len(tokens) and tokens[i + 1].kind == "sign" and glued(tokens, i + 1):
        # US$, AUD$: the letters tell whose dollar it is.
        long = "USD" if tokens[i].text == "US" else symbols.get(tokens[i].text) if len(tokens[i].text) == 3 else None
        dollar = long if tokens[i + 1].text == "$" else None
        if code := dollar or symbols.get(tokens[i].text + tokens[i + 1].text):
            return code, i + 2
    code = symbols.get(tokens[i].text) if tokens[i].kind != "number" else None
    return code, i + 1 if code else i


def _signed(tokens: Tokens, number: Number, code: str) -> _What:
    # $5m: only after a currency sign a letter is a million or a billion.
    letter = number.end < len(tokens) and tokens[number.end].low in _LETTERS and not number.power
    return _What("money", code, number.end + letter)


def _scaled(number: Number, scale: Decimal | int) -> Number:
    if number.high is None:
        return number._replace(value=number.value * scale)
    low, high = sorted((number.value * scale, number.high * scale))
    return number._replace(value=low, high=high)


def _counted(tokens: Tokens, number: Number, lang: Lang) -> _What:
    if lang == "en" and (age := _aged_en(tokens, number)):
        return age
    i = number.end
    hyphen = i + 1 < len(tokens) and tokens[i].text in DASHES and glued(tokens, i) and glued(tokens, i + 1)
    if found := _unit_at(tokens, i + hyphen, number, lang):
        return found
    if number.form in {"ordinal", "noun"}:
        return _What("ordinal", None, i)
    if shared := _shared_unit(tokens, number, lang):
        return shared
    return _What("number", None, i)


def _shared_unit(tokens: Tokens, number: Number, lang: Lang) -> _What | None:
    """Return the unit that a range tells once, behind its upper end.

    Examples: 5-тен 7 пайызға дейін, from 5 to 7 percent.
    """
    at = number.end + (lang == "en")
    if at >= len(tokens) or tokens[at].kind != "number" or number.high is not None:
        return None
    last = tokens[number.end - 1].low
    linked = last.endswith(_ABLATIVES) if lang == "kk" else linked_en(tokens, number.end)
    upper = read_number(tokens, at, lang) if linked else None
    if upper is None or upper.form or number.value >= upper.value:
        return None
    what = _unit_at(tokens, upper.end, upper, lang)
    # Other units may be left out on one side, percent and degrees may not.
    return what._replace(end=number.end) if what and what.unit in {"percent", "celsius"} else None


def _unit_at(tokens: Tokens, i: int, number: Number, lang: Lang) -> _What | None:
    if i >= len(tokens):
        return None
    if (end := _percent(tokens, i, lang)) and number.form != "ordinal":
        points = points_end(tokens, end, lang)
        return _What("percent", "percentage-point" if points else "percent", points or end)
    if lang == "en" and tokens[i].low == "pp" and number.form != "ordinal":
        return _What("percent", "percentage-point", i + 1)
    if lang == "kk" and _AGE_KK.of(tokens[i].low):
        return _What("age", "year", i + 1)
    if number.form == "ordinal":
        century = tokens[i].low in {"century", "centuries"} or _CENTURY_KK.of(tokens[i].low) is not None
        return _What("ordinal", "century", i + 1) if century else None
    if code := cldr.currency_symbols().get(tokens[i].text):
        return _What("money", code, i + 1)
    if money := money_words(lang).find(tokens, i):
        return _What("money", money[0], money[1])
    return _quantity(tokens, i, number, lang)


def _is_million(tokens: Tokens, number: Number, lang: Lang) -> bool:
    """Say whether the m of 1.2m people stands for a million.

    That of 100m hurdles or 8m high is a metre.
    """
    i = number.end
    if lang == "kk" or i + 1 >= len(tokens) or tokens[i].text != "m" or not glued(tokens, i) or number.words:
        return False
    return tokens[i + 1].low in _COUNTED_IN_MILLIONS


def _quantity(tokens: Tokens, i: int, number: Number, lang: Lang) -> _What | None:
    found = unit_words(lang).find(tokens, i)
    if found is None or (len(tokens[i].text) == 1 and (number.words or (lang == "en" and not _glued_unit(tokens, i)))):
        return None
    if found[0] == "century" and number.form == "noun":
        return _What("ordinal", "century", found[1])
    per = _PER.get(tokens[number.start - 1].low) if lang == "kk" and number.start else None
    speed = per and found[0] in {"kilometer", "meter", "mile"}
    return _What("quantity", f"{found[0]}-per-{per}" if speed else found[0], found[1])


def _glued_unit(tokens: Tokens, i: int) -> bool:
    """Say whether one letter is a unit: 8m, 5g, 3L, but not 4G.

    The degree of 25 °C is one wherever it stands.
    """
    return tokens[i].text == "°" or (glued(tokens, i) and (tokens[i].text.islower() or tokens[i].text in {"L", "W"}))


def _percent(tokens: Tokens, i: int, lang: Lang) -> int | None:
    """Return the number of the token after %, пайыз, percent or per cent, or None."""
    if tokens[i].text in {"%", "٪"}:
        return i + 1
    if lang == "kk":
        return i + 1 if _PERCENT_KK.of(tokens[i].low) else None
    if tokens[i].low == "per" and i + 1 < len(tokens) and tokens[i + 1].low == "cent":
        return i + 2
    return i + 1 if tokens[i].low in _PERCENT_EN else None


def _aged_en(tokens: Tokens, number: Number) -> _What | None:
    """Read an age: 19-year-old, 66 years old, aged 66, age of 66.

    So is the 66 between commas after a name.
    """
    after = [token.low for token in tokens[number.end : number.end + 4] if token.text not in DASHES]
    if after[:1] in (["year"], ["years"]) and after[1:2] in (["old"], ["olds"]):
        place = next(n for n in range(number.end, number.end + 4) if tokens[n].low in {"old", "olds"})
        return _What("age", "year", place + 1)
    before = [token.low for token in tokens[max(0, number.start - 2) : number.start]]
    if before[-1:] and (before[-1] in _AGED_EN or before[-2:] == ["age", "of"]):
        return _What("age", "year", number.end)
    if before[-1:] == [","] and number.start > 1 and not number.words and tokens[number.start - 2].text.istitle():
        closed = after[:1] in ([","], ["."]) and 1 < number.value < 110
        return _What("age", "year", number.end) if closed else None
    return None
