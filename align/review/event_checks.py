"""What an event that comes from a file must hold.

All that the state of a review is built from.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from align.errors import InputError
from align.review.events import check_id, check_reviewer, check_text, check_time
from align.review.verdicts import BATCH, REASONS, SPLIT, VERDICTS

__all__ = ["COLUMNS", "checked"]

COLUMNS: Final = ("id", "cluster", "at", "reviewer", "kind", "item", "verdict", "undoes", "body")
"""What an exported event has, as the table of events has it."""

_KINDS: Final = ("verdict", "undo", "ripple")
_SIDES: Final = ("source", "target")
_DEEPEST: Final = 12
"""Levels of lists and objects that a body may have; those written here have six."""


def checked(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return an event's columns; raises InputError for what would not be one."""
    missing = [name for name in COLUMNS if name not in record]
    if missing:
        raise InputError(f"no event of a review: {', '.join(missing)} missing")
    kind, body = record["kind"], record["body"]
    if kind not in _KINDS or not isinstance(body, dict):
        raise InputError(f"no event of a review: kind {kind!r}")
    if not isinstance(record["item"], str) or not isinstance(record["verdict"], str | None):
        raise InputError("no event of a review: item and verdict must be text")
    columns = {
        **{name: record[name] for name in ("kind", "item", "verdict")},
        "id": check_id(record["id"]),
        "cluster": check_id(record["cluster"]),
        "undoes": None if record["undoes"] is None else check_id(record["undoes"]),
        "at": check_time(record["at"]),
        "reviewer": check_reviewer(record["reviewer"]),
    }
    _check_plain(body)
    _check_kind(columns, body)
    return {**columns, "body": json.dumps(body, ensure_ascii=False, sort_keys=True)}


def _check_kind(columns: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    """Raise InputError where an event is not what its kind must be."""
    kind, head = columns["kind"], columns["cluster"] == columns["id"]
    if (columns["undoes"] is not None) != (kind == "undo") or (columns["verdict"] is not None) != (kind == "verdict"):
        raise InputError(
            f"no event of a review: {kind} with verdict {columns['verdict']!r}, undoes {columns['undoes']!r}"
        )
    if kind == "undo" and (not head or columns["undoes"] == columns["id"]):
        raise InputError("an undo takes back an earlier verdict, and cannot undo itself")
    if kind == "ripple":
        _check_ripple(body, head=head)
    elif columns["verdict"] == BATCH:
        _check_batch(body, head=head)
    elif columns["verdict"] == SPLIT:
        _check_split(body, head=head)
    elif kind == "verdict":
        _check_verdict(str(columns["verdict"]), body)


def _check_verdict(verdict: str, body: Mapping[str, Any]) -> None:
    if verdict not in VERDICTS or (verdict == "reject" and body.get("reason") not in REASONS):
        raise InputError(f"no verdict that this version knows: {verdict!r} with reason {body.get('reason')!r}")
    if not _is_pair(body.get("pair")):
        raise InputError("no verdict on a pair of full places: its pair lacks a text or where it stood")
    created = body.get("creates")
    if created is not None or VERDICTS[verdict].implies:
        if not isinstance(created, dict) or not _is_created(created):
            raise InputError(f"{verdict}: creates no pair with item, origin and both sides")
    for name, is_one in _FIELDS.items():
        if body.get(name) is not None and not is_one(body[name]):
            raise InputError(f"{verdict}: {name} = {str(body[name])[:40]!r} is no such value")
    for side in _SIDES:
        _check_side(side, body)


def _is_created(created: Mapping[str, Any]) -> bool:
    named = all(isinstance(created.get(name), str) for name in ("item", "origin"))
    return named and _is_pair(created.get("pair"), both=True)


def _check_side(side: str, body: Mapping[str, Any]) -> None:
    """Raise InputError for an edited text that is none.

    And for a trim that is no piece of a text.
    """
    text = body.get(f"{side}_text")
    if text is not None:
        check_text(text, what=f"{side}_text")
    span = body.get(f"{side}_span")
    if span is None:
        return
    ends = isinstance(span, list) and len(span) == 2 and all(_is_count(each) for each in span) and span[0] < span[1]
    if not ends or (text is not None and len(text) > span[1] - span[0]):
        raise InputError(f"{side}_span = {str(span)[:40]} is no piece of a text: it must be [start, end]")


def _check_batch(body: Mapping[str, Any], *, head: bool) -> None:
    drawn = body.get("drawn")
    named = isinstance(drawn, list) and all(isinstance(each, dict) and _is_text(each.get("item")) for each in drawn)
    if not head or not named or not isinstance(body.get("filter"), dict):
        raise InputError("no batch: it follows a verdict, or it lacks its filter or what was drawn")
    if not _is_probability(body.get("above")) or not _is_count(body.get("pairs")):
        raise InputError("no batch: it lacks its probability, or how many pairs it has")


def _check_split(body: Mapping[str, Any], *, head: bool) -> None:
    place, at = body.get("place"), body.get("at")
    if not head or not isinstance(place, dict) or not _is_place(place):
        raise InputError("no split: it follows a verdict, or it lacks the segment that it cuts")
    if not _is_count(at) or not isinstance(at, int) or not 0 < at < len(place["text"]):
        raise InputError(f"split: {str(at)[:40]} is no character within the segment")


def _check_ripple(body: Mapping[str, Any], *, head: bool) -> None:
    changes = body.get("changes")
    if (
        head
        or not isinstance(changes, list)
        or not all(isinstance(each, dict) and _is_change(each) for each in changes)
    ):
        raise InputError("no ripple: it follows no verdict, or its changes lack item, texts or log_odds")


def _is_change(change: Mapping[str, Any]) -> bool:
    texts = all(isinstance(change.get(name), str) for name in ("item", "source_text", "target_text"))
    moved = _is_number(change.get("log_odds")) and _is_probability(change.get("after"))
    before = change.get("before") is None or _is_probability(change["before"])
    made = "pair" not in change or (_is_pair(change["pair"], both=True) and _is_probability(change.get("probability")))
    return texts and moved and before and made


def _is_pair(pair: object, *, both: bool = False) -> bool:
    if not isinstance(pair, dict) or not all(isinstance(pair.get(side), list) for side in _SIDES):
        return False
    sides: Sequence[Sequence[object]] = [pair[side] for side in _SIDES]
    filled = [bool(side) for side in sides]
    places = [place for side in sides for place in side]
    return (all(filled) if both else any(filled)) and all(isinstance(each, dict) and _is_place(each) for each in places)


def _is_place(place: Mapping[str, Any]) -> bool:
    texts = all(isinstance(place.get(name), str) for name in ("id", "document", "text"))
    stands = _is_count(place.get("start")) and _is_count(place.get("end")) and place["start"] <= place["end"]
    known = not place.get("document") or all(isinstance(place.get(name), str) for name in ("path", "sha256"))
    return texts and stands and _is_integer(place.get("position")) and known


def _is_integer(value: object) -> bool:
    # SQLite keeps integers of 64 bits.
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _is_count(value: object) -> bool:
    return _is_integer(value) and isinstance(value, int) and value >= 0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_probability(value: object) -> bool:
    return _is_number(value) and isinstance(value, int | float) and 0 <= value <= 1


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_draft(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name, ""), str) for name in ("text", "kind", "model"))


_FIELDS: Final[Mapping[str, Callable[[object], bool]]] = {
    "comment": _is_text,
    "reason": _is_text,
    "relation": _is_text,
    "status": _is_text,
    "origin": _is_text,
    "served": _is_text,
    "implied_by": _is_text,
    "batch": _is_text,
    "probability": _is_probability,
    "run_probability": _is_probability,
    "models": lambda value: isinstance(value, dict),
    "draft": _is_draft,
    "blind": lambda value: isinstance(value, bool),
    "adjudicates": lambda value: isinstance(value, bool),
    "flagged": lambda value: isinstance(value, bool),
}


def _check_plain(value: object, depth: int = 0) -> None:
    """Raise InputError for what JSON or SQLite can't keep.

    Half a surrogate pair, NUL, no number, endless nesting.
    """
    if depth > _DEEPEST:
        raise InputError(f"no event of a review: more than {_DEEPEST} levels deep")
    if isinstance(value, str) and ("\x00" in value or any("\ud800" <= each <= "\udfff" for each in value)):
        raise InputError("a text holds characters that no text file can (NUL or half a surrogate pair)")
    if isinstance(value, float) and not math.isfinite(value):
        raise InputError(f"{value} is no number that can be kept")
    if isinstance(value, dict | list):
        for each in [*value, *value.values()] if isinstance(value, dict) else value:
            _check_plain(each, depth + 1)
