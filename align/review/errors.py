"""What may go wrong in a review.

AlignError
├── InputError
│   ├── UnknownItemError    no such item in this run's review
│   │   └── UnknownDocumentError   no such document in this run
│   └── NotAllowedError     the verdict makes no sense for this item, or is not this reviewer's to give
└── StaleError              somebody saved this item since the page was opened; both versions are in the error

Every message is one line, fit to be shown to the reviewer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.errors import AlignError, InputError

if TYPE_CHECKING:
    from align.review.records import Decision, ItemView

__all__ = ["NotAllowedError", "StaleError", "UnknownDocumentError", "UnknownItemError"]


class UnknownItemError(InputError):
    """No item of this name stands in the review."""

    def __init__(self, item: str) -> None:
        super().__init__(f"no item {item!r} in this run: it may have gone with the last `align run`")


class UnknownDocumentError(UnknownItemError):
    """No document of this name stands in the run, or it is of the other language."""

    def __init__(self, document: str) -> None:
        InputError.__init__(self, f"no document {document!r} on this side of the run: it may have gone with a re-run")


class NotAllowedError(InputError):
    """A verdict that makes no sense for its item, or that is not this reviewer's to give."""


class StaleError(AlignError):
    """An item changed between being shown and being saved.

    `decision` is what was to be saved, `current` the item as it stands now; nothing was written.
    """

    def __init__(self, decision: Decision, current: ItemView) -> None:
        super().__init__(
            f"{decision.item} was saved meanwhile (version {current.version}, yours was {decision.version}):"
            " look at both and decide again"
        )
        self.decision = decision
        self.current = current
