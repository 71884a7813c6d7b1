"""The lists of words by which a language is known and letters are restored.

`align.text.word_lists` reads them.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from align.storage.files import replacing
from align.text.word_lists import typed

__all__ = ["english_lines", "kazakh_lines", "word_counts", "write_lines"]

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]+")
_OWN: Final = frozenset("әғқңөұүһі")
_LEAST: Final = 2
_RARE: Final = 12
"""What stands less often and is far commoner in a neighbour's texts was quoted."""
_QUOTED: Final = 5.0
_SHARED: Final = 0.1
"""A neighbour's frequency as a part of ours from which a word tells nothing."""
_MOST: Final = 25


def word_counts(texts: Iterable[str]) -> Counter[str]:
    """Return how often each word of two letters and more stands in the texts, in lower case.

    >>> word_counts(["Ол келді", "ол"])["ол"]
    2
    """
    return Counter(word for text in texts for word in _WORD.findall(text.lower()))


def kazakh_lines(counts: Mapping[str, int], neighbours: Mapping[str, float]) -> Iterator[str]:
    r"""Yield the lines of the Kazakh list.

    `neighbours` are words with their share (0-1) in a neighbour's texts.

    >>> list(kazakh_lines({"қол": 9, "закон": 3, "бар": 40}, {"закон": 0.9, "бар": 0.5}))
    ['бар\tF', 'қол\td']
    """
    total = sum(counts.values())
    forms: defaultdict[str, int] = defaultdict(int)
    for word, count in counts.items():
        forms[typed(word)] += count
    foreign: defaultdict[str, float] = defaultdict(float)
    for word, share in neighbours.items():
        foreign[typed(word)] = max(foreign[typed(word)], share)
    for word, count in sorted(counts.items()):
        own, other = forms[typed(word)] / total, foreign[typed(word)]
        quoted = other > _QUOTED * own and _OWN.isdisjoint(word) and count < _RARE
        if count >= _LEAST and _CYRILLIC.fullmatch(word) and not quoted:
            letter = chr(ord("a") + min(_MOST, int(math.log2(count))))
            yield f"{word}\t{letter.upper() if other > _SHARED * own else letter}"


def english_lines(counts: Mapping[str, int], neighbours: Mapping[str, float]) -> Iterator[str]:
    r"""Yield the lines of the English list.

    Marked are words that another language in Latin letters has, too.

    >>> list(english_lines({"winter": 12, "the": 90}, {"winter": 0.5}))
    ['the', 'winter\t+']
    """
    total = sum(counts.values())
    for word, count in sorted(counts.items()):
        own, other = count / total, neighbours.get(word, 0.0)
        quoted = other > _QUOTED * own and count < _RARE
        if count >= _LEAST and word.isascii() and not quoted:
            yield f"{word}\t+" if other > own / 4 else word


def write_lines(lines: Iterable[str], path: Path) -> None:
    """Write a list, the same lines always as the same bytes."""
    with replacing(path) as temporary:
        temporary.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0))
