"""Which way it went: rose or fell, killed or survived, opened or closed.

These are words that are each other's opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from align.types import Fact, Lang

__all__ = ["BEGINNINGS_KK", "may_begin", "opposite", "read_directions"]

_AXES: Final = (("rise", "fall"), ("alive", "dead"), ("open", "closed"), ("arrested", "freed"), ("allowed", "banned"))
_OPPOSITE: Final = {one: other for axis in _AXES for one, other in (axis, axis[::-1])}
_KK: Final = {
    "rise": r"(?:өс(?:т[іе]|к|ед|ір|іп)|арт(?:ты|та|қан|ад|ып|уы)|көбей|көтеріл|ұлғай|қымбатта|жоғарыла)\w*",
    "fall": r"(?:төменде|азай|кемі[дгп]|қысқар|арзанда|құлдыра|құнсыздан)\w*",
    "alive": r"аман(?:-есен)?\s+қал\w*|тірі\s+қал\w*",
    "dead": r"(?:қаза\s+(?:тап|бол)|мерт\s+бол|қайтыс\s+бол|көз\s+жұм|өлт?і?р?[дг])\w*",
    "open": r"ашыл(?:д|ғ|ад)\w*",
    "closed": r"жабыл(?:д|ғ|ад)\w*",
    "arrested": r"(?:қамауға\s+ал|тұтқында|түрмеге\s+қама)\w*",
    "freed": r"босат(?:ыл)?[дтқ]\w*|босатыл\w*",
    "allowed": r"рұқсат\s+(?:бер|ет)\w*",
    "banned": r"тыйым\s+сал\w*",
}
_EN: Final = {
    "rise": r"rose|risen|rises?|rising|increase[sd]?|increasing|grew|grows?|grown|climb(?:s|ed)|surged?|soared|jumped",
    "fall": r"fell|fallen|falls?|falling|drop(?:s|ped)?|declin(?:e|es|ed|ing)(?!\s+to)|decrease[sd]?|decreasing|slid|"
    r"slipped|plunged|shrank|shrunk|reduc(?:e|es|ed|ing)",
    "alive": r"surviv(?:e|es|ed|ing)|unhurt|unharmed|alive|uninjured",
    "dead": r"killed|died|dead|dies|killing",
    "open": r"opened|opens|reopened",
    "closed": r"closed|closes|shut",
    "arrested": r"arrest(?:s|ed)|detained|jailed|imprisoned",
    "freed": r"released|freed",
    "allowed": r"allow(?:s|ed)|permit(?:s|ted)",
    "banned": r"bann?(?:s|ed)|prohibit(?:s|ed)|forb(?:ids|idden|ade)",
}


def _compiled(words: dict[str, str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{value}>{forms})" for value, forms in words.items()) + r")(?!\w)")


_WORDS: Final[dict[Lang, re.Pattern[str]]] = {"kk": _compiled(_KK), "en": _compiled(_EN)}


_FIRST_KK: Final = re.compile(
    r"(?<!\w)(?:(?:"
    + "|".join(_KK[value] for value in ("rise", "fall", "open", "closed"))
    + r")(?!\w)|аман|тірі|қаза|мерт|қайтыс|көз|өлт?і?р?[дг]|қамауға|тұтқында|түрмеге|босат|рұқсат|тыйым)"
)
"""The first words of what tells a direction."""


BEGINNINGS_KK: Final = frozenset(
    (
        "өс арт көб көт ұлғ қым жоғ төм аза кем қыс арз құл құн ама тір қаз мер қай көз өл ашы жаб қам тұт түр бос рұқ "
        "тый"
    ).split()
)
"""What they begin with."""


def may_begin(word: str, lang: Lang) -> bool:
    """Say whether a lower-case word may begin what tells a direction.

    >>> may_begin("рұқсат", "kk"), may_begin("rose", "en"), may_begin("told", "en")
    (True, True, False)
    """
    return (_FIRST_KK if lang == "kk" else _WORDS["en"]).search(word) is not None


def read_directions(text: str, lang: Lang, places: Iterable[int] | None = None) -> list[Fact]:
    """Return the directions a text tells, in order.

    `places` are where the words begin that may tell one, else all.

    >>> [fact.value for fact in read_directions("Бағалар төмендеді", "kk")]
    ['fall']
    """
    low = text.lower()
    if len(low) != len(text):
        return []
    found = _WORDS[lang].finditer(low) if places is None else _from(places, low, _WORDS[lang])
    return [Fact("direction", match.lastgroup or "", *match.span()) for match in found]


def _from(places: Iterable[int], low: str, words: re.Pattern[str]) -> Iterator[re.Match[str]]:
    end = 0
    for place in places:
        if place >= end and (match := words.search(low, place)):
            yield match
            end = match.end()


def opposite(value: str) -> str:
    """Return the direction that rules another one out.

    >>> opposite("rise"), opposite("dead")
    ('fall', 'alive')
    """
    return _OPPOSITE[value]
