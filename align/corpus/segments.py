"""A document's text to its segments: which are searched, which are dropped and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, islice
from pathlib import PurePath
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from align.corpus.boilerplate import (
    furniture_reason,
    is_fragment,
    is_menu,
    is_menu_item,
    label_of,
    line_reason,
    sentence_reason,
)
from align.corpus.compact import SegmentTable
from align.text.cyrillic import Script
from align.text.datelines import dateline_of
from align.text.language import Language, line_language
from align.text.matched import as_matched
from align.text.normalise import segment_id
from align.text.scripts import kazakh_script, script_of_line
from align.text.sentences import line_spans, sentence_spans
from align.types import Document, Lang, Segment

__all__ = ["document_segments", "without_repeats"]

_SAMPLE = 20_000
"""Characters that tell a document's alphabet, and whether it has prose beside its menus."""
_HEAD = 12
"""Lines of a menu by which the rest of it is judged."""
_PROSE: Final = re.compile(r"[^\r\n]{60}")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")

_LEAST_DOCUMENTS = 3
_LEAST_SHARE = 0.3
"""A line that so many documents of a source, and this share of them, repeat is the source's and not the news'."""


class _Line(NamedTuple):
    """A line's characters, why it is dropped or how it is marked, and where its label ends.

    The label stands in front of it.
    """

    start: int
    end: int
    reason: str | None
    mark: str | None
    label: int


class _Piece(NamedTuple):
    """Characters of the text that become a segment, and what their line says of them."""

    start: int
    end: int
    reason: str | None
    mark: str | None


def document_segments(text: str, lang: Lang, document: str, *, keep_boilerplate: bool = False) -> Iterator[Segment]:
    """Yield a document's segments in order: every sentence, and every dropped line.

    The latter have their reason. `lang` is the document's language; a segment that is surely in the other one has that,
    so that both parts of a mixed document are searched. Teasers and captions take part, with a mark. `keep_boilerplate`
    turns the reasons that concern boilerplate into marks. Lines are never joined: see `align.text.wrapped` for texts
    that need it.
    """
    script = kazakh_script(text[:_SAMPLE]) if lang == "kk" else None
    seen: set[int] = set()
    for position, (start, end, reason, mark) in enumerate(_pieces(text, script, keep_boilerplate)):
        content = text[start:end]
        found = None if reason else _language(content, lang, script)
        own: Lang = lang if found is None or found == "other" else found
        name = segment_id(content, own)
        if reason is None:
            repeated = "repeated in this document" if int(name, 16) in seen else None
            furniture = furniture_reason(content)
            mark = mark or (furniture if keep_boilerplate else None)
            reason = sentence_reason(content) or ("another language" if found == "other" else repeated)
            reason = reason or (None if keep_boilerplate else furniture)
            seen.add(int(name, 16))
        # A short segment can't tell its alphabet, so the document speaks for it.
        own_script = script_of_line(content, script) if own == "kk" else None
        yield Segment(name, own, document, position, start, end, content, reason, own_script, mark)


def _is_cyrillic(text: str) -> bool:
    return len(_CYRILLIC.findall(text)) > len(text) / 4


def _language(text: str, lang: Lang, script: Script | None) -> Language | None:
    """Return a segment's language, which is its document's unless it is surely another."""
    found = line_language(text, expected=lang).language
    if script is None or found in ("kk", "en"):
        return found
    reading = as_matched(text, script)
    return "kk" if reading is not None and line_language(reading.text, expected=lang).language == "kk" else found


def _pieces(text: str, script: Script | None, keep: bool) -> Iterator[_Piece]:
    for line in _lines(text, script):
        first, reason, mark = line.start, line.reason, line.mark
        if keep:
            reason, mark = None, reason or mark
        elif line.label > first:
            yield _Piece(first, line.label, "label", None)
            first = line.label
        if reason is not None:
            yield _Piece(first, line.end, reason, None)
            continue
        for start, end in _sentences(text[first : line.end], script):
            yield _Piece(first + start, first + end, None, mark)


def _sentences(line: str, script: Script | None) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a line; a dateline belongs to the first of them."""
    dateline = dateline_of(line)
    begun = dateline.length if dateline is not None else 0
    # A mixed document's lines are split by the rules of what they are written in.
    spans = sentence_spans(line[begun:], "kk" if script or _is_cyrillic(line) else "en")
    for number, (start, end) in enumerate(spans or ((0, len(line) - begun),)):
        yield (0 if number == 0 and begun else begun + start), begun + end


def _lines(text: str, script: Script | None) -> Iterator[_Line]:
    prose = _PROSE.search(text, 0, _SAMPLE) is not None
    titled = False  # The first line may be a name alone: the title of an encyclopaedia's article.
    promised = None  # The mark that a label on a line of its own gives to the next line.
    for first, last, in_menu in _menus(text):
        line = text[first:last]
        reading = as_matched(line, script) if script else None
        readable = reading.text if reading else line
        reason = "navigation" if in_menu else line_reason(readable) or _lone(readable, prose=prose and titled)
        titled = titled or reason is None
        label = None if reason else label_of(readable)
        if label is None:
            yield _Line(first, last, reason, None if reason else promised, first)
        elif label.length >= len(readable):
            yield _Line(first, last, "label", None, first)
        else:
            length = reading.ends[label.length - 1] if reading else label.length
            yield _Line(first, last, None, label.mark, first + length)
        promised = label.mark if label and label.mark == "teaser" and label.length >= len(readable) else None


def _lone(line: str, *, prose: bool) -> str | None:
    """Return why a line that no sentence stands in is dropped.

    Beside prose, a name or a day is no sentence's rival.
    """
    dateline = dateline_of(line)
    if dateline is not None and dateline.length >= len(line):
        return "dateline"
    return "fragment" if prose and is_fragment(line) else None


def _menus(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the lines, and of each whether it stands in a menu."""
    has_prose = _PROSE.search(text, 0, _SAMPLE) is not None
    for could_be, spans in groupby(line_spans(text), lambda span: is_menu_item(text[slice(*span)])):
        # A few lines tell for all that follow them, so that a list of a million words is not held at once.
        head = list(islice(spans, _HEAD)) if could_be else []
        menu = has_prose and is_menu([text[first:last] for first, last in head])
        for first, last in chain(head, spans):
            yield first, last, menu


def without_repeats(documents: Sequence[Document], *, keep_boilerplate: bool = False) -> Iterator[Document]:
    """Yield the documents without what an earlier one said word for word.

    So one pair is judged once. A line that many documents of one source (a host, else a folder) repeat is dropped
    everywhere but where it is the title, unless `keep_boilerplate`: then its first occurrence stays, as for any other
    repeat.
    """
    everywhere = {} if keep_boilerplate else _repeated_lines(documents)
    seen: set[int] = set()
    for document in documents:
        table = _table(document)
        reasons: dict[int, str] = {}
        lines = everywhere.get(_source(document), frozenset())
        for place, (number, kept) in enumerate(table.ids()):
            if kept and number in lines and table[place].text != document.title:
                reasons[place] = "repeated across the source"
            elif kept and number in seen:
                reasons[place] = "repeated in another document"
        seen.update(number for number, _ in table.ids())
        yield replace(document, segments=table.dropping(reasons)) if reasons else document


def _repeated_lines(documents: Iterable[Document]) -> dict[str, frozenset[int]]:
    """Return, for each source, the ids that so many of its documents hold that they are no news."""
    sizes = Counter(map(_source, documents))
    counts: dict[str, Counter[int]] = {source: Counter() for source, size in sizes.items() if size >= _LEAST_DOCUMENTS}
    for document in documents:
        if (source := _source(document)) in counts:
            counts[source].update({number for number, kept in _table(document).ids() if kept})
    return {
        source: frozenset(
            number for number, count in found.items() if count >= max(_LEAST_DOCUMENTS, _LEAST_SHARE * sizes[source])
        )
        for source, found in counts.items()
    }


def _source(document: Document) -> str:
    return (urlsplit(document.url).hostname or "") if document.url else str(PurePath(document.path).parent)


def _table(document: Document) -> SegmentTable:
    held = document.segments
    return held if isinstance(held, SegmentTable) else SegmentTable.of(document.text, held)
