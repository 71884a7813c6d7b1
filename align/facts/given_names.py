"""Kazakh given names that are words too: Болат is steel.

A capital inside a sentence makes a name of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from align.facts.suffixes import known_stem

__all__ = ["is_given"]

_NAMES: Final = frozenset(
    """
    асқар болат марат ерлан нұрлан серік берік арман дәурен самат қанат талғат мұрат руслан тимур ержан бауыржан дархан
    данияр қайрат сәкен мәди әлия айгүл гүлнар динара мадина айжан айнұр асан үсен ермек ерболат нұрбол айдос айбек
    арсен әсет бекзат дулат жандос медет нұржан олжас рүстем сырым тоқтар шыңғыс ілияс ербол досжан айдар асхат
    """.split()
)
_STARTS: Final = frozenset(name[:2] for name in _NAMES)


@lru_cache(maxsize=1 << 12)
def is_given(word: str) -> bool:
    """Say whether a word, in lower case, is a form of such a name.

    >>> is_given("болатты"), is_given("президент")
    (True, False)
    """
    return word[:2] in _STARTS and known_stem(word, _NAMES) is not None
