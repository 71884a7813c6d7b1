"""What is exported: a run's links as pairs of texts with their provenance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from align.errors import InputError

__all__ = ["ExportedPair", "record", "select"]

STATUSES = ("accepted", "all")


@dataclass(frozen=True, slots=True)
class ExportedPair:
    """One pair of a parallel corpus; `kk_document` and `en_document` are the ids of documents.jsonl."""

    id: str
    kk: str
    en: str
    probability: float
    relation: str
    status: str
    kk_document: str
    en_document: str


def select(links: Iterable[dict[str, Any]], *, status: str = "accepted") -> list[ExportedPair]:
    """Return the accepted links of a run's links.jsonl, or "all" of them, in the file's order.

    Drafts are in no link, so none is ever exported as a translation.
    """
    if status not in STATUSES:
        raise InputError(f"--status {status}: must be one of {', '.join(STATUSES)}")
    return [_pair(link) for link in links if status == "all" or link["status"] == "accept"]


def record(pair: ExportedPair) -> dict[str, Any]:
    """Return a pair as Hugging Face datasets have it: the texts under `translation`, the provenance beside it."""
    values = asdict(pair)
    translation = {"en": values.pop("en"), "kk": values.pop("kk")}
    return {"id": values.pop("id"), "translation": translation, **values}


def _pair(link: dict[str, Any]) -> ExportedPair:
    return ExportedPair(
        id=link["id"],
        kk=" ".join(segment["text"] for segment in link["source"]),
        en=" ".join(segment["text"] for segment in link["target"]),
        probability=link["probability"],
        relation=link["relation"],
        status=link["status"],
        kk_document=link["source"][0]["document"],
        en_document=link["target"][0]["document"],
    )
