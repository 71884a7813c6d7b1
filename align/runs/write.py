"""A run's folder: its files, in the shapes that scripts rely on."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from align.progress import Hearer, counted
from align.runs.alignment import Alignment
from align.runs.records import STATUS_ON_FILE, document_record, link_record, segment_records, unmatched_record
from align.runs.report.render import render
from align.storage.files import read_jsonl
from align.storage.locks import locked
from align.storage.sealed import check_run, resealing
from align.types import Document, Draft
from align.verify.share import doubt_of

__all__ = ["manifest", "write_drafts", "write_run"]

_OF_A_RUN = "settings", "models", "counts", "seconds", "peak_megabytes", "megabytes"
"""What the manifest takes from the run that is written."""

_LIBRARIES = ("align-workbench", "numpy", "faiss-cpu", "babel")


def write_run(alignment: Alignment, folder: str | Path, *, progress: Hearer = lambda stage: None) -> None:
    """Write links, unmatched, segments, documents, report and manifest, all of them or none.

    A run that stands there is replaced; its review stays. `progress` hears how far it is. Raises InputError where the
    folder can't be written, holds something else or is worked in by somebody else.
    """
    documents = alignment.corpus.documents
    with resealing(Path(folder)) as files:
        files.jsonl("documents.jsonl", map(document_record, documents))
        texts = counted(documents, progress, "write documents", len(documents))
        files.jsonl("segments.jsonl", (line for document in texts for line in segment_records(document)))
        links = counted(alignment.links, progress, "write links", len(alignment.links))
        files.jsonl("links.jsonl", map(link_record, links))
        unmatched = counted(alignment.unmatched, progress, "write unmatched", len(alignment.unmatched))
        files.jsonl("unmatched.jsonl", map(unmatched_record, unmatched))
        files.path("report.html").write_text(render(alignment), encoding="utf-8")
        files.manifest = manifest(alignment)


def write_drafts(alignment: Alignment, folder: str | Path) -> None:
    """Write what drafting changes of a run.

    That is the unmatched, links found by their drafts, report and manifest. Every other link, and what else stands in
    the manifest, stays as it is: a recalibration may have moved it.
    """
    folder = Path(folder)
    with locked(folder, writing=True):
        before = check_run(folder)
        lines = read_jsonl(folder / "links.jsonl")
        kept = {line["id"]: line for line in lines if line.get("found_by") != "pivot"}
        with resealing(folder) as files:
            files.jsonl("links.jsonl", (kept.get(link.id) or link_record(link) for link in alignment.links))
            files.jsonl("unmatched.jsonl", map(unmatched_record, alignment.unmatched))
            files.path("report.html").write_text(render(alignment), encoding="utf-8")
            now = manifest(alignment)
            files.manifest = {
                **before,
                **{name: now[name] for name in _OF_A_RUN},
            }


def manifest(alignment: Alignment) -> dict[str, Any]:
    """Return what decided a run and what came of it, counts by kind and by reason."""
    documents = alignment.corpus.documents
    return {
        "settings": alignment.settings.to_dict(),
        "decision": {
            "accept": alignment.settings.accept,
            "review": alignment.settings.review,
            "share_with_counterpart": round(alignment.share, 4),
            "doubt": doubt_of(alignment.share, len(alignment.corpus.segments("kk"))),
            "expected": asdict(alignment.threshold),
        },
        "models": dict(alignment.signatures),
        "index": {"compared": "all" if alignment.recall is None else "cells", "recall": alignment.recall},
        "versions": {"python": sys.version.split()[0], **{name: _version(name) for name in _LIBRARIES}},
        "counts": {
            "documents": dict(Counter(document.lang for document in documents)),
            "read_as": dict(sorted(Counter(_read_as(document) for document in documents).items())),
            "segments": dict(Counter(segment.lang for document in documents for segment in document.kept)),
            "dropped": dict(sorted(_dropped(alignment).items())),
            "links": dict(Counter(STATUS_ON_FILE[link.status] for link in alignment.links)),
            "unmatched": dict(Counter(each.side for each in alignment.unmatched)),
            "drafts": dict(Counter(_sound(each.draft) for each in alignment.unmatched if each.draft)),
        },
        "skipped": [asdict(file) for file in alignment.corpus.skipped],
        "seconds": dict(alignment.seconds),
        "peak_megabytes": alignment.peak_megabytes,
        "megabytes": dict(alignment.megabytes),
    }


def _dropped(alignment: Alignment) -> dict[str, int]:
    segments = Counter(segment.dropped for segment in alignment.dropped if segment.dropped is not None)
    return {**segments, **alignment.left_out}


def _read_as(document: Document) -> str:
    return f"{document.kind}, {document.encoding}" if document.encoding else document.kind


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"


def _sound(draft: Draft) -> str:
    return "passed" if draft.passed else "failed"
