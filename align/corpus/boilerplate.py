"""What a news page holds beside its news, and why a line of it is dropped or marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

__all__ = [
    "LABELS",
    "LONGEST",
    "Label",
    "furniture_reason",
    "is_fragment",
    "is_menu",
    "is_menu_item",
    "label_of",
    "line_reason",
    "sentence_reason",
]

LONGEST = 2000
"""Characters in the longest segment that is searched; a sentence has some hundreds, more is a table or a dump."""

LABELS: Final = ("teaser", "caption")
"""Marks of what is kept: the headline of another page and the words under a picture tell facts, too."""

_LEAST_MENU = 6
"""Short lines in a row from which they are a menu and no list of the text's."""
_LONGEST_ITEM = 30
_MOST_ITEM_WORDS = 1.7
"""Words in a menu's line on average, at most: in a list of people's names there are two or more."""
_LONGEST_PHRASE = 14
"""Words in a line up to which its beginning makes it furniture; "Written by Abai in 1890, the poem ..." has more."""
_CREDIT_WORDS = 4
"""Words after "Photo:" up to which they only name who took it."""

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
# A sentence may hold « two » quotations « set apart », but a trail opens none and has no full stop.
_TRAIL: Final = re.compile(r"[^«]{1,80}\s[>›»|]\s[^«]{1,80}\s[>›»|]\s[^«]{0,120}(?<![.!?])")
_DOTTED_MENU: Final = re.compile(r"(?:[\w’'-]+(?: [\w’'-]+){0,2}\s+[·•|]\s+){3,}[\w’'-]+(?: [\w’'-]+){0,2}")
_RIGHTS: Final = re.compile(
    r"copyright\s*(?:\(c\)|©|(?:19|20)\d\d)|^copyright\b[^.]{0,60}$|©"
    r"|\(c\)\s*(?:19|20)\d\d|all rights reserved|reprinted (?:with|by)(?: the)? permission"
    r"|барлық құқық(?:тар|тары)? қорғалған|көшіріп басуға|материалды? пайдаланғанда|сілтеме жаса(?:у|луы) міндетті",
    re.IGNORECASE,
)
_DATE_LINE: Final = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?:[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+[a-z]{3,9}\.?,?\s+\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})"
    r"(?:,?\s+\d{1,2}:\d\d)?"
    r"|(?:\d{4}\s+(?:ж(?:ыл)?(?:ғы)?\.?,?\s+))?\d{1,2}\s+[а-яәіңғүұқөһ]{3,9}(?:,?\s+\d{4}(?:\s+ж(?:ыл)?\.?)?)(?:,?\s+\d{1,2}:\d\d)?"
    r"|\d{1,2}:\d\d(?:\s?[ap]\.?m\.?)?|\d{1,3}\s+(?:(?:minute|hour|day)s?\s+ago|(?:минут|сағат|күн)\s+бұрын)",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(
    r"\d[\d ,.]*\s*(?:comments?|views?|shares?|likes?|пікір|рет (?:қаралды|оқылды)|қаралым)"
    r"|(?:comments?|views?|қаралды|қаралым(?:ы)?|оқылды|пікірлер)\s*[:(]?\s*\d[\d ,.]*\)?",
    re.IGNORECASE,
)
_BYLINE: Final = re.compile(r"[Bb]y\s+[A-Z][\w.'-]*(?:\s+(?:[A-Z][\w.'-]*|and)){1,5}")
_MAIL_HEADER: Final = re.compile(
    r"(?:from|to|cc|bcc|reply-to|sent|кімнен|кімге):\s.*@.*|(?:message-id|mime-version|return-path|content-[a-z-]+):\s.*",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_ENDED: Final = re.compile(r"[.!?…:;,][\"»”’')\]]*$")


_LONGEST_CALL: Final = 14
_LONGEST_FRAGMENT: Final = 5
_LONGEST_TITLE_CASE: Final = 3
"""Words of a lone name in English, whose headlines capitalise every word."""
_NETWORK: Final = r"telegram|whatsapp|instagram|youtube|facebook|tiktok|viber|телеграм|инстаграм|ютуб|уатсап"
_CALLS: Final = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        (
            "subscription",
            rf"\b(?:{_NETWORK})\S*\s(?:\S+\s){{0,4}}?(?:жазыл(?:ыңыз|ыңыздар)|қосыл(?:ыңыз|ыңыздар)|оқыңыз)"
            rf"|^(?:subscribe|follow us|join us|sign up)\b|\b(?:subscribe|join|follow)\b.{{0,40}}\b(?:{_NETWORK})\b"
            rf"|^жаңалықтарды .{{0,30}}\b(?:{_NETWORK})",
        ),
        (
            "share button",
            r"^share (?:this|the|it|on|with)\b|\bбөлісіңіз(?:дер)?\W*$"
            r"|^(?:әлеуметтік|facebook|twitter)\S*\s.{0,20}бөлісу\W*$",
        ),
        (
            "photo credit",
            r"^\W?(?:photos?|file photo|image|picture|сурет(?:тер)?|фото)(?:\s*[:/©].{0,60}$|\s.{0,40}\bалынды\W*$"
            r"|\s.{0,30}\b(?:archives?|courtesy|getty|reuters)\b.{0,40}$)|^\W?(?:photo|сурет|фото)\s*\(.{0,60}$",
        ),
        (
            "credit",
            r"^by (?:our|staff)\b.{0,40}$|^by the \S+(?: \S+)? (?:desk|staff|bureau|team)\W*$"
            r"|^(?:writing|editing|additional reporting|compiled|translated|photos?) by\b"
            r"|^(?:дайындаған|әзірлеген|аударған|жазып алған|мәтінді дайындаған)\s*[:–-]?\s*\S+(?:\s\S+){0,3}$",
        ),
    )
)
_NAMING: Final = re.compile(
    r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'.-]*|\d[\d.,:/-]*|жыл(?:ғы|ы)?|ж\.?|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан"
    r"|қараша|желтоқсан|(?:облыс|қала|аудан|ауыл|округ|көше)(?:ы|і|сы|сі|ының|інің|сының|сінің)|ауылдық|of|the"
    r"|(?:президент|министр|әкім|басшы|төраға|директор|депутат|тілші|редактор|өкіл|хатшы|сарапшы|судья)(?:ы|і|сы|сі)"
)
_TOLD: Final = re.compile(r"[-–—]\s|[:!?]|\b[а-яёәғқңөұүһі]{3,}(?:ды|ді|ты|ті|ып|іп|ады|еді)\b|^\d+\s*$")
"""A dash, or a Kazakh verb's ending: the line tells something after all."""


class Label(NamedTuple):
    """What a line's first words say of the rest: `mark`, and the characters that they take."""

    mark: str
    length: int


def line_reason(line: str) -> str | None:
    """Return why a whole line of a document is dropped, or None for a line that holds sentences.

    >>> line_reason("Home > General > U.S. To Strengthen Ties"), line_reason("Бөлісу"), line_reason("Ол келді")
    ('breadcrumbs', 'share button', None)
    """
    text = " ".join(line.split())
    return _furniture(text) or next((reason for reason, holds in _LINE_RULES if holds(text)), None)


def sentence_reason(sentence: str) -> str | None:
    """Return why one sentence of a kept line is dropped, whatever its language, or None.

    >>> sentence_reason("***"), sentence_reason("Біз бұған қуаныштымыз")
    ('no words', None)
    """
    if not _WORD.search(sentence):
        return "no words"
    return "too long" if len(sentence) > LONGEST else None


def furniture_reason(sentence: str) -> str | None:
    """Return what a sentence is that speaks to the reader or of the page; None for news.

    Pages run such sentences on behind the news, so that no line of its own shows them.

    >>> furniture_reason("Telegram арнамызға жазылыңыз!")
    'subscription'
    """
    text = " ".join(sentence.split())
    if len(text.split()) > _LONGEST_CALL:
        return None
    return next((reason for reason, pattern in _CALLS if pattern.search(text)), None) or _furniture(text)


def is_fragment(line: str) -> bool:
    """Say whether a line is a lone name, place or day.

    Its words name and none tells, and it has no end mark.

    >>> is_fragment("Түркістан облысы"), is_fragment("2024 жылғы 5 наурыз"), is_fragment("Қасым-Жомарт Тоқаев")
    (True, True, True)
    >>> is_fragment("Ол келді"), is_fragment("Methane Blast Kills Five"), is_fragment("Иран")
    (False, False, True)
    """
    text = line.strip()
    words = text.split()
    longest = _LONGEST_TITLE_CASE if text.isascii() and text.replace(" ", "").isalpha() else _LONGEST_FRAGMENT
    if not 0 < len(words) <= longest or _ENDED.search(text):
        return False
    return all(_NAMING.fullmatch(word.strip(',()«»"')) for word in words) and not _TOLD.search(text)


def label_of(line: str) -> Label | None:
    """Return the label that begins a teaser or a caption, None where there is none.

    `line` begins with no space. The label may be the whole line: then it speaks of the next one.

    >>> label_of("Оқи отырыңыз: Помпео келді"), label_of("Ол келді: кеше")
    (Label(mark='teaser', length=13), None)
    """
    head = line[:_LONGEST_ITEM].casefold()
    bare = line.strip().casefold().rstrip(" .:!")
    for mark in LABELS:
        exact, prefixes = _phrases()[mark]
        if bare in exact or f"{bare}:" in prefixes:
            return Label(mark, len(line))
        for prefix in prefixes:
            if head.startswith(prefix):
                return Label(mark, len(prefix))
    return None


def is_menu_item(line: str) -> bool:
    """Say whether a line could be an entry of a menu.

    That is one to three words, no figure, nothing that ends a sentence.
    """
    text = line.strip()
    if len(text) > _LONGEST_ITEM or _ENDED.search(text) or any(letter.isdigit() for letter in text):
        return False
    return 1 <= len(text.split()) <= 3 and _WORD.search(text) is not None


def is_menu(lines: list[str]) -> bool:
    """Say whether lines in a row, each of which could be an entry, are a menu.

    >>> is_menu(["Home", "News", "Politics", "Sport", "Culture", "About us"]), is_menu(["Home", "News"])
    (True, False)
    """
    words = sum(len(line.split()) for line in lines)
    return len(lines) >= _LEAST_MENU and words <= _MOST_ITEM_WORDS * len(lines)


def _furniture(text: str) -> str | None:
    # Agencies set their sign-off in brackets: "(Reporting by ...; Editing by ...)".
    bare = text.casefold().lstrip("([").rstrip(" .:!)]")
    short = len(text.split()) <= _LONGEST_PHRASE
    for reason, (exact, prefixes) in _phrases().items():
        if reason not in LABELS and (bare in exact or (bare.startswith(prefixes) and (short or "cookie" in bare))):
            return reason
    label = label_of(text)
    if label and label.mark == "caption" and 0 < len(text[label.length :].split()) <= _CREDIT_WORDS:
        return "photo credit"
    return None


@cache
def _phrases() -> Mapping[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Return for each reason the phrases that are a whole line, and those that begin one.

    The latter are written with a final *.
    """
    text = files("align.corpus").joinpath("furniture.txt").read_text(encoding="utf-8")
    reason, phrases = "", dict[str, list[str]]()
    for line in text.casefold().splitlines():
        if line.startswith("["):
            reason = line.strip("[]")
        elif line and not line.startswith("#"):
            phrases.setdefault(reason, []).append(line)
    return {
        reason: (
            frozenset(line for line in lines if not line.endswith("*")),
            tuple(line[:-1] for line in lines if line.endswith("*")),
        )
        for reason, lines in phrases.items()
    }


_LINE_RULES: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("breadcrumbs", _TRAIL.fullmatch),
    ("navigation", _DOTTED_MENU.fullmatch),
    ("rights notice", _RIGHTS.search),
    ("date line", _DATE_LINE.fullmatch),
    ("counter", _COUNT.fullmatch),
    ("credit", _BYLINE.fullmatch),
    ("mail header", _MAIL_HEADER.fullmatch),
    ("address", _ADDRESS.fullmatch),
)
"""Looked at in this order; the first that holds is the reason."""
