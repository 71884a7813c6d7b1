"""Mend texts that were read in a wrong encoding, where nothing is lost.

Two faults are common: UTF-8 that was read as Latin-1 or windows-1251, and Kazakh in KZ-1048 or PT154 that was read as
windows-1251, which shows ќ for қ and њ for ң. The words of the languages tell which way back is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from align.text.word_lists import english_words, kazakh_words

__all__ = ["Mended", "mended", "words_known"]

_SAMPLE: Final = 20_000
_MOST_WORDS: Final = 600
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_SUSPICIOUS: Final = re.compile(
    "[ќѓњљћџЌЃЊЉЋЏ‡†±µ¦¤¬€¶Єєї]|[ÐÑÒÓÂÃâРСТУ][\u0080-\u00bf\u0402-\u040f\u0452-\u045f\u0490\u0491\u2013-\u203a\u20ac\u2116\u2122]"
)
_LEAST: Final = 3
"""Suspicious letters from which a text is looked into."""
_KNOWN: Final = 0.5
_BETTER: Final = 0.25
"""By how much the share of known words must grow, and what it must reach."""
_WAYS: Final = (
    ("latin-1", "utf-8"), ("cp1252", "utf-8"), ("cp1251", "utf-8"), ("cp1251", "ptcp154"), ("cp1251", "kz1048"),
    ("latin-1", "ptcp154"), ("latin-1", "kz1048"), ("latin-1", "cp1251"), ("cp1252", "ptcp154"), ("cp1252", "cp1251"),
)  # fmt: skip
"""As what the bytes were read, and what they are."""
_NAMES: Final = {"latin-1": "Latin-1", "cp1252": "windows-1252", "cp1251": "windows-1251", "utf-8": "UTF-8",
                 "ptcp154": "PT154", "kz1048": "KZ-1048"}  # fmt: skip
_LINE: Final = re.compile(r"[^\n]*\n?")
_PIECE: Final = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}"
)


class Mended(NamedTuple):
    """A text put right, and how it had been read: "PT154 that had been read as windows-1251"."""

    text: str
    how: str


def mended(text: str) -> Mended | None:
    """Return a text with the letters that a wrong encoding ruined, None where nothing is mended.

    >>> mended("Ќазаќстан Республикасыныњ азаматтары, ќазаќ тiлi").text
    'Қазақстан Республикасының азаматтары, қазақ тiлi'
    >>> mended("Қазақстан Республикасы") is None
    True
    """
    sample = text[:_SAMPLE]
    if text.isascii() or len(_SUSPICIOUS.findall(sample)) < _LEAST:
        return None
    known = words_known(sample)
    best = max(_found(sample), key=lambda each: each[0], default=None)
    if best is None or best[0] < max(_KNOWN, known + _BETTER):
        return _pieces(text)
    _, wrong, right = best
    lines = [(_again(line, wrong, right) or line) for line in _LINE.findall(text)]
    return Mended("".join(lines), f"{_NAMES[right]} that had been read as {_NAMES[wrong]}")


def _found(sample: str) -> Iterator[tuple[float, str, str]]:
    """Yield the share of known words after each way back that some of the lines can go."""
    for wrong, right in _WAYS:
        lines = [again for line in _LINE.findall(sample) if line and (again := _again(line, wrong, right))]
        if lines:
            yield words_known("".join(lines)), wrong, right


def words_known(text: str) -> float:
    """Return the share (0-1) of a text's words that Kazakh or English has.

    A text without words has 0.0.

    >>> words_known("Алматы қаласында"), words_known("РђР»РјР°С‚С‹")
    (1.0, 0.0)
    """
    words = _WORD.findall(text.lower())[:_MOST_WORDS]
    return sum(word in kazakh_words() or word in english_words() for word in words) / max(len(words), 1)


def _again(line: str, wrong: str, right: str) -> str | None:
    """Return a line as its bytes should have been read, None where they can't have been."""
    try:
        return _bytes_of(line, wrong).decode(right)
    except UnicodeError:
        return None


def _bytes_of(text: str, encoding: str) -> bytes:
    """Return the bytes of a text.

    What a code page leaves open stands for itself, as in browsers.
    """
    return b"".join(_byte(letter, encoding) for letter in text)


@lru_cache(maxsize=2048)
def _byte(letter: str, encoding: str) -> bytes:
    try:
        return letter.encode(encoding)
    except UnicodeEncodeError:
        if "\u0080" <= letter <= "\u009f":
            return letter.encode("latin-1")
        raise


def _pieces(text: str) -> Mended | None:
    """Return a text whose single marks and letters of UTF-8 were read as windows-1252.

    It turns itâ€™s into it’s.
    """
    changed = _PIECE.sub(lambda piece: _again(piece[0], "cp1252", "utf-8") or piece[0], text)
    pieces = len(_PIECE.findall(text)) - len(_PIECE.findall(changed))
    return Mended(changed, "UTF-8 in part read as windows-1252") if pieces >= _LEAST else None
