"""Documents that translate each other become beads, and beads a run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from align.corpus.read import read, read_lines
from align.encode import load_encoder
from align.errors import InputError
from align.models import BUNDLED
from align.monotone.aligner import BeadAligner
from align.monotone.bead import Bead
from align.monotone.moves import LARGEST, moves_of
from align.pipeline.of_lines import document_of_lines, has_sentence_lines
from align.text.language import detect
from align.text.matched import matched_text
from align.types import Document, Lang, Segment

if TYPE_CHECKING:
    from align.ports import Encoder

__all__ = ["BeadAlignment", "Given", "align_pairs", "aligned", "bead_id", "beads", "documents_of"]

Given: TypeAlias = "str | Path | Sequence[str] | Document"
"""One side of two documents: a file, lines that are sentences, or a document that was read."""

_NAMES: Final = {"kk": "Kazakh", "en": "English"}
_HEADING: Final = 80
_STOP: Final = re.compile(r"[.!?:;,…»\"”)]\s*$")
_SAMPLE: Final = 500
_LINE_ENDS: Final = re.compile(r"[ \t\r]*\n")


@dataclass(frozen=True, slots=True)
class BeadAlignment:
    """Two documents and the beads between them, whose numbers are positions of segments.

    In a file of lines they are positions of lines. Every segment that takes part is in exactly one bead. `signatures`
    name what decided: the encoder, and the weights as what verified.
    """

    source: Document
    target: Document
    beads: tuple[Bead, ...]
    signatures: Mapping[str, str]

    def __len__(self) -> int:
        return len(self.beads)

    def __iter__(self) -> Iterator[Bead]:
        return iter(self.beads)

    def segments(self, bead: Bead) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
        """Return the segments of both sides."""
        source, target = self.source.segments, self.target.segments
        return tuple(source[place] for place in bead.source), tuple(target[place] for place in bead.target)

    def texts(self, bead: Bead) -> tuple[str, str]:
        """Return the texts of both sides, sentences joined by a space."""
        source, target = self.segments(bead)
        return " ".join(each.text for each in source), " ".join(each.text for each in target)

    def write(self, out: str | Path, *, format: str | None = None) -> None:
        """Write the beads: as jsonl, ladder, tsv or tmx, or as a run (no suffix).

        The name of `out` decides where no form is given.
        """
        from align.pipeline.bead_files import write_beads

        write_beads([self], Path(out), format=format)

    def at_least(self, probability: float) -> BeadAlignment:
        """Return the same with less probable pairs taken apart.

        Their lines stand alone, as probably as they should.
        """
        return replace(self, beads=tuple(part for bead in self.beads for part in _parted(bead, probability)))


def bead_id(sides: tuple[Sequence[Segment], Sequence[Segment]]) -> str:
    """Return the id of the link between these segments: a hash of theirs.

    For one and one it is that of any run.
    """
    ids = "|".join("+".join(segment.id for segment in side) for side in sides)
    return hashlib.sha256(ids.encode()).hexdigest()[:16]


def _parted(bead: Bead, least: float) -> Iterator[Bead]:
    if not bead.pairs or bead.probability >= least:
        yield bead
        return
    alone = round(1.0 - bead.probability, 4)
    yield from (Bead((place,), (), alone) for place in bead.source)
    yield from (Bead((), (place,), alone) for place in bead.target)


def beads(
    kk: Given,
    en: Given,
    *,
    max_size: int = LARGEST,
    one_to_many: bool = False,
    min_probability: float = 0.0,
    lines: bool | None = None,
    encoder: str | Encoder = BUNDLED,
) -> BeadAlignment:
    """Align two documents that translate each other.

    `kk` and `en` are lists of lines that are sentences, or files: of lines, or documents of any format, whose
    sentences are split as in `run`. `max_size` bounds the sentences of both sides together that a bead holds; with
    `one_to_many` a bead holds one Kazakh sentence at most. Pairs below `min_probability` are taken apart. `lines` says
    whether a file's lines are sentences; None asks the files. Raises InputError for a file that can't be read, or is in
    another language.
    """
    aligner = BeadAligner.load(load_encoder(encoder) if isinstance(encoder, str) else encoder)
    documents = documents_of(kk, en, lines=lines)
    return aligned(*documents, aligner, max_size=max_size, one_to_many=one_to_many).at_least(min_probability)


def align_pairs(
    pairs: Iterable[tuple[Document, Document]], aligner: BeadAligner, *, max_size: int, one_to_many: bool
) -> Iterator[BeadAlignment]:
    """Yield the beads of each pair of documents."""
    for source, target in pairs:
        yield aligned(source, target, aligner, max_size=max_size, one_to_many=one_to_many)


def aligned(
    source: Document, target: Document, aligner: BeadAligner, *, max_size: int = LARGEST, one_to_many: bool = False
) -> BeadAlignment:
    """Align two documents that were read; empty lines of a file of lines are beads of their own."""
    kept = source.kept, target.kept
    found = aligner.align(
        [matched_text(segment) for segment in kept[0]],
        [matched_text(segment) for segment in kept[1]],
        moves=moves_of(max_size, one_to_many=one_to_many),
        sections=(_sections(source, kept[0]), _sections(target, kept[1])),
    )
    placed = [_placed(bead, *kept) for bead in found]
    return BeadAlignment(source, target, tuple(_with_empty(placed, source, target)), aligner.signatures)


def documents_of(kk: Given, en: Given, *, lines: bool | None = None) -> tuple[Document, Document]:
    """Return the two sides as documents.

    Raises InputError for what can't be read, or is not one document. `lines` says whether the files' lines are
    sentences; None asks the files: they are where both are plain texts that look like it, else sentences are split as
    in `run`.
    """
    sides: tuple[tuple[Given, Lang], ...] = (kk, "kk"), (en, "en")
    files = [(Path(side), lang) for side, lang in sides if isinstance(side, str | Path)]
    if lines is None:
        lines = all(has_sentence_lines(path, lang) for path, lang in files)
    documents = [_document_of(side, lang, lines) for side, lang in sides]
    return documents[0], documents[1]


def _document_of(side: Given, lang: Lang, lines: bool) -> Document:
    if isinstance(side, Document):
        return side
    if not isinstance(side, str | Path):
        return document_of_lines(side, lang, "lines", kind="lines")
    if lines:
        texts = read_lines(Path(side))
        if detect("\n".join(texts[:_SAMPLE])) not in (lang, None):
            raise InputError(f"{side}: its lines are not {_NAMES[lang]}: give the Kazakh first")
        return document_of_lines(texts, lang, str(side), kind="lines")
    documents = read(side).documents
    mine = [document for document in documents if document.lang == lang]
    if len(mine) != 1:
        found = ", ".join(_NAMES[document.lang] for document in documents) or "none in either language"
        raise InputError(f"{side}: expected one {_NAMES[lang]} document, found {found}: give the Kazakh first")
    return mine[0]


def _sections(document: Document, kept: Sequence[Segment]) -> list[int]:
    """Return which of the kept segments begin a section, but the first.

    A section begins after an empty line, or with a heading.
    """
    starts = []
    for row, (before, segment) in enumerate(pairwise(kept), start=1):
        apart = document.text[before.end : segment.start].count("\n") > 1
        if apart and (document.kind == "lines" or _is_heading(document.text, segment)):
            starts.append(row)
    return starts


def _is_heading(text: str, segment: Segment) -> bool:
    """Say whether a segment is a paragraph of its own, short and without a stop."""
    return (
        _LINE_ENDS.match(text, segment.end) is not None
        and len(segment.text) <= _HEADING
        and not _STOP.search(segment.text)
    )


def _placed(bead: Bead, sources: Sequence[Segment], targets: Sequence[Segment]) -> Bead:
    """Return a bead of kept segments as one of positions."""
    source = tuple(sources[row].position for row in bead.source)
    return replace(bead, source=source, target=tuple(targets[row].position for row in bead.target))


def _with_empty(found: Sequence[Bead], source: Document, target: Document) -> Iterator[Bead]:
    """Yield the beads, and the empty lines where files of lines were read.

    Each stands before the line that follows it.
    """
    empty = [
        [segment.position for segment in document.segments if document.kind == "lines" and segment.dropped]
        for document in (source, target)
    ]
    for bead in found:
        for side, lines in enumerate((bead.source, bead.target)):
            while lines and empty[side] and empty[side][0] < lines[0]:
                yield _lone(side, empty[side].pop(0))
        yield bead
    for side in (0, 1):
        yield from (_lone(side, place) for place in empty[side])


def _lone(side: int, place: int) -> Bead:
    return Bead((place,), (), 1.0) if side == 0 else Bead((), (place,), 1.0)
