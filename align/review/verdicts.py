"""The verdicts a reviewer may give.

What each is called, decides, implies and rules out, and where it is used.

Everything that lists verdicts is made from this table: the bar and the help of page and notebook, the conditions of
SQL, the messages, what an import accepts, and the table in docs/review.md. Its words are English here, and are
translated where they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from align.review.interface_language import N_, _

__all__ = [
    "BATCH",
    "CATEGORIES",
    "JUDGES",
    "OUTCOMES",
    "REASONS",
    "RULED_OUT",
    "RULES_OUT",
    "SPLIT",
    "UNPAIRED",
    "VERDICTS",
    "Attached",
    "Category",
    "Kind",
    "MergeSide",
    "Order",
    "Verdict",
    "VerdictKind",
    "outcome_said",
]

Verdict: TypeAlias = str
"""The name of a verdict: a key of VERDICTS."""
Category: TypeAlias = Literal["accept", "partial", "reject"]
Kind: TypeAlias = Literal["link", "unmatched"]
MergeSide: TypeAlias = Literal["source_before", "source_after", "target_before", "target_after"]
Order: TypeAlias = Literal["informative", "disagreement", "document", "probability"]
Attached: TypeAlias = Literal["exact", "overlap", "lost"]

REASONS = (
    N_("not parallel"),
    N_("wrong facts"),
    N_("bad text"),
    N_("boilerplate"),
    N_("wrong language"),
    N_("other"),
)
"""Why a pair is rejected, in the order of the keys 1 to 6."""

_PAIR: Final[tuple[Kind, ...]] = ("link",)
_ANY: Final[tuple[Kind, ...]] = ("link", "unmatched")


@dataclass(frozen=True, slots=True)
class VerdictKind:
    """One verdict.

    `label`, `hint` (what it means, for the help) and `said` (once it is kept) are shown.

    `key` is a key's place on the keyboard (KeyboardEvent.code), None for a verdict that has no button in the bar;
    `opens` names the panel that asks for its details, of which `choices` have a digit. `of` says which items take it.
    `category` is what it says of the pair as it was shown (a trimmed or merged one was right in part, a swapped one
    wrong), None for a verdict that judges nothing; agreement and precision count categories. `outcome` is what becomes
    of the item. `implies` says that it puts another pair in the item's place and accepts that. `rules_out` is what can
    be no pair after it: the "pair" itself, every pair of its source "segment", or other partners of the one it "took".
    `detail` names the field of a decision that a choice fills, `writes` says that it carries texts. Where these are the
    machine's draft, word for word, the verdict is the one named in `unchanged`. After one that `stays` its pair is
    still to be judged. `in_bar` says for which items the bar has its button.
    """

    label: str
    hint: str
    said: str
    key: str | None = None
    opens: str | None = None
    choices: int = 0
    of: tuple[Kind, ...] = _PAIR
    category: Category | None = None
    outcome: str | None = None
    implies: bool = False
    rules_out: Literal["pair", "segment", "took"] | None = None
    detail: Literal["reason", "other", "neighbour"] | None = None
    writes: Literal["text", "span"] | None = None
    stays: bool = False
    unchanged: Verdict | None = None
    in_bar: tuple[Kind, ...] = _ANY

    @property
    def pressed_for(self) -> tuple[Kind, ...]:
        """Return the items for which the bar has this verdict's button."""
        return tuple(kind for kind in self.of if kind in self.in_bar)


VERDICTS: Final[Mapping[Verdict, VerdictKind]] = {
    "accept": VerdictKind(
        label=N_("Accept"),
        hint=N_("both say the same"),
        said=N_("Accepted"),
        key="KeyA",
        category="accept",
        outcome="accept",
    ),
    "partial": VerdictKind(
        label=N_("Partial"),
        hint=N_("part of it is the same"),
        said=N_("Partial"),
        key="KeyS",
        category="partial",
        outcome="partial",
    ),
    "reject": VerdictKind(
        label=N_("Reject"),
        hint=N_("no pair, for a reason; C begins a note, Enter ends it"),
        said=N_("Rejected"),
        key="KeyX",
        opens="reasons",
        choices=len(REASONS),
        category="reject",
        outcome="reject",
        rules_out="pair",
        detail="reason",
    ),
    "no_counterpart": VerdictKind(
        label=N_("No counterpart"),
        hint=N_("nothing in the other language says this"),
        said=N_("No counterpart"),
        key="KeyN",
        of=_ANY,
        category="reject",
        outcome="no_counterpart",
        rules_out="segment",
    ),
    "skip": VerdictKind(label=N_("Skip"), hint=N_("somebody else may judge"), said=N_("Skipped"), key="Space", of=_ANY),
    "flag": VerdictKind(
        label=N_("Flag"),
        hint=N_("set the flag, or take it back"),
        said=N_("Flag changed"),
        key="KeyF",
        of=_ANY,
        stays=True,
    ),
    "note": VerdictKind(
        label=N_("Note"),
        hint=N_("a word to whoever sees this pair after judging it; Enter saves"),
        said=N_("Noted"),
        key="KeyC",
        opens="note",
        of=_ANY,
        stays=True,
    ),
    "edit": VerdictKind(
        label=N_("Edit"),
        hint=N_("change either side and accept it; Ctrl+Enter saves"),
        said=N_("Edited and accepted"),
        key="KeyE",
        opens="edit",
        category="accept",
        outcome="accept",
        writes="text",
    ),
    "trim": VerdictKind(
        label=N_("Trim"),
        hint=N_("cut to the clause that both share; Ctrl+Enter saves"),
        said=N_("Trimmed"),
        key="KeyT",
        opens="trim",
        category="partial",
        outcome="partial",
        writes="span",
    ),
    "swap": VerdictKind(
        label=N_("Swap"),
        hint=N_("another counterpart: a runner-up, or one that you search for"),
        said=N_("Swapped"),
        key="KeyR",
        opens="swap",
        choices=3,
        of=_ANY,
        category="reject",
        outcome="swapped",
        implies=True,
        rules_out="pair",
        detail="other",
        # A segment without a counterpart shows what may be one at once, and has nothing to unfold.
        in_bar=_PAIR,
    ),
    "merge": VerdictKind(
        label=N_("Merge"),
        hint=N_("take a neighbouring segment in"),
        said=N_("Merged"),
        key="KeyM",
        opens="merge",
        choices=4,
        category="partial",
        outcome="merged",
        implies=True,
        rules_out="took",
        detail="neighbour",
    ),
    "post_edit": VerdictKind(
        label=N_("Save as a pair"),
        hint=N_("your own translation of an unmatched segment; Ctrl+Enter saves"),
        said=N_("Saved as a pair"),
        of=("unmatched",),
        category="accept",
        outcome="post_edited",
        implies=True,
        writes="text",
        unchanged="take_draft",
    ),
    "take_draft": VerdictKind(
        label=N_("Take the draft over"),
        hint=N_("the machine's draft of an unmatched segment, saved without a change: it stays a machine's"),
        said=N_("Draft taken over"),
        of=("unmatched",),
        category="accept",
        outcome="draft_taken",
        implies=True,
    ),
}
"""All verdicts, in the order of the bar."""

CATEGORIES: Final[Mapping[str, Category]] = {
    name: each.category for name, each in VERDICTS.items() if each.category is not None
}
"""What a verdict says of the pair as it was shown; skip and flag judge nothing."""

OUTCOMES: Final[Mapping[str, str]] = {name: each.outcome for name, each in VERDICTS.items() if each.outcome is not None}
"""What becomes of an item by the verdict that decides it."""


BATCH: Final = "batch"
"""What the event that begins a batch says: it is about many pairs, and no verdict on one."""

SPLIT: Final = "split"
"""What an event says that cuts a segment of a document in two."""

UNPAIRED: Final = frozenset({BATCH, SPLIT})
"""What is no verdict on any one pair, though it is kept, undone and exported like one."""


def outcome_said(name: str) -> str:
    """Return in the reader's language what was done by a verdict.

    Or what became of an item, by the name of either.

    >>> outcome_said("no_counterpart"), outcome_said("post_edited"), outcome_said("disputed")
    ('No counterpart', 'Saved as a pair', 'disputed')
    """
    said = next((each.said for key, each in VERDICTS.items() if name in (key, each.outcome)), None)
    return _(said or {"disputed": N_("disputed")}.get(name, name.replace("_", " ")))


def _listed(names: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{name}'" for name in names) + ")"


JUDGES: Final = "NOT IN " + _listed(name for name, each in VERDICTS.items() if each.category is None)
"""What SQL asks of a verdict's name to know whether it judges its item."""

RULES_OUT: Final = "IN " + _listed(name for name, each in VERDICTS.items() if each.rules_out is not None)
"""The same, whether it rules a pair out."""

RULED_OUT: Final = frozenset(each.outcome for each in VERDICTS.values() if each.rules_out is not None)
"""The outcomes of those: the item is no pair any more, or another has taken its place."""
