"""Where to go from the end of a queue."""

from __future__ import annotations

from dataclasses import dataclass

from align.review.interface_language import _, ngettext, number
from align.review.page.queues import Queue
from align.review.records import Filter
from align.review.waiting import Waiting

__all__ = ["NextStep", "how_it_ended", "next_steps"]


@dataclass(frozen=True, slots=True)
class NextStep:
    """Work that is left.

    What it is, in words, the query of its queue, and the address of its page.
    """

    label: str
    queue: str
    path: str


def next_steps(queue: Queue, waiting: Waiting) -> list[NextStep]:
    """Return what else waits for whoever is at the end of a queue, what is nearest first."""
    steps = [
        (waiting.pairs, ngettext("{n} pair to judge", "{n} pairs to judge", waiting.pairs), Queue(), "/"),
        (
            waiting.skipped,
            ngettext("{n} pair that you skipped", "{n} pairs that you skipped", waiting.skipped),
            Queue(Filter(state="skipped")),
            "/",
        ),
        (
            waiting.disputes,
            ngettext("{n} dispute to decide", "{n} disputes to decide", waiting.disputes),
            Queue(adjudicating=True),
            "/adjudicate",
        ),
        (
            waiting.kazakh,
            ngettext(
                "{n} Kazakh segment without a counterpart",
                "{n} Kazakh segments without a counterpart",
                waiting.kazakh,
            ),
            Queue(Filter(kind="unmatched", side="source")),
            "/unmatched",
        ),
        (
            waiting.english,
            ngettext(
                "{n} English segment without a counterpart",
                "{n} English segments without a counterpart",
                waiting.english,
            ),
            Queue(Filter(kind="unmatched", side="target")),
            "/unmatched?side=target",
        ),
    ]
    # Pairs that were drawn for a batch lead back to it.
    back = [NextStep(_("Back to the batch"), "", f"/batch/{queue.filter.batch}")] if queue.filter.batch else []
    return back + [
        NextStep(label.format(n=number(count)), there.query, path if path != "/" else f"/?{there.query}".rstrip("?"))
        for count, label, there, path in steps
        if count and there.query != queue.query
    ]


def how_it_ended(queue: Queue) -> str:
    """Return why a queue shows nothing."""
    if queue.adjudicating:
        return _("No dispute is left for you to decide.")
    if queue.filter.batch:
        return _("The pairs that were drawn are judged.")
    if queue != Queue(Filter(order=queue.filter.order)):
        return _("Nothing that passes this filter is left for you to judge.")
    return _("You have judged all that is open to you: the rest is judged, skipped, or with another reviewer.")
