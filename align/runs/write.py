"""A run's folder: its files, in the shapes that scripts rely on."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from align.errors import InputError
from align.facts import Ledger
from align.runs.alignment import Alignment, MinedPair
from align.runs.report import render
from align.storage.files import read_json, read_jsonl, replacing, write_json, write_jsonl
from align.types import Document, Draft, Evidence, Fact, FactMatch, Link, Neighbour, Segment, Unmatched, WordMatch

__all__ = [
    "document_record",
    "draft_record",
    "manifest",
    "pair_record",
    "read_links",
    "segment_record",
    "write_drafts",
    "write_run",
]

_LIBRARIES = ("align-workbench", "numpy", "faiss-cpu", "babel")


def write_run(alignment: Alignment, folder: Path) -> None:
    """Write links, unmatched, segments, documents, report and manifest; each file is replaced whole.

    The manifest comes last: where it stands, the rest stands too. Raises InputError where the folder can't be written.
    """
    documents = alignment.corpus.documents
    write_jsonl(folder / "documents.jsonl", map(document_record, documents))
    write_jsonl(folder / "segments.jsonl", (line for document in documents for line in _segments(document)))
    write_jsonl(folder / "links.jsonl", map(_link, alignment.links))
    write_jsonl(folder / "unmatched.jsonl", map(_unmatched, alignment.unmatched))
    _write_report(alignment, folder)
    write_json(folder / "manifest.json", manifest(alignment))


def write_drafts(alignment: Alignment, folder: Path) -> None:
    """Write what drafting changes of a run: the unmatched, links found by their drafts, report and manifest.

    Every other link, and what else stands in the manifest, stays as it is: a recalibration may have moved it.
    """
    kept = {link["id"]: link for link in read_links(folder) if link.get("found_by") != "pivot"}
    write_jsonl(folder / "links.jsonl", [kept.get(link.id) or _link(link) for link in alignment.links])
    write_jsonl(folder / "unmatched.jsonl", map(_unmatched, alignment.unmatched))
    _write_report(alignment, folder)
    now = manifest(alignment)
    changed = {name: now[name] for name in ("settings", "models", "counts", "seconds")}
    write_json(folder / "manifest.json", {**read_json(folder / "manifest.json"), **changed})


def _write_report(alignment: Alignment, folder: Path) -> None:
    with replacing(folder / "report.html") as page:
        page.write_text(render(alignment), encoding="utf-8")


def read_links(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a run's links.jsonl; raises InputError for a folder that holds no run."""
    if not (folder / "links.jsonl").is_file():
        raise InputError(f"{folder}: holds no links.jsonl: give the --out folder of an `align run`")
    yield from read_jsonl(folder / "links.jsonl")


def manifest(alignment: Alignment) -> dict[str, Any]:
    """Return what decided a run and what came of it, counts by kind and by reason."""
    documents = alignment.corpus.documents
    return {
        "settings": alignment.settings.to_dict(),
        "decision": {
            "accept": alignment.settings.accept,
            "review": alignment.settings.review,
            "share_with_counterpart": round(alignment.share, 4),
            "expected": asdict(alignment.threshold),
        },
        "models": dict(alignment.signatures),
        "versions": {"python": sys.version.split()[0], **{name: _version(name) for name in _LIBRARIES}},
        "counts": {
            "documents": dict(Counter(document.lang for document in documents)),
            "read_as": dict(sorted(Counter(_read_as(document) for document in documents).items())),
            "segments": dict(Counter(segment.lang for document in documents for segment in document.kept)),
            "dropped": dict(sorted(Counter(segment.dropped for segment in alignment.dropped).items())),
            "links": dict(Counter(link.status for link in alignment.links)),
            "unmatched": dict(Counter(each.side for each in alignment.unmatched)),
            "drafts": dict(Counter(_sound(each.draft) for each in alignment.unmatched if each.draft)),
        },
        "skipped": [asdict(file) for file in alignment.corpus.skipped],
        "seconds": dict(alignment.seconds),
    }


def _read_as(document: Document) -> str:
    return f"{document.kind}, {document.encoding}" if document.encoding else document.kind


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"


def pair_record(pair: MinedPair) -> dict[str, Any]:
    """Return one line of pairs.jsonl."""
    return asdict(pair)


def document_record(document: Document) -> dict[str, Any]:
    """Return one line of documents.jsonl."""
    names = ("id", "path", "lang", "title", "published", "url", "licence", "sha256")
    how = ("author", "kind", "encoding", "notes")
    record = {name: getattr(document, name) for name in names}
    return {**record, "segments": len(document.segments), **{name: getattr(document, name) for name in how}}


def segment_record(segment: Segment) -> dict[str, Any]:
    """Return one line of segments.jsonl."""
    return {
        "id": segment.id,
        "lang": segment.lang,
        "document": segment.document,
        "position": segment.position,
        "span": [segment.start, segment.end],
        "text": segment.text,
        "dropped": segment.dropped,
        "script": segment.script,
        "mark": segment.mark,
    }


def _segments(document: Document) -> Iterator[dict[str, Any]]:
    """Yield a document's lines of segments.jsonl, each with the paragraph it stands in, counted from 0."""
    paragraph = end = 0
    for segment in document.segments:
        paragraph += document.text[end : segment.start].count("\n") > 1 and segment.position > 0
        end = segment.end
        yield {**segment_record(segment), "paragraph": paragraph}


def _place(segment: Segment) -> dict[str, Any]:
    place = {name: getattr(segment, name) for name in ("id", "document", "position", "text")}
    return {**place, "span": [segment.start, segment.end]}


def _link(link: Link) -> dict[str, Any]:
    return {
        "id": link.id,
        "relation": link.relation,
        "probability": link.probability,
        "status": link.status,
        "source": [_place(segment) for segment in link.source],
        "target": [_place(segment) for segment in link.target],
        "cosine": link.cosine,
        "margin": link.margin,
        "evidence": {
            "facts": [_fact_match(match) for match in link.evidence.facts],
            "words": [_word_match(match) for match in link.evidence.words],
            "coverage": _coverage(link.evidence),
        },
        "runners_up": [
            {"target": each.id, "text": each.text, "probability": each.probability} for each in link.runners_up
        ],
        "found_by": link.found_by,
    }


def _coverage(evidence: Evidence) -> dict[str, float | None]:
    ledger = Ledger(evidence.facts)
    shares = {"source": ledger.source_coverage, "target": ledger.target_coverage}
    return {side: None if share is None else round(share, 4) for side, share in shares.items()}


def _fact_match(match: FactMatch) -> dict[str, Any]:
    return {
        "kind": match.kind,
        "source": _fact(match.source),
        "target": _fact(match.target),
        "status": match.status,
    }


def _fact(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {
        "value": fact.value,
        "unit": fact.unit,
        "precision": fact.precision,
        "span": [fact.start, fact.end],
        **({"role": fact.role} if fact.role else {}),
    }


def _word_match(match: WordMatch) -> dict[str, Any]:
    return {"source": list(match.source), "target": list(match.target), "similarity": round(match.similarity, 4)}


def _unmatched(each: Unmatched) -> dict[str, Any]:
    return {
        "side": each.side,
        **_place(each.segment),
        "nearest": [_neighbour(neighbour) for neighbour in each.nearest],
        "draft": draft_record(each.draft) if each.draft else None,
    }


def draft_record(draft: Draft) -> dict[str, Any]:
    """Return a draft as unmatched.jsonl has it."""
    return {
        "text": draft.text,
        "model": draft.model,
        "checks": [asdict(check) for check in draft.checks],
        "passed": draft.passed,
        "kind": draft.kind,
        "revision": draft.revision,
        "licence": draft.licence,
        "decoding": draft.decoding,
    }


def _sound(draft: Draft) -> str:
    return "passed" if draft.passed else "failed"


def _neighbour(neighbour: Neighbour) -> dict[str, Any]:
    return {"id": neighbour.id, "text": neighbour.text, "probability": neighbour.probability}
