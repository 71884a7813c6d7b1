"""Sources to documents: each reading with its language and its segments.

One that is left out has its reason.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from align.corpus import READERS
from align.corpus.compact import SegmentTable
from align.corpus.declared import site_language
from align.corpus.duplicates import Duplicates
from align.corpus.faults import faults_of
from align.corpus.fields import whole_letters
from align.corpus.segments import document_segments
from align.corpus.source import Reading, Refused, Source
from align.errors import InputError
from align.facts import extract
from align.text.datelines import dateline_of
from align.text.language import detect, identify
from align.text.normalise import normalise
from align.text.wrapped import unwrap, wrap_width
from align.types import Document, Lang, Segment

__all__ = ["Skipped", "documents_of"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SAMPLE = 20_000
"""Characters at the beginning, middle and end that tell a document's language."""
_SENTENCE_END = re.compile(r"[.!?…:;][\"»”’')\]]*$")
_LONGEST_TITLE = 20
"""Words of the longest headline."""
_HEAD = 5
"""Segments among which a dateline stands."""
_OUTSIDE = "outside the article"
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that took no part, and why."""

    path: str
    reason: str


def documents_of(
    kind: str, source: Source, duplicates: Duplicates, *, keep_boilerplate: bool = False
) -> Iterator[Document | Skipped | Refused]:
    """Yield the documents of a source, then what of it was left out, a line for each reason."""
    sha256 = hashlib.sha256(source.content).hexdigest()
    if source.content and (twin := duplicates.same_bytes(sha256)) is not None:
        yield Skipped(source.name, f"the same file as {twin}")
        return
    duplicates.know_bytes(sha256, source.name)
    left_out: dict[str, list[str]] = {}
    known: dict[tuple[Lang | None, bytes], str] = {}
    count = 0
    try:
        with faults_of(source.name):
            for reading in READERS.load(kind)(source):
                key = (reading.lang, hashlib.sha256(reading.text.encode("utf-8", "surrogatepass")).digest())
                document = known.get(key) or _document(_writable(reading), kind, source.name, sha256, keep_boilerplate)
                reason = document if isinstance(document, str) else duplicates.add(document)
                if reason is not None:
                    left_out.setdefault(reason, []).append(reading.part)
                elif isinstance(document, Document):
                    count += 1
                    yield document
                    # A table may hold one text a million times: it is looked into once.
                    reason = f"nearly the same as {document.path} (100 % of its segments)"
                known[key] = reason or ""
    except InputError as error:
        yield Refused(source.name, error, before=count)
        return
    if not count and not left_out:
        yield Skipped(source.name, "no text in it")
    for reason, parts in left_out.items():
        more = f" ({len(parts)} of its documents)" if len(parts) > 1 else ""
        yield Skipped(source.name + parts[0], reason + more)


def _writable(reading: Reading) -> Reading:
    """Return a reading whose texts any encoding of Unicode can write.

    Halves of letters become U+FFFD.
    """
    said = {name: getattr(reading, name) for name in ("text", "title", "published", "url", "author", "licence")}
    mended: dict[str, Any] = {name: whole_letters(value) for name, value in said.items() if value is not None}
    return replace(reading, **mended) if any(mended[name] != said[name] for name in mended) else reading


def _document(reading: Reading, kind: str, name: str, sha256: str, keep_boilerplate: bool) -> Document | str:
    """Return the document, or the reason why there is none."""
    text = unwrap(reading.text, wrap_width(reading.text)) if reading.wrapped else reading.text
    if not text or text.isspace():
        return "empty"
    lang = reading.lang or _language(_sample(text[: reading.rest]), _expected(reading))
    if lang is None:
        return "neither Kazakh nor English"
    if reading.part:
        sha256 = hashlib.sha256(text.encode()).hexdigest()
    found = document_segments(text, lang, sha256[:12], keep_boilerplate=keep_boilerplate)
    found = found if reading.rest is None else _outside(found, reading.rest, keep_boilerplate)
    segments = SegmentTable.of(text, _with_title(found, reading.title))
    published, published_from = _published(reading, kind, segments)
    return Document(
        id=sha256[:12],
        path=name + reading.part,
        lang=lang,
        title=reading.title or _title(segments),
        published=published,
        published_from=published_from,
        url=reading.url,
        licence=reading.licence,
        sha256=sha256,
        text=text,
        segments=segments,
        author=reading.author,
        kind=kind,
        encoding=reading.encoding,
        notes=tuple(_notes(reading)),
    )


def _with_title(segments: Iterable[Segment], title: str | None) -> Iterator[Segment]:
    """Yield the segments, the headline among them marked.

    It is what the file calls its title, else a first line like one.
    """
    wanted = normalise(title) if title else None
    waiting = True
    for each in segments:
        takes_part = waiting and each.dropped is None
        if takes_part and each.mark is None and (normalise(each.text) == wanted if wanted else _is_headline(each.text)):
            waiting = False
            yield replace(each, mark="title")
            continue
        if takes_part and wanted is None:
            waiting = False
        yield each


def _is_headline(text: str) -> bool:
    return len(text.split()) <= _LONGEST_TITLE and not _SENTENCE_END.search(text)


def _outside(segments: Iterable[Segment], rest: int, keep_boilerplate: bool) -> Iterator[Segment]:
    """Yield the segments with those dropped, or marked, that stand outside a page's article."""
    for each in segments:
        if each.start < rest or each.dropped not in (None, "fragment"):
            yield each
        elif keep_boilerplate:
            yield replace(each, mark=each.mark or _OUTSIDE)
        else:
            yield replace(each, dropped=_OUTSIDE)


def _expected(reading: Reading) -> Lang | None:
    """Return the language that a page and its address speak for.

    Where they differ, neither is believed.
    """
    said = {reading.declared, site_language(reading.url)} - {None}
    return said.pop() if len(said) == 1 else None


def _language(sample: str, expected: Lang | None) -> Lang | None:
    """Return a document's language.

    Where it is a third one, that of the lines in ours counts, if there are any.
    """
    lang = detect(sample, expected=expected)
    if lang is not None:
        return lang
    lines = [identify(line) for line in sample.splitlines()]
    kazakh, english = lines.count("kk"), lines.count("en")
    if kazakh or english:
        return "kk" if kazakh >= english else "en"
    return None


def _sample(text: str) -> str:
    middle = max((len(text) - _SAMPLE) // 2, 0)
    return text if len(text) <= 3 * _SAMPLE else text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]


def _notes(reading: Reading) -> Iterator[str]:
    if reading.encoding not in (None, "UTF-8"):
        yield f"read as {reading.encoding}"
    if lost := reading.text.count(_LOST):
        yield f"{lost} letters were lost before it was saved (U+FFFD stands in their places)"
    yield from reading.notes


def _title(segments: Iterable[Segment]) -> str | None:
    """Return the first segment of the text itself."""
    return next((each.text for each in segments if each.dropped is None and each.mark in (None, "title")), None)


def _published(reading: Reading, kind: str, segments: Iterable[Segment]) -> tuple[str | None, str | None]:
    """Return the day that a document states, and what states it.

    A page has more days on it than its own.
    """
    if reading.published is not None:
        return reading.published, reading.published_from or "file"
    if kind != "html":
        lines = (segment for segment in segments if "date line" in (segment.dropped, segment.mark))
        for where, texts in (("date line", lines), ("dateline", _datelines(segments))):
            facts = (fact for each in texts for fact in extract(each.text, each.lang))
            day = next((fact.value for fact in facts if fact.kind == "date" and _DAY.fullmatch(fact.value)), None)
            if day is not None:
                return day, where
    return None, None


def _datelines(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield the beginnings of the first segments that are datelines, cut off behind them."""
    for each in islice(segments, _HEAD):
        found = dateline_of(each.text)
        if found is not None and found.day is not None:
            yield replace(each, text=each.text[: found.length])
