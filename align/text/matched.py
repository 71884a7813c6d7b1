"""The text that takes part in the search: composed, visible, one script a word.

Kazakh is in Cyrillic.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, cast

from align.text.cyrillic import Script, to_cyrillic
from align.text.lookalikes import repair
from align.text.respelling import Respelling, Respelt
from align.types import Segment

__all__ = ["as_matched", "matched_text", "respelling_of"]

# A letter with the marks that belong to it, so that composing never reaches over the borders of what was matched.
_CLUSTER: Final = re.compile(r"(?s).[\u0300-\u036f]*")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
_UNUSUAL: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u0300-\u036f]")


def as_matched(text: str, script: Script | None = None) -> Respelling | None:
    r"""Return the text as it is matched, with the way back; None where it is the original.

    `script` is the alphabet of a Kazakh text that is not in Cyrillic. People are shown the original, always.

    >>> as_matched("Aлматы қала\u00adсы").text  # Its first letter is a Latin one.
    'Алматы қаласы'
    >>> as_matched("Алматы қаласы") is None
    True
    """
    respelling = _composed(text) if _UNUSUAL.search(text) else None
    composed = respelling.text if respelling else text
    changed = to_cyrillic(composed, script) if script else _repaired(composed)
    if changed is None or respelling is None:
        return changed or respelling
    return changed.after(respelling)


def respelling_of(segment: Segment) -> Respelling | None:
    """Return a segment's text as it is matched, None where that is its text."""
    return as_matched(segment.text, cast("Script | None", segment.script))


def matched_text(segment: Segment) -> str:
    """Return what stands for a segment in the search and before the verifier."""
    respelling = respelling_of(segment)
    return segment.text if respelling is None else respelling.text


def _composed(text: str) -> Respelling:
    return Respelling.of(_clusters(text))


def _clusters(text: str) -> Iterator[Respelt]:
    for match in _CLUSTER.finditer(text):
        composed = unicodedata.normalize("NFC", match.group())
        yield _INVISIBLE.sub("", composed), match.start(), match.end()


def _repaired(text: str) -> Respelling | None:
    repaired = repair(text)
    if repaired == text:
        return None
    return Respelling.of((letter, place, place + 1) for place, letter in enumerate(repaired))
