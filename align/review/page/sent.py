"""A verdict as a page or a notebook sends it, made into a decision."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import uuid4

from align.errors import InputError
from align.review.interface_language import _
from align.review.records import Decision, ItemView
from align.review.verdicts import VERDICTS

__all__ = ["SentVerdict", "decision"]

_TEXTS = ("source_text", "target_text")


@dataclass(frozen=True, slots=True)
class SentVerdict:
    """A verdict as it was sent; it may carry its detail.

    "reject:bad text", "swap:ID", "merge:source_after"...

    "merge:with:ITEM" joins a pair with another one of its segments; "like:EVENT" decides as one of two verdicts says.
    """

    item: str
    version: int
    verdict: str
    id: str = field(default_factory=lambda: uuid4().hex)
    served: Literal["queue", "search"] = "queue"
    source_text: str | None = None
    target_text: str | None = None
    comment: str | None = None
    adjudicates: bool = False


def decision(sent: SentVerdict, reviewer: str, shown: ItemView | None) -> Decision:
    """Return the decision that was sent.

    `shown` is the item where its verdict asks for it, None for others.

    Raises InputError for a verdict that is none, or a trimmed text that is no piece of its original.
    """
    verdict, _sep, detail = sent.verdict.partition(":")
    if verdict == "like":
        return _siding(sent, reviewer, detail, shown)
    if verdict not in VERDICTS:
        raise InputError(f"verdict {verdict!r}: choose one of {', '.join(VERDICTS)}")
    if VERDICTS[verdict].unchanged and _is_draft(sent, shown):
        verdict = str(VERDICTS[verdict].unchanged)
    kind = VERDICTS[verdict]
    given: dict[str, Any] = {kind.detail: detail or None} if kind.detail else {}
    if kind.detail == "neighbour" and detail.startswith("with:"):
        given = {"other": detail.removeprefix("with:")}
    if kind.writes == "text":
        given |= {name: _clean(getattr(sent, name)) for name in _TEXTS}
    elif kind.writes == "span" and shown is not None:
        for name in _TEXTS:
            given[name.replace("text", "span")] = _span(getattr(sent, name), getattr(shown, name))
    return Decision(
        id=sent.id,
        item=sent.item,
        reviewer=reviewer,
        verdict=verdict,
        version=sent.version,
        comment=sent.comment or None,
        adjudicates=sent.adjudicates,
        served=sent.served,
        **given,
    )


def _siding(sent: SentVerdict, reviewer: str, event: str, shown: ItemView | None) -> Decision:
    others = shown.others if shown is not None else ()
    verdict = next((each.verdict for each in others if each.event == event), None)
    if verdict is None:
        raise InputError(_("the verdict that you side with stands no more: open the pair again"))
    return Decision(
        id=sent.id,
        item=sent.item,
        reviewer=reviewer,
        verdict=verdict,
        version=sent.version,
        like=event,
        comment=sent.comment or None,
        adjudicates=True,
        served=sent.served,
    )


def _is_draft(sent: SentVerdict, shown: ItemView | None) -> bool:
    """Say whether a text is a machine's translation as it was.

    A gloss is none, and nobody's to take over.
    """
    draft = shown.draft if shown is not None else None
    if draft is None or draft.kind == "gloss":
        return False
    return _clean(draft.text) in [_clean(getattr(sent, name)) for name in _TEXTS]


def _clean(text: str | None) -> str | None:
    """Return a text as one line: a segment is one, whatever a text box holds."""
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
        raise InputError(_("a trimmed text must be one piece of its original: delete at its ends only, or edit it"))
    return start, start + len(wanted)
