"""The facts of a text, no two of which share a character.

Dates come before numbers, numbers before names.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import reduce
from operator import attrgetter, or_
from typing import Final

from align.facts import dates_en, dates_kk, phrases_en, phrases_kk
from align.facts.dates import Found
from align.facts.directions import read_directions
from align.facts.gazetteer import Gazetteer, default_gazetteer
from align.facts.kinds import COUNTED
from align.facts.measures import is_article, read_measure
from align.facts.names import read_name
from align.facts.numbers import DASHES
from align.facts.polarity import read_polarity
from align.facts.roles import with_roles
from align.facts.romans import read_roman
from align.facts.starts import AMOUNT, CAPITAL, DATE, DENIAL, DENIES, DIGITS, DIRECTION, FORM, NAME, marked_forms
from align.facts.times import read_time
from align.facts.tokens import Tokens, glued, tokenise
from align.facts.vague import read_vague
from align.types import Fact, Lang, Precision

__all__ = ["extract", "extract_counted"]

_START: Final = attrgetter("start")
_MARKS_OF: Final = attrgetter("marks")
_BEGINS: Final = AMOUNT | DATE | NAME | CAPITAL | DIGITS
_MAY_COUNT: Final = AMOUNT | DATE | DIGITS | FORM
_FORMS: Final = {"kk": phrases_kk.FORMS, "en": phrases_en.FORMS}
_DATES: Final = {"kk": dates_kk.read_date, "en": dates_en.read_date}


def extract(
    text: str, lang: Lang, *, reference_date: datetime.date | None = None, gazetteer: Gazetteer | None = None
) -> tuple[Fact, ...]:
    """Return the facts of a text in order, with their spans.

    They are numbers, amounts, percentages, dates and names. `reference_date` is the day the text was written: what it
    tells as last year becomes that year. `gazetteer` takes the place of the names that ship with the package. Total,
    deterministic, and linear in the length of the text.

    >>> for fact in extract("Қыркүйектің 14-і Алматыда 35 мыңға жуық қазақ жиналды", "kk"):
    ...     print(fact.kind, fact.value, fact.precision)
    date --09-14 exact
    name almaty exact
    number 35000 approximate
    name kazakh exact
    """
    names = gazetteer or default_gazetteer()
    tokens = tokenise(text, marked_forms(lang, names))
    marks = list(map(_MARKS_OF, tokens))
    held = reduce(or_, marks, 0)
    phrases = _phrases(text, lang, held) if held & (FORM | DIGITS) else []
    told = list(_scan(tokens, marks, phrases, lang, (reference_date, names)))
    stance = _stance(text, lang, tokens, marks) if held & (DENIAL | DIRECTION) else None
    if stance:
        told = _merged(told, stance, len(text))
    return tuple(with_roles(told, text, lang, bare=names.bare))


def extract_counted(
    text: str, lang: Lang, *, reference_date: datetime.date | None = None, gazetteer: Gazetteer | None = None
) -> tuple[Fact, ...]:
    """Return the amounts and dates of a text, as `extract` has them.

    Names, denials and directions are left out. Most texts of a corpus have neither amount nor date, and are told
    from the others by their words alone.

    >>> [fact.value for fact in extract_counted("Алматыда 35 мың адам жоқ", "kk")], extract_counted("Алматыда", "kk")
    (['35000'], ())
    """
    names = gazetteer or default_gazetteer()
    tokens = tokenise(text, marked_forms(lang, names))
    marks = list(map(_MARKS_OF, tokens))
    held = reduce(or_, marks, 0)
    if not held & _MAY_COUNT:
        return ()
    phrases = _phrases(text, lang, held) if held & (FORM | DIGITS) else []
    # Names are read all the same, since a number within one (MH17) is no amount.
    told = _scan(tokens, marks, phrases, lang, (reference_date, names))
    return tuple(fact for fact in told if fact.kind in COUNTED)


def _stance(text: str, lang: Lang, tokens: Tokens, marks: list[int]) -> list[Fact]:
    """Return the denials and the directions of a text.

    "was not allowed" is a denial, and no permission.
    """
    sorts = reduce(or_, marks) // DENIES
    denied = read_polarity(text, lang, sorts) if sorts else []
    places = [place for place, each in zip(tokens.starts, marks, strict=False) if each & DIRECTION]
    ways = read_directions(text, lang, places) if places else []
    if denied and ways:
        taken = _covered(denied, len(text))
        ways = [each for each in ways if not any(taken[each.start : each.end])]
    return denied + ways


def _merged(told: list[Fact], stance: list[Fact], size: int) -> list[Fact]:
    """Add the denials and directions that share no character with a fact or with each other."""
    if denied := [fact for fact in stance if fact.kind == "polarity"]:
        # A verb that opens a sentence has a capital, and is no name for that.
        names = _covered(denied, size)
        told = [fact for fact in told if fact.kind != "name" or not all(names[fact.start : fact.end])]
    taken, found = _covered(told, size), list(told)
    for fact in sorted(stance, key=_START) if len(stance) > 1 else stance:
        if not any(taken[fact.start : fact.end]):
            taken[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
            found.append(fact)
    return sorted(found, key=_START)


def _covered(facts: list[Fact], size: int) -> bytearray:
    """Return a byte for each character of a text: whether a fact covers it."""
    taken = bytearray(size)
    for fact in facts:
        taken[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
    return taken


def _scan(
    tokens: Tokens, marks: list[int], phrases: list[Fact], lang: Lang, known: tuple[datetime.date | None, Gazetteer]
) -> Iterator[Fact]:
    """Yield the facts of tokens; `phrases` are those told in a set form, the last first."""
    first = 2 if _list_mark(tokens) and not (phrases and phrases[-1].start == 0) else 0
    after = first
    places = _places(marks, first) if not phrases else range(first, len(tokens))
    for i in places:
        if i < after:
            continue
        while phrases and phrases[-1].start < tokens.starts[i]:
            phrases.pop()
        if phrases and phrases[-1].start == tokens.starts[i]:
            yield phrases[-1]
            end, after = phrases.pop().end, i + 1
            while after < len(tokens) and tokens.starts[after] < end:
                after += 1
            continue
        found = _fact_at(tokens, i, marks[i], lang, known)
        if found is not None:
            yield found[0]
            after = found[1]


def _places(marks: list[int], first: int) -> list[int]:
    """Return the tokens where a fact may begin.

    A minus and the letters of a code stand before digits.
    """
    found = [i for i, each in enumerate(marks) if each & _BEGINS]
    before = [i - 1 for i in found if marks[i] & DIGITS]
    return sorted({*found, *before} - set(range(-1, first))) if before else found


def _fact_at(
    tokens: Tokens, i: int, marks: int, lang: Lang, known: tuple[datetime.date | None, Gazetteer]
) -> tuple[Fact, int] | None:
    """Return the fact at token `i` and the number of the token after it.

    No reader is asked where none may be.
    """
    token, (reference, gazetteer) = tokens[i], known
    if token.kind != "word":
        if marks & DIGITS:
            return _date(tokens, i, lang, reference) or read_time(tokens, i, lang) or _measure(tokens, i, lang)
        return _measure(tokens, i, lang) if marks or token.text in DASHES else None
    found = _read_word(tokens, i, marks, lang, reference) if marks & (AMOUNT | DATE) else None
    if found is None and (marks & (CAPITAL | NAME) or glued(tokens, i + 1)):
        found = read_name(tokens, i, lang, gazetteer)
    return found


def _read_word(
    tokens: Tokens, i: int, marks: int, lang: Lang, reference: datetime.date | None
) -> tuple[Fact, int] | None:
    """Return the date or amount that begins with a word, and the next token's number."""
    if marks & DATE and (date := _date(tokens, i, lang, reference)):
        return date
    if not marks & AMOUNT or (lang == "kk" and is_article(tokens, i)):
        return None
    if lang == "kk" and not marks & DATE and (day := dates_kk.ordinal_day(tokens, i)):
        return _dated(tokens, i, day)
    return read_roman(tokens, i, lang) or read_vague(tokens, i, lang) or _measure(tokens, i, lang)


def _date(tokens: Tokens, i: int, lang: Lang, reference: datetime.date | None) -> tuple[Fact, int] | None:
    date = _DATES[lang](tokens, i, reference)
    return _dated(tokens, i, date) if date else None


def _dated(tokens: Tokens, i: int, date: Found) -> tuple[Fact, int]:
    precision: Precision = "range" if "/" in date.value else "exact"
    return Fact("date", date.value, tokens.starts[i], tokens.end(date.end - 1), None, precision), date.end


def _measure(tokens: Tokens, i: int, lang: Lang) -> tuple[Fact, int] | None:
    measure = read_measure(tokens, i, lang)
    return (measure.fact, measure.end) if measure else None


def _phrases(text: str, lang: Lang, held: int) -> list[Fact]:
    """Return the facts that are told in a set form, the last first.

    `held` are the marks of all words.
    """
    low = text.lower()
    if len(low) != len(text):
        return []
    # English forms with a word may need no word of their own beside digits: the 1990's.
    words = bool(held & FORM) or lang == "en"
    return _FORMS[lang].read(low, words=words, digits=bool(held & DIGITS))[::-1]


def _list_mark(tokens: Tokens) -> bool:
    """Say whether a text begins with the number of a list's item: 5. or 12)."""
    return len(tokens) > 2 and tokens[0].kind == "number" and len(tokens[0].text) < 3 and tokens[1].text in {".", ")"}
