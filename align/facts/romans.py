"""Roman numerals, which both languages use for ordinals: XXI ғасыр, V съезі, World War II."""

from __future__ import annotations

import re
from typing import Final

from align.facts.stems import is_form
from align.facts.tokens import Tokens, glued
from align.types import Fact, Lang

__all__ = ["read_roman", "roman"]

_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50}
# Kazakh texts write the Cyrillic letters that look the same.
_LOOKALIKES: Final = str.maketrans("ІХѴҮУ", "IXVVV")
_WRITTEN: Final = re.compile(r"(?=.)(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def roman(text: str) -> int | None:
    """Return the value (1-89) of a Roman numeral in capitals, or None.

    Cyrillic lookalikes count as its letters.

    >>> roman("XXI"), roman("ІІ"), roman("IIII"), roman("CV")
    (21, 2, None, None)
    """
    latin = text.translate(_LOOKALIKES)
    # One У or Ү is a word's or a name's.
    if text in {"У", "Ү"} or len(text) > 7 or not _WRITTEN.fullmatch(latin):
        return None
    values = [_VALUES[letter] for letter in latin]
    return sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))


def read_roman(tokens: Tokens, i: int, lang: Lang) -> tuple[Fact, int] | None:
    """Return the ordinal that a Roman numeral at token `i` stands for, or None.

    The number of the token after it comes with it. One letter may as well be an initial: it counts only before a Kazakh
    word in small letters (V съезі), never in English.

    >>> from align.facts.tokens import tokenise
    >>> read_roman(tokenise("XXI ғасырда"), 0, "kk")[0]
    Fact(kind='ordinal', value='21', start=0, end=11, unit='century', precision='exact', role=None)
    """
    value = roman(tokens[i].text) if tokens[i].kind == "word" else None
    if value is None or (glued(tokens, i + 1) and tokens[i + 1].kind == "number"):
        return None
    after = tokens[i + 1] if i + 1 < len(tokens) and tokens[i + 1].kind == "word" else None
    if len(tokens[i].text) == 1 and (lang == "en" or after is None or not after.text.islower()):
        return None
    if after and (is_form(after.low, "ғасыр") or after.low in {"century", "centuries"}):
        return Fact("ordinal", str(value), tokens.starts[i], tokens.end(i + 1), "century"), i + 2
    return Fact("ordinal", str(value), tokens.starts[i], tokens.end(i)), i + 1
