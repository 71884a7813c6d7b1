"""Names in comparable Latin: known ones, codes such as MH17, and capitalised words.

The gazetteer knows names; capitalised words are taken in runs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Final

from align.facts import cldr
from align.facts.gazetteer import Gazetteer
from align.facts.given_names import NAMES, is_given
from align.facts.number_words import read_words
from align.facts.numbers import DASHES
from align.facts.romans import roman
from align.facts.stems import Stems
from align.facts.suffixes import is_ending, name_stem
from align.facts.times import ZONES
from align.facts.tokens import Token, Tokens, glued
from align.text.romanise import romanise
from align.types import Fact, Lang

__all__ = ["read_name"]

_SENTENCE_ENDS: Final = frozenset(".!?:;…")
_QUOTES: Final = frozenset("\"'«»“”„‘’()[]")
# Rupees before their number, and forms of address.
_NO_NAMES: Final = frozenset({"Rs", "Mr", "Mrs", "Ms", "Dr", "St", "No", "Nos"})
_SURNAMES: Final = ("ов", "ев", "ин", "ова", "ева", "ина", "ұлы", "қызы", "баев", "ский")
# A sentence's first word of fewer letters, if not all capitals, is a pronoun or the like.
_LEAST_FIRST: Final = 3
# Tokens that one name can have at most; a bound keeps the scan of a text in capitals linear.
_LONGEST_RUN: Final = 12
_LONGEST_CODE: Final = 6
_LONGEST_SMALL: Final = 3
# Endings of English words that hardly any name has, in words long enough: Reportedly, Laundering, Sanctions.
_DERIVED: Final = tuple(
    "ly tion tions ment ments ness ship ships ities able ible ative ously izing ating ering ful icious".split()
)
_LEAST_DERIVED: Final = 8
_GIVEN, _COMMON, _TITLE = 1, 2, 4
"""What a Kazakh word may be a form of."""
_LEAST_COMMON: Final = 3
"""Letters from which a word is looked for in its forms."""
_CONTRACTED: Final = re.compile(r"(?:i|you|he|she|it|we|they|that|there|what|who)'(?:m|re|ve|ll|d)")
_VERBAL: Final = ("ing", "ed")
_BOUND: Final = frozenset(
    "born based led backed owned made run held controlled occupied funded fitted linked style speaking bound area era "
    "wide ranked trained educated language headquartered listed".split()
)
"""What a hyphen joins to a name in English that is no part of it."""
_LINKS: Final = frozenset("al el bin ibn de la van von der әл аль бен".split())


@lru_cache(maxsize=2)
def _common(lang: Lang) -> frozenset[str]:
    """Return the words that are no names by their capital alone.

    They were counted in the training pairs: English words, and stems of Kazakh ones, that stand there in small letters
    more often than with a capital inside a sentence.
    """
    words = resources.files("align.facts").joinpath(f"data/common_{lang}.txt").read_text(encoding="utf-8")
    return frozenset(words.split())


@lru_cache(maxsize=1)
def _sorted_kk() -> tuple[dict[str, int], Stems]:
    """Return the Kazakh words that tell what a capital means, and their stems.

    Each word has its sorts.
    """
    sorts = dict.fromkeys(_common("kk"), _COMMON)
    for mark, words in ((_GIVEN, NAMES), (_TITLE, _TITLES)):
        sorts |= {word: sorts.get(word, 0) | mark for word in words}
    return sorts, Stems(sorts, least=_LEAST_COMMON)


@lru_cache(maxsize=1 << 14)
def _sorts_kk(word: str) -> int:
    """Return what a word, in lower case, may be a form of: a given name, a common word, a title."""
    sorts, known = _sorted_kk()
    found = sorts.get(word, 0)
    for stem in known.inflected(word):
        found |= sorts[stem]
    return found


def _is_common(word: str, lang: Lang) -> bool:
    if lang == "kk":
        return _sorts_kk(word) & (_GIVEN | _COMMON) == _COMMON
    return _is_common_en(word)


@lru_cache(maxsize=1 << 14)
def _is_common_en(word: str) -> bool:
    known = _common("en")
    # You're and I've are no names.
    if word in known or _CONTRACTED.fullmatch(word) or (len(word) >= _LEAST_DERIVED and word.endswith(_DERIVED)):
        return True
    trimmed = (word.removesuffix(ending) for ending in ("s", "es", "ed", "ing", "ly", "d"))
    return any(stem in known for stem in trimmed)


def read_name(tokens: Tokens, i: int, lang: Lang, gazetteer: Gazetteer) -> tuple[Fact, int] | None:
    """Return the name that starts at token `i` and the number of the token after it, or None.

    >>> from align.facts.gazetteer import default_gazetteer
    >>> from align.facts.tokens import tokenise
    >>> read_name(tokenise("Ол Қасым-Жомарт Тоқаевты көрді"), 1, "kk", default_gazetteer())[0].value
    'kasym-zhomart tokaev'
    """
    if found := gazetteer.find(tokens, i, lang):
        return _fact(tokens, found[0], i, found[1]), found[1]
    if _is_alone(tokens, i):
        value = _lone(tokens[i].text, tokens[i].low, lang, _opens_sentence(tokens, i))
        if value is not None:
            return (_fact(tokens, value, i, i + 1), i + 1) if value else None
    if code := _code(tokens, i):
        return code
    if tokens[i].text in _NO_NAMES:
        return None
    named = tokens[i].text[0].isupper() and tokens[i].text not in _signs()
    return _run(tokens, i, lang, gazetteer) if named else None


def _is_alone(tokens: Tokens, i: int) -> bool:
    """Say whether what follows a word can't belong to a name that it begins."""
    if i + 1 >= len(tokens):
        return True
    after = tokens[i + 1]
    if after.kind == "word":
        return not after.text[0].isupper() and after.low not in _LINKS
    return after.kind == "sign" and after.text != "." and after.text not in DASHES


@lru_cache(maxsize=1 << 15)
def _lone(text: str, low: str, lang: Lang, first_in_sentence: bool) -> str | None:
    """Return the name that a word is by itself, "" for none.

    None where that depends on the word behind it.
    """
    if len(text) == 1 or text in _NO_NAMES or not text[0].isupper() or text in _signs():
        return ""
    short = first_in_sentence and len(low) < _LEAST_FIRST and not text.isupper()
    if short or _is_common(low, lang) or _title(low):
        return ""
    if first_in_sentence and lang == "en" and low.endswith(_VERBAL):
        return None
    return _value_of([text], [low], lang)


@lru_cache(maxsize=1)
def _signs() -> frozenset[str]:
    """Return the capitals that stand beside a time or an amount and are no names."""
    return ZONES | cldr.currency_symbols().keys()


def _fact(tokens: Tokens, value: str, start: int, end: int) -> Fact:
    return Fact("name", value, tokens.starts[start], tokens.end(end - 1))


def _code(tokens: Tokens, i: int) -> tuple[Fact, int] | None:
    """Read a word with digits glued to it: G20, MH17, b2b, EXPO-2017, Airbus-320-200."""
    end, joined = i + 1, tokens[i].text[0].isupper()
    while end < len(tokens) and end < i + _LONGEST_CODE:
        at = end + (joined and tokens[end].text in DASHES)
        if at >= len(tokens) or tokens[at].kind != "number" or not all(glued(tokens, n) for n in range(end, at + 1)):
            break
        end = at + 1
    if end == i + 1 or (not joined and len(tokens[i].text) > _LONGEST_SMALL):
        return None
    if glued(tokens, end) and tokens[end].kind == "word":
        end += 1
    value = "".join(token.low for token in tokens[i:end] if token.text not in DASHES)
    return _fact(tokens, romanise(value), i, end), end


def _opens_sentence(tokens: Tokens, i: int) -> bool:
    while i > 0 and (tokens[i - 1].text in _QUOTES or tokens[i - 1].text in DASHES):
        i -= 1
    return i == 0 or tokens[i - 1].text in _SENTENCE_ENDS


def _capital(token: Token) -> bool:
    return token.kind == "word" and token.text[0].isupper()


def _run(tokens: Tokens, i: int, lang: Lang, gazetteer: Gazetteer) -> tuple[Fact, int] | None:
    """Read capitalised words that follow each other, initials and hyphens between them."""
    first_in_sentence = _opens_sentence(tokens, i)
    start, end = i, _part_end(tokens, i)
    if len(tokens[i].text) == 1 and (not _initial(tokens, i) or _after_initial(tokens, i)):
        return None
    while end < min(len(tokens), start + _LONGEST_RUN) and _goes_on(tokens, end, lang, gazetteer):
        if tokens[end].text == "." or tokens[end].low in _LINKS:
            end += 1
        else:
            end = _part_end(tokens, end)
    parts = _parts(tokens, start, end)
    parts = _trimmed(tokens, parts, lang, first_in_sentence=first_in_sentence)
    if not parts:
        return None
    value = " ".join(_value(tokens, part, lang) for part in parts)
    return (_fact(tokens, value, parts[0][0], parts[-1][1]), parts[-1][1]) if value else None


def _initial(tokens: Tokens, i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].text == "." and len(tokens[i].text) == 1


def _after_initial(tokens: Tokens, i: int) -> bool:
    """Say whether a run from the initial before this one was tried already."""
    return i > 1 and glued(tokens, i) and tokens[i - 1].text == "." and len(tokens[i - 2].text) == 1


def _part_end(tokens: Tokens, i: int) -> int:
    """Return the number of the token after a word and what hyphens bind to it."""
    end = i + 1
    last = min(len(tokens), i + _LONGEST_RUN)
    while end + 1 < last and tokens[end].text in DASHES and glued(tokens, end) and glued(tokens, end + 1):
        # Glasgow-born and Turkey-backed tell of Glasgow and Turkey.
        if tokens[end + 1].kind != "word" or tokens[end + 1].text in _BOUND:
            break
        end += 2
    return end


def _goes_on(tokens: Tokens, i: int, lang: Lang, gazetteer: Gazetteer) -> bool:
    if tokens[i].text == ".":
        return _initial(tokens, i - 1) and i + 1 < len(tokens) and _capital(tokens[i + 1])
    if tokens[i].low in _LINKS:
        return i + 1 < len(tokens) and _capital(tokens[i + 1]) and not glued(tokens, i)
    if not _capital(tokens[i]) or (glued(tokens, i) and tokens[i - 1].text != "."):
        return False
    if _is_other(tokens, i, lang):
        return False
    if lang == "kk" and is_given(tokens[i].low) and is_given(tokens[i - 1].low):
        # Two given names are two people: Ерлан Маратты сынады.
        return False
    closed = lang == "kk" and name_stem(tokens[i - 1].low)[1] in {"ның", "нің", "дың", "дің", "тың", "тің"}
    return not closed and gazetteer.find(tokens, i, lang) is None


def _is_other(tokens: Tokens, i: int, lang: Lang) -> bool:
    """Say whether a capitalised word is no part of a name before it.

    It is a numeral, a code, a currency, a month or a day.
    """
    dated = lang == "en" and (tokens[i].low in cldr.months("en") or tokens[i].low in cldr.weekdays("en"))
    counted = lang == "en" and read_words(tokens, i, "en") is not None
    return (
        dated or counted or tokens[i].text in cldr.currency_symbols() or bool(roman(tokens[i].text) or _code(tokens, i))
    )


def _parts(tokens: Tokens, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a run into its words, hyphenated ones whole.

    Initials, points and Kazakh endings are left out.
    """
    found, i = [], start
    while i < end:
        after = _part_end(tokens, i)
        if tokens[i].kind == "word" and (len(tokens[i].text) > 1 or after > i + 1):
            found.append((i, after))
        i = after
    return found


def _trimmed(
    tokens: Tokens, parts: list[tuple[int, int]], lang: Lang, *, first_in_sentence: bool
) -> list[tuple[int, int]]:
    """Keep the words that a capital makes a name.

    Those of a title, a headline or a sentence's start are not.
    """
    lows = [tokens[start].low for start, _ in parts]
    drop = [_is_common(low, lang) or _title(low) for low in lows]
    short = len(parts) == 1 and len(lows[0]) < _LEAST_FIRST and not tokens[parts[0][0]].text.isupper()
    opens = first_in_sentence and len(parts) == 1 and lang == "en"
    if all(drop) or (first_in_sentence and short) or (opens and _verbal(tokens, parts[0], lows[0])):
        return []
    if lang == "kk":
        # Kazakh headlines are not capitalised, so before a name a common word with a capital is a given name (Еркін
        # Рақышев); it opens a sentence only where a surname follows.
        drop[0] = _title(lows[0]) or (first_in_sentence and drop[0] and not _surname(lows[1]))
    first = drop.index(False)
    rest = drop[first:]
    return parts[first : first + rest.index(True)] if True in rest else parts[first:]


def _verbal(tokens: Tokens, part: tuple[int, int], low: str) -> bool:
    """Say whether a sentence's first word is a verb's form.

    It is in "Kickstarting tourism", but not in "Fleming said".
    """
    after = tokens[part[1]] if part[1] < len(tokens) else None
    return low.endswith(_VERBAL) and after is not None and after.text.islower() and after.low not in _FINITE


def _surname(word: str) -> bool:
    return name_stem(word)[0].endswith(_SURNAMES)


def _title(word: str) -> bool:
    return bool(_sorts_kk(word) & _TITLE)


_FINITE: Final = frozenset("said says was is has had told will who and also won did does of in s".split())
_TITLES: Final = frozenset(
    "президент премьер министр спикер сенатор депутат хатшы төраға басшы директор әкім елші генерал полковник король "
    "ханзада доктор мырза ханым профессор академик ақын жазушы тренер судья адвокат журналист елбасы "
    "оңтүстік солтүстік шығыс батыс".split()
)


def _value(tokens: Tokens, part: tuple[int, int], lang: Lang) -> str:
    """Return a word of a name in comparable Latin, without the Kazakh case ending."""
    words = [token for token in tokens[part[0] : part[1]] if token.kind == "word"]
    return _value_of([token.text for token in words], [token.low for token in words], lang)


def _value_of(texts: list[str], lows: list[str], lang: Lang) -> str:
    if lang == "en":
        return "-".join(romanise(low) for low in lows)
    # ҰҚК-нің, Brexit-ті: what follows the hyphen of an abbreviation or a Latin word is its ending; Ким Чен-ын is none.
    foreign = texts[0].isupper() or texts[0].isascii()
    if len(lows) > 1 and foreign and is_ending(lows[-1]):
        lows.pop()
    else:
        lows[-1] = name_stem(lows[-1], least=2 if len(lows) > 1 else 3)[0]
    return "-".join(romanise(low) for low in lows)
