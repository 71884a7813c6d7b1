"""Paths to a corpus of documents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from align.corpus import READERS
from align.corpus.boilerplate import line_reason, sentence_reason
from align.errors import InputError
from align.facts import extract
from align.text.language import detect
from align.text.normalise import segment_id
from align.text.sentences import line_spans, sentence_spans
from align.types import Document, Lang, Segment

__all__ = ["Corpus", "Skipped", "read", "read_lines"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that took no part, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was read: the documents, in the order of their paths, and the files that gave none."""

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...] = ()

    def segments(self, lang: Lang) -> tuple[Segment, ...]:
        """Return one language's kept segments, document by document."""
        return tuple(segment for document in self.documents if document.lang == lang for segment in document.kept)

    def require_both(self) -> None:
        """Raise InputError for a corpus of one language, naming what was skipped."""
        for lang, name in (("kk", "Kazakh"), ("en", "English")):
            if not any(document.lang == lang for document in self.documents):
                skipped = "".join(f"; skipped {file.path}: {file.reason}" for file in self.skipped[:3])
                raise InputError(
                    f"no {name} document among the {len(self.documents)} read, so there is nothing to link:"
                    f" add one{skipped}"
                )


def read(*paths: str | Path) -> Corpus:
    """Read documents from files and folders, finding the language of each.

    Folders are searched all the way down for files of a known kind. Raises InputError for a path that does not exist,
    a named file of an unknown kind, a file that is not UTF-8, and for no documents at all.
    """
    documents: dict[str, Document] = {}
    skipped: list[Skipped] = []
    for path in _files(paths):
        document = _read_document(path)
        if isinstance(document, Document) and document.id in documents:
            document = Skipped(str(path), f"the same file as {documents[document.id].path}")
        if isinstance(document, Skipped):
            skipped.append(document)
        else:
            documents[document.id] = document
    return Corpus(tuple(_without_repeats(documents.values())), tuple(skipped))


def read_lines(path: Path) -> list[str]:
    """Return a file's lines, one segment each, blank ones kept so that line numbers hold; raises InputError."""
    _, text = READERS.load(".txt")(path)
    lines: list[str] = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _files(paths: Iterable[str | Path]) -> list[Path]:
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            found.update(dict.fromkeys(file for file in sorted(path.rglob("*")) if _is_document(file)))
        elif not path.exists():
            raise InputError(f"{path}: no such file or folder")
        elif path.suffix.lower() not in READERS.entries:
            raise InputError(f"{path}: not a kind of document that can be read ({', '.join(READERS.entries)})")
        else:
            found[path] = None
    if not found:
        named = ", ".join(str(path) for path in paths) or "nothing given"
        raise InputError(f"{named}: no documents found; put {', '.join(READERS.entries)} files there, one a document")
    return list(found)


def _is_document(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in READERS.entries and not path.name.startswith(".")


def _read_document(path: Path) -> Document | Skipped:
    content, text = READERS.load(path.suffix.lower())(path)
    if not text.strip():
        return Skipped(str(path), "empty")
    lang = detect(text)
    if lang is None:
        return Skipped(str(path), "neither Kazakh nor English")
    sha256 = hashlib.sha256(content).hexdigest()
    segments = _segments(text, lang, sha256[:12])
    title = next((segment.text for segment in segments if segment.dropped is None), None)
    published = _published(segments)
    return Document(sha256[:12], str(path), lang, title, published, None, None, sha256, text, segments)


def _published(segments: Iterable[Segment]) -> str | None:
    """Return the day of the first date line, as ISO 8601."""
    lines = (segment for segment in segments if segment.dropped == "date line")
    facts = (fact for line in lines for fact in extract(line.text, line.lang))
    return next((fact.value for fact in facts if fact.kind == "date" and _DAY.fullmatch(fact.value)), None)


def _segments(text: str, lang: Lang, document: str) -> tuple[Segment, ...]:
    return tuple(
        Segment(segment_id(text[start:end], lang), lang, document, position, start, end, text[start:end], reason)
        for position, (start, end, reason) in enumerate(_spans(text, lang))
    )


def _spans(text: str, lang: Lang) -> Iterator[tuple[int, int, str | None]]:
    """Yield start, end and the reason to drop it: of each sentence, or of a whole line that is boilerplate."""
    seen: set[str] = set()
    for first, last in line_spans(text):
        line = text[first:last]
        reason = line_reason(line, lang)
        if reason:
            yield first, last, reason
            continue
        for start, end in sentence_spans(line, lang):
            sentence = line[start:end]
            repeated = "repeated in this document" if segment_id(sentence, lang) in seen else None
            seen.add(segment_id(sentence, lang))
            yield first + start, first + end, sentence_reason(sentence, lang) or repeated


def _without_repeats(documents: Iterable[Document]) -> Iterator[Document]:
    """Drop what an earlier document said word for word, so that one pair is judged once."""
    seen: set[str] = set()
    for document in documents:
        segments = tuple(
            replace(segment, dropped="repeated in another document")
            if segment.dropped is None and segment.id in seen
            else segment
            for segment in document.segments
        )
        seen.update(segment.id for segment in segments)
        yield replace(document, segments=segments)
