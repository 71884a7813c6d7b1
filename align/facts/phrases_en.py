"""Set forms of English facts: half past seven, the '90s, doubled, an hour and a half."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from align.facts.phrases import (
    DATE_YEAR_FIRST,
    START,
    TELEPHONE,
    TIMES,
    Form,
    Forms,
    clock,
    date_year_first,
    digit_date,
    roman_low,
    telephone,
    times,
)
from align.facts.scores import SCORE, score
from align.types import Fact

__all__ = ["FORMS"]

_NUMBERS: Final = {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
}
_TENS: Final = {
    word: n * 10
    for n, word in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), start=2)
}
_FIRST: Final = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first".split(),
        start=1,
    )
}
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MULTIPLES: Final = {
    "doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5, "halv": 2, "thrice": 3,
}  # fmt: skip
_HALVES: Final = {"morning": "morning", "afternoon": "day", "evening": "evening", "night": "night"}


def _any(words: object) -> str:
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


_HOUR: Final = rf"(?P<hour>\d{{1,2}}|{_any(_NUMBERS)})"
_OF_DAY: Final = r"(?:\s+(?:in\s+the|at)\s+(?P<half>morning|afternoon|evening|night))"
_FORMS: Final = {
    "telephone": (
        "",
        TELEPHONE,
    ),
    "date_year_first": (
        "",
        DATE_YEAR_FIRST,
    ),
    "date": (
        "",
        START + r"(?P<day>\d{1,2})(?P<sign>[./-])(?P<month>\d{1,2}|[ivx]{1,4})(?P=sign)"
        r"(?P<year>[12]\d{3}|\d\d)(?!\d)",
    ),
    "day_month": (
        "",
        START + rf"(?P<day>\d{{1,2}})-(?P<month>{_any(_MONTHS)})[a-z]*-(?P<year>[12]\d{{3}}|\d\d)(?!\w)",
    ),
    "century_decade": (
        "century",
        rf"(?<!\w)(?P<decade>[1-9]0['’]?s|{_any(_TENS)})\s+of\s+the\s+"
        rf"(?P<century>\d{{1,2}}(?:st|nd|rd|th)|{_any(_FIRST)})\s+century(?!\w)",
    ),
    "decade": (
        "'s|’s|s",
        r"(?<![\w.,])['’]?(?P<decade>[12]\d\d0|[2-9]0)['’]s(?!\w)|(?<![\w.,])['’](?P<short>[1-9]0)s(?!\w)",
    ),
    "decade_words": (
        "ties",
        rf"(?<!his )(?<!her )(?<!\w)(?P<decade>{_any(_TENS)})(?!\w)",
    ),
    "times": (
        "",
        TIMES,
    ),
    "score": (
        "",
        SCORE,
    ),
    "past": (
        "past|quarter to",
        rf"(?<!\w)(?P<part>half\s+past|(?:a\s+)?quarter\s+past|(?:a\s+)?quarter\s+to)\s+{_HOUR}(?!\w){_OF_DAY}?",
    ),
    "hour": (
        "o'clock|o’clock|in the |at night",
        rf"(?<![\w.,:])(?P<at>at\s+)?{_HOUR}(?:[:.](?P<minute>[0-5]\d))?(?P<told>\s+o['’]clock)?{_OF_DAY}?(?!\w)",
    ),
    "half_of_day": (
        " am| a.m| pm| p.m|am|pm",
        rf"(?<!\w)(?P<hour>{_any(_NUMBERS)})\s?(?P<half>[ap])\.?\s?m(?:\.|(?!\w))",
    ),
    "noon": (
        "noon|midday|midnight",
        r"(?<!\w)(?:(?:at|until|by|before|from)\s+)(?P<what>noon|midday|midnight)(?!\w)",
    ),
    "multiple": (
        "doubl|tripl|trebl|quadrupl|quintupl|halv|thrice",
        r"(?<!\w)(?P<what>doubl|tripl|trebl|quadrupl|quintupl|halv)(?:ed|es|ing)(?!\w)"
        r"|(?<!\w)(?P<whole>double|triple|thrice)(?=\s+(?:the|its|their|his|her|that|what|as)\b)",
    ),
    "fold": (
        "fold",
        rf"(?<!\w)(?P<number>\d+|{_any(_NUMBERS)})[\s-]?fold(?!\w)",
    ),
    "quarter": (
        "quarter|half|q1|q2|q3|q4|h1|h2",
        r"(?<!\w)(?:(?P<number>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+"
        r"(?P<what>quarter(?!-?final)|half[\s-]year|half(?=\s+of\s+(?:the\s+year|this\s+year|last\s+year|[12]\d{3})))"
        r"|(?P<letter>[qh])(?P<short>[1-4]))(?!\w)",
    ),
    "share": (
        "a quarter",
        r"(?<!\w)a\s+quarter(?!\s+(?:past|to|century|of\s+(?:a|the)\s+(?:century|year)|hour|mile|final|later)"
        r"|\w|-)(?:\s+of)?",
    ),
    "every": (
        "every|one in|one out",
        rf"(?<!\w)(?:every\s+(?P<nth>{_any(list(_FIRST)[2:10])})|one\s+(?:in|out\s+of)(?:\s+every)?\s+"
        rf"(?P<number>{_any(list(_NUMBERS)[2:10])}|\d{{1,2}}))(?!\w)",
    ),
    "unit_and_a_half": (
        "and a half",
        r"(?<!\w)an?\s+(?P<unit>year|month|week|day|hour|century|decade|kilomet(?:er|re)|mile)"
        r"\s+and\s+a\s+half(?!\w)",
    ),
    "world_war": (
        "world war|ww",
        r"(?<!\w)(?:world\s+war\s+(?P<number>i{1,3}|one|two|three|[123])|ww\s?(?P<short>i{1,3}|[123]))(?!\w)",
    ),
    "both": (
        "both",
        r"(?<!\w)both(?!\s+[\w'’-]+\s+and\s|\s+[\w'’-]+\s+[\w'’-]+\s+and\s)(?!\w)",
    ),
}


def _date(found: re.Match[str]) -> Iterator[Fact]:
    day, month, year = found["day"], found["month"], found["year"]
    short = len(year) == 2 and len(month) + len(day) < 4 and month.isdecimal()
    if found["sign"] == "/" and month.isdecimal():
        value = digit_date(month, day, year) or digit_date(day, month, year)
    else:
        value = digit_date(day, month, year)
    if value and not short:
        yield Fact("date", value, *found.span())


def _day_month(found: re.Match[str]) -> Iterator[Fact]:
    if value := digit_date(found["day"], str(_MONTHS.index(found["month"]) + 1), found["year"]):
        yield Fact("date", value, *found.span())


def _century_decade(found: re.Match[str]) -> Iterator[Fact]:
    digits = re.match(r"\d+", found["century"])
    century = int(digits[0]) if digits else _FIRST[found["century"]]
    tens = _TENS.get(found["decade"]) or int(found["decade"][:2])
    yield Fact("date", f"{(century - 1) * 10 + tens // 10}X", *found.span())


def _decade(found: re.Match[str]) -> Iterator[Fact]:
    written = found["decade"] or found["short"]
    year = int(written) if written.isdecimal() else _TENS[written]
    yield Fact("date", f"{(year if year > 99 else 1900 + year) // 10}X", *found.span())


def _decade_words(found: re.Match[str]) -> Iterator[Fact]:
    # in his thirties, temperatures in the eighties of nothing: only "the", "early", "late" and "mid" tell a decade.
    before = found.string[: found.start()].replace("-", " ").split()[-1:]
    if before and before[0] in {"the", "early", "late", "mid", "nineteen"}:
        yield Fact("date", f"19{_TENS[found['decade']] // 10}X", *found.span())


def _hour(found: re.Match[str]) -> int:
    return int(found["hour"]) if found["hour"].isdecimal() else _NUMBERS[found["hour"]]


def _past(found: re.Match[str]) -> Iterator[Fact]:
    hour, part = _hour(found), found["part"]
    minute = 30 if part.startswith("half") else 15 if part.endswith("past") else 45
    if value := clock(hour - (minute == 45), minute, _HALVES.get(found["half"] or "", "")):
        yield Fact("time", value, *found.span())


def _full_hour(found: re.Match[str]) -> Iterator[Fact]:
    # "5 in the morning" may go on with "and 6 at night": only "at five in the evening" is an hour.
    told = found["told"] or (found["at"] and found["half"])
    if told and (value := clock(_hour(found), int(found["minute"] or 0), _HALVES.get(found["half"] or "", ""))):
        yield Fact("time", value, found.start("hour"), found.end())


def _half_of_day(found: re.Match[str]) -> Iterator[Fact]:
    if value := clock(_hour(found), 0, "evening" if found["half"] == "p" else "morning"):
        yield Fact("time", value, *found.span())


def _noon(found: re.Match[str]) -> Iterator[Fact]:
    yield Fact("time", "00:00" if found["what"] == "midnight" else "12:00", *found.span("what"))


def _multiple(found: re.Match[str]) -> Iterator[Fact]:
    stem = found["what"] or found["whole"].removesuffix("e")
    yield Fact("quantity", str(_MULTIPLES.get(stem, 3)), *found.span(), "times")


def _fold(found: re.Match[str]) -> Iterator[Fact]:
    yield Fact("quantity", str(_NUMBERS.get(found["number"], found["number"])), *found.span(), "times")


def _quarter(found: re.Match[str]) -> Iterator[Fact]:
    if found["letter"]:
        number, unit = int(found["short"]), "quarter" if found["letter"] == "q" else "half-year"
    else:
        number = int(found["number"][0]) if found["number"][0].isdecimal() else _FIRST[found["number"]]
        unit = "quarter" if found["what"].startswith("quarter") else "half-year"
    if number <= (4 if unit == "quarter" else 2):
        yield Fact("ordinal", str(number), *found.span())


def _share(found: re.Match[str]) -> Iterator[Fact]:
    yield Fact("number", "0.25", *found.span())


def _every(found: re.Match[str]) -> Iterator[Fact]:
    written = found["nth"] or found["number"]
    whole = int(written) if written.isdecimal() else _FIRST.get(written) or _NUMBERS[written]
    yield Fact("number", f"{1 / whole:.4f}".rstrip("0"), *found.span())


def _unit_and_a_half(found: re.Match[str]) -> Iterator[Fact]:
    decade = found["unit"] == "decade"
    unit = "year" if decade else found["unit"].replace("kilometre", "kilometer")
    yield Fact("quantity", "15" if decade else "1.5", *found.span(), unit)


def _world_war(found: re.Match[str]) -> Iterator[Fact]:
    written = found["number"] or found["short"]
    number = int(written) if written.isdecimal() else _NUMBERS.get(written) or roman_low(written)
    yield Fact("ordinal", str(number), *found.span())


def _both(found: re.Match[str]) -> Iterator[Fact]:
    yield Fact("number", "2", *found.span())


_MADE: Final[dict[str, Form]] = {
    "telephone": telephone,
    "date_year_first": date_year_first,
    "date": _date,
    "day_month": _day_month,
    "century_decade": _century_decade,
    "decade": _decade,
    "decade_words": _decade_words,
    "times": times,
    "score": score,
    "past": _past,
    "hour": _full_hour,
    "half_of_day": _half_of_day,
    "noon": _noon,
    "multiple": _multiple,
    "fold": _fold,
    "quarter": _quarter,
    "share": _share,
    "every": _every,
    "unit_and_a_half": _unit_and_a_half,
    "world_war": _world_war,
    "both": _both,
}
_GATE: Final = (
    r"century|ties(?!\w)|past|quarter|clock|morning|afternoon|evening|night|(?<!\w)m(?!\w)|[ap]m(?!\w)|noon|midday|doubl|"
    r"tripl|trebl|quadrupl|quintupl|halv|thrice|fold|half|every|(?<!\w)(?:one|both|war|ww)"
)
FORMS: Final = Forms(_FORMS, _MADE, _GATE)
"""The set forms of English facts."""
