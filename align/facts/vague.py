"""Amounts told as a power of ten: ондаған, жүздеген; dozens, tens of thousands."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from align.facts import number_words_kk
from align.facts.suffixes import stems
from align.facts.tokens import Token, Tokens
from align.types import Fact, Lang

__all__ = ["begins", "read_vague"]

# Dozens count as tens: Kazakh has one word for both, and neither is meant to be counted.
_EN: Final = {"dozens": 10, "tens": 10, "hundreds": 100}
_KK: Final = {"ондаған": 10, "жүздеген": 100}
_ENDINGS_KK: Final = ("даған", "деген", "таған", "теген")
# жүз мыңдаған is hundreds of thousands.
_BEFORE_POWERS: Final = {"он": 10, "жүз": 100}
_POWERS: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


@lru_cache(maxsize=1 << 12)
def _kk(word: str) -> int | None:
    """Return the power in мыңдаған, миллиондаған and their case forms."""
    if not any(ending in word for ending in _ENDINGS_KK):
        return None
    for stem in stems(word):
        if stem in _KK:
            return _KK[stem]
        for ending in _ENDINGS_KK:
            if stem.endswith(ending) and (found := _power_kk(stem.removesuffix(ending))):
                return found
    return None


def _power_kk(word: str) -> int | None:
    return number_words_kk.magnitude(word)


def begins(word: str) -> bool:
    """Say whether a lower-case Kazakh word may begin a vague amount.

    >>> begins("мыңдаған"), begins("адам")
    (True, False)
    """
    return word in _BEFORE_POWERS or _kk(word) is not None


def read_vague(tokens: Tokens, i: int, lang: Lang) -> tuple[Fact, int] | None:
    """Return the vague amount at token `i`, approximate by nature, or None.

    The number of the token after it comes with it.

    >>> from align.facts.tokens import tokenise
    >>> read_vague(tokenise("ондаған мың адам"), 0, "kk")[0].value
    '10000'
    >>> read_vague(tokenise("hundreds of people"), 0, "en")[0].value
    '100'
    """
    if tokens[i].kind != "word":
        return None
    value = _one_kk(tokens, i) if lang == "kk" else _one_en(tokens, i)
    if value is None:
        return None
    end = i + 1
    of = lang == "en" and end < len(tokens) and tokens[end].low == "of"
    following = tokens[end + of] if end + of < len(tokens) else None
    if following is not None and value < 1000 and (power := _after(following, lang)):
        value, end = value * power, end + of + 1
    return Fact("number", str(value), tokens.starts[i], tokens.end(end - 1), precision="approximate"), end


def _one_kk(tokens: Tokens, i: int) -> int | None:
    """Return the power in жүздеген, and the hundred of жүз мыңдаған."""
    counts = _BEFORE_POWERS.get(tokens[i].low)
    return counts if counts and i + 1 < len(tokens) and _kk(tokens[i + 1].low) else _kk(tokens[i].low)


def _one_en(tokens: Tokens, i: int) -> int | None:
    word = tokens[i].low
    if word in {"dozen", "hundred"} and i and tokens[i - 1].low in {"several", "few", "many"}:
        return _EN[word + "s"]
    return _EN.get(word) or (_POWERS.get(word[:-1]) if word.endswith("s") else None)


def _after(token: Token, lang: Lang) -> int | None:
    if lang == "en":
        return _POWERS.get(token.low.removesuffix("s"))
    if vague := _kk(token.low):
        return vague if vague >= 1000 else None
    return number_words_kk.magnitude(token.low)
