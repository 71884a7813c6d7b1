"""What a rejection, swap or merge changes in the rest of its two documents."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from align.facts.dates import day_of
from align.review.consequences import keep_shifts
from align.review.database import Database, get_meta
from align.review.errors import NotAllowedError
from align.review.events import Event, NewEvent, append, event, in_cluster, stands
from align.review.items import create_item, logit, pair_id, refresh, shifted
from align.review.records import Change, Rescoring
from align.review.views import body_of
from align.types import Lang

if TYPE_CHECKING:
    from align.sides import Side
    from align.tools import Tools
from align.review.verdicts import RULES_OUT, VERDICTS

__all__ = ["Rescorer", "Weighed"]

_NOTICED: Final = 0.005
"""The least change of a probability that a reviewer is told of."""
_NEVER: Final = -40.0
"""Log-odds that no probability survives: of pairs that the verdict itself rules out."""

IdPair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _DocumentPair:
    """Two documents to be judged again.

    Their kept segments as places, the pairs ruled out `before`, and those ruled out `now`.
    """

    sources: Sequence[dict[str, Any]]
    targets: Sequence[dict[str, Any]]
    before: frozenset[IdPair]
    now: frozenset[IdPair]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the models say after a verdict: how far the log-odds of the documents' pairs move.

    Nothing for no documents.

    It can be computed in another process, which then need not write.
    """

    documents: _DocumentPair | None = None
    log_odds: Mapping[IdPair, float] = field(default_factory=dict)


class Rescorer:
    """Judge pairs of documents again with the run's own encoder and verifier.

    They are loaded on first use.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tools: Tools | None = None
        self._top_k = 0
        self._lock = threading.Lock()

    def rescore(self, identity: str) -> Rescoring:
        """Return what a verdict changes, and keep it as an event of the verdict's cluster."""
        return self.keep(identity, self.weigh(identity))

    def weigh(self, identity: str) -> Weighed:
        """Return what the models say after a verdict, and write nothing.

        Nothing for one whose changes are kept already.
        """
        with self._database.reading() as reading:
            cause = _cause(reading, identity)
            documents = _document_pair(reading, cause) if _known(reading, cause) is None else None
        return Weighed(documents, self._judged_again(documents)) if documents else Weighed()

    def keep(self, identity: str, weighed: Weighed) -> Rescoring:
        """Return what a verdict changes by what was weighed, and keep it."""
        with self._database.reading() as reading:
            cause = _cause(reading, identity)
            known = _known(reading, cause)
            # This takes longer than all that is written, and so comes before: verdicts would wait for it.
            found = list(_changes(reading, cause, weighed)) if known is None and weighed.documents else []
        if known is not None:
            return known
        with self._database.writing() as writing:
            # Meanwhile somebody may have asked for the same, or taken the verdict back.
            known = _known(writing, cause)
            return known if known is not None else _keep(writing, cause, weighed, found)

    def _judged_again(self, documents: _DocumentPair) -> dict[IdPair, float]:
        """Return how far each remaining pair's log-odds move.

        The pairs ruled out now are no candidates any more.

        Both looks are taken at these two documents alone: what differs between them is due to the verdict, and not to
        the other documents, which the run saw and this does not.
        """
        with self._lock:
            tools = self._loaded()
            source, target = _side(documents.sources, "kk", tools), _side(documents.targets, "en", tools)
            found = tools.search(source, target, k=self._top_k)
            pairs = [
                (str(documents.sources[i]["id"]), str(documents.targets[j]["id"]))
                for i, j in zip(found.source.tolist(), found.target.tolist(), strict=True)
            ]
            looks = []
            for ruled_out in (documents.before, documents.before | documents.now):
                kept = np.array([k for k, pair in enumerate(pairs) if pair not in ruled_out], dtype=np.int64)
                p = tools.verifier.judge(found.pick(kept), source, target).probabilities
                looks.append({pairs[k]: logit(float(each)) for k, each in zip(kept.tolist(), p, strict=True)})
        return {pair: after - looks[0][pair] for pair, after in looks[1].items()}

    def tools(self) -> Tools:
        """Return the models that made the run; they are loaded at the first call."""
        with self._lock:
            return self._loaded()

    def _loaded(self) -> Tools:
        from align.settings import Settings
        from align.tools import load_tools

        if self._tools is None:
            with self._database.reading() as reading:
                settings = json.loads(get_meta(reading, "settings") or "{}")
            known = {each.name for each in fields(Settings)}
            chosen = Settings.of(
                {name: value for name, value in settings.items() if name in known and value is not None}
            )
            self._tools, self._top_k = load_tools(chosen), chosen.top_k
        return self._tools


def _side(segments: Sequence[Mapping[str, Any]], lang: Lang, tools: Tools) -> Side:
    """Return a document's segments as a side, written on the document's day."""
    days = [day_of(each["published"]) for each in segments]
    document = np.zeros(len(segments), dtype=np.int64)
    return tools.sides.of_lines([each["text"] for each in segments], lang, document=document, written=days)


def _cause(database: sqlite3.Connection, identity: str) -> Event:
    cause = event(database, identity)
    if cause is None or cause.kind != "verdict":
        raise NotAllowedError(f"no verdict {identity!r} to follow")
    return cause


def _known(database: sqlite3.Connection, cause: Event) -> Rescoring | None:
    """Return what was computed before; nothing for a verdict that was undone or replaced."""
    if not stands(database, cause):
        return Rescoring(cause.id, ())
    kept = next((each for each in in_cluster(database, cause.cluster) if each.kind == "ripple"), None)
    return Rescoring(cause.id, tuple(map(_change, kept.body["changes"]))) if kept else None


def _change(change: Mapping[str, Any]) -> Change:
    names = ("item", "source_text", "target_text", "before", "after")
    return Change(*(change[name] for name in names))


def _document_pair(database: sqlite3.Connection, cause: Event) -> _DocumentPair | None:
    """Return the verdict's two documents; None where the run no longer has both."""
    documents = [cause.body["pair"][side][0]["document"] for side in ("source", "target") if cause.body["pair"][side]]
    if len(documents) != 2:
        return None
    sources, targets = (_kept_segments(database, document) for document in documents)
    if not sources or not targets:
        return None
    rows = database.execute(
        "SELECT event FROM judgements JOIN items ON items.id = judgements.item WHERE source_document = ?"
        f" AND target_document = ? AND disputed = 0 AND verdict {RULES_OUT}",
        documents,
    ).fetchall()
    before: set[IdPair] = set()
    for row in rows:
        earlier = event(database, row["event"])
        if earlier is not None and earlier.id != cause.id:
            before |= _ruled_out(earlier, targets, sources)
    return _DocumentPair(sources, targets, frozenset(before), frozenset(_ruled_out(cause, targets, sources) - before))


def _kept_segments(database: sqlite3.Connection, document: str) -> list[dict[str, Any]]:
    rows = database.execute(
        'SELECT segments.id, document, position, start, "end", text, path, sha256, published FROM segments'
        " JOIN documents ON documents.id = document WHERE document = ? AND dropped IS NULL ORDER BY position",
        (document,),
    )
    return [dict(row) for row in rows]


def _ruled_out(cause: Event, targets: Sequence[Mapping[str, Any]], sources: Sequence[Mapping[str, Any]]) -> set[IdPair]:
    """Return the pairs of ids that a verdict says are none.

    A rejected or swapped pair is ruled out itself; without a counterpart, all of the segment's pairs are; and a segment
    merged into a pair is taken, so that it has no other partner.
    """
    pair = {side: [place["id"] for place in cause.body["pair"][side]] for side in ("source", "target")}
    rules_out = VERDICTS[str(cause.verdict)].rules_out
    if rules_out == "segment":
        return {(one, other["id"]) for one in pair["source"] for other in targets}
    if rules_out == "took":
        made = cause.body["creates"]["pair"]
        added = {side: [place["id"] for place in made[side] if place["id"] not in pair[side]] for side in pair}
        taken = {
            (one, other["id"]) for one in added["source"] for other in targets if other["id"] not in pair["target"]
        }
        return taken | {
            (one["id"], other) for other in added["target"] for one in sources if one["id"] not in pair["source"]
        }
    # That several segments together are no pair says nothing of each of them.
    single = len(pair["source"]) == len(pair["target"]) == 1
    return {(pair["source"][0], pair["target"][0])} if single else set()


def _keep(
    database: sqlite3.Connection, cause: Event, weighed: Weighed, found: Sequence[Mapping[str, Any]]
) -> Rescoring:
    """Append what changed as an event of the kind "ripple", and move what it moves."""
    agreed = "SELECT 1 FROM items WHERE id = ? AND agreed IS NOT NULL"
    # What was judged since it was weighed stays as it is.
    changes = [each for each in found if not database.execute(agreed, (each["item"],)).fetchone()]
    ruled_out = sorted(weighed.documents.now) if weighed.documents else []
    body = {"changes": changes, "ruled_out": ruled_out, "models": json.loads(get_meta(database, "models") or "{}")}
    kept = append(database, NewEvent(cause.reviewer, cause.item, body, kind="ripple", cluster=cause.cluster))
    for change in changes:
        if "pair" in change:
            create_item(database, {**change, "origin": "ripple"})
    keep_shifts(database, kept.id, changes)
    for change in changes:
        refresh(database, change["item"])
    return Rescoring(cause.id, tuple(map(_change, changes)))


def _changes(database: sqlite3.Connection, cause: Event, weighed: Weighed) -> Iterator[dict[str, Any]]:
    documents = weighed.documents
    if documents is None:
        return
    places = {place["id"]: place for place in (*documents.sources, *documents.targets)}
    moved = {**weighed.log_odds, **dict.fromkeys(documents.now, _NEVER)}
    likely = float(get_meta(database, "review") or 0.3)
    rivals = _rivals(database, documents)
    for (source, target), move in sorted(moved.items()):
        item = pair_id([source], [target])
        if item == cause.item:
            continue
        texts = {"source_text": places[source]["text"], "target_text": places[target]["text"]}
        row = database.execute("SELECT * FROM items WHERE id = ?", (item,)).fetchone()
        if row is not None:
            if row["agreed"] is None and row["probability"] is not None:
                after = _moved(database, item, row["run_probability"], move)
                if abs(after - row["probability"]) >= _NOTICED:
                    yield {"item": item, **texts, "before": row["probability"], "after": after, "log_odds": move}
        elif (source, target) in rivals and (after := shifted(rivals[source, target], move)) >= likely:
            pair = {"source": [places[source]], "target": [places[target]]}
            made = {"pair": pair, "probability": rivals[source, target]}
            yield {"item": item, **texts, "before": None, "after": after, "log_odds": move, **made}


def _moved(database: sqlite3.Connection, item: str, run_probability: float, move: float) -> float:
    earlier = database.execute("SELECT total(log_odds) FROM shifts WHERE item = ?", (item,)).fetchone()[0]
    return shifted(run_probability, earlier + move)


def _rivals(database: sqlite3.Connection, both: _DocumentPair) -> dict[IdPair, float]:
    """Return the probabilities that the run gave to pairs that it made no links.

    The runners-up it names.
    """
    documents = both.sources[0]["document"], both.targets[0]["document"]
    rows = database.execute(
        "SELECT id, kind, side FROM items WHERE (source_document = ? AND target_document = ?)"
        " OR (kind = 'unmatched' AND (source_document = ? OR target_document = ?))",
        [*documents, *documents],
    ).fetchall()
    found: dict[IdPair, float] = {}
    for row in rows:
        body = body_of(database, row["id"])
        for each in body.get("runners_up") or body.get("nearest") or ():
            other, p = each.get("target", each.get("id")), each.get("probability")
            if p is not None:
                one = (body["source"] or body["target"])[0]["id"]
                found[(other, one) if row["side"] == "target" else (one, other)] = float(p)
    return found
