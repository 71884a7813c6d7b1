"""What an edit changed, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

__all__ = ["Difference", "differences"]

_TOKEN: Final = re.compile(r"\s+|[\w'’-]+|[^\w\s]")
"""White space, a word with its hyphens and apostrophes, or one other sign: what a person sees as one."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A piece of two texts: `same` in both, `gone` from the first, or `new` in the second."""

    kind: Literal["same", "gone", "new"]
    text: str


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """Return the stretches of two texts in their order.

    What is gone comes before what is new in its place.

    All but the `new` ones make the first text, all but the `gone` ones the second. Matched by whole words (Ratcliff
    and Metzener 1988, as in difflib), so that no word is cut.

    >>> [(each.kind, each.text) for each in differences("The vote is today.", "The vote was today.")]
    [('same', 'The vote '), ('gone', 'is'), ('new', 'was'), ('same', ' today.')]
    """
    return tuple(each for each in _stretches(_TOKEN.findall(before), _TOKEN.findall(after)) if each.text)


def _stretches(one: list[str], other: list[str]) -> Iterator[Difference]:
    for kind, start, end, other_start, other_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Difference("same", "".join(one[start:end]))
            continue
        yield Difference("gone", "".join(one[start:end]))
        yield Difference("new", "".join(other[other_start:other_end]))
