"""Lines and sentences of a text, as spans of its characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from align.text.abbreviations import (
    BINDING,
    CLOSING,
    DAYS_AND_ZONES,
    LEANING,
    LETTERED,
    NUMBERED,
    SPEECH,
    STARTERS,
    is_listed,
)
from align.types import Lang

__all__ = ["line_spans", "sentence_spans"]

_LINE: Final = re.compile(r"[^\r\n\u2028\u2029]*\S[^\r\n\u2028\u2029]*")

# A run of end marks with whatever closes behind them; it never fails once begun, so that a line is read once.
_RUN: Final = re.compile(r"([.!?…؟۔]+)[.!?…؟۔)\]}\"»”’'›]*(?:\[\d{1,3}\])*")
_NEXT: Final = re.compile(r"\s+([-–—]+\s*)?([\"«“„‘'‹(\[{*]*)\s?([\w-]*)")
_GLUED: Final = re.compile(r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][a-zа-яёәғқңөұүһі]+(?![\w.@])")
_WORD_BEFORE_GLUE: Final = re.compile(r"(?<![\w.@/-])[a-zа-яёәғқңөұүһі]{3,}$")

_ZERO_WIDTH: Final = re.compile("[\u200b-\u200d\u2060\ufeff]")
_UNSEEN: Final = re.compile("[.!?…]+[)\\]}\"»”’']*[\u200b-\u200d\u2060\ufeff]+")
_AS_SPACE: Final = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", " "))

_OPENERS: Final = "\"«“„‘'‹([{–—-*•#№"
_CLOSING_QUOTES: Final = "\"»”’'›"
_VOWEL: Final = re.compile(r"[aeiouyаәеёиіоөуұүыэюяў]", re.IGNORECASE)
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.\s?-?)*[^\W\d_]")
_LETTER: Final = re.compile(r"[^\W\d_]\.")
_DOTTED: Final = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_ROMAN: Final = re.compile(r"[IVXLCІХС]+")
_MARKER: Final = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[IVXІХ]{1,5})")
_HEADING: Final = re.compile(
    r"\W*(?:\d+-(?:бап|тарау|бөлім|бөлік|тармақ|параграф|кесте|сурет|сұрақ|мәселе|қосымша|сабақ)"
    r"|(?:article|section|chapter|part|table|figure|fig|step|question|rule|annex|item|кесте|сурет|сур)\.?\s+"
    r"[\dIVX]+(?:\.\d+)*)",
    re.IGNORECASE,
)
_DAY_AND_MONTH: Final = re.compile(r"(?<!\d)\d{1,2}\. ?\d{1,2}$")
_DAY: Final = re.compile(r"(?<!\d)\d{1,2}$")
_MONTH_AND_YEAR: Final = re.compile(r"\s\d{1,2}\.\s?\d{4}(?!\d)")
_CURRENCY: Final = re.compile(r"[\w-]+\s+(?:доллар|рубл|юан|еуро|сом|фунт|иен|лира|франк)")
_SOLID: Final = re.compile(r"\S")
_CLOSED_APART: Final = re.compile(r"\s([»”\"])(?=\s|$)")
_CREDIT: Final = re.compile(r"\s+\([^().!?]{1,40}\)$")
_ENDED: Final = re.compile(r"[.!?…:;][\"»”’')\]]*$")
_LONG_WORD: Final = re.compile(r"[A-Za-z]{4,}")

_BACK = 48
"""Characters before a full stop in which its word is looked for: longer ones are no abbreviation."""

_AHEAD = 72
"""Characters after a quotation in which a verb of saying is looked for."""

_INSERTION = 300
"""Characters back to which the opener of a bracket is looked for, so that the work stays linear."""


class _Follower(NamedTuple):
    """What stands behind an end mark: a dash, openers, the first word, and how that begins."""

    dash: bool
    opened: str
    word: str
    kind: str  # "upper", "lower", "digit", "mark" or "other"
    at: int


class _Line(NamedTuple):
    text: str
    lang: Lang
    caseless: bool
    headline: bool


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield (start, end) of every line that is not blank, without the white space around it.

    >>> list(line_spans("Алматы \n\n Астана"))
    [(0, 6), (10, 16)]
    """
    return (_trim(text, *line.span()) for line in _LINE.finditer(text))


def sentence_spans(line: str, lang: Lang) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of every sentence of one line, without the white space around it.

    The line's end always ends a sentence: Kazakh documents often leave the full stop out. The sentences of a quotation
    are sentences of the text; a list's marker belongs to its item, "– деді ол" to what was said. Linear in the length.

    >>> line = "Халқы 2 млн. адам, – деді Қ. Тоқаев 2019 ж. 5 мамырда. 5 млн. аз. Ол келді"
    >>> [line[start:end] for start, end in sentence_spans(line, "kk")]
    ['Халқы 2 млн. адам, – деді Қ. Тоқаев 2019 ж. 5 мамырда.', '5 млн. аз.', 'Ол келді']
    """
    # A zero-width space behind a stop is one that nobody sees.
    seen = _UNSEEN.sub(lambda marks: marks[0].translate(_AS_SPACE), line) if _ZERO_WIDTH.search(line) else line
    return tuple(_trim(seen, start, end) for start, end in _pieces(seen, lang) if seen[start:end].strip())


def _pieces(text: str, lang: Lang) -> Iterator[tuple[int, int]]:
    line = _Line(text, lang, text.islower(), lang == "en" and _is_headline(text))
    start = seen = quotes = 0
    for run in _RUN.finditer(text):
        quotes += text.count('"', seen, run.end())
        seen = run.end()
        if _is_boundary(line, start, run):
            # Tokenised text sets the closing quotation mark apart: « Иә . »
            closer = _CLOSED_APART.match(text, seen)
            end = closer.end() if closer and (closer[1] != '"' or quotes % 2) else seen
            yield start, end
            start = end
    yield start, len(text)


def _is_boundary(line: _Line, start: int, run: re.Match[str]) -> bool:
    text, end = line.text, run.end()
    if end == len(text):
        return False
    if not text[end].isspace():
        return _is_glued(text, run)
    follower = _follower(text, end)
    if (follower.kind == "lower" and not line.caseless) or follower.kind == "mark" or _CREDIT.match(text, end):
        return False
    if _holds_no_word(text, start, run) or _is_attribution(text, run, follower):
        return False
    if run[1] == ".":
        return _stop_ends(line, start, run, follower)
    return _strong_ends(text, start, run, follower)


def _is_glued(text: str, run: re.Match[str]) -> bool:
    """Say whether the space after a sentence was forgotten.

    It was in "айтты.Бұл", but not in "Egemen.kz" or "U.S.".
    """
    if run.end() - run.start() > 1 or not _GLUED.match(text, run.end()):
        return False
    return _WORD_BEFORE_GLUE.search(text, max(0, run.start() - _BACK), run.start()) is not None


def _follower(text: str, end: int) -> _Follower:
    match = _NEXT.match(text, end)
    if match is None:
        return _Follower(False, "", "", "other", end)
    dash, opened, word = match[1], match[2], match[3].strip("-")
    first = word[:1] or text[match.end() : match.end() + 1]
    if first and first in ".,:;!?…)]":
        kind = "mark"
    elif first.islower() and not word[1:2].isupper():
        kind = "lower"
    elif first.isdecimal():
        kind = "digit"
    else:
        kind = "upper" if first.isalpha() else "other"
    return _Follower(dash is not None, opened, word, kind, match.start(3))


def _holds_no_word(text: str, start: int, run: re.Match[str]) -> bool:
    """Say whether only punctuation, a list's marker or a heading's number precedes the mark."""
    if run.start() - start > _BACK:
        return False
    piece = text[start : run.start()].strip()
    if not any(letter.isalnum() for letter in piece):
        return True
    return run[1] == "." and (_MARKER.fullmatch(piece) or _HEADING.fullmatch(piece)) is not None


def _is_attribution(text: str, run: re.Match[str], follower: _Follower) -> bool:
    """Say whether what follows names who said it: "Why?" Tom asked; – Рақмет! – Асан деді."""
    closed = run.group()[-1] in _CLOSING_QUOTES
    if not (closed or (follower.dash and run[1] != ".")) or follower.opened or follower.kind not in ("upper", "lower"):
        return False
    if follower.word in STARTERS["en"] or follower.word in STARTERS["kk"]:
        return False
    clause = re.split(r"[.!?,:;«»\"–—](?:\s|$)|\s[–—-]\s", text[follower.at : follower.at + _AHEAD], maxsplit=1)[0]
    return any(word in SPEECH for word in clause.split()[follower.kind == "upper" : 4])


def _strong_ends(text: str, start: int, run: re.Match[str], follower: _Follower) -> bool:
    if _is_insertion(text, start, run):
        return False
    if "?" in run.group() or "!" in run.group() or "؟" in run.group():
        return not text.endswith("Yahoo", start, run.start())
    return follower.kind != "digit"


def _stop_ends(line: _Line, start: int, run: re.Match[str], follower: _Follower) -> bool:
    text = line.text
    if re.search(r"[.!?…]", run.group()[1:]):
        return True
    token, previous = _token(text[max(start, run.start() - _BACK) : run.start()])
    kind = _abbreviation(token.capitalize() if line.caseless else token, previous, line.lang)
    if _is_insertion(text, start, run) and (kind or text.endswith(("(", "["), start, run.start() - len(token))):
        return False
    if kind is None:
        return not (follower.kind == "digit" and (follower.dash or _is_date(text, run, follower)))
    if kind == "numbered":
        return follower.kind != "digit" and not _ROMAN.fullmatch(follower.word)
    if kind == "binding" or follower.kind == "digit" or follower.dash or line.headline:
        return False
    if follower.word.capitalize() in STARTERS[line.lang]:
        return len(follower.word) == 1 or not follower.word.isupper()
    return kind == "closing" and not line.caseless and not _goes_on(text, token, follower)


def _token(before: str) -> tuple[str, str]:
    """Return the word before a full stop, and the one before it; "т. с. с" is one word.

    >>> _token("алма, өрік т. б"), _token("министр («Ә")
    (('т.б', 'өрік'), ('Ә', 'министр'))
    """
    words = [word.lstrip(_OPENERS) for word in before.split()] or [""]
    token = words.pop()
    while (
        len(token) < 8 and token[0:1].islower() and token[1:2] in ("", ".") and words and _LETTER.fullmatch(words[-1])
    ):
        token = words.pop() + token
    return token, words[-1] if words else ""


def _goes_on(text: str, token: str, follower: _Follower) -> bool:
    """Say whether what follows a time or number belongs to it.

    Examples are 10 a.m. Eastern and 5 млн. АҚШ доллары.
    """
    if token in ("a.m", "p.m", "am", "pm"):
        return follower.word in DAYS_AND_ZONES
    return token in ("млн", "млрд", "трлн") and _CURRENCY.match(text, follower.at) is not None


def _abbreviation(token: str, previous: str, lang: Lang) -> str | None:
    """Return how an abbreviation behaves, None for a word or number.

    It is "binding", "numbered", "leaning" or "closing".

    >>> [_abbreviation(token, "", "kk") for token in ("проф", "ж", "т.б", "Ә", "жлд", "келді")]
    ['binding', 'leaning', 'closing', 'leaning', 'leaning', None]
    """
    for kind, lists in (("closing", CLOSING), ("binding", BINDING), ("numbered", NUMBERED), ("leaning", LEANING)):
        if is_listed(token, lists[lang]) and not (token.isupper() and (len(token) == 1 or lang == "kk")):
            return kind
    if _INITIALS.fullmatch(token):
        lettered = previous.lower() in LETTERED or (previous.isdecimal() and len(previous) <= 3)
        return None if len(token) == 1 and lettered else "leaning"
    if _DOTTED.fullmatch(token):
        return "leaning"
    # A word has a vowel; "жлд" is a shortened one, and "Kh." a digraph for an initial.
    short = len(token) <= 4 and token.isalpha() and not token.isupper() and not _VOWEL.search(token)
    return "leaning" if short else None


def _is_insertion(text: str, start: int, run: re.Match[str]) -> bool:
    """Say whether the mark closes a bracket opened inside the sentence.

    An example is "he came (did he?) Monday".
    """
    closer = run.group()[-1]
    if closer not in ")]" or run.group()[-2:-1] not in (*".!?…", *_CLOSING_QUOTES):
        return False
    opener = text.rfind("(" if closer == ")" else "[", max(start, run.start() - _INSERTION), run.start() + 1)
    return opener > start and _SOLID.search(text, start, opener) is not None


def _is_date(text: str, run: re.Match[str], follower: _Follower) -> bool:
    """Say whether the full stop stands inside a date written with spaces: 26. 04. 2019."""
    before, at = (text, max(0, run.start() - 8)), run.start()
    if len(follower.word) == 4 and _DAY_AND_MONTH.search(*before, at):
        return True
    return _DAY.search(*before, at) is not None and _MONTH_AND_YEAR.match(text, run.end()) is not None


def _is_headline(text: str) -> bool:
    """Say whether most long words are capitalised and no mark ends the line."""
    if len(text) > 200 or _ENDED.search(text.rstrip()):
        return False
    words = _LONG_WORD.findall(text)
    return len(words) >= 2 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
