"""Lines and sentences of a text, as spans of its characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from align.types import Lang

__all__ = ["line_spans", "sentence_spans"]

_LINE = re.compile(r"[^\r\n\u2028\u2029]*\S[^\r\n\u2028\u2029]*")
_INITIAL = re.compile(r"(?:^|[\s(\"«])(?:[A-Z]\.|(?:[А-ЯӘҒҚҢӨҰҮҺІ]\.\s?){1,3})\s*$")
_ACRONYM = re.compile(r"\b(?:\w\.){2,}\s*$")
_STOP = re.compile(r"[.!?…]")
_ENDED = re.compile(r"[.!?…:;][\"»”’')\]]*$")


def line_spans(text: str) -> tuple[tuple[int, int], ...]:
    r"""Return (start, end) of every line that is not blank, without the white space around it.

    >>> line_spans("Алматы \n\n Астана")
    ((0, 6), (10, 16))
    """
    return tuple(_trim(text, *line.span()) for line in _LINE.finditer(text))


def sentence_spans(line: str, lang: Lang) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of every sentence of one line, without the white space around it.

    The line's end always ends a sentence: our Kazakh documents often leave the full stop out. Within the line the
    boundaries are those of the sentencex library, mended where it takes an initial (Қ. Тоқаев) for an end, or, in a
    headline, an abbreviation (U.S. To Strengthen Ties).

    >>> line = "Қ. Тоқаев та бар. Ол келді"
    >>> [line[start:end] for start, end in sentence_spans(line, "kk")]
    ['Қ. Тоқаев та бар.', 'Ол келді']
    """
    return tuple(_trim(line, start, end) for start, end in _pieces(line, lang) if line[start:end].strip())


def _pieces(line: str, lang: Lang) -> Iterator[tuple[int, int]]:
    start = 0
    if _STOP.search(line):
        from sentencex import get_sentence_boundaries

        headline = not _ENDED.search(line.rstrip())
        for boundary in get_sentence_boundaries(lang, line):
            end = boundary["end_index"]
            piece = line[start:end]
            if _INITIAL.search(piece) or (headline and _ACRONYM.search(piece)):
                continue
            yield start, end
            start = end
    yield start, len(line)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
