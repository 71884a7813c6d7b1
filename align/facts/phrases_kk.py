"""Set forms of Kazakh facts: 18.30-да, кешкі жетіде, 90-шы жылдары, екі еселенді."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from align.facts.dates import iso
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

__all__ = ["BEGINNINGS", "FORMS"]

_ONES: Final = "бір екі үш төрт бес алты жеті сегіз тоғыз".split()
_HOURS: Final = {
    **{word: n for n, word in enumerate(_ONES, start=1)},
    "он": 10,
    **{f"он {word}": n for n, word in enumerate(_ONES, start=11)},
    "жиырма": 20,
    **{f"жиырма {word}": n for n, word in enumerate(_ONES[:4], start=21)},
}
_TENS: Final = {
    word: n * 10
    for n, word in enumerate(
        "оныншы жиырмасыншы отызыншы қырқыншы елуінші алпысыншы жетпісінші сексенінші тоқсаныншы".split(), start=1
    )
}
_FIRST: Final = (
    {
        word: n
        for n, word in enumerate(
            "бірінші екінші үшінші төртінші бесінші алтыншы жетінші сегізінші тоғызыншы оныншы".split(), start=1
        )
    }
    | {
        f"он {word}": n
        for n, word in enumerate(
            "бірінші екінші үшінші төртінші бесінші алтыншы жетінші сегізінші тоғызыншы".split(), start=11
        )
    }
    | {"жиырмасыншы": 20, "жиырма бірінші": 21}
)
_MONTHS: Final = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split()
_HALVES: Final = {
    "таң": "morning",
    "түн": "night",
    "түс": "day",
    "күн": "day",
    "кеш": "evening",
}


def _any(words: object) -> str:
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


_HOUR: Final = rf"(?P<hour>\d{{1,2}}(?!\d)|{_any(_HOURS)})"
_MINUTE: Final = r"(?:\s?[.:\-–]\s?(?P<minute>[0-5]\d)(?!\d))?"
_CASE: Final = r"(?P<case>\s?-?\s?(?:де|да|те|та|ден|дан|тен|тан|нен|нан|ге|ға|ке|қа|не|на|дегі|дағы|тегі|тағы)(?!\w))?"
_NTH: Final = r"(?:\s?[-–]?\s?(?:шы|ші|ыншы|інші|ншы|нші))"
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
        START + r"(?P<day>\d{1,2})(?P<sign>[./-])(?P<month>\d{1,2}|[ivxіхү]{1,4})(?P=sign)"
        r"(?P<year>[12]\d{3}|\d\d)(?!\d)(?P<told>\s?ж(?:\.|ыл[а-яәіңғүұқөһ]*))?",
    ),
    "day_month": (
        "",
        START + r"(?P<day>\d{1,2})\s(?P<month>қаң|ақп|нау|сәу|мам|мау|шіл|там|қыр|қаз|қар|жел)\."
        r"(?:\s(?P<year>[12]\d{3})(?:\s?ж(?:\.|ыл[а-яәіңғүұқөһ]*))?)?",
    ),
    "month_day": (
        "айының",
        rf"(?<!\w)(?P<month>{_any(_MONTHS)})\s+айының\s+(?P<day>\d{{1,2}})"
        r"(?:\s?[-–]\s?[а-яәіңғүұқөһ]+)?(?:\s+күн[іи]\w*)?",
    ),
    "century_decade": (
        "жылдар",
        rf"(?<!\w)(?P<century>[ivxіхүу]+|\d{{1,2}}{_NTH}?|{_any(_FIRST)})\s+ғ(?:асырдың|\.)\s+"
        rf"(?P<decade>[1-9]0|{_any(_TENS)}){_NTH}?\s?[-–]?\s?жылдар[а-яәіңғүұқөһ]*",
    ),
    "decade": (
        "",
        START + rf"(?P<decade>[1-9]0(?=\s?[-–])|[12]\d\d0){_NTH}?\s?[-–]?\s?жылдар[а-яәіңғүұқөһ]*",
    ),
    "decade_words": (
        "жылдар",
        rf"(?<!\w)(?P<decade>{_any(_TENS)}|екі\s+мыңыншы)\s+жылдар[а-яәіңғүұқөһ]*",
    ),
    "times": (
        "",
        TIMES,
    ),
    "score": (
        "",
        SCORE,
    ),
    "time_of_half": (
        "таңғы|таңертең|түнгі|түскі|күндізгі|кеш|түстен",
        r"(?<!\w)(?P<half>таңғы|таңертең|таңертеңгі|түнгі|түскі|күндізгі|кешкі|кеш|кештегі|кешкісін|"
        rf"түстен\s+кейінгі)(?P<clock>\s+сағат)?\s+{_HOUR}{_MINUTE}(?P<past>\s+жарым)?{_CASE}"
        r"(?P<end>\s*(?:$|[.,;)]|шамасы|болғанда|кезі))?",
    ),
    "time": (
        "сағат",
        rf"(?<!\w)сағат\s+{_HOUR}{_MINUTE}(?P<past>\s+жарым)?{_CASE}",
    ),
    "time_case": (
        "",
        START + r"(?P<hour>[0-2]?\d)(?P<sign>[.:])(?P<minute>[0-5]\d)\s?[-–]\s?"
        r"(?P<case>де|да|те|та|дегі|дағы|ден|дан|тен|тан|нен|нан|ге|ға|ке|қа)(?!\w)",
    ),
    "noon": (
        "тал түс",
        r"(?<!\w)тал\s+түс[а-яәіңғүұқөһ]*",
    ),
    "midnight": (
        "түн орт",
        r"(?<!\w)түн\s+ортасы[а-яәіңғүұқөһ]*",
    ),
    "multiple": (
        "есел",
        rf"(?<!\w)(?P<number>\d+(?:[.,]\d+)?|{_any(_HOURS)})\s+есел[а-яәіңғүұқөһ]+",
    ),
    "quarter": (
        "тоқсан|жартыжыл",
        rf"(?<![\w.,])(?P<number>[1-4]{_NTH}?|[ivіү]{{1,3}}|{_any(list(_FIRST)[:4])})[\s-]+"
        r"(?P<what>тоқсан|жартыжылдық)(?!ыншы)[а-яәіңғүұқөһ]*",
    ),
    "every": (
        "әр",
        rf"(?<!\w)әр(?:бір)?\s+(?P<number>{_any(list(_FIRST)[2:])})(?!\w)",
    ),
    "tiyn": (
        "тиын",
        r"(?<![\w.,])(?P<whole>\d+)\s+теңге\s+(?P<part>\d{1,2})\s+тиын[а-яәіңғүұқөһ]*",
    ),
    "year_and_a_half": (
        "жарым",
        r"(?<!\w)(?P<unit>жыл|ай|күн|сағат|ғасыр|апта)\s+жарым(?!\w)",
    ),
}
_UNITS: Final = {"жыл": "year", "ай": "month", "күн": "day", "сағат": "hour", "ғасыр": "century", "апта": "week"}


def _date(found: re.Match[str]) -> Iterator[Fact]:
    # 1.2.24 may be a section's number, 05.03.24 hardly.
    short = len(found["year"]) == 2 and not found["told"] and len(found["month"]) + len(found["day"]) < 4
    value = digit_date(found["day"], found["month"], found["year"])
    if value is None and found["sign"] == "/":
        value = digit_date(found["month"], found["day"], found["year"])
    if value and not (short and found["month"].isdecimal()):
        yield Fact("date", value, *found.span())


def _day_month(found: re.Match[str]) -> Iterator[Fact]:
    month = next(n for n, name in enumerate(_MONTHS, start=1) if name.startswith(found["month"]))
    year = int(found["year"]) if found["year"] else None
    if value := iso(year, month, int(found["day"])) if 1 <= int(found["day"]) <= 31 else None:
        yield Fact("date", value, *found.span())


def _month_day(found: re.Match[str]) -> Iterator[Fact]:
    day = int(found["day"])
    if 1 <= day <= 31 and (value := iso(None, _MONTHS.index(found["month"]) + 1, day)):
        yield Fact("date", value, *found.span())


def _tens(text: str) -> int:
    return int(text) if text.isdecimal() else _TENS.get(text, 2000)


def _century_decade(found: re.Match[str]) -> Iterator[Fact]:
    written = found["century"]
    digits = re.match(r"\d+", written)
    century = int(digits[0]) if digits else _FIRST.get(written) or roman_low(written)
    if century and century <= 21:
        yield Fact("date", f"{(century - 1) * 10 + _tens(found['decade']) // 10}X", *found.span())


def _decade(found: re.Match[str]) -> Iterator[Fact]:
    year = _tens(found["decade"])
    yield Fact("date", f"{(year if year > 99 else 1900 + year) // 10}X", *found.span())


def _hour(found: re.Match[str]) -> int:
    written = found["hour"]
    return int(written) if written.isdecimal() else _HOURS[written]


def _minutes(found: re.Match[str]) -> int:
    return 30 if found["past"] else int(found["minute"] or 0)


def _time_of_half(found: re.Match[str]) -> Iterator[Fact]:
    # "кешкі 5 адам" counts people: an hour has an ending, minutes, the word сағат, or nothing behind it.
    told = found["clock"] or found["minute"] or found["past"] or found["case"] or found["end"] is not None
    half = _HALVES[found["half"][:3]]
    if told and (value := clock(_hour(found), _minutes(found), half)):
        yield Fact("time", value, found.start(), found.end("end") - len(found["end"]) if found["end"] else found.end())


def _time(found: re.Match[str]) -> Iterator[Fact]:
    # екі сағат он минут counts hours.
    before = found.string[: found.start()].split()[-1:]
    counts = bool(before) and (before[0][-1:].isdecimal() or before[0] in _HOURS)
    told = found["hour"].isdecimal() or found["case"] or found["past"]
    if told and not counts and (value := clock(_hour(found), _minutes(found))):
        yield Fact("time", value, *found.span())


def _time_case(found: re.Match[str]) -> Iterator[Fact]:
    place = found["case"] in {"де", "да", "те", "та", "дегі", "дағы"}
    likely = place or found["sign"] == ":" or (int(found["minute"]) % 15 == 0 and len(found["hour"]) == 2)
    if likely and (value := clock(int(found["hour"]), int(found["minute"]))):
        yield Fact("time", value, *found.span())


def _noon(found: re.Match[str]) -> Iterator[Fact]:
    yield Fact("time", "12:00" if found[0].startswith("тал") else "00:00", *found.span())


def _multiple(found: re.Match[str]) -> Iterator[Fact]:
    number = found["number"].replace(",", ".")
    yield Fact("quantity", str(_HOURS.get(number, number)), *found.span(), "times")


def _quarter(found: re.Match[str]) -> Iterator[Fact]:
    written = found["number"]
    number = int(written[0]) if written[0].isdecimal() else _FIRST.get(written) or roman_low(written)
    if number and number <= (4 if found["what"] == "тоқсан" else 2):
        yield Fact("ordinal", str(number), *found.span())


def _every(found: re.Match[str]) -> Iterator[Fact]:
    yield Fact("number", f"{1 / _FIRST[found['number']]:.4f}".rstrip("0"), *found.span())


def _tiyn(found: re.Match[str]) -> Iterator[Fact]:
    value = f"{found['whole']}.{int(found['part']):02d}".rstrip("0").rstrip(".")
    yield Fact("money", value, *found.span(), "KZT")


def _half_more(found: re.Match[str]) -> Iterator[Fact]:
    before = found.string[: found.start()].split()[-1:]
    # "екі жыл жарым" is read with its number; the "one" of бір жыл жарым is none.
    if not before or before[0] == "бір" or not (before[0][-1:].isdecimal() or before[0] in _HOURS):
        yield Fact("quantity", "1.5", *found.span(), _UNITS[found["unit"]])


_MADE: Final[dict[str, Form]] = {
    "telephone": telephone,
    "date_year_first": date_year_first,
    "date": _date,
    "day_month": _day_month,
    "month_day": _month_day,
    "century_decade": _century_decade,
    "decade": _decade,
    "decade_words": _decade,
    "times": times,
    "score": score,
    "time_of_half": _time_of_half,
    "time": _time,
    "time_case": _time_case,
    "noon": _noon,
    "midnight": _noon,
    "multiple": _multiple,
    "quarter": _quarter,
    "every": _every,
    "tiyn": _tiyn,
    "year_and_a_half": _half_more,
}
_GATE: Final = (
    r"(?<!\w)(?:айының|жылдар|таңғы|таңертең|түнгі|түскі|күндізгі|кеш(?:кі|тегі|кісін)?(?!\w)|түстен|сағат|тал(?!\w)|"
    r"түн(?!\w)|есел|тоқсан|жартыжыл|әр(?:бір)?(?!\w)|тиын|жарым(?!\w))"
)
BEGINNINGS: Final = frozenset("айы жыл таң түн түс күн кеш сағ тал есе тоқ жар әр тиы".split())
"""What the words of the gate begin with."""
FORMS: Final = Forms(_FORMS, _MADE, _GATE)
"""The set forms of Kazakh facts."""
