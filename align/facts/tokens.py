"""Numbers, words and signs of a text with their spans: what every recogniser reads."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

__all__ = ["Token", "glued", "tokenise"]

# An English possessive ('s) is no part of its word.
# The groups of a number are joined by no-break spaces, by plain spaces where three digits follow (500 000), and by
# points and commas that stand between digits. Each alternative is deterministic, so the scan is linear.
_TOKEN: Final = re.compile(
    r"(?P<number>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?"
    r"|(?<!\d)10[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+"
    r"|\d+(?:[.,]\d+)*(?: ?[\u00bc-\u00be\u2150-\u215e])?|[\u00bc-\u00be\u2150-\u215e])"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ\u0300-\u036f\u00ad]+(?![sS]\b)[^\W\d_]+)*[\u0300-\u036f]*)"
    r"|(?P<sign>[^\w\s])"
)
_LONGEST_WORD: Final = 60
_SPECIAL: Final = re.compile("[\u0300-\u036f\u00ad’ʼ]|\\w{61}")
_MARKS: Final = re.compile(r"[\u0300-\u036f\u00ad]")


class Token(NamedTuple):
    """A number, a word or a sign.

    `low` is the word in lower case, in NFC and without soft hyphens; `start` and `end` count characters of the text.
    """

    text: str
    low: str
    kind: str
    start: int
    end: int


def _low(text: str) -> str:
    if _MARKS.search(text):
        text = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
    return text.lower().replace("’", "'").replace("ʼ", "'")


def tokenise(text: str) -> list[Token]:
    """Return the tokens of a text in order; what is neither number, word nor sign (spaces, controls) is left out.

    >>> [token.text for token in tokenise("35 000-нан астам, $1.5")]
    ['35 000', '-', 'нан', 'астам', ',', '$', '1.5']
    """
    low = text.lower()
    if len(low) != len(text) or _SPECIAL.search(text):
        return [Token(m[0], _low(m[0]), _kind(m), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    # Without marks, apostrophes and endless words a token's small letters are those of the text.
    made = tuple.__new__
    return [
        made(Token, (m[0], low[m.start() : m.end()], m.lastgroup, m.start(), m.end())) for m in _TOKEN.finditer(text)
    ]


def _kind(found: re.Match[str]) -> str:
    # Letters without end are noise; as a sign they cost no recogniser any time.
    return "sign" if found.end() - found.start() > _LONGEST_WORD and found["word"] else found.lastgroup or "sign"


def glued(tokens: list[Token], i: int) -> bool:
    """Say whether token `i` follows its forerunner without a space.

    >>> glued(tokenise("26-сы"), 1), glued(tokenise("26 - 30"), 1), glued(tokenise("26"), 0)
    (True, False, False)
    """
    return 0 < i < len(tokens) and tokens[i].start == tokens[i - 1].end
