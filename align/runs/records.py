"""The one codec of a run's records: each is written and read here alone.

For every record there are two functions, `x_record` and `x_of`, inverse to each other. A key that was added to the
format later, or that has a default, may be missing from what is read; any other missing key raises KeyError, which
`read_records` turns into an InputError that names the line. Keys that another program added to a line survive a
rewriting by `changed_record`. docs/formats.md describes the keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from align.errors import InputError
from align.facts import Ledger
from align.facts.kinds import conflict_of, fact_kind
from align.storage.files import read_jsonl
from align.types import (
    Check,
    Document,
    Draft,
    Evidence,
    Fact,
    FactKind,
    FactMatch,
    Ground,
    Lang,
    Link,
    MinedPair,
    Neighbour,
    Segment,
    SideName,
    Status,
    StatusOnFile,
    Unmatched,
    WordMatch,
)

__all__ = [
    "STATUS_ON_FILE",
    "Record",
    "changed_record",
    "document_of",
    "document_record",
    "draft_of",
    "draft_record",
    "evidence_of",
    "evidence_record",
    "link_of",
    "link_record",
    "pair_of",
    "pair_record",
    "place_record",
    "read_records",
    "segment_of",
    "segment_record",
    "segment_records",
    "unmatched_of",
    "unmatched_record",
]

Record: TypeAlias = Mapping[str, Any]
"""One JSON object, as it stands in a line of a run's files."""

_Made = TypeVar("_Made")
_SIDES: Final[tuple[tuple[SideName, Lang], ...]] = (("source", "kk"), ("target", "en"))
_PLAIN_DOCUMENT: Final = ("id", "path", "lang", "title", "published", "url", "licence", "sha256")
_HOW_READ: Final = ("author", "kind", "encoding", "notes", "published_from")
_TRAITS: Final = ("dropped", "script", "mark")
_PLAIN_LINK: Final = ("id", "relation", "probability", "cosine", "margin")
STATUS_ON_FILE: Final[Mapping[Status, StatusOnFile]] = {"accepted": "accept", "review": "review"}
"""What links.jsonl and manifest.json have always called a link's status."""
_STATUS: Final[Mapping[str, Status]] = {"accept": "accepted", "accepted": "accepted", "review": "review"}
_PLAIN_DRAFT: Final = ("kind", "revision", "licence", "decoding")


def read_records(path: Path, make: Callable[[Record], _Made]) -> Iterator[_Made]:
    """Yield what `make` makes of each line of a JSON lines file.

    Raises InputError, with the line, for one that is no record of this kind.
    """
    for number, record in enumerate(read_jsonl(path), 1):
        try:
            made = make(record)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise InputError(f"{path}, line {number}: not of an `align run` ({error!r}): run it again") from error
        yield made


def changed_record(record: Record, now: Record) -> dict[str, Any]:
    """Return a line with what it says now.

    The keys of `now` come in their order, then those that only the line has.
    """
    return {**now, **{name: value for name, value in record.items() if name not in now}}


def document_record(document: Document) -> dict[str, Any]:
    """Return one line of documents.jsonl; the text and the segments are kept in segments.jsonl."""
    record = {name: getattr(document, name) for name in _PLAIN_DOCUMENT}
    return {**record, "segments": len(document.segments), **{name: getattr(document, name) for name in _HOW_READ}}


def document_of(record: Record, text: str = "", segments: Sequence[Segment] = ()) -> Document:
    """Return the document of a line of documents.jsonl; its text and segments stand elsewhere."""
    values: dict[str, Any] = {name: record[name] for name in ("id", "path", "lang", "sha256")}
    values |= {
        name: record.get(name)
        for name in ("title", "published", "url", "licence", "author", "encoding", "published_from")
    }
    how = {"kind": record.get("kind", "txt"), "notes": tuple(record.get("notes") or ())}
    return Document(**values, **how, text=text, segments=segments)


def segment_record(segment: Segment) -> dict[str, Any]:
    """Return a segment as segments.jsonl has it, without the number of its paragraph."""
    return {
        "id": segment.id,
        "lang": segment.lang,
        "document": segment.document,
        "position": segment.position,
        "span": [segment.start, segment.end],
        "text": segment.text,
        **{name: getattr(segment, name) for name in _TRAITS},
    }


def segment_records(document: Document) -> Iterator[dict[str, Any]]:
    """Yield a document's lines of segments.jsonl, each with its paragraph, counted from 0."""
    paragraph = end = 0
    for segment in document.segments:
        paragraph += document.text[end : segment.start].count("\n") > 1 and segment.position > 0
        end = segment.end
        yield {**segment_record(segment), "paragraph": paragraph}


def segment_of(record: Record, lang: Lang | None = None) -> Segment:
    """Return the segment of a line of segments.jsonl, or of a place in a link.

    The side of a link tells the language.
    """
    start, end = record.get("span", (0, len(record["text"])))
    return Segment(
        id=record["id"],
        lang=lang or record["lang"],
        document=record["document"],
        position=record["position"],
        start=start,
        end=end,
        text=record["text"],
        dropped=record.get("dropped"),
        script=record.get("script"),
        mark=record.get("mark"),
    )


def place_record(segment: Segment) -> dict[str, Any]:
    """Return where a segment stood, as links.jsonl and unmatched.jsonl have it."""
    place = {name: getattr(segment, name) for name in ("id", "document", "position", "text")}
    return {**place, "span": [segment.start, segment.end]}


def link_record(link: Link) -> dict[str, Any]:
    """Return one line of links.jsonl."""
    return {
        **{name: getattr(link, name) for name in ("id", "relation", "probability")},
        "status": STATUS_ON_FILE[link.status],
        "source": [place_record(segment) for segment in link.source],
        "target": [place_record(segment) for segment in link.target],
        "cosine": link.cosine,
        "margin": link.margin,
        "evidence": evidence_record(link.evidence),
        "runners_up": [_neighbour_record(each, "target") for each in link.runners_up],
        "found_by": link.found_by,
    }


def link_of(record: Record) -> Link:
    """Return the link of a line of links.jsonl.

    Its segments know their places, not whether they were marked.
    """
    source, target = (tuple(segment_of(place, lang) for place in record[side]) for side, lang in _SIDES)
    return Link(
        **{name: record[name] for name in _PLAIN_LINK},
        status=_STATUS[record["status"]],
        source=source,
        target=target,
        evidence=evidence_of(record.get("evidence") or {}),
        runners_up=tuple(_neighbour_of(each, "target") for each in record.get("runners_up", ())),
        found_by=record.get("found_by", "search"),
    )


def unmatched_record(each: Unmatched) -> dict[str, Any]:
    """Return one line of unmatched.jsonl."""
    return {
        "side": each.side,
        **place_record(each.segment),
        "nearest": [_neighbour_record(neighbour, "id") for neighbour in each.nearest],
        "draft": draft_record(each.draft) if each.draft else None,
    }


def unmatched_of(record: Record) -> Unmatched:
    """Return what a line of unmatched.jsonl tells."""
    side = record["side"]
    nearest = tuple(_neighbour_of(each, "id") for each in record.get("nearest", ()))
    return Unmatched(side, segment_of(record, dict(_SIDES)[side]), nearest, draft_of(record.get("draft")))


def _neighbour_record(neighbour: Neighbour, key: str) -> dict[str, Any]:
    return {key: neighbour.id, "text": neighbour.text, "probability": neighbour.probability}


def _neighbour_of(record: Record, key: str) -> Neighbour:
    return Neighbour(record[key], record["text"], record["probability"])


def evidence_record(evidence: Evidence) -> dict[str, Any]:
    """Return the evidence of a link.

    It has the share of either side's facts that the other side tells, too.
    """
    ledger = Ledger(evidence.facts)
    clashes = [match for match in evidence.facts if match.status == "conflict"]
    shares = {"source": ledger.source_coverage, "target": ledger.target_coverage}
    return {
        "facts": [_fact_match_record(match) for match in evidence.facts],
        "words": [
            {"source": list(match.source), "target": list(match.target), "similarity": round(match.similarity, 4)}
            for match in evidence.words
        ],
        "coverage": {side: None if share is None else round(share, 4) for side, share in shares.items()},
        "conflicts": list(dict.fromkeys(map(conflict_of, clashes))),
        "grounds": [{"text": ground.text, "weight": ground.weight} for ground in evidence.grounds],
    }


def evidence_of(record: Record) -> Evidence:
    """Return the evidence of a link; the coverage and the conflicts follow from its facts."""
    words = record.get("words", ())
    return Evidence(
        tuple(_fact_match_of(each) for each in record.get("facts", ())),
        tuple(WordMatch(tuple(each["source"]), tuple(each["target"]), each["similarity"]) for each in words),
        tuple(Ground(each["text"], each["weight"]) for each in record.get("grounds", ())),
    )


def _fact_match_record(match: FactMatch) -> dict[str, Any]:
    sides = {"source": _fact_record(match.source), "target": _fact_record(match.target)}
    return {"kind": match.kind, **sides, "status": match.status}


def _fact_match_of(record: Record) -> FactMatch:
    kind = fact_kind(record["kind"])
    return FactMatch(
        record["kind"], _fact_of(record["source"], kind), _fact_of(record["target"], kind), record["status"]
    )


def _fact_record(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {
        "value": fact.value,
        "unit": fact.unit,
        "precision": fact.precision,
        "span": [fact.start, fact.end],
        **({"role": fact.role} if fact.role else {}),
    }


def _fact_of(record: Record | None, kind: FactKind) -> Fact | None:
    if record is None:
        return None
    start, end = record["span"]
    precision = record.get("precision", "exact")
    return Fact(kind, record["value"], start, end, record.get("unit"), precision, record.get("role"))


def draft_record(draft: Draft) -> dict[str, Any]:
    """Return a draft as unmatched.jsonl has it."""
    return {
        "text": draft.text,
        "model": draft.model,
        "checks": [asdict(check) for check in draft.checks],
        "passed": draft.passed,
        **{name: getattr(draft, name) for name in _PLAIN_DRAFT},
    }


def draft_of(record: Record | None) -> Draft | None:
    """Return the draft of a line of unmatched.jsonl, None where it has none."""
    if not record:
        return None
    return Draft(
        text=record["text"],
        kind=record.get("kind", "translation"),
        model=record.get("model", ""),
        revision=record.get("revision"),
        licence=record.get("licence"),
        decoding=record.get("decoding", ""),
        checks=tuple(_check_of(each) for each in record.get("checks") or ()),
    )


def _check_of(record: Record) -> Check:
    return Check(record["name"], record["passed"], record.get("detail", ""))


def pair_record(pair: MinedPair) -> dict[str, Any]:
    """Return one line of pairs.jsonl."""
    return asdict(pair)


def pair_of(record: Record) -> MinedPair:
    """Return the pair of a line of pairs.jsonl."""
    return MinedPair(**{field.name: record[field.name] for field in fields(MinedPair)})
