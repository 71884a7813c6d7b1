"""One pass over the pairs: what each filter says of a pair by itself.

It keeps a few numbers to compare the pair with others.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from align.export.exclude import Exclusion
from align.export.exported import CONFIGS, MINED, REVIEWED, ExportedPair
from align.export.near import key_of
from align.export.selection import Selection
from align.text.normalise import normalise

__all__ = ["Survey", "cant_hold", "survey"]

_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_NO_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS: Final = "\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_LINES: Final = re.compile(f"[{_BREAKS}]")
_CELLS: Final = re.compile(f"[\t\x00{_BREAKS}]")
_VALUE: Final = re.compile(
    r"\s*(?:[+-]?[\d.,]+(?:e[+-]?\d+)?|[+-]?inf(?:inity)?|true|false|null|none|<na>|n/a|#n/a(?: n/a)?|#?na|-?nan"
    r"|-?1\.#(?:ind|qnan))\s*",
    re.IGNORECASE,
)
"""What pandas reads as a number, a truth value or nothing at all where a whole column is like it."""
_NO_TEXT: Final = (
    re.compile(rf"\A{_VALUE.pattern}\Z", re.IGNORECASE),
    "a number or a word that tables take for no text",
)
_CANT_HOLD: Final[Mapping[str, Sequence[tuple[re.Pattern[str], str]]]] = {
    "moses": [(_LINES, "a line break, which Moses files can't hold")],
    "tsv": [
        (_CELLS, "a tab or line break, which TSV can't hold"),
        _NO_TEXT,
    ],
    "csv": [(re.compile("\x00"), "a null character, which CSV can't hold"), _NO_TEXT],
    "tmx": [(_NO_XML, "a control character, which XML can't hold")],
    "xliff": [(_NO_XML, "a control character, which XML can't hold")],
}
"""What a format can't hold: a text that has it is left out by name, since it must not be changed."""

_SAME_NEWS: Final = 3
"""Matched facts from which two pairs that share all of them are taken to tell the same news."""


@dataclass(slots=True)
class Survey:
    """What is remembered of each pair, in order.

    That is the reason to leave it out or None, and numbers of a few bytes each. `kk`, `en`, `kk_document`,
    `en_document` and `facts` are 64-bit hashes, 0 where there is nothing to compare.
    """

    reasons: list[str | None] = field(default_factory=list)
    config: array[int] = field(default_factory=lambda: array("b"))
    reviewers: array[int] = field(default_factory=lambda: array("b"))
    probability: array[float] = field(default_factory=lambda: array("f"))
    published: list[str] = field(default_factory=list)
    kk: array[int] = field(default_factory=lambda: array("Q"))
    en: array[int] = field(default_factory=lambda: array("Q"))
    kk_document: array[int] = field(default_factory=lambda: array("Q"))
    en_document: array[int] = field(default_factory=lambda: array("Q"))
    facts: array[int] = field(default_factory=lambda: array("Q"))

    def add(self, pair: ExportedPair, reason: str | None) -> None:
        """Remember a pair."""
        self.reasons.append(reason)
        self.config.append(CONFIGS.index(pair.config))
        # One byte each; nobody asks for more than two reviewers.
        self.reviewers.append(min(pair.reviewers, 127))
        self.probability.append(-1.0 if pair.probability is None else pair.probability)
        # A pair is as new as the newer of its documents: a model trained earlier has not seen both.
        self.published.append(max(pair.kk_side.published or "", pair.en_side.published or ""))
        self.kk.append(key_of(_plain(pair.kk)))
        self.en.append(key_of(_plain(pair.en)))
        self.kk_document.append(key_of(pair.kk_side.document))
        self.en_document.append(key_of(pair.en_side.document))
        matched = sorted(f"{cell.kind} {cell.source}" for cell in pair.facts if cell.status == "matched")
        self.facts.append(key_of("\n".join(matched)) if len(matched) >= _SAME_NEWS else 0)


def survey(pairs: Iterable[ExportedPair], selection: Selection, *, format: str, excluded: Exclusion | None) -> Survey:
    """Return what a pass over the pairs finds; `excluded` holds the texts of test sets."""
    found = Survey()
    for pair in pairs:
        found.add(pair, _reason(pair, selection, format, excluded))
    return found


def _reason(pair: ExportedPair, selection: Selection, format: str, excluded: Exclusion | None) -> str | None:
    """Return the first reason to leave a pair out, whatever the other pairs are."""
    return (
        _unwanted(pair, selection, format)
        or _unfit(pair, selection, format)
        or (excluded and (excluded.reason(pair.kk) or excluded.reason(pair.en)))
        or None
    )


def _unwanted(pair: ExportedPair, selection: Selection, format: str) -> str | None:
    if pair.config not in (REVIEWED, MINED) and format != "hf":
        return f"{pair.status}: only the format hf holds those"
    if pair.status == "review" and selection.status != "all":
        return "awaits review"
    if selection.relations and pair.config in (REVIEWED, MINED) and pair.relation not in selection.relations:
        return f"relation {pair.relation}"
    least = selection.min_probability
    if least is not None and pair.config == MINED and (pair.probability or 0) < least:
        return "below --min-probability"
    if not selection.titles and "title" in (pair.kk_side.mark, pair.en_side.mark):
        return "a title, and --no-titles"
    return None


def _unfit(pair: ExportedPair, selection: Selection, format: str) -> str | None:
    texts = (pair.kk, pair.en)
    if not all(text.strip() for text in texts):
        return "an empty side"
    unheld = next(filter(None, (cant_hold(format, text) for text in texts)), None)
    if unheld is not None:
        return unheld
    short, long = sorted(map(len, texts))
    if selection.max_ratio is not None and long > selection.max_ratio * short:
        return "above --max-ratio"
    return None


def cant_hold(format: str, text: str) -> str | None:
    """Return what is in a text that a format can't hold, None where it can be written unchanged.

    >>> cant_hold("moses", "two lines"), cant_hold("moses", "two" + chr(10) + "lines")
    (None, "a line break, which Moses files can't hold")
    """
    if _SURROGATE.search(text):
        return "half a character (a lone surrogate), which UTF-8 can't hold"
    return next((what for pattern, what in _CANT_HOLD.get(format, ()) if pattern.search(text)), None)


def _plain(text: str) -> str:
    return normalise(text).casefold()
