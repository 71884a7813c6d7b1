"""The reasons for a pair and against it, in the reader's language.

A run's files have them in English.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from align.review.interface_language import N_, _

__all__ = ["ground_said"]

_SAID: Final = (
    N_("the lengths agree"),
    N_("one side is much longer"),
    N_("no other sentence comes near"),
    N_("another sentence comes nearer"),
    N_("the documents are about the same"),
    N_("the documents are about different things"),
    N_("other sentences of the documents correspond"),
    N_("nothing else in the documents corresponds"),
    N_("a headline"),
    N_("a headline beside a sentence"),
    N_("one goes up, the other down"),
    N_("who does it to whom is exchanged"),
    N_("the Kazakh denies"),
    N_("the English denies"),
    N_("a number differs"),
    N_("a date differs"),
    N_("a name differs"),
    N_("a number differs: {values}"),
    N_("a date differs: {values}"),
    N_("a name differs: {values}"),
    N_("{n} of {m} words correspond"),
    N_("the date agrees"),
    N_("the number agrees"),
    N_("the name agrees"),
    N_("{n} of {m} dates agree"),
    N_("{n} of {m} numbers agree"),
    N_("{n} of {m} names agree"),
    N_("a date stands on one side only"),
    N_("a number stands on one side only"),
    N_("{n} dates stand on one side only"),
    N_("{n} numbers stand on one side only"),
)
_HOLES: Final = {"n": r"(?P<n>\d+)", "m": r"(?P<m>\d+)", "values": "(?P<values>.+)"}


def ground_said(text: str) -> str:
    """Return a reason in the language that is spoken; one that is not known stays as it is.

    >>> from align.review.interface_language import speaking
    >>> with speaking("ru"):
    ...     ground_said("7 of 9 words correspond"), ground_said("of late")
    ('соответствуют слова: 7 из 9', 'of late')
    """
    known, values = _known(text)
    return _(known).format(**values) if known else text


@lru_cache(maxsize=1 << 12)
def _known(text: str) -> tuple[str, dict[str, str]]:
    for each in _SAID:
        pattern = re.sub(r"\\\{(\w+)\\\}", lambda hole: _HOLES[hole[1]], re.escape(each))
        if found := re.fullmatch(pattern, text):
            return each, found.groupdict()
    return "", {}
