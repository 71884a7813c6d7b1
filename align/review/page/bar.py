"""The buttons below a pair and the keys that press them, made from the table of verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from align.review.interface_language import N_, _
from align.review.verdicts import VERDICTS

__all__ = ["Button", "buttons", "help_rows"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button of the bar.

    Its label, the cap of its key, what the help says, and its attributes in HTML.

    `of` names the kinds of items on which it can be pressed. `group` sets buttons apart.
    """

    label: str
    cap: str
    hint: str
    attributes: Mapping[str, str]
    of: tuple[str, ...] = ("link", "unmatched", "")
    group: int = 1
    choices: int = 0
    classes: str = field(default="")

    @property
    def keys(self) -> str:
        """Return the keys as the help names them: "X 1-6" where digits choose."""
        return f"{self.cap} 1-{self.choices}" if self.choices else self.cap


_COMMANDS = (
    Button(
        N_("Draft"),
        "D",
        N_("unfold the draft or the gloss"),
        {"data-unfolds": ".draft", "data-key": "KeyD"},
        ("link",),
        2,
    ),
    Button(
        N_("Undo"),
        "Z",
        N_("take back your last verdict and what it changed"),
        {"data-do": "undo", "data-key": "KeyZ"},
        group=3,
    ),
    Button(N_("Back"), "K", N_("to the pair before"), {"data-walk": "-1", "data-key": "KeyK"}, group=3),
    Button(N_("Next"), "J", N_("to the next pair without a verdict"), {"data-walk": "1", "data-key": "KeyJ"}, group=3),
)
"""What else has a key: it judges nothing."""

_SPACE = N_("Space")
"""The one key whose cap bears a word."""

_OTHER_KEYS = (
    ("B", N_("Join both: this pair and the first that its segments are also in become one")),
    ("1-3", N_("Unmatched segments: the one of those nearest that says the same")),
    ("/", N_("Unmatched segments: search for the counterpart; a digit then chooses among what was found")),
    ("D", N_("Unmatched segments: put the machine's draft into the box; saved unchanged it stays a machine's")),
    ("E", N_("Unmatched segments: write a translation")),
    ("W", N_("Concordance: how accepted pairs translate the word that is selected or typed")),
    ("Ctrl Enter", N_("save the text box")),
    ("Esc", N_("close what is open")),
    ("?", N_("these keys")),
)


def cap(key: str) -> str:
    """Return what stands on a key, by its place on the keyboard.

    >>> cap("KeyA"), cap("Space")
    ('A', 'Space')
    """
    return key.removeprefix("Key").removeprefix("Digit")


def buttons() -> tuple[Button, ...]:
    """Return the buttons of the bar, in order."""
    return (*_verdicts(), *_COMMANDS)


def help_rows() -> list[tuple[str, str]]:
    """Return the keys and what they do, for the help, in the reader's language."""
    told = ((_(each.keys), f"{_(each.label)}: {_(each.hint)}") for each in buttons())
    return [*told, *((keys, _(what)) for keys, what in _OTHER_KEYS)]


def _look(verdict: str) -> str:
    """Return the classes of a verdict's button.

    The two that are meant most are told by their colour as well.
    """
    return {"accept": "main yes", "reject": "no"}.get(verdict, "")


def _verdicts() -> Iterator[Button]:
    for name, each in VERDICTS.items():
        if each.key is None:
            continue
        opens = {"data-opens": each.opens, "aria-expanded": "false"} if each.opens else {"data-verdict": name}
        yield Button(
            each.label,
            cap(each.key),
            each.hint,
            {**opens, "data-key": each.key},
            each.pressed_for,
            group=2 if each.opens and name != "reject" else 1,
            choices=each.choices,
            classes=_look(name),
        )
