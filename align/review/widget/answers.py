"""The kernel's half of the review in a notebook: one answer to each message of the widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

from align.errors import AlignError, InputError
from align.review.errors import StaleError
from align.review.records import Filter, ItemView, Saved
from align.review.store import Store
from align.review.web.asked import Asked, decision
from align.review.web.cards import card
from align.review.web.finder import Finder
from align.review.web.glosser import Glosser
from align.review.web.words import MOST_CHANGES, SAID, duration, when
from align.types import Lang
from align.wording import count

__all__ = ["Counter", "Message"]

Answer = dict[str, Any]

_QUEUES: Final[Mapping[str, Filter]] = {
    "pairs": Filter(),
    "source": Filter(kind="unmatched", side="source"),
    "target": Filter(kind="unmatched", side="target"),
    "adjudicate": Filter(),
}


@dataclass(frozen=True, slots=True)
class Message:
    """What the widget sends: what to `do`, and what that needs.

    `queue` is pairs, adjudicate, or source and target for the unmatched segments of a side. `passed` are the items that
    were left without a verdict in this sitting; `text` is what is searched for; the rest is as in `Asked`.
    """

    do: str = ""
    queue: str = "pairs"
    item: str = ""
    version: int = 0
    verdict: str = ""
    id: str | None = None
    source_text: str | None = None
    target_text: str | None = None
    comment: str | None = None
    adjudicates: bool = False
    passed: tuple[str, ...] = ()
    event: str = ""
    text: str = ""

    @classmethod
    def read(cls, sent: Mapping[str, object]) -> Message:
        """Return a message that was sent as an object; raises InputError for a field that is unknown or no such value.

        >>> Message.read({"do": "item", "item": "a1"}).item
        'a1'
        """
        values: dict[str, Any] = {}
        kinds = {"version": int, "adjudicates": bool, "passed": list}
        names = {each.name for each in fields(cls)}
        for name, value in sent.items():
            if name not in names or not isinstance(value, kinds.get(name, str)):
                raise InputError(f"message: {name} = {value!r} is nothing that a review understands")
            values[name] = tuple(map(str, value)) if isinstance(value, list) else value
        if values.get("queue", "pairs") not in _QUEUES:
            raise InputError(f"queue {values['queue']!r}: choose one of {', '.join(_QUEUES)}")
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Counter:
    """One reviewer before an open store."""

    store: Store
    reviewer: str
    finder: Finder
    glosser: Glosser

    def answer(self, sent: Mapping[str, object]) -> Answer:
        """Do what a message asks, and return what is to be shown.

        What can't be done is an answer as well: `refused` says why in one line, `stale` holds both versions.
        """
        try:
            message = Message.read(sent)
            if message.do not in _DEEDS:
                raise InputError(f"message: can't do {message.do!r}")
            return _DEEDS[message.do](self, message)
        except StaleError as error:
            mine = {name: getattr(error.decision, name) for name in ("verdict", "reason", "source_text", "target_text")}
            return {"stale": {"now": _plain(error.current, adjudicates=error.decision.adjudicates), "mine": mine}}
        except AlignError as error:
            return {"refused": str(error)}

    def next(self, message: Message) -> Answer:
        """Answer with the next item of a queue."""
        return {"card": self._next(message), "progress": self._progress()}

    def item(self, message: Message) -> Answer:
        """Answer with one item."""
        shown = self.store.item(message.item, self.reviewer, adjudicating=message.adjudicates)
        return {"card": _plain(shown, adjudicates=message.adjudicates), "progress": self._progress()}

    def verdict(self, message: Message) -> Answer:
        """Keep a verdict and answer with the next item; a flagged one stays."""
        names = ("item", "version", "verdict", "source_text", "target_text", "comment", "adjudicates")
        asked = Asked(**{name: getattr(message, name) for name in names})
        asked = replace(asked, id=message.id) if message.id else asked
        trims = message.verdict == "trim"
        whole = self.store.item(asked.item, self.reviewer, adjudicating=asked.adjudicates) if trims else None
        mine = decision(asked, self.reviewer, whole)
        saved = self.store.decide(mine)
        said = SAID[mine.verdict] + (f": {mine.reason}" if mine.reason else "")
        shown = self.item(message) if mine.verdict == "flag" else self.next(message)
        return {**shown, **_saved(saved), "said": said}

    def undo(self, message: Message) -> Answer:
        """Take back the reviewer's last verdict and answer with its item."""
        last = self.store.history(self.reviewer, limit=1)
        mine = self.store.item(last[0].id, self.reviewer).mine if last else None
        saved = self.store.undo(self.reviewer, id=message.id)
        # Only whoever decided between two may see both verdicts again before deciding anew.
        adjudicates = bool(mine and mine.adjudicates and last[0].id == saved.item)
        shown = self.store.item(saved.item, self.reviewer, adjudicating=adjudicates)
        return {"card": _plain(shown, adjudicates=adjudicates), "progress": self._progress(), "said": "Undone"}

    def ripple(self, message: Message) -> Answer:
        """Judge the rest of a pair of documents anew after a verdict, and answer with what changed."""
        changes = self.store.ripple(message.event).changes
        summary = count(len(changes), "other pair of these documents was", "other pairs of these documents were")
        return {
            "summary": f"{summary} weighed anew; undo takes it all back" if changes else None,
            "changes": [asdict(each) for each in changes[:MOST_CHANGES]],
            "more": max(len(changes) - MOST_CHANGES, 0),
            "touched": [each.item for each in changes],
        }

    def find(self, message: Message) -> Answer:
        """Answer with the segments of the other side nearest in meaning to a text, or to the item itself."""
        shown = self.store.item(message.item, self.reviewer, adjudicating=message.adjudicates)
        wanted: Lang = "en" if shown.source else "kk"
        found = self.finder.find(message.text.strip() or shown.source_text or shown.target_text, wanted)
        return {"found": [{"id": each.place.id, "text": each.place.text, "cosine": each.similarity} for each in found]}

    def gloss(self, message: Message) -> Answer:
        """Answer with the word-for-word gloss of an item's Kazakh text, None where no word of it is known."""
        shown = self.store.item(message.item, self.reviewer, adjudicating=message.adjudicates)
        draft = self.glosser.gloss(shown.source_text)
        return {"gloss": asdict(draft) if draft else None}

    def _next(self, message: Message) -> Answer | None:
        # Once nothing else is left, what was passed over comes round again.
        for passed in dict.fromkeys((message.passed, message.passed[-1:])):
            if message.queue == "adjudicate":
                items = self.store.adjudications(self.reviewer, count=1, exclude=passed)
            else:
                items = self.store.next(self.reviewer, _QUEUES[message.queue], count=1, exclude=passed)
            if items:
                return _plain(items[0], adjudicates=message.queue == "adjudicate")
        return None

    def _progress(self) -> Answer:
        found = self.store.progress(self.reviewer)
        said = f"{found.decided:,} of {count(found.total, 'link')} decided"
        if found.seconds_left is not None and found.open:
            said += f", {duration(found.seconds_left)} left at your pace"
        return {"decided": found.decided, "total": found.total, "said": said}


_DEEDS: Final[Mapping[str, Callable[[Counter, Message], Answer]]] = {
    "next": Counter.next,
    "item": Counter.item,
    "verdict": Counter.verdict,
    "undo": Counter.undo,
    "ripple": Counter.ripple,
    "find": Counter.find,
    "gloss": Counter.gloss,
}


def _plain(item: ItemView, *, adjudicates: bool = False) -> Answer:
    """Return an item as the page sets it, in plain values; the marks of its evidence are cut in Python alone."""
    others = tuple(replace(each, at=when(each.at)) for each in item.others)
    return asdict(card(replace(item, others=others), adjudicates=adjudicates))


def _saved(saved: Saved) -> Answer:
    return {"event": saved.event, "rescores": saved.rescores, "created": saved.created}
