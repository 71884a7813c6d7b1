"""What the page and the notebook say, in the same words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from align.review.interface_language import _, ngettext
from align.review.page.queues import Queue
from align.review.page.term_notes import TermNote
from align.review.records import Decision, RunInfo
from align.review.verdicts import VERDICTS

__all__ = ["MOST_CHANGES", "about", "ago", "duration", "missing_terms", "percent", "said", "when"]

MOST_CHANGES: Final = 12
"""Changed probabilities of a rescoring that are shown in full."""


def said(decision: Decision, *, lone: bool = False) -> str:
    """Return what a verdict did, once it is kept.

    A `lone` segment had no counterpart that another could replace.
    """
    if lone and decision.other:
        return _("Linked")
    return _(VERDICTS[decision.verdict].said) + (f": {_(decision.reason)}" if decision.reason else "")


def about(queue: Queue, run: RunInfo) -> str:
    """Return what a queue shows, in a sentence."""
    if queue.adjudicating:
        return _("Two reviewers differ; your verdict decides.")
    narrowed = queue.narrowed_to(run)
    return _("Only {what}.").format(what=narrowed) if narrowed else _("Most informative first.")


def missing_terms(broken: Sequence[TermNote]) -> str:
    """Return what is asked before a pair is accepted that breaks the glossary."""
    pairs = ", ".join(f"{each.source} = {each.target}" for each in broken)
    return _("the English lacks what the glossary has: {pairs}. The same key again accepts it as it is.").format(
        pairs=pairs
    )


def duration(seconds: float) -> str:
    """Return a time to go as a person says it.

    >>> [duration(value) for value in (29, 600, 5400, 90000)]
    ['under a minute', 'about 10 min', 'about 1 h 30 min', 'about 25 h']
    """
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("under a minute")
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("about {minutes} min").format(minutes=minutes)
    if rest and hours < 10:
        return _("about {hours} h {minutes} min").format(hours=hours, minutes=rest)
    return _("about {hours} h").format(hours=hours)


def ago(seconds: float) -> str:
    """Return how long ago something was, as a person says it.

    >>> [ago(value) for value in (20, 300, 7300, 200000)]
    ['just now', '5 minutes ago', '2 hours ago', '2 days ago']
    """
    minutes = int(seconds // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("{n} minute ago", "{n} minutes ago", minutes).format(n=minutes)
    hours = minutes // 60
    if hours < 24:
        return ngettext("{n} hour ago", "{n} hours ago", hours).format(n=hours)
    return ngettext("{n} day ago", "{n} days ago", hours // 24).format(n=hours // 24)


def percent(value: float) -> str:
    r"""Return a probability in per cent, which never claims certainty.

    >>> [percent(value) for value in (0.9996, 0.5, 0.0004)]
    ['>99\xa0%', '50\xa0%', '<1\xa0%']
    """
    if value >= 0.995:
        return ">99\u00a0%"
    return "<1\u00a0%" if value < 0.005 else f"{value * 100:.0f}\u00a0%"


def when(at: str) -> str:
    """Return an ISO 8601 time to the minute.

    >>> when("2026-11-22T11:30:05.123+00:00")
    '2026-11-22 11:30'
    """
    return at[:16].replace("T", " ")
