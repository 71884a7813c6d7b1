"""How exactly a number is meant: about, more than, at least, up to, in either language."""

from __future__ import annotations

from typing import Final

from align.facts.suffixes import stems
from align.facts.tokens import Token
from align.types import Lang, Precision

__all__ = ["precision_of"]

_BEFORE_KK: Final[dict[str, Precision]] = {
    "шамамен": "approximate",
    "шамасында": "approximate",
    "дерлік": "approximate",
    "кемінде": "at_least",
    "дегенде": "at_least",
}
_AFTER_KK: Final[dict[str, Precision]] = {
    "жуық": "approximate",
    "тарта": "approximate",
    "таяу": "approximate",
    "жақын": "approximate",
    "шамалы": "approximate",
    "шақты": "approximate",
    "шамасында": "approximate",
    "астам": "at_least",
    "аса": "at_least",
    "асатын": "at_least",
    "асып": "at_least",
    "асқан": "at_least",
    "артық": "at_least",
    "көп": "at_least",
    "жоғары": "at_least",
    "дейін": "at_most",
    "аспайтын": "at_most",
    "кем": "at_most",
    "аз": "at_most",
    "төмен": "at_most",
}
_BEFORE_EN: Final[dict[tuple[str, ...], Precision]] = {
    ("about",): "approximate",
    ("around",): "approximate",
    ("nearly",): "approximate",
    ("almost",): "approximate",
    ("approximately",): "approximate",
    ("roughly",): "approximate",
    ("some",): "approximate",
    ("estimated",): "approximate",
    ("close", "to"): "approximate",
    ("~",): "approximate",
    ("≈",): "approximate",
    ("more", "than"): "at_least",
    ("over",): "at_least",
    ("above",): "at_least",
    ("exceeding",): "at_least",
    ("at", "least"): "at_least",
    ("no", "less", "than"): "at_least",
    ("no", "fewer", "than"): "at_least",
    ("not", "less", "than"): "at_least",
    ("upwards", "of"): "at_least",
    (">",): "at_least",
    ("less", "than"): "at_most",
    ("fewer", "than"): "at_most",
    ("under",): "at_most",
    ("below",): "at_most",
    ("up", "to"): "at_most",
    ("at", "most"): "at_most",
    ("no", "more", "than"): "at_most",
    ("not", "more", "than"): "at_most",
    ("<",): "at_most",
}
_AFTER_EN: Final[dict[tuple[str, ...], Precision]] = {
    ("+",): "at_least",
    ("plus",): "at_least",
    ("or", "more"): "at_least",
    ("and", "above"): "at_least",
    ("or", "less"): "at_most",
    ("or", "fewer"): "at_most",
    ("or", "so"): "approximate",
}
_REACH: Final = 3


def precision_of(tokens: list[Token], start: int, end: int, lang: Lang) -> Precision:
    """Return the precision of the amount from token `start` to before token `end`.

    >>> from align.facts.tokens import tokenise
    >>> precision_of(tokenise("35 мыңға жуық"), 0, 2, "kk"), precision_of(tokenise("at least 30"), 2, 3, "en")
    ('approximate', 'at_least')
    """
    return _kk(tokens, start, end) if lang == "kk" else _en(tokens, start, end)


def _kk(tokens: list[Token], start: int, end: int) -> Precision:
    if found := _BEFORE_KK.get(tokens[start - 1].low if start else ""):
        # "көп дегенде" is the upper bound, "кем дегенде" the lower one.
        return "at_most" if start > 1 and tokens[start - 2].low in {"көп", "ең көп"} else found
    # The comparison stands behind the noun that is counted too: 26 адамнан астам.
    for n in range(end, min(end + 2, len(tokens))):
        if tokens[n].kind != "word":
            break
        found = next((_AFTER_KK[stem] for stem in stems(tokens[n].low) if stem in _AFTER_KK), None)
        if found:
            negated = n + 1 < len(tokens) and tokens[n + 1].low == "емес"
            return _negated(found) if negated else found
    return "exact"


def _negated(found: Precision) -> Precision:
    """Turn a bound round: 30-дан кем емес is at least 30."""
    return {"at_most": "at_least", "at_least": "at_most"}.get(found, found)  # type: ignore[return-value]


def _en(tokens: list[Token], start: int, end: int) -> Precision:
    before = tuple(token.low for token in tokens[max(0, start - _REACH) : start])
    for n in range(min(_REACH, len(before)), 0, -1):
        if found := _BEFORE_EN.get(before[-n:]):
            return found
    after = tuple(token.low for token in tokens[end : end + 2])
    return _AFTER_EN.get(after) or _AFTER_EN.get(after[:1]) or "exact"
