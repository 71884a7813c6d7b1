"""Numbers, words and signs of a text with their places: what every recogniser reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import accumulate
from typing import Final, NamedTuple

__all__ = ["Token", "TokenForms", "Tokens", "glued", "tokenise"]

# An English possessive ('s) is no part of its word.
# The groups of a number are joined by no-break spaces, by plain spaces where three digits follow (500 000), and by
# points and commas that stand between digits. Each alternative is deterministic, so the scan is linear. The spaces
# behind a token are matched with it: the lengths of the matches then tell where each token stands.
_SHARES: Final = "\u00bc-\u00be\u2150-\u215e"
_LETTERS: Final = "A-Za-z\u0400-\u0481\u048a-\u04ff"
_PIECE: Final = re.compile(
    # Most tokens are plain words with a space, a comma or a point behind them.
    rf"[{_LETTERS}]+(?=[ .,])[\s_]*"
    rf"|(?:(?![{_SHARES}])[^\W\d_]+(?:['’ʼ\u0300-\u036f\u00ad]+(?![sS]\b)[^\W\d_]+)*[\u0300-\u036f]*"
    r"|[^\w\s]"
    r"|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?"
    r"|(?<!\d)10[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+"
    rf"|\d+(?:[.,]\d+)*(?: ?[{_SHARES}])?|[{_SHARES}])[\s_]*"
)
_BETWEEN: Final = re.compile(r"[\s_]+\Z")
_NUMBER: Final = re.compile(rf"[\d{_SHARES}]")
_LONGEST_WORD: Final = 60
_MARKS: Final = re.compile(r"[\u0300-\u036f\u00ad]")
_MOST_FORMS: Final = 1 << 17
"""Forms of words that are held at once: the texts of a search have fewer, and forget nothing."""


class Token(NamedTuple):
    """A number, a word or a sign, wherever it stands.

    Texts share the tokens that are written alike. `low` is the word in lower case, in NFC and without soft hyphens.
    `marks` says which facts may begin with it, as `align.facts.starts` has it; a reader of one fact alone needs none.
    """

    text: str
    low: str
    kind: str
    marks: int = 0


class Tokens(list[Token]):
    """The tokens of a text in order.

    `pieces` are what each is written as, with the spaces behind it.
    """

    __slots__ = ("_size", "_starts", "pieces")

    def __init__(self, tokens: Iterable[Token], pieces: list[str], size: int) -> None:
        super().__init__(tokens)
        self.pieces = pieces
        self._size = size
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """Return where each token begins, and where the text ends."""
        if self._starts is None:
            self._starts = list(accumulate(map(len, self.pieces), initial=0))
            # What no token covers at a text's beginning shifts all of them.
            if lead := self._size - self._starts[-1]:
                self._starts = [start + lead for start in self._starts]
        return self._starts

    def end(self, i: int) -> int:
        """Return the place behind the last character of token `i`."""
        return self.starts[i] + len(self[i].text)


class TokenForms(dict[str, Token]):
    """Tokens by what they are written as, with the spaces behind them; each is made once."""

    def __missing__(self, piece: str) -> Token:
        if len(self) >= _MOST_FORMS:
            self.clear()
        text = piece.rstrip()
        # Most tokens are a word of plain letters.
        if text.isalpha() and len(text) <= _LONGEST_WORD:
            token = self.word(text, text.lower())
        else:
            text = _BETWEEN.sub("", piece)
            token = self.other(text, _low(text), _kind(text))
        self[piece] = token
        return token

    def word(self, text: str, low: str) -> Token:
        """Return the token of a word of letters alone."""
        return Token(text, low, "word")

    def other(self, text: str, low: str, kind: str) -> Token:
        """Return any other token."""
        return Token(text, low, kind)


_PLAIN: Final = TokenForms()


def _low(text: str) -> str:
    if _MARKS.search(text):
        text = unicodedata.normalize("NFC", text.replace("\u00ad", ""))
    return text.lower().replace("’", "'").replace("ʼ", "'")


def _kind(text: str) -> str:
    if _NUMBER.match(text):
        return "number"
    # Letters without end are noise; as a sign they cost no recogniser any time.
    return "word" if text[0].isalnum() and len(text) <= _LONGEST_WORD else "sign"


def tokenise(text: str, forms: TokenForms = _PLAIN) -> Tokens:
    """Return the tokens of a text in order.

    What is neither number, word nor sign (spaces, controls) is left out.

    >>> [token.text for token in tokenise("35 000-нан астам, $1.5")]
    ['35 000', '-', 'нан', 'астам', ',', '$', '1.5']
    """
    pieces = _PIECE.findall(text)
    return Tokens(map(forms.__getitem__, pieces), pieces, len(text))


def glued(tokens: Tokens, i: int) -> bool:
    """Say whether token `i` follows its forerunner without a space.

    >>> glued(tokenise("26-сы"), 1), glued(tokenise("26 - 30"), 1), glued(tokenise("26"), 0)
    (True, False, False)
    """
    return 0 < i < len(tokens) and len(tokens.pieces[i - 1]) == len(tokens[i - 1].text)
