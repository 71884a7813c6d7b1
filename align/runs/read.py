"""A run's folder back as the alignment that it was written from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from align.corpus.read import Corpus, Skipped
from align.errors import InputError
from align.runs.alignment import Alignment
from align.runs.records import Record, document_of, link_of, read_records, segment_of, unmatched_of
from align.settings import Settings
from align.storage.files import read_jsonl
from align.storage.sealed import reading_run
from align.types import Document, Link, Segment, Unmatched
from align.verify.threshold import Threshold

__all__ = ["read_documents", "read_links", "read_run", "read_segments", "read_unmatched"]

_Segments = Mapping[tuple[str, int], Segment]


def read_run(folder: str | Path) -> Alignment:
    """Return the alignment that a run's folder holds; writing it again gives the same files.

    Of the documents' texts, the segments and the borders of paragraphs are kept, what stood between them is not. Raises
    InputError for a folder that holds no run, not a whole one, or one of another version.
    """
    folder = Path(folder)
    with reading_run(folder) as manifest:
        try:
            return _alignment(folder, manifest)
        except (KeyError, TypeError) as error:
            raise InputError(f"{folder}: written by another version of align ({error}): run it again") from error


def _alignment(folder: Path, manifest: Record) -> Alignment:
    corpus = _corpus(folder, manifest)
    segments = {(each.document, each.position): each for document in corpus.documents for each in document.segments}
    decision = manifest["decision"]
    return Alignment(
        corpus=corpus,
        links=tuple(_placed_link(each, segments) for each in read_links(folder)),
        unmatched=tuple(replace(each, segment=_placed(each.segment, segments)) for each in read_unmatched(folder)),
        settings=Settings.of(_given(manifest["settings"]), origin=str(folder / "manifest.json")),
        signatures=manifest["models"],
        share=decision["share_with_counterpart"],
        threshold=Threshold(**{**decision["expected"], "interval": tuple(decision["expected"]["interval"])}),
        seconds=manifest["seconds"],
        peak_megabytes=manifest.get("peak_megabytes"),
        recall=manifest.get("index", {}).get("recall"),
        megabytes=manifest.get("megabytes", {}),
    )


def _given(settings: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in settings.items() if value is not None}


def _corpus(folder: Path, manifest: Record) -> Corpus:
    lines: dict[str, list[Record]] = defaultdict(list)
    for line in read_jsonl(folder / "segments.jsonl"):
        lines[line["document"]].append(line)
    documents = (_document(each, lines[each["id"]]) for each in read_jsonl(folder / "documents.jsonl"))
    return Corpus(tuple(documents), tuple(Skipped(**each) for each in manifest["skipped"]))


def _document(record: Record, lines: Sequence[Record]) -> Document:
    return document_of(record, _text(lines), tuple(segment_of(line) for line in lines))


def _text(lines: Iterable[Record]) -> str:
    """Return the segments where they stood, an empty line wherever a paragraph began."""
    parts, at, paragraph = [], 0, 0
    for line in lines:
        start, end = line["span"]
        gap = "\n\n" if line["paragraph"] > paragraph else ""
        parts += [gap.ljust(start - at)[: start - at], line["text"].ljust(end - start)[: end - start]]
        at, paragraph = end, line["paragraph"]
    return "".join(parts)


def _placed_link(link: Link, segments: _Segments) -> Link:
    source, target = (tuple(_placed(each, segments) for each in side) for side in (link.source, link.target))
    return replace(link, source=source, target=target)


def _placed(segment: Segment, segments: _Segments) -> Segment:
    """Return the segment that stands in a place of the run, with all that is known of it."""
    return segments[segment.document, segment.position]


def read_links(folder: Path) -> Iterator[Link]:
    """Yield the links of a run's folder.

    Raises InputError for a folder that holds no run, or not a whole one.
    """
    with reading_run(folder):
        yield from read_records(folder / "links.jsonl", link_of)


def read_unmatched(folder: Path) -> Iterator[Unmatched]:
    """Yield the segments of a run's folder that stand in no link, with their drafts."""
    with reading_run(folder):
        yield from read_records(folder / "unmatched.jsonl", unmatched_of)


def read_segments(folder: Path) -> Iterator[Segment]:
    """Yield the segments of a run's folder, document by document, dropped ones too."""
    with reading_run(folder):
        yield from read_records(folder / "segments.jsonl", segment_of)


def read_documents(folder: Path) -> Iterator[Document]:
    """Yield the documents of a run's folder, without their texts and segments."""
    with reading_run(folder):
        yield from read_records(folder / "documents.jsonl", document_of)
