"""What a news page holds beside its news, and why each line of it is dropped."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from align.text.language import script_share
from align.types import Lang

__all__ = ["LONGEST", "line_reason", "sentence_reason"]

LONGEST = 2000
"""Characters in the longest segment that is searched; a sentence has some hundreds, more is a table or a dump."""

_LEAST_OWN_SCRIPT = 0.25
_WORD = re.compile(r"[^\W\d_]{2,}")
_TRAIL = re.compile(r"\S\s+[>›»|]\s+\S.*\s[>›»|]\s+\S")
_RIGHTS = re.compile(
    r"copyright|©|\(c\)\s*(?:19|20)\d\d|all rights reserved|reprinted (?:with|by)(?: the)? permission"
    r"|барлық құқық(?:тар|тары)? қорғалған|көшіріп басуға",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?:[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+[a-z]{3,9}\.?,?\s+\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})"
    r"(?:,?\s+\d{1,2}:\d\d)?"
    r"|(?:\d{4}\s+(?:ж(?:ыл)?(?:ғы)?\.?,?\s+))?\d{1,2}\s+[а-яәіңғүұқөһ]{3,9}(?:,?\s+\d{4}(?:\s+ж(?:ыл)?\.?)?)(?:,?\s+\d{1,2}:\d\d)?",
    re.IGNORECASE,
)


def line_reason(line: str, lang: Lang) -> str | None:
    """Return why a whole line of a document is dropped, or None for a line that holds sentences.

    >>> line_reason("Home > General > U.S. To Strengthen Ties", "en"), line_reason("Pompeo has arrived.", "en")
    ('breadcrumbs', None)
    """
    text = " ".join(line.split())
    return next((reason for reason, holds in _LINE_RULES if holds(text)), None) or _other_language(text, lang)


def sentence_reason(sentence: str, lang: Lang) -> str | None:
    """Return why one sentence of a kept line is dropped, or None.

    >>> sentence_reason("***", "en"), sentence_reason("A quotation in another language is left out.", "kk")
    ('no words', 'other language')
    """
    if not _WORD.search(sentence):
        return "no words"
    return "too long" if len(sentence) > LONGEST else _other_language(sentence, lang)


def _is_furniture(text: str) -> bool:
    exact, prefixes = _phrases()
    lowered = text.casefold().rstrip(" .:!")
    return lowered in exact or any(lowered.startswith(prefix) for prefix in prefixes)


def _other_language(text: str, lang: Lang) -> str | None:
    # A name or a title in the other script is common, so only several words with hardly any of their own are judged.
    foreign = len(_WORD.findall(text)) >= 4 and script_share(text, lang) < _LEAST_OWN_SCRIPT
    return "other language" if foreign else None


@cache
def _phrases() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the phrases that are furniture as a whole line, and those (written with a final *) that begin one."""
    text = files("align.corpus").joinpath("furniture.txt").read_text(encoding="utf-8")
    phrases = [line.casefold() for line in text.splitlines() if line and not line.startswith("#")]
    return (
        frozenset(phrase for phrase in phrases if not phrase.endswith("*")),
        tuple(phrase[:-1] for phrase in phrases if phrase.endswith("*")),
    )


_LINE_RULES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("page furniture", _is_furniture),
    ("breadcrumbs", lambda text: _TRAIL.search(text) is not None),
    ("rights notice", lambda text: _RIGHTS.search(text) is not None),
    ("date line", lambda text: _DATE_LINE.fullmatch(text) is not None),
)
"""Looked at in this order; the first that holds is the reason."""
