"""Numbers written out, in either language, and the words for powers of ten."""

from __future__ import annotations

from align.facts import number_words_en, number_words_kk
from align.facts.tokens import Token, Tokens
from align.facts.word_number import WordNumber
from align.types import Lang

__all__ = ["magnitude", "read_words"]


def magnitude(token: Token, lang: Lang) -> int | None:
    """Return the power of ten a word stands for, or None.

    >>> from align.facts.tokens import tokenise
    >>> magnitude(tokenise("мыңнан")[0], "kk"), magnitude(tokenise("bn")[0], "en")
    (1000, 1000000000)
    """
    if token.kind != "word":
        return None
    return number_words_kk.magnitude(token.low) if lang == "kk" else number_words_en.magnitude(token.low)


def read_words(tokens: Tokens, i: int, lang: Lang) -> WordNumber | None:
    """Return the number that is written in words from token `i` on, or None.

    >>> from align.facts.tokens import tokenise
    >>> read_words(tokenise("екі жүз елу мың адам"), 0, "kk")
    WordNumber(value=Decimal('250000'), end=4, ordinal=False, part=False, nearly=False)
    >>> read_words(tokenise("two hundred and six people"), 0, "en").value
    Decimal('206')
    """
    return number_words_kk.read(tokens, i) if lang == "kk" else number_words_en.read(tokens, i)
