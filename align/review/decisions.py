"""Turns a reviewer's verdict into events, and takes verdicts back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from align.errors import InputError
from align.review.consequences import follow
from align.review.database import get_meta
from align.review.errors import NotAllowedError, StaleError
from align.review.events import (
    Event,
    NewEvent,
    append,
    check_id,
    check_reviewer,
    check_text,
    event,
    events_of,
    in_cluster,
)
from align.review.interface_language import N_, _
from align.review.items import create_item, pair_id, written
from align.review.places import beside, segment_named, spots
from align.review.records import Decision, Saved
from align.review.state import State, may_have_seen, settle
from align.review.verdicts import BATCH, REASONS, VERDICTS
from align.review.views import body_of, item_row, item_view, pair_of, version_of

__all__ = ["decide", "merge_too", "replacing_verdict", "undo"]

_SIDES: Final = {"source": "kk", "target": "en"}

_UNCHANGED: Final = {
    "text": N_("edit: neither text is changed: nothing was saved; accept the pair as it is, or change a text"),
    "span": N_(
        "trim: nothing is cut from either text: nothing was saved; accept the pair as it is, or cut what differs"
    ),
}
"""What is said to whoever saves a text as it was."""

_WRITTEN_AS: Final = {"post_edit": "post_edited", "take_draft": "draft_taken"}
"""The origin of a pair one side of which stands in no document."""

_REPEATED: Final = ("reason", "source_text", "target_text", "source_span", "target_span", "creates", "draft")
"""What a verdict says of its item; the rest of an event tells of whoever gave it."""

PairSides = Mapping[str, Sequence[Mapping[str, Any]]]


def decide(database: sqlite3.Connection, decision: Decision) -> Saved:
    """Keep a verdict; to be called inside a write. Errors are those of `Store.decide`."""
    decision = replace(decision, id=check_id(decision.id), reviewer=check_reviewer(decision.reviewer))
    before = event(database, decision.id)
    if before is not None:
        return _again(database, decision, before)
    row, events = item_row(database, decision.item), events_of(database, decision.item)
    state = settle(events)
    if decision.version != version_of(events, state, decision.reviewer, adjudicating=decision.adjudicates):
        view = item_view(database, decision.item, decision.reviewer, adjudicating=decision.adjudicates)
        raise StaleError(decision, view)
    _check_allowed(decision, row, state)
    kind = VERDICTS[decision.verdict]
    body = body_of(database, decision.item)
    pair = pair_of(database, body)
    said = {**_circumstances(database, decision, row, events), "pair": pair, "origin": row["origin"]}
    decision = _with_draft(decision, body.get("draft"), "target" if pair["source"] else "source")
    said |= _said(database, decision, pair, state)
    if "draft" not in said and VERDICTS[decision.verdict].of == ("unmatched",) and body.get("draft"):
        said["draft"] = body["draft"]
    new = NewEvent(decision.reviewer, decision.item, said, decision.verdict, id=decision.id)
    kept = append(database, new)
    created = _accept_created(database, kept, said)
    touched = follow(database, decision.item)
    database.execute("DELETE FROM reservations WHERE item = ? AND reviewer = ?", (decision.item, decision.reviewer))
    documents = row["source_document"] and row["target_document"]
    return Saved(
        kept.id,
        decision.item,
        _version(database, decision.item, decision.reviewer),
        created=created,
        rescores=kind.rules_out is not None and row["kind"] == "link" and bool(documents),
        touched=touched,
    )


def undo(database: sqlite3.Connection, reviewer: str, named: str | None, identity: str | None) -> Saved:
    """Take back the cluster of an event, the reviewer's last unless one is named.

    To be called inside a write.
    """
    reviewer = check_reviewer(reviewer)
    if identity is not None and (before := event(database, check_id(identity))) is not None:
        if before.kind != "undo" or before.reviewer != reviewer:
            raise NotAllowedError(f"the id {identity} is taken by another event")
        return Saved(before.id, before.item, _version(database, before.item, reviewer), repeated=True)
    cluster = _cluster_to_undo(database, reviewer, named)
    events = in_cluster(database, cluster)
    head = events[0]
    blind = not may_have_seen(events_of(database, head.item), reviewer)
    # The thousands of a batch would be read again with each of its pairs; their cluster names them as well.
    named_too = [each.id for each in events] if head.verdict != BATCH else [head.id]
    body = {"undoes": named_too, "blind": blind}
    kept = append(database, NewEvent(reviewer, head.item, body, kind="undo", id=identity, undoes=cluster))
    touched = follow(database, head.item)
    return Saved(kept.id, head.item, _version(database, head.item, reviewer), touched=touched)


def _again(database: sqlite3.Connection, decision: Decision, before: Event) -> Saved:
    """Answer a repeated save with what the first one did."""
    if (before.item, before.reviewer, before.verdict) != (decision.item, decision.reviewer, decision.verdict):
        raise NotAllowedError(f"the id {decision.id} is taken by another decision: make a new one for each")
    created = (before.body.get("creates") or {}).get("item")
    version = _version(database, decision.item, decision.reviewer)
    return Saved(before.id, before.item, version, created=created, repeated=True, touched=(before.item,))


def _version(database: sqlite3.Connection, item: str, reviewer: str) -> int:
    events = events_of(database, item)
    return version_of(events, settle(events), reviewer)


def _check_allowed(decision: Decision, row: sqlite3.Row, state: State) -> None:
    if decision.verdict not in VERDICTS:
        raise InputError(f"verdict {decision.verdict!r}: known are {', '.join(VERDICTS)}")
    kind = VERDICTS[decision.verdict]
    if row["kind"] not in kind.of:
        taken = ", ".join(name for name, each in VERDICTS.items() if row["kind"] in each.of)
        use, what = (
            ("pairs", "an unmatched segment") if row["kind"] == "unmatched" else ("unmatched segments", "a pair")
        )
        raise NotAllowedError(f"{decision.verdict} is for {use}: {what} takes {taken}")
    if not decision.adjudicates:
        return
    if decision.reviewer in state.judging:
        raise NotAllowedError(_("you have judged this pair yourself: a third person decides between two"))
    if not state.disputed and state.adjudication is None:
        raise NotAllowedError(_("this pair is not disputed: there is nothing to decide between"))
    if kind.category is None and decision.verdict != "note":
        raise NotAllowedError(f"{decision.verdict} decides nothing: leave the item to another")


def _circumstances(
    database: sqlite3.Connection, decision: Decision, row: sqlite3.Row, events: Sequence[Event]
) -> dict[str, Any]:
    """Return what the reviewer had before the eyes.

    The models' opinion, and whether anybody else's.
    """
    seen = decision.adjudicates or may_have_seen(events, decision.reviewer)
    return {
        "probability": row["probability"],
        "run_probability": row["run_probability"],
        "relation": row["relation"],
        "status": row["status"],
        "models": json.loads(get_meta(database, "models") or "{}"),
        "served": decision.served,
        "blind": not seen,
        "adjudicates": decision.adjudicates,
    }


def _said(database: sqlite3.Connection, decision: Decision, pair: PairSides, state: State) -> dict[str, Any]:
    """Return what the verdict says, checked."""
    if decision.like is not None:
        return _repeated(decision, state)
    kind, said = VERDICTS[decision.verdict], dict[str, Any]()
    if decision.comment:
        said["comment"] = check_text(decision.comment, what="the comment")
    if kind.detail == "reason":
        if decision.reason not in REASONS:
            raise InputError(f"reason {decision.reason!r}: a rejection has one of {', '.join(REASONS)}")
        said["reason"] = decision.reason
    if decision.verdict == "note" and not decision.comment:
        raise InputError(_("the note is empty: write something, or press Esc"))
    if decision.verdict == "flag":
        return {**said, "flagged": not state.flagged}
    if kind.implies:
        return {**said, "creates": _created(database, decision, pair)}
    return said | _texts(decision, pair, state)


def _repeated(decision: Decision, state: State) -> dict[str, Any]:
    """Return what one of the two verdicts says, for a third person who sides with it."""
    given = next((each for each in state.judging.values() if each.id == decision.like), None)
    if given is None or not decision.adjudicates or given.verdict != decision.verdict:
        raise NotAllowedError(f"{decision.like!r} is no verdict between which is decided here: open the pair again")
    kept = {name: given.body[name] for name in _REPEATED if name in given.body}
    comment = {"comment": check_text(decision.comment, what="the comment")} if decision.comment else {}
    return {**kept, **comment, "sides_with": given.reviewer}


def _texts(decision: Decision, pair: PairSides, state: State) -> dict[str, Any]:
    """Return the texts that take the originals' place.

    For a trim the characters that were kept come with them.

    What the reviewer had edited before stays edited.
    """
    mine, writes = state.judging.get(decision.reviewer), VERDICTS[decision.verdict].writes
    texts: dict[str, Any] = {}
    changed = False
    for side, name in (("source", "Kazakh"), ("target", "English")):
        key = f"{side}_text"
        original = " ".join(place["text"] for place in pair[side])
        now = before = (mine.body.get(key) if mine else None) or original
        given = getattr(decision, key)
        if writes == "span":
            now, span = _trimmed(now, getattr(decision, f"{side}_span"), name)
            texts[f"{side}_span"] = span
        elif writes == "text" and given is not None:
            now = check_text(given, what=f"the {name} text")
        changed = changed or now.split() != before.split()
        if now != original:
            texts[key] = now
    if writes is not None and not changed:
        raise InputError(_(_UNCHANGED[writes]))
    return texts


def _trimmed(text: str, span: tuple[int, int] | None, name: str) -> tuple[str, list[int]]:
    start, end = span or (0, len(text))
    if not 0 <= start < end <= len(text):
        raise InputError(f"trim: characters {start} to {end} are not within the {len(text)} of the {name} text")
    return check_text(text[start:end], what=f"what is left of the {name} text"), [start, end]


def _with_draft(decision: Decision, draft: Mapping[str, Any] | None, side: str) -> Decision:
    """Return a decision with the draft's text where it takes that over.

    Raises InputError where there is none to take.

    Raises InputError, too, for a translation that is a machine's words unchanged.
    """
    if decision.verdict == "take_draft" and decision.like is None:
        if not draft or draft.get("kind") == "gloss":
            raise InputError(_("there is no draft of this segment that could be taken over"))
        return replace(decision, **{f"{side}_text": draft["text"]})
    if decision.verdict == "post_edit" and decision.like is None and draft:
        _check_own_words(decision, draft)
    return decision


def _check_own_words(decision: Decision, draft: Mapping[str, Any]) -> None:
    """Raise InputError for a machine's words that nobody changed.

    They are no person's translation.
    """
    if draft["text"].split() in [(text or "").split() for text in (decision.source_text, decision.target_text)]:
        unchanged = (
            _("the word-for-word gloss is unchanged: it is a machine's and not saved as yours; edit it first")
            if draft.get("kind") == "gloss"
            else _("the draft is unchanged: it is a machine's and not saved as yours; edit it first")
        )
        raise InputError(unchanged)


def _created(database: sqlite3.Connection, decision: Decision, pair: PairSides) -> dict[str, Any]:
    """Return the pair that a swap, merge or post-edit puts in the item's place."""
    if decision.pair is not None:
        return _drawn(decision, pair)
    sides = {side: list(pair[side]) for side in _SIDES}
    if decision.verdict == "merge" and decision.other:
        return _joined(database, pair, decision)
    if decision.verdict == "merge":
        side, _sep, direction = (decision.neighbour or "").partition("_")
        if side not in _SIDES or direction not in ("before", "after"):
            raise InputError("merge: neighbour must be source_before, source_after, target_before or target_after")
        other = beside(database, sides[side], direction)
        if other is None:
            nothing = {
                "before": _("there is no segment before it in the document"),
                "after": _("there is no segment after it in the document"),
            }
            raise NotAllowedError(nothing[direction])
        sides[side] = [other, *sides[side]] if direction == "before" else [*sides[side], other]
        return _new_pair(sides, "merged")
    side = "target" if pair["source"] else "source"
    if (written_as := _WRITTEN_AS.get(decision.verdict)) is not None:
        text = check_text(getattr(decision, f"{side}_text"), what="the translation")
        return _new_pair({**sides, side: [written(text, _SIDES[side])]}, written_as)
    segment = segment_named(database, decision.other or "", _SIDES[side])
    if segment is None:
        raise NotAllowedError(f"swap: no {_SIDES[side]} segment {decision.other!r} stands in this run")
    if [each["id"] for each in pair[side]] == [segment["id"]]:
        raise NotAllowedError(_("that is the pair's own segment"))
    return _new_pair({**sides, side: [segment]}, "swapped" if pair[side] else "picked")


def _drawn(decision: Decision, pair: PairSides) -> dict[str, Any]:
    """Return the pair that was drawn in the whole documents.

    Raises NotAllowedError where that is the item itself.
    """
    drawn = decision.pair or {}
    made = _new_pair(drawn, "merged" if decision.verdict == "merge" else "swapped")
    if all([each["id"] for each in drawn[side]] == [each["id"] for each in pair[side]] for side in _SIDES):
        raise NotAllowedError(f"{decision.verdict}: that is the link as it stands")
    return made


def _joined(database: sqlite3.Connection, pair: PairSides, decision: Decision) -> dict[str, Any]:
    """Return the pair that an item and another pair of one of its segments make together.

    1:2, 2:1 or wider.
    """
    other = str(decision.other)
    theirs = pair_of(database, body_of(database, other))
    if not any(spots(pair[side]) & spots(theirs[side]) for side in _SIDES):
        raise NotAllowedError(_("the other pair shares no segment with this one"))
    sides = {}
    for side in _SIDES:
        places = {(each["document"], each["position"]): each for each in (*pair[side], *theirs[side])}
        if len({document for document, _ in places}) > 1:
            raise NotAllowedError(
                _("the two pairs stand in different documents: only those of the same documents can be joined")
            )
        sides[side] = [places[spot] for spot in sorted(places)]
    if all(spots(sides[side]) == spots(pair[side]) for side in _SIDES):
        raise NotAllowedError(_("the other pair holds nothing that this one lacks"))
    return {**_new_pair(sides, "merged"), "joins": other}


def _new_pair(sides: PairSides, origin: str) -> dict[str, Any]:
    item = pair_id(*([place["id"] for place in sides[side]] for side in _SIDES))
    return {"item": item, "origin": origin, "pair": sides}


def _accept_created(database: sqlite3.Connection, kept: Event, said: Mapping[str, Any]) -> str | None:
    """Add the pair that an event made, accepted by the same reviewer in the same cluster."""
    created = said.get("creates")
    if created is None:
        return None
    create_item(database, created)
    item = str(created["item"])
    row, events = item_row(database, item), events_of(database, item)
    body = {name: said[name] for name in ("models", "served", "draft") if name in said}
    body |= {name: row[name] for name in ("probability", "run_probability", "relation", "status", "origin")}
    body |= {"pair": created["pair"], "implied_by": kept.id, "blind": not may_have_seen(events, kept.reviewer)}
    append(database, NewEvent(kept.reviewer, item, body, "accept", cluster=kept.cluster))
    if (joined := created.get("joins")) not in (None, item):
        merge_too(database, kept, str(joined))
    return item


def replacing_verdict(*, shared: bool) -> str:
    """Return the verdict that puts another pair in an item's place.

    `shared` says that it was right in part.
    """
    return "merge" if shared else "swap"


def merge_too(database: sqlite3.Connection, kept: Event, item: str, into: PairSides | None = None) -> None:
    """Say of another pair that it is part of what a verdict made.

    Nobody has to be asked for what that holds.

    Where it becomes a pair of its own, `into` has its sides. To be called inside a write, before `follow`.
    """
    row, events = item_row(database, item), events_of(database, item)
    body = {name: row[name] for name in ("probability", "run_probability", "relation", "status", "origin")}
    body |= {name: kept.body[name] for name in ("models", "served", "creates")}
    if into is not None:
        body["creates"] = _new_pair(into, "merged")
    body |= {"pair": pair_of(database, body_of(database, item))}
    body |= {"implied_by": kept.id, "blind": not may_have_seen(events, kept.reviewer)}
    append(database, NewEvent(kept.reviewer, item, body, "merge", cluster=kept.cluster))
    if into is not None:
        _accept_created(database, kept, body)


def _cluster_to_undo(database: sqlite3.Connection, reviewer: str, named: str | None) -> str:
    if named is not None:
        found = event(database, named)
        if found is None or found.kind == "undo":
            raise NotAllowedError(f"no verdict {named!r} to undo")
        head = in_cluster(database, found.cluster)[0]
        if head.reviewer != reviewer:
            raise NotAllowedError(
                _("that verdict was given by {name}: only they may undo it").format(name=head.reviewer)
            )
        if database.execute("SELECT 1 FROM events WHERE undoes = ?", (head.cluster,)).fetchone():
            raise NotAllowedError(_("that verdict was undone already"))
        return head.cluster
    row = database.execute(
        "SELECT cluster FROM events WHERE reviewer = ? AND kind = 'verdict'"
        " AND cluster NOT IN (SELECT undoes FROM events WHERE undoes IS NOT NULL) ORDER BY at DESC, seq DESC LIMIT 1",
        (reviewer,),
    ).fetchone()
    if row is None:
        raise NotAllowedError(_("you have nothing to undo"))
    return str(row["cluster"])
