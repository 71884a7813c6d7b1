"""Sentences of a text, and clauses of a sentence that is too long for a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from align.text.sentences import line_spans, sentence_spans

__all__ = ["clauses", "pieces"]

_CUTS = (
    re.compile(r"(?<=[;:])\s+"),
    re.compile(r"\s+(?=[–—-]\s)|(?<=,)\s+"),
    re.compile(r"\s+(?=(?:және|бірақ|алайда|ал|немесе|сондықтан|өйткені|себебі|дегенмен|сонымен)\s)", re.IGNORECASE),
    re.compile(r"\s+"),
)
"""Where a sentence may be cut, the best places first: after semicolons; at dashes and commas; before conjunctions."""


def pieces(text: str, size: Callable[[str], int], limit: int) -> list[str]:
    """Return the sentences of a Kazakh text in order, the long ones cut into clauses.

    Long is one whose `size` is above `limit`.

    >>> pieces("Ол келді. Біз күттік, бірақ олар кетті.", len, 20)
    ['Ол келді.', 'Біз күттік,', 'бірақ олар кетті.']
    """
    sentences = (sentence.strip() for sentence in _sentences(text))
    return [piece for sentence in sentences for piece in clauses(sentence, size, limit)]


def clauses(sentence: str, size: Callable[[str], int], limit: int) -> Iterator[str]:
    """Yield a sentence in parts whose `size` is at most `limit`, cut where it hurts least.

    Each part too long is cut in two at the best kind of place in its middle half, there at the one nearest the
    middle; a word without end is cut within. A single character is yielded whatever its size.
    """
    if size(sentence) <= limit or len(sentence) < 2:
        yield sentence
        return
    end, start = _cut(sentence)
    for part in (sentence[:end], sentence[start:]):
        yield from clauses(part, size, limit)


def _sentences(text: str) -> Iterator[str]:
    for start, end in line_spans(text):
        line = text[start:end]
        yield from (line[first:last] for first, last in sentence_spans(line, "kk"))


def _cut(sentence: str) -> tuple[int, int]:
    middle, quarter = len(sentence) / 2, len(sentence) / 4
    for cut in _CUTS:
        places = [match.span() for match in cut.finditer(sentence)]
        near = [place for place in places if abs(sum(place) / 2 - middle) <= quarter]
        if near:
            return min(near, key=lambda place: abs(sum(place) / 2 - middle))
    return len(sentence) // 2, len(sentence) // 2
