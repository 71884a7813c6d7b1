"""How exactly a number is meant: about, more than, at least, up to, in either language."""

from __future__ import annotations

from typing import Final

from align.facts.numbers import DASHES
from align.facts.stems import Stems
from align.facts.suffixes import is_ending
from align.facts.tokens import Tokens
from align.types import Lang, Precision

__all__ = ["precision_of"]


def _told(approximate: str, at_least: str, at_most: str) -> dict[tuple[str, ...], Precision]:
    """Return phrases, separated by commas, with the precision they tell."""
    phrases: tuple[tuple[Precision, str], ...] = (
        ("approximate", approximate),
        ("at_least", at_least),
        ("at_most", at_most),
    )
    return {tuple(phrase.split()): precision for precision, listed in phrases for phrase in listed.split(",")}


_BEFORE_KK: Final = _told("шамамен,шамасында,дерлік", "кемінде,кем дегенде,ең кемі", "көп дегенде,ең көбі")
_AFTER_KK: Final = _told(
    "жуық,жуықтады,таяды,тарта,таяу,жақын,шамалы,шақты,шамасында",
    "астам,аса,асатын,асып,асқан,асты,артық,көп,жоғары",
    "дейін,дейінгі,аспайтын,кем,аз,төмен",
)
_AFTER_NOUN_KK: Final = {words[0]: precision for words, precision in _AFTER_KK.items()}
_STEMS_KK: Final = Stems(_AFTER_NOUN_KK)
_BEFORE_EN: Final = _told(
    "about,around,near,nearly,almost,approximately,roughly,some,estimated,close to,~,≈",
    "more than,over,above,exceeding,exceeded,exceeds,at least,no less than,no fewer than,not less than,upwards of,>",
    "less than,fewer than,under,below,up to,at most,no more than,not more than,<",
)
_AFTER_EN: Final = _told("or so", "+,plus,or more,and above", "or less,or fewer")
# Only after an ablative a bound: 26-дан көп is more than 26, but 26 пайыз көп is more by 26.
_COMPARING: Final = frozenset({"асты", "көп", "артық", "жоғары", "кем", "аз", "төмен"})
_ABLATIVES: Final = ("дан", "ден", "тан", "тен", "нан", "нен")
_REACH: Final = 3


def precision_of(tokens: Tokens, start: int, end: int, lang: Lang) -> Precision:
    """Return the precision of the amount from token `start` to before token `end`.

    >>> from align.facts.tokens import tokenise
    >>> precision_of(tokenise("35 мыңға жуық"), 0, 2, "kk"), precision_of(tokenise("at least 30"), 2, 3, "en")
    ('approximate', 'at_least')
    """
    return _kk(tokens, start, end) if lang == "kk" else _en(tokens, start, end)


def _kk(tokens: Tokens, start: int, end: int) -> Precision:
    before = tuple(token.low for token in tokens[max(0, start - 2) : start])
    if found := _BEFORE_KK.get(before) or _BEFORE_KK.get(before[-1:]):
        return found
    # 20%-дан астам, 17 млн-нан астам: the case ending of a sign or an abbreviation comes after a hyphen.
    if end + 1 < len(tokens) and tokens[end].text in DASHES and is_ending(tokens[end + 1].low):
        end += 2
    # The comparison stands behind the noun that is counted too: 26 адамнан астам.
    for n in range(end, min(end + 2, len(tokens))):
        if tokens[n].kind != "word":
            break
        if tokens[n].low in _COMPARING and not tokens[n - 1].low.endswith(_ABLATIVES):
            return "exact"
        if stem := _STEMS_KK.of(tokens[n].low):
            found = _AFTER_NOUN_KK[stem]
            negated = n + 1 < len(tokens) and tokens[n + 1].low == "емес"
            return _negated(found) if negated else found
    return "exact"


def _negated(found: Precision) -> Precision:
    """Turn a bound round: 30-дан кем емес is at least 30."""
    return {"at_most": "at_least", "at_least": "at_most"}.get(found, found)  # type: ignore[return-value]


def _en(tokens: Tokens, start: int, end: int) -> Precision:
    before = tuple(token.low for token in tokens[max(0, start - _REACH) : start])
    for n in range(min(_REACH, len(before)), 0, -1):
        if found := _BEFORE_EN.get(before[-n:]):
            return found
    after = tuple(token.low for token in tokens[end : end + 2])
    return _AFTER_EN.get(after) or _AFTER_EN.get(after[:1]) or "exact"
