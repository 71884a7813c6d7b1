"""Kazakh given names that are words too: Болат is steel.

A capital inside a sentence makes a name of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from align.facts.stems import Stems

__all__ = ["NAMES", "is_given"]

NAMES: Final = frozenset(
    """
    асқар болат марат ерлан нұрлан серік берік арман дәурен самат қанат талғат мұрат руслан тимур ержан бауыржан дархан
    данияр қайрат сәкен мәди әлия айгүл гүлнар динара мадина айжан айнұр асан үсен ермек ерболат нұрбол айдос айбек
    арсен әсет бекзат дулат жандос медет нұржан олжас рүстем сырым тоқтар шыңғыс ілияс ербол досжан айдар асхат
    """.split()
)
_STEMS: Final = Stems(NAMES)


@lru_cache(maxsize=1 << 12)
def is_given(word: str) -> bool:
    """Say whether a word, in lower case, is a form of such a name.

    >>> is_given("болатты"), is_given("президент")
    (True, False)
    """
    return _STEMS.of(word) is not None
