"""Paths to a corpus of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from align.corpus.columns import parse_columns
from align.corpus.compact import SegmentTable
from align.corpus.documents import Skipped, documents_of
from align.corpus.duplicates import Duplicates
from align.corpus.source import Refused
from align.corpus.txt import read_lines
from align.corpus.walk import sources
from align.errors import InputError
from align.types import Document, Lang, Segment

__all__ = ["Corpus", "Skipped", "read", "read_lines"]

_REPEATED = "repeated in another document"


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was read: the documents, in the order of their paths, and the files that gave none."""

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...] = ()

    def segments(self, lang: Lang) -> tuple[Segment, ...]:
        """Return the kept segments in one language, whatever their document's, document by document."""
        return tuple(segment for document in self.documents for segment in document.kept if segment.lang == lang)

    def require_both(self) -> None:
        """Raise InputError for a corpus of one language, naming what was skipped."""
        for lang, name in (("kk", "Kazakh"), ("en", "English")):
            if not any(segment.lang == lang for document in self.documents for segment in document.segments):
                skipped = "".join(f"; skipped {file.path}: {file.reason}" for file in self.skipped[:3])
                raise InputError(
                    f"no {name} document among the {len(self.documents)} read, so there is nothing to link:"
                    f" add one{skipped}"
                )


def read(*paths: str | Path, columns: str | None = None) -> Corpus:
    """Read documents from files, folders and archives ("-" is standard input), finding the language of each.

    A file's kind is told by its content, then by its suffix. `columns` names the columns of tables where their names
    don't tell: "text=body,published=day" (see `align.corpus.columns`). A file that can't be read is skipped with its
    reason, and the others go on. Raises InputError for a path that does not exist, and where no document is left.
    """
    documents: list[Document] = []
    skipped: list[Skipped] = []
    refused: list[InputError] = []
    for outcome in _outcomes(paths, columns):
        if isinstance(outcome, Document):
            documents.append(outcome)
        elif isinstance(outcome, Skipped):
            skipped.append(outcome)
        else:
            refused.append(outcome.error)
            skipped.append(Skipped(outcome.name, outcome.reason))
    if not documents and refused:
        raise refused[0]
    if not documents and not skipped:
        named = ", ".join(map(str, paths)) or "nothing given"
        raise InputError(f"{named}: no documents found: give files or folders of .txt, .html, .docx, .pdf and the like")
    return Corpus(tuple(_without_repeats(documents)), tuple(skipped))


def _outcomes(paths: Iterable[str | Path], columns: str | None) -> Iterator[Document | Skipped | Refused]:
    duplicates = Duplicates()
    for found in sources(paths, parse_columns(columns)):
        if isinstance(found, Refused):
            yield found
        else:
            yield from documents_of(*found, duplicates)


def _without_repeats(documents: Iterable[Document]) -> Iterator[Document]:
    """Drop what an earlier document said word for word, so that one pair is judged once."""
    seen: set[int] = set()
    for document in documents:
        held = document.segments
        table = held if isinstance(held, SegmentTable) else SegmentTable.of(document.text, held)
        repeats = {place: _REPEATED for place, (number, kept) in enumerate(table.ids()) if kept and number in seen}
        seen.update(number for number, _ in table.ids())
        yield replace(document, segments=table.dropping(repeats)) if repeats else document
