"""The buttons and keys of the page of two whole documents.

Its own, and the verdicts of a pair.
"""

from __future__ import annotations

from typing import Final

from align.review.interface_language import N_, _
from align.review.page.bar import Button, buttons

__all__ = ["document_buttons", "document_help"]

_OWN: Final = (
    Button(
        N_("Link"),
        "Enter",
        N_("link what is selected on both sides; the link that was selected is changed; with Shift it stays as well"),
        {"data-act": "Enter"},
        group=0,
        classes="main",
    ),
    Button(N_("Unlink"), "U", N_("reject the link as not parallel"), {"data-act": "KeyU", "data-on": "link"}, group=0),
    Button(
        N_("Edge up"),
        "[",
        N_("give the last segment of this side away; with Shift take in the one before"),
        {"data-act": "BracketLeft", "data-on": "link"},
        group=0,
    ),
    Button(
        N_("Edge down"),
        "]",
        N_("take in the next segment of this side; with Shift give the first away"),
        {"data-act": "BracketRight", "data-on": "link"},
        group=0,
    ),
    Button(N_("Split"), "D", N_("cut the segment in two at the caret; Enter cuts"), {"data-act": "KeyD"}, group=0),
    Button(
        N_("Next open"),
        "O",
        N_("to the next segment that has no link, or one that nobody judged and the run is unsure of"),
        {"data-act": "KeyO"},
        group=3,
    ),
    Button(N_("Batch"), "B", N_("accept the likely pairs of these documents at once"), {"data-act": "KeyB"}, group=3),
    Button(
        N_("Pair"),
        "G",
        N_("this link on the page of a pair, and back"),
        {"data-act": "KeyG", "data-on": "link"},
        group=3,
    ),
)

_MOVING: Final = (
    ("J K, ↓ ↑", N_("move by a segment; with Shift select more")),
    ("Page ↓ ↑", N_("move by ten segments")),
    ("← →", N_("change the side; what was selected stays, to be linked")),
    ("L", N_("the next link of a segment that has several")),
)

_LEFT_OUT: Final = ("data-unfolds", "data-walk")
"""What only makes sense where pairs come one after the other."""


def document_buttons() -> tuple[Button, ...]:
    """Return the buttons of the bar, in order."""
    verdicts = [each for each in buttons() if not any(name in each.attributes for name in _LEFT_OUT)]
    return (*_OWN, *verdicts)


def document_help() -> list[tuple[str, str]]:
    """Return the keys and what they do, for the help, in the reader's language."""
    told = ((_(each.keys), f"{_(each.label)}: {_(each.hint)}") for each in document_buttons())
    return [
        *((keys, _(what)) for keys, what in _MOVING),
        *told,
        (_("Esc"), _("close what is open, let go what is held")),
    ]
