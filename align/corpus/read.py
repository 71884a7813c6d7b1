"""Paths to a corpus of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from align.corpus.columns import parse_columns
from align.corpus.documents import Skipped, documents_of
from align.corpus.duplicates import Duplicates
from align.corpus.segments import without_repeats
from align.corpus.source import Refused
from align.corpus.txt import read_lines
from align.corpus.walk import sources
from align.errors import InputError, UnforeseenError
from align.types import Document, Lang, Segment

__all__ = ["Corpus", "Skipped", "read", "read_lines"]

_REPORTED = 1000


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


def read(
    *paths: str | Path,
    columns: str | None = None,
    keep_boilerplate: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
    raise_faults: bool = False,
) -> Corpus:
    """Read documents from files, folders and archives ("-" is standard input), finding the language of each.

    A file's kind is told by its content, then by its suffix. `columns` names the columns of tables where their names
    don't tell: "text=body,published=day" (see `align.corpus.columns`). `keep_boilerplate` lets what a page holds beside
    its text take part, marked. A file that can't be read is skipped with its reason, and the others go on.
    With `raise_faults`, a file on which its reader failed in a way that nobody foresaw raises that error instead.
    `progress` hears how far it is. Raises InputError for a path that does not exist, and where no document is left.
    """
    documents: list[Document] = []
    skipped: list[Skipped] = []
    refused: list[InputError] = []
    progress("read")
    for outcome in _outcomes(paths, columns, keep_boilerplate):
        if isinstance(outcome, Document):
            documents.append(outcome)
            if len(documents) % _REPORTED == 0:
                progress(f"read: {len(documents)} documents")
        elif isinstance(outcome, Skipped):
            skipped.append(outcome)
        else:
            if raise_faults and isinstance(outcome.error, UnforeseenError):
                raise outcome.error
            refused.append(outcome.error)
            skipped.append(Skipped(outcome.name, outcome.reason))
    if not documents and refused:
        raise refused[0]
    if not documents and not skipped:
        named = ", ".join(map(str, paths)) or "nothing given"
        raise InputError(f"{named}: no documents found: give files or folders of .txt, .html, .docx, .pdf and the like")
    return Corpus(tuple(without_repeats(documents, keep_boilerplate=keep_boilerplate)), tuple(skipped))


def _outcomes(
    paths: Iterable[str | Path], columns: str | None, keep_boilerplate: bool
) -> Iterator[Document | Skipped | Refused]:
    duplicates = Duplicates()
    for found in sources(paths, parse_columns(columns)):
        if isinstance(found, Refused):
            yield found
        else:
            yield from documents_of(*found, duplicates, keep_boilerplate=keep_boilerplate)
