"""Paths to a corpus of documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, overload

from align.corpus.columns import parse_columns
from align.corpus.documents import Skipped, documents_of
from align.corpus.duplicates import Duplicates
from align.corpus.segments import without_repeats
from align.corpus.source import Refused
from align.corpus.txt import read_lines
from align.corpus.walk import sources
from align.errors import InputError, UnforeseenError
from align.progress import step
from align.types import Document, Lang, Segment
from align.wording import count, html_table, shortened

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Corpus", "Skipped", "read", "read_lines"]

_REPORTED = 100
_SHOWN = 10


@dataclass(frozen=True, slots=True, repr=False)
class Corpus:
    """What was read: the documents, in the order of their paths, and the files that gave none.

    It is a sequence of documents: `len(corpus)`, `corpus[0]`, `for document in corpus`; `corpus["ID or path"]` is the
    document of that id or path.
    """

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...] = ()

    def __len__(self) -> int:
        return len(self.documents)

    def __iter__(self) -> Iterator[Document]:
        return iter(self.documents)

    @overload
    def __getitem__(self, which: int | str) -> Document: ...
    @overload
    def __getitem__(self, which: slice) -> tuple[Document, ...]: ...
    def __getitem__(self, which: int | str | slice) -> Document | tuple[Document, ...]:
        if not isinstance(which, str):
            return self.documents[which]
        for document in self.documents:
            if which in (document.id, document.path):
                return document
        raise InputError(f"no document has the id or path {which!r}")

    def __repr__(self) -> str:
        langs = Counter(document.lang for document in self.documents)
        told = ", ".join(f"{langs[lang]} {lang}" for lang in ("kk", "en"))
        return f"Corpus: {count(len(self), 'document')} ({told}), {len(self.skipped)} skipped"

    def _repr_html_(self) -> str:
        rows = (
            (each.lang, escape(shortened(each.title or "")), each.published or "", str(len(each)), escape(each.path))
            for each in self.documents[:_SHOWN]
        )
        return html_table(repr(self), ("lang", "title", "published", "segments", "path"), rows)

    def to_pandas(self) -> pd.DataFrame:
        """Return one row a segment: document, lang, position, text, dropped, mark."""
        import pandas as pd

        columns = ["document", "lang", "position", "text", "dropped", "mark"]
        rows = ([getattr(each, name) for name in columns] for document in self.documents for each in document.segments)
        return pd.DataFrame(rows, columns=columns)

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
    """Read documents from files, folders and archives, finding the language of each.

    "-" is standard input. A file's kind is told by its content, then by its suffix. `columns` names the columns of
    tables where their names don't tell: "text=body,published=day" (see `align.corpus.columns`). `keep_boilerplate` lets
    what a page holds beside its text take part, marked. A file that can't be read is skipped with its reason, and the
    others go on. With `raise_faults`, a file on which its reader failed in a way that nobody foresaw raises that error
    instead. `progress` hears how far it is. Raises InputError for a path that does not exist, and where no document is
    left.
    """
    documents: list[Document] = []
    skipped: list[Skipped] = []
    refused: list[InputError] = []
    progress("read")
    for outcome in _outcomes(paths, columns, keep_boilerplate):
        if isinstance(outcome, Document):
            documents.append(outcome)
            if len(documents) % _REPORTED == 0:
                step(progress, "read", len(documents), None)
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
