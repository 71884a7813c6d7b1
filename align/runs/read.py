"""A run's folder back as the alignment that it was written from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from align.corpus.read import Corpus, Skipped
from align.errors import InputError
from align.facts.kinds import fact_kind
from align.runs.alignment import Alignment
from align.settings import Settings
from align.storage.files import read_json, read_jsonl
from align.types import (
    Check,
    Document,
    Draft,
    Evidence,
    Fact,
    FactMatch,
    Link,
    Neighbour,
    Segment,
    Unmatched,
    WordMatch,
)
from align.verify.threshold import Threshold

__all__ = ["read_run"]

_Segments = Mapping[tuple[str, int], Segment]


def read_run(folder: Path) -> Alignment:
    """Return the alignment that a run's folder holds; writing it again gives the same files.

    Of the documents' texts, the segments and the borders of paragraphs are kept, what stood between them is not. Raises
    InputError for a folder that holds no run, or one of another version.
    """
    if not (folder / "manifest.json").is_file():
        raise InputError(f"{folder}: holds no manifest.json: give the --out folder of an `align run`")
    manifest = read_json(folder / "manifest.json")
    try:
        corpus = _corpus(folder, manifest)
        segments = {(each.document, each.position): each for document in corpus.documents for each in document.segments}
        decision = manifest["decision"]
        return Alignment(
            corpus=corpus,
            links=tuple(_link(each, segments) for each in read_jsonl(folder / "links.jsonl")),
            unmatched=tuple(_unmatched(each, segments) for each in read_jsonl(folder / "unmatched.jsonl")),
            settings=Settings.of(_given(manifest["settings"]), origin=str(folder / "manifest.json")),
            signatures=manifest["models"],
            share=decision["share_with_counterpart"],
            threshold=Threshold(**{**decision["expected"], "interval": tuple(decision["expected"]["interval"])}),
            seconds=manifest["seconds"],
        )
    except (KeyError, TypeError) as error:
        raise InputError(f"{folder}: written by another version of align ({error}): run it again") from error


def _given(settings: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in settings.items() if value is not None}


def _corpus(folder: Path, manifest: Mapping[str, Any]) -> Corpus:
    lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in read_jsonl(folder / "segments.jsonl"):
        lines[line["document"]].append(line)
    documents = (_document(each, lines[each["id"]]) for each in read_jsonl(folder / "documents.jsonl"))
    return Corpus(tuple(documents), tuple(Skipped(**each) for each in manifest["skipped"]))


def _document(record: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> Document:
    known = {field.name for field in fields(Document)} - {"segments", "text"}
    values = {name: value for name, value in record.items() if name in known}
    segments = tuple(_segment(line) for line in lines)
    return Document(**{**values, "notes": tuple(values.get("notes", ()))}, text=_text(lines), segments=segments)


def _segment(line: Mapping[str, Any]) -> Segment:
    start, end = line["span"]
    known = {field.name for field in fields(Segment)}
    return Segment(**{name: value for name, value in line.items() if name in known}, start=start, end=end)


def _text(lines: Iterable[Mapping[str, Any]]) -> str:
    """Return the segments where they stood, an empty line wherever a paragraph began."""
    parts, at, paragraph = [], 0, 0
    for line in lines:
        start, end = line["span"]
        gap = "\n\n" if line["paragraph"] > paragraph else ""
        parts += [gap.ljust(start - at)[: start - at], line["text"].ljust(end - start)[: end - start]]
        at, paragraph = end, line["paragraph"]
    return "".join(parts)


def _link(record: Mapping[str, Any], segments: _Segments) -> Link:
    names = ("id", "relation", "probability", "status", "cosine", "margin")
    evidence = record["evidence"]
    return Link(
        **{name: record[name] for name in names},
        source=tuple(_found(place, segments) for place in record["source"]),
        target=tuple(_found(place, segments) for place in record["target"]),
        evidence=Evidence(
            tuple(_fact_match(each) for each in evidence["facts"]),
            tuple(
                WordMatch(tuple(each["source"]), tuple(each["target"]), each["similarity"])
                for each in evidence["words"]
            ),
        ),
        runners_up=tuple(Neighbour(each["target"], each["text"], each["probability"]) for each in record["runners_up"]),
        found_by=record.get("found_by", "search"),
    )


def _found(place: Mapping[str, Any], segments: _Segments) -> Segment:
    return segments[place["document"], place["position"]]


def _fact_match(record: Mapping[str, Any]) -> FactMatch:
    kind = record["kind"]
    return FactMatch(kind, _fact(record["source"], kind), _fact(record["target"], kind), record["status"])


def _fact(record: Mapping[str, Any] | None, kind: str) -> Fact | None:
    if record is None:
        return None
    start, end = record["span"]
    return Fact(fact_kind(kind), record["value"], start, end, record["unit"], record["precision"], record.get("role"))


def _unmatched(record: Mapping[str, Any], segments: _Segments) -> Unmatched:
    nearest = tuple(Neighbour(each["id"], each["text"], each["probability"]) for each in record["nearest"])
    draft = _draft(record["draft"]) if record["draft"] else None
    return Unmatched(record["side"], _found(record, segments), nearest, draft)


def _draft(record: Mapping[str, Any]) -> Draft:
    names = ("text", "kind", "model", "revision", "licence", "decoding")
    checks = tuple(Check(each["name"], each["passed"], each["detail"]) for each in record["checks"])
    return Draft(**{name: record[name] for name in names}, checks=checks)
