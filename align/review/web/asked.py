"""What a reviewer asks for in a page or a notebook, as a decision."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, cast
from uuid import uuid4

from align.errors import InputError
from align.review.records import VERDICTS, Decision, ItemView, Neighbouring, Verdict

__all__ = ["Asked", "decision"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A verdict as it was sent; it may carry its detail: "reject:bad text", "swap:ID", "merge:source_after"."""

    item: str
    version: int
    verdict: str
    id: str = field(default_factory=lambda: uuid4().hex)
    served: Literal["queue", "search"] = "queue"
    source_text: str | None = None
    target_text: str | None = None
    comment: str | None = None
    adjudicates: bool = False


def decision(asked: Asked, reviewer: str, shown: ItemView | None) -> Decision:
    """Return the decision that was asked for; `shown` is the item that is to be trimmed, None for other verdicts.

    Raises InputError for a verdict that is none, or a trimmed text that is no piece of its original.
    """
    verdict, _, detail = asked.verdict.partition(":")
    if verdict not in VERDICTS:
        raise InputError(f"verdict {verdict!r}: choose one of {', '.join(VERDICTS)}")
    trims = verdict == "trim" and shown is not None
    writes = verdict in ("edit", "post_edit")
    return Decision(
        id=asked.id,
        item=asked.item,
        reviewer=reviewer,
        verdict=cast(Verdict, verdict),
        version=asked.version,
        reason=detail or None if verdict == "reject" else None,
        comment=asked.comment or None,
        source_text=_clean(asked.source_text) if writes else None,
        target_text=_clean(asked.target_text) if writes else None,
        source_span=_span(asked.source_text, shown.source_text) if trims and shown else None,
        target_span=_span(asked.target_text, shown.target_text) if trims and shown else None,
        other=detail or None if verdict == "swap" else None,
        neighbour=cast(Neighbouring, detail) if verdict == "merge" else None,
        adjudicates=asked.adjudicates,
        served=asked.served,
    )


def _clean(text: str | None) -> str | None:
    """Return a text as one line: a browser sends the line breaks of a text field as two characters each."""
    return " ".join(text.split()) if text is not None else None


def _span(piece: str | None, whole: str) -> tuple[int, int] | None:
    """Return where a piece stands in its text, None for the whole of it.

    >>> _span(" on June 9 ", "The vote is on June 9."), _span("all", "all")
    ((12, 21), None)
    """
    if piece is None or _clean(piece) == _clean(whole):
        return None
    wanted = piece.replace("\r\n", "\n").strip()
    start = whole.find(wanted)
    if start < 0 or not wanted:
        raise InputError("a trimmed text must be one piece of its original: delete at the ends only, or edit instead")
    return start, start + len(wanted)
