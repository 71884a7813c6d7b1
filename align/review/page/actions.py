"""What a page or a notebook may ask for.

One answer to each message, as HTML for the parts of the page that change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from html import escape
from typing import Any, Final, Literal

from align.errors import AlignError, InputError
from align.review.errors import StaleError, UnknownItemError
from align.review.interface_language import _
from align.review.page.cards import Card
from align.review.page.ending import how_it_ended, next_steps
from align.review.page.messages import MOST_CHANGES, about, missing_terms, said
from align.review.page.queues import Queue
from align.review.page.render import render
from align.review.page.sent import SentVerdict, decision
from align.review.page.services import Services, progress_of
from align.review.page.term_notes import broken_terms
from align.review.records import ItemView
from align.review.verdicts import VERDICTS
from align.types import Lang

__all__ = ["AT_ONCE", "Answer", "PageMessage", "Reviewing"]

AT_ONCE: Final = 9
"""The pair that is shown, and those that wait in the page, which asks for more when five are left."""


@dataclass(frozen=True, slots=True)
class PageMessage:
    """What is asked: what to `do`, in which `queue` (its query), and what that needs.

    `have` are the items that the page holds, `passed` those left without a verdict in this sitting; `text` is searched
    for, `event` is the verdict to follow up; the rest is as in `SentVerdict`.
    """

    do: str = ""
    queue: str = ""
    item: str = ""
    version: int = 0
    verdict: str = ""
    id: str | None = None
    served: Literal["queue", "search"] = "queue"
    source_text: str | None = None
    target_text: str | None = None
    comment: str | None = None
    adjudicates: bool = False
    have: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    event: str = ""
    text: str = ""
    sure: bool = False
    """Whether a pair is to be accepted although it breaks the glossary: it was asked before."""

    @classmethod
    def read(cls, sent: object) -> PageMessage:
        """Return a message that was sent as an object.

        Raises InputError for a field that is unknown or no such value.

        >>> PageMessage.read({"do": "item", "item": "a1"}).item
        'a1'
        """
        if not isinstance(sent, Mapping):
            raise InputError("message: must be an object")
        values: dict[str, Any] = {}
        kinds = {"version": int, "adjudicates": bool, "sure": bool, "have": list, "passed": list}
        names = {each.name for each in fields(cls)}
        for name, value in sent.items():
            if name not in names or not isinstance(value, kinds.get(name, str)):
                raise InputError(f"message: {name} = {repr(value)[:60]} is nothing that a review understands")
            values[name] = tuple(map(str, value[:_MOST_NAMED])) if isinstance(value, list) else value
        if values.get("served", "queue") not in ("queue", "search"):
            raise InputError(f"served = {values['served']!r}: choose queue or search")
        return cls(**values)

    def verdict_sent(self) -> SentVerdict:
        """Return the verdict in the message."""
        names = [each.name for each in fields(SentVerdict) if each.name != "id"]
        sent = SentVerdict(**{name: getattr(self, name) for name in names})
        return replace(sent, id=self.id) if self.id else sent


_MOST_NAMED: Final = 300
"""Items that a message may name."""
_LONGEST_ASKED: Final = 200
_LINES: Final = 20
"""Characters of what a concordance is asked for, and lines that it has beside a pair."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be shown.

    HTML by the name of the part of the page that it fills; what is for `ahead` is added there.

    `status` is as in HTTP. `stale` are items that look different now; `again` says that the item on the screen stays.
    `created` is the pair that a verdict made, which may be widened again. `rescores` says that the verdict `event` is
    to be followed up; `refused` says in one line why nothing was done.
    """

    parts: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    stale: Sequence[str] = ()
    again: bool = False
    event: str | None = None
    rescores: bool = False
    created: str | None = None
    refused: str | None = None
    asks: bool = False
    """Whether the same message is taken once it says that it is `sure`."""

    def plain(self) -> dict[str, Any]:
        """Return the answer as it travels."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Reviewing:
    """One reviewer before an open run; `where` says whether a page or a notebook shows it."""

    services: Services
    reviewer: str
    where: Literal["page", "notebook"] = "page"

    def answer(self, sent: object) -> Answer:
        """Do what a message asks, and return what is to be shown.

        What can't be done is an answer as well.
        """
        try:
            message = PageMessage.read(sent)
            if message.do not in _DEEDS:
                raise InputError(f"message: can't do {message.do!r}")
            return _DEEDS[message.do](self, message)
        except StaleError as error:
            return self._contested(error)
        except AlignError as error:
            statuses = ((UnknownItemError, 404), (InputError, 400))
            status = next((status for kind, status in statuses if isinstance(error, kind)), 500)
            return Answer(status=status, refused=str(error))

    def open(self, message: PageMessage) -> Answer:
        """Answer with the first items of a queue, and with what it shows."""
        queue = Queue.read(message.queue)
        cards = self.cards(queue, (), count=AT_ONCE)
        parts = {"pair": self.pair(cards[0] if cards else None, queue), "ahead": _ahead(cards[1:])}
        parts |= {"status": escape(about(queue, self.services.store.run()))}
        return Answer({**parts, "notice": "", "rescored": "", "progress": self._progress(queue)})

    def next(self, message: PageMessage) -> Answer:
        """Answer with the next item, for a page in which none waits."""
        queue = Queue.read(message.queue)
        cards = self.cards(queue, (*message.have, *message.passed), count=1)
        if not cards and message.passed and queue.filter.state in (None, "open"):
            # Once nothing else is left, what was passed over comes round again.
            cards = self.cards(queue, (*message.have, message.passed[-1]), count=1)
        return Answer({"pair": self.pair(cards[0] if cards else None, queue), "progress": self._progress(queue)})

    def item(self, message: PageMessage) -> Answer:
        """Answer with one item."""
        return Answer({"pair": self.pair(self._card(message)), "notice": ""})

    def ahead(self, message: PageMessage) -> Answer:
        """Answer with the items that a page lacks to have eight waiting."""
        missing = max(AT_ONCE - len(message.have), 0)
        held = (*message.have, *message.passed)
        queue = Queue.read(message.queue)
        cards = self.cards(queue, held, count=missing) if missing else []
        # Counting takes longer than saving, so that progress comes along here, and not with the answer to a verdict.
        return Answer({"ahead": _ahead(cards), "progress": self._progress(queue)})

    def verdict(self, message: PageMessage) -> Answer:
        """Keep a verdict: once this answers with 200 it is on the disk."""
        if not message.sure and (question := self._question(message)) is not None:
            return question
        store, sent = self.services.store, message.verdict_sent()
        whole = self._looked_at(sent)
        mine = decision(sent, self.reviewer, whole)
        saved = store.decide(mine)
        lone = whole is not None and whole.kind == "unmatched"
        opens = saved.created if lone and self.where == "page" else None
        parts = {
            "status": render("status.html.j2", {"said": said(mine, lone=lone), "undo": True, "opens": opens}),
            "notice": "",
            "rescored": "",
        }
        again = VERDICTS[mine.verdict].stays
        # A pair that was made of another is where one goes next; a segment that has found its counterpart is done.
        made = saved.created if not lone and not mine.adjudicates else None
        if made is not None:
            # It comes with this answer: a key that is pressed meanwhile must not meet the pair before.
            parts["pair"] = self.pair(self.services.card(store.item(made, self.reviewer), served=sent.served))
        rescores = saved.rescores
        return Answer(parts, stale=saved.touched, again=again, event=saved.event, rescores=rescores, created=made)

    def _looked_at(self, sent: SentVerdict) -> ItemView | None:
        """Return the item of a verdict that needs more of it than its name, None for any other."""
        named = sent.verdict.partition(":")[0]
        kind = VERDICTS.get(named)
        looks = named == "like" or (kind is not None and (kind.implies or kind.writes == "span"))
        if not looks:
            return None
        return self.services.store.item(sent.item, self.reviewer, adjudicating=sent.adjudicates)

    def _question(self, message: PageMessage) -> Answer | None:
        """Return what is asked before a pair is accepted whose English lacks a term of the glossary."""
        kind, terms = VERDICTS.get(message.verdict), self.services.glossary.terms()
        if kind is None or kind.category != "accept" or terms is None:
            return None
        shown = self.services.store.item(message.item, self.reviewer, adjudicating=message.adjudicates)
        written = message if kind.writes == "text" else None
        source, target = (
            (getattr(written, name, None) or getattr(shown, name)) for name in ("source_text", "target_text")
        )
        broken = broken_terms(source, target, terms)
        return Answer(status=422, refused=missing_terms(broken), asks=True) if broken else None

    def undo(self, message: PageMessage) -> Answer:
        """Take back the reviewer's last verdict with all it brought about, and answer with its item."""
        store = self.services.store
        last = store.history(self.reviewer, limit=1)
        mine = store.item(last[0].id, self.reviewer).mine if last else None
        undone = store.undo(self.reviewer, id=message.id)
        # Only whoever decided between two may see both verdicts again before deciding again.
        adjudicates = bool(mine and mine.adjudicates and last[0].id == undone.item)
        parts = {
            "pair": self._again(message, undone.item, adjudicates=adjudicates),
            "status": render("status.html.j2", {"said": _("Undone"), "undo": False, "opens": None}),
            "notice": "",
            "rescored": "",
            "progress": self._progress(Queue.read(message.queue)),
        }
        return Answer(parts, stale=[each for each in undone.touched if each != undone.item])

    def _again(self, message: PageMessage, item: str, *, adjudicates: bool) -> str:
        """Return an item to be judged again.

        The next one where it was no item, or was made by what is undone.
        """
        queue = Queue.read(message.queue)
        try:
            found = self.services.store.item(item, self.reviewer, adjudicating=adjudicates)
        except UnknownItemError:
            following = self.cards(queue, message.have, count=1)
            return self.pair(following[0] if following else None, queue)
        return self.pair(self.services.card(found, adjudicates=adjudicates))

    def rescore(self, message: PageMessage) -> Answer:
        """Judge the rest of a pair of documents again after a verdict, and answer with what changed."""
        found = self.services.rescore(message.event)
        shown = render("rescored.html.j2", {"rescoring": found, "most": MOST_CHANGES})
        return Answer({"rescored": shown}, stale=[each.item for each in found.changes])

    def find(self, message: PageMessage) -> Answer:
        """Answer with the segments of the other side nearest in meaning.

        Nearest to a text, or to the item itself.
        """
        shown = self._card(message)
        # What is wanted is English, unless it is the English side that has no counterpart.
        wanted: Lang = "en" if shown.item.source else "kk"
        own = shown.item.source_text or shown.item.target_text
        found = self.services.search.find(message.text.strip() or own, wanted)
        return Answer({"found": render("found.html.j2", {"found": found, "lang": wanted})})

    def concordance(self, message: PageMessage) -> Answer:
        """Answer with how accepted pairs translate a word."""
        found = self.services.store.concordance(message.text[:_LONGEST_ASKED], self.reviewer, limit=_LINES)
        return Answer({"concordance": render("concordance.html.j2", {"found": found, "where": self.where})})

    def gloss(self, message: PageMessage) -> Answer:
        """Answer with the word-for-word gloss of an item's Kazakh text.

        It is made only when somebody unfolds it.
        """
        draft = self.services.gloss.gloss(self._card(message).item.source_text)
        return Answer({"gloss": render("gloss.html.j2", {"draft": draft})})

    def cards(self, queue: Queue, have: Sequence[str], *, count: int = AT_ONCE) -> list[Card]:
        """Return the next items of a queue and reserve them; `have` are those that the page holds."""
        items: list[ItemView]
        if queue.adjudicating:
            items = self.services.store.adjudications(self.reviewer, count=count, exclude=have)
        else:
            items = self.services.store.next(self.reviewer, queue.filter, count=count, exclude=have)
        return [self.services.card(each, served=queue.served, adjudicates=queue.adjudicating) for each in items]

    def pair(self, shown: Card | None, queue: Queue | None = None) -> str:
        """Return an item as it is shown, or why its queue has none and what comes next."""
        if shown is not None:
            return render("pair.html.j2", {"card": shown})
        at = queue or Queue()
        steps = next_steps(at, self.services.store.waiting(self.reviewer))
        return render("ending.html.j2", {"said": how_it_ended(at), "steps": steps, "queue": at, "where": self.where})

    def _card(self, message: PageMessage) -> Card:
        adjudicates = message.adjudicates or Queue.read(message.queue).adjudicating
        shown = self.services.store.item(message.item, self.reviewer, adjudicating=adjudicates)
        return self.services.card(shown, served=Queue.read(message.queue).served, adjudicates=adjudicates)

    def _contested(self, error: StaleError) -> Answer:
        mine = error.decision
        now = self.services.card(error.current, served=mine.served, adjudicates=mine.adjudicates)
        refused = _("this pair has changed since it was shown: open it again")
        return Answer({"notice": render("stale.html.j2", {"now": now, "mine": mine})}, status=409, refused=refused)

    def _progress(self, queue: Queue) -> str:
        return render("progress.html.j2", progress_of(self.services.store, self.reviewer, queue))


def _ahead(cards: Sequence[Card]) -> str:
    return render("ahead.html.j2", {"ahead": cards})


_DEEDS: Final[Mapping[str, Callable[[Reviewing, PageMessage], Answer]]] = {
    "open": Reviewing.open,
    "next": Reviewing.next,
    "item": Reviewing.item,
    "ahead": Reviewing.ahead,
    "verdict": Reviewing.verdict,
    "undo": Reviewing.undo,
    "rescore": Reviewing.rescore,
    "find": Reviewing.find,
    "concordance": Reviewing.concordance,
    "gloss": Reviewing.gloss,
}
