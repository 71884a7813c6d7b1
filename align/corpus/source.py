"""What a reader is given and what it gives back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from align.errors import InputError
from align.types import Lang

__all__ = ["Reader", "Reading", "Refused", "Source"]


@dataclass(slots=True)
class Source:
    """A file, a member of an archive or standard input, its bytes uncompressed.

    `name` is what a person calls it ("news.zip/1.html"), `suffix` is lower-case with its point, "" where there is none.
    `columns` says which column of a table holds what: see `align.corpus.columns`. `folder` is set for a kind of
    document that is a folder (a Hugging Face dataset), and `content` is empty there. A reader may empty `content` when
    it needs it no more, so that a large text is not held twice.
    """

    name: str
    content: bytes = field(repr=False)
    suffix: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of one document and what its file says of it, before any sentence is looked for.

    `part` names the document within a file that holds several ("#12"), "" where the file is the document. One line of
    `text` is one paragraph, heading or item, unless `wrapped`: then a line may end within a sentence. `published` is an
    ISO 8601 day, `published_from` what says so ("JSON-LD"), `lang` the language where the file is sure of it,
    `declared` the one that a page names without being sure, `notes` what a person should know of the reading. From the
    character `rest` on stands what a page holds beside its article.
    """

    text: str
    part: str = ""
    title: str | None = None
    published: str | None = None
    published_from: str | None = None
    url: str | None = None
    author: str | None = None
    licence: str | None = None
    lang: Lang | None = None
    declared: Lang | None = None
    encoding: str | None = None
    wrapped: bool = False
    rest: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A source that can't be taken in, and the error that says why.

    It also tells how many of its documents came before it.
    """

    name: str
    error: InputError
    before: int = 0

    @property
    def reason(self) -> str:
        """Return the error's message without the name it begins with.

        How many documents came before it stands behind.
        """
        more = f"; the {self.before} documents before it were read" if self.before else ""
        return str(self.error).removeprefix(self.name).lstrip(",: ") + more


class Reader(Protocol):
    """Read one kind of document."""

    def __call__(self, source: Source) -> Iterator[Reading]:
        """Yield the documents of a source.

        Raises InputError for one that is damaged, hostile or of another kind.
        """
        ...
