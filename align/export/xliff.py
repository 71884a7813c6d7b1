"""XLIFF 2.1 (OASIS, 2018): drafts on their way to a translator's own tool, and back."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from align.corpus.left_out import LeftOut
from align.corpus.safe_xml import local_name, parse_xml
from align.errors import InputError
from align.export.survey import cant_hold
from align.runs.read import read_unmatched
from align.storage.files import replacing
from align.storage.outputs import refuse_run_files
from align.storage.sealed import reading_run
from align.types import Draft, Unmatched

__all__ = ["Edited", "is_xliff", "read_xliff", "write_xliff"]

_NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"
_NAMES: Final[Any] = {None: _NAMESPACE}
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_PROPOSED: Final = "proposed-sha256"
"""The note by which a proposed target that nobody touched is known when the file comes back."""
_DONE: Final = frozenset({"translated", "reviewed", "final"})


@dataclass(frozen=True, slots=True)
class Edited:
    """A unit that came back: its segment's id, and the texts of both sides as they stand now."""

    segment: str
    source: str
    target: str


def write_xliff(folder: str | Path, path: str | Path) -> tuple[int, Counter[str]]:
    """Write a run's unmatched Kazakh segments, each with its draft as a proposed target.

    Return how many, and why others could not be written.

    A gloss is no translation and goes into a note. Everything is in the state "initial": a person's tool sets another.
    Raises InputError for a folder that holds no run, and for a path that belongs to it.
    """
    from lxml import etree

    folder, path = Path(folder), Path(path)
    refuse_run_files(path, folder)
    count = 0
    left_out: Counter[str] = Counter()
    with reading_run(folder), replacing(path) as temporary, etree.xmlfile(str(temporary), encoding="utf-8") as writer:
        writer.write_declaration()
        root = {"version": "2.1", "srcLang": "kk", "trgLang": "en"}
        with writer.element(f"{{{_NAMESPACE}}}xliff", root, nsmap=_NAMES):
            with writer.element(f"{{{_NAMESPACE}}}file", {"id": "unmatched", "original": folder.name}):
                seen: set[str] = set()
                for each in read_unmatched(folder):
                    if each.side != "source" or each.segment.id in seen:
                        continue
                    seen.add(each.segment.id)
                    reason = cant_hold("xliff", each.segment.text + (each.draft.text if each.draft else ""))
                    if reason is None:
                        writer.write(_unit(each))
                        count += 1
                    else:
                        left_out[reason] += 1
    return count, left_out


def _unit(each: Unmatched) -> Any:  # noqa: ANN401  (lxml has no types)
    from lxml import etree

    draft, identity = each.draft, {"id": each.segment.id, f"{_XML}space": "preserve"}
    unit = etree.Element(f"{{{_NAMESPACE}}}unit", identity, nsmap=_NAMES)
    if draft:
        notes = etree.SubElement(unit, f"{{{_NAMESPACE}}}notes")
        for category, text in _notes(draft):
            etree.SubElement(notes, f"{{{_NAMESPACE}}}note", {"category": category}).text = text
    segment = etree.SubElement(unit, f"{{{_NAMESPACE}}}segment", {"state": "initial"})
    etree.SubElement(segment, f"{{{_NAMESPACE}}}source").text = each.segment.text
    if draft and draft.kind != "gloss":
        etree.SubElement(segment, f"{{{_NAMESPACE}}}target").text = draft.text
    return unit


def _notes(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield what a translator should know of a draft: category and text."""
    if draft.kind == "gloss":
        yield "gloss", draft.text
    else:
        yield _PROPOSED, _digest(draft.text)
    yield "made-by", " ".join(filter(None, (draft.model, draft.revision, draft.licence)))
    yield from (("check-failed", check.name) for check in draft.checks if not check.passed)


def is_xliff(path: Path) -> bool:
    """Say whether a file is an XLIFF one, by its name and its first tag."""
    if path.suffix.lower() not in (".xlf", ".xliff") or not path.is_file():
        return False
    with path.open("rb") as stream:
        return b"<xliff" in stream.read(2000)


def read_xliff(path: Path, left_out: LeftOut | None = None) -> Iterator[Edited]:
    """Yield the units that a person has worked on.

    They have a target in every segment that is not the proposed one. A tool that sets no state leaves "initial", so the
    state alone decides nothing. What else holds a target is counted in `left_out`. Raises InputError for a file that is
    no XLIFF 2 or not between Kazakh and English.
    """
    root = parse_xml(path.read_bytes(), str(path))
    if local_name(root) != "xliff" or not str(root.get("version", "")).startswith("2."):
        raise InputError(f"{path}: not XLIFF 2: save it as XLIFF 2.0 or 2.1")
    if (root.get("srcLang"), root.get("trgLang")) != ("kk", "en"):
        raise InputError(f"{path}: from {root.get('srcLang')} to {root.get('trgLang')}: expected kk to en")
    for unit in root.iter(f"{{{_NAMESPACE}}}unit"):
        segments = unit.findall(f"{{{_NAMESPACE}}}segment")
        source, target = (_joined(segments, side) for side in ("source", "target"))
        reason = _unfinished(unit, segments)
        if reason is None:
            yield Edited(unit.get("id"), source, target)
        elif target.strip() and left_out is not None:
            left_out.add(reason, f"unit {unit.get('id')}")


def _unfinished(unit: Any, segments: list[Any]) -> str | None:  # noqa: ANN401  (lxml has no types)
    """Return why nobody can be said to have translated a unit, None where somebody has."""
    # A tool may cut a unit into several segments; it is translated when all of them are.
    if not segments or not all(_joined([segment], "target").strip() for segment in segments):
        return "a part of it has no target"
    if all(segment.get("state") in _DONE for segment in segments):
        return None
    notes = {note.get("category"): note.text for note in unit.iter(f"{{{_NAMESPACE}}}note")}
    if "made-by" not in notes or "gloss" in notes:
        return None
    proposed = notes.get(_PROPOSED)
    if proposed is None:
        return 'in the state "initial", so that its target may be the draft: set another'
    return "its target is the draft as it was proposed" if proposed == _digest(_joined(segments, "target")) else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _joined(segments: list[Any], side: str) -> str:
    return "".join(
        "".join(each.itertext()) for segment in segments for each in segment.findall(f"{{{_NAMESPACE}}}{side}")
    )
