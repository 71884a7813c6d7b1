"""The facts of a text: dates before numbers, numbers before names, and no two facts that share a character."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from align.facts import cldr, dates_en, dates_kk, phrases_en, phrases_kk
from align.facts.directions import read_directions
from align.facts.gazetteer import Gazetteer, default_gazetteer
from align.facts.measures import read_measure
from align.facts.names import read_name
from align.facts.numbers import DASHES
from align.facts.polarity import read_polarity
from align.facts.roles import with_roles
from align.facts.romans import read_roman
from align.facts.starts import Starts, starts_of
from align.facts.times import read_time
from align.facts.tokens import Token, glued, tokenise
from align.facts.vague import read_vague
from align.types import Fact, Lang

__all__ = ["extract"]

_LONGEST_SIGN: Final = 8
_FORMS: Final = {"kk": phrases_kk.FORMS, "en": phrases_en.FORMS}
_DATES: Final = {"kk": dates_kk.read_date, "en": dates_en.read_date}


def extract(
    text: str, lang: Lang, *, reference_date: datetime.date | None = None, gazetteer: Gazetteer | None = None
) -> tuple[Fact, ...]:
    """Return the numbers, amounts, percentages, dates and names of a text, in order, with their spans.

    `reference_date` is the day the text was written: what it tells as last year becomes that year. `gazetteer` takes
    the place of the names that ship with the package. Total, deterministic, and linear in the length of the text.

    >>> for fact in extract("Қыркүйектің 14-і Алматыда 35 мыңға жуық қазақ жиналды", "kk"):
    ...     print(fact.kind, fact.value, fact.precision)
    date --09-14 exact
    name almaty exact
    number 35000 approximate
    name kazakh exact
    """
    names = gazetteer or default_gazetteer()
    told = list(_scan(text, lang, reference_date, names))
    denied = read_polarity(text, lang)
    # A verb that opens a sentence has a capital, and is no name for that.
    if denied:
        taken = _covered(denied, len(text))
        told = [fact for fact in told if fact.kind != "name" or not all(taken[fact.start : fact.end])]
    # "was not allowed" is a denial, and no permission.
    ways = read_directions(text, lang)
    if denied and ways:
        ways = [each for each in ways if not any(taken[each.start : each.end])]
    stance = denied + ways
    return tuple(with_roles(_merged(told, stance, len(text)), text, lang, bare=names.bare))


def _merged(told: list[Fact], stance: list[Fact], size: int) -> list[Fact]:
    """Add the denials and directions that share no character with a fact or with each other."""
    if not stance:
        return told
    taken, found = _covered(told, size), list(told)
    for fact in sorted(stance, key=lambda fact: fact.start):
        if not any(taken[fact.start : fact.end]):
            taken[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
            found.append(fact)
    return sorted(found, key=lambda fact: fact.start)


def _covered(facts: list[Fact], size: int) -> bytearray:
    """Return a byte for each character of a text: whether a fact covers it."""
    taken = bytearray(size)
    for fact in facts:
        taken[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
    return taken


def _scan(text: str, lang: Lang, reference: datetime.date | None, gazetteer: Gazetteer) -> Iterator[Fact]:
    tokens, phrases = tokenise(text), _phrases(text, lang)
    starts = starts_of(lang)
    i = 2 if _list_mark(tokens) and not (phrases and phrases[-1].start == 0) else 0
    while i < len(tokens):
        while phrases and phrases[-1].start < tokens[i].start:
            phrases.pop()
        if phrases and phrases[-1].start == tokens[i].start:
            yield phrases[-1]
            end = phrases.pop().end
            while i < len(tokens) and tokens[i].start < end:
                i += 1
            continue
        found = _fact_at(tokens, i, lang, (reference, gazetteer, starts))
        if found is None:
            i += 1
            continue
        yield found[0]
        i = found[1]


def _fact_at(
    tokens: list[Token], i: int, lang: Lang, known: tuple[datetime.date | None, Gazetteer, Starts]
) -> tuple[Fact, int] | None:
    """Return the fact at token `i` and the number of the token after it; no reader is asked where none may be."""
    token, (reference, gazetteer, starts) = tokens[i], known
    if token.kind != "word":
        signed = token.kind == "number" or token.text in DASHES or token.text in cldr.currency_symbols()
        return _read(tokens, i, lang, reference) if signed else None
    begins, capital = starts(token.low), not token.text[0].islower()
    found = _read(tokens, i, lang, reference) if begins or (capital and _abbreviated(token.text)) else None
    if found is None and (capital or glued(tokens, i + 1) or gazetteer.may_begin(token.low, lang)):
        found = read_name(tokens, i, lang, gazetteer)
    return found


def _abbreviated(text: str) -> bool:
    """Say whether a word may be a Roman numeral or a currency's sign, which are written in capitals."""
    return len(text) < _LONGEST_SIGN and not text[-1].islower()


def _phrases(text: str, lang: Lang) -> list[Fact]:
    """Return the facts that are told in a set form, the last first."""
    low = text.lower()
    return _FORMS[lang].read(low)[::-1] if len(low) == len(text) else []


def _list_mark(tokens: list[Token]) -> bool:
    """Say whether a text begins with the number of a list's item: 5. or 12)."""
    return len(tokens) > 2 and tokens[0].kind == "number" and len(tokens[0].text) < 3 and tokens[1].text in {".", ")"}


def _read(tokens: list[Token], i: int, lang: Lang, reference: datetime.date | None) -> tuple[Fact, int] | None:
    """Return the date, the time or the amount at token `i`, and the number of the token after it."""
    if date := _DATES[lang](tokens, i, reference):
        span = tokens[i].start, tokens[date.end - 1].end
        return Fact("date", date.value, *span, precision="range" if "/" in date.value else "exact"), date.end
    if time := read_time(tokens, i, lang):
        return time
    if ordinal := read_roman(tokens, i, lang):
        return ordinal
    if vague := read_vague(tokens, i, lang):
        return vague
    if measure := read_measure(tokens, i, lang):
        return measure.fact, measure.end
    return None
