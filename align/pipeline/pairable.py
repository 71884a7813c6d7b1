"""Which lines and pairs are Kazakh and English at all, before any is judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from align.corpus.left_out import LeftOut, excerpt
from align.ports import Engine
from align.text.language import line_language
from align.text.normalise import normalise
from align.text.pair_language import EXCHANGED, has_words, wrong_language
from align.types import Lang

__all__ = ["pairable_lines", "pairable_pairs", "unfit_block"]

_SURE: Final = 0.9
_NAMES: Final[dict[str, str]] = {"kk": "Kazakh", "en": "English", "other": "another language"}


def pairable_pairs(pairs: Iterable[tuple[str, str]], left_out: LeftOut) -> Iterator[tuple[str, str]]:
    """Yield the pairs of Kazakh and English, once each, with exchanged sides put right.

    The others are counted.

    >>> left_out = LeftOut()
    >>> list(pairable_pairs([("It is late.", "Кеш болды деді ол."), ("12", "12")], left_out))
    [('Кеш болды деді ол.', 'It is late.')]
    >>> sorted(left_out.counts)
    ['a copy', 'the sides are exchanged']
    """
    for kk, en in dict.fromkeys(pairs):
        reason = wrong_language(kk, en)
        if reason is not None:
            left_out.add(reason, excerpt(kk))
        if reason == EXCHANGED:
            yield en, kk
        elif reason is None:
            yield kk, en


def pairable_lines(
    lines: Sequence[str], lang: Lang, others: Iterable[str], left_out: LeftOut, *, engine: Engine | None = None
) -> list[int]:
    """Return the numbers of the lines, from 0, that may be in a language.

    The others are counted. `others` are the lines of the other side: a text that stands on both is a copy, and belongs
    where its letters do. `engine` looks at them block by block.
    """
    copies = {normalise(line).casefold() for line in others}
    size = engine.size if engine else max(len(lines), 1)
    starts = range(0, len(lines), size)
    blocks = [
        (lang, [(line, normalise(line).casefold() in copies) for line in lines[start : start + size]])
        for start in starts
    ]
    found = (
        engine.map(unfit_block, blocks, stage="languages") if engine else (unfit_block(None, each) for each in blocks)
    )
    reasons = (reason for block in found for reason in block)
    kept = []
    for number, (line, reason) in enumerate(zip(lines, reasons, strict=True)):
        if reason is None:
            kept.append(number)
        elif line.strip():
            left_out.add(f"{_NAMES[lang]} side: {reason}", f"line {number + 1}")
    return kept


def unfit_block(models: object, block: tuple[Lang, Sequence[tuple[str, bool]]]) -> tuple[str | None, ...]:
    """Return why lines are not in a language, None for those that may be.

    Each comes with whether the other side has a copy. The `models` are not needed.
    """
    lang, lines = block
    return tuple(_unfit(line, lang, copied=copied) for line, copied in lines)


def _unfit(line: str, lang: Lang, *, copied: bool) -> str | None:
    if not has_words(line):
        return "no words"
    found = line_language(line, expected=lang)
    if found.language not in (None, lang) and found.certainty >= _SURE:
        return f"in {_NAMES[str(found.language)]}"
    return "a copy of the other side" if copied and found.language != lang else None
