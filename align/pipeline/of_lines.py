"""Files of lines that are sentences, and such lines as a document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from align.corpus.compact import SegmentTable
from align.corpus.file_kinds import BY_SUFFIX
from align.corpus.txt import read_lines
from align.errors import InputError
from align.sides import scripts_of
from align.text.normalise import segment_id
from align.text.sentences import sentence_spans
from align.text.wrapped import wrap_width
from align.types import Document, Lang, Segment

__all__ = ["document_of_lines", "has_sentence_lines"]

_EMPTY: Final = "empty"
_SAMPLE: Final = 200
_SENTENCES: Final = 1.4
"""Sentences a line from which a plain text is one of paragraphs. Translators join sentences, so some lines hold two."""


def has_sentence_lines(path: Path, lang: Lang) -> bool:
    """Say whether a file is a plain text in which a line is mostly a sentence.

    Its lines are neither paragraphs nor wrapped.
    """
    if not path.is_file() or BY_SUFFIX.get(path.suffix.lower(), "txt") != "txt":
        return False
    try:
        lines = [line for line in read_lines(path) if line.strip()][:_SAMPLE]
    except InputError:
        return False  # Whatever it is, its lines can't be counted on.
    sentences = sum(len(sentence_spans(line, lang)) for line in lines)
    return bool(lines) and sentences <= _SENTENCES * len(lines) and wrap_width("\n".join(lines)) is None


def document_of_lines(texts: Sequence[str], lang: Lang, name: str, *, kind: str = "bitext") -> Document:
    """Return a document that has one segment a line, its position the line's number from 0.

    Blank ones are dropped.

    >>> document_of_lines(["Бір.", "", "Екі."], "kk", "a").kept[1].position
    2
    """
    text = "\n".join(texts)
    sha256 = hashlib.sha256(f"{name}#{lang}\n{text}".encode()).hexdigest()
    segments = SegmentTable.of(text, _segments(texts, lang, sha256[:12]))
    return Document(sha256[:12], f"{name}#{lang}", lang, None, None, None, None, sha256, text, segments, kind=kind)


def _segments(texts: Sequence[str], lang: Lang, document: str) -> Iterator[Segment]:
    start = 0
    for position, (text, script) in enumerate(zip(texts, scripts_of(texts, lang), strict=True)):
        dropped = None if text.strip() else _EMPTY
        end = start + len(text)
        yield Segment(segment_id(text, lang), lang, document, position, start, end, text, dropped, script)
        start = end + 1
