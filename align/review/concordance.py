"""How accepted pairs translate a word.

Each is a line with the word in its sentence, and what answers it on the other side.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from align.review.records import Row
from align.review.verdicts import JUDGES
from align.review.views import body_of, list_rows
from align.text.folding import folded, words
from align.translate.term_forms import english_form, kazakh_bases
from align.types import Lang

__all__ = ["Concordance", "ConcordanceLine", "TextAround", "look_up"]

_CYRILLIC: Final = re.compile(r"[\u0400-\u052f\u0600-\u06ff]")
_WORD: Final = re.compile(r"[^\W_]+")
_ACCEPTED: Final = ("accept", "post_edited")
_MOST_READ: Final = 300
_MOST_RENDERINGS: Final = 6
_AROUND: Final = 70
"""Characters on either side of a word that a line shows."""
_LEAST: Final = 2
_MOST_WORDS: Final = 4

# What others said of a pair that is still open to this reviewer is not told: it may be theirs to judge.
_TOLD: Final = (
    f"agreed IN ({', '.join('?' * len(_ACCEPTED))}) AND (open = 0 OR id IN"
    f" (SELECT item FROM judgements WHERE reviewer = ? AND verdict {JUDGES}))"
)
_LIKELY: Final = (
    "status = 'accept' AND open = 1 AND id NOT IN"
    f" (SELECT item FROM judgements WHERE reviewer = ? AND verdict {JUDGES})"
)


@dataclass(frozen=True, slots=True)
class TextAround:
    """A text around a word: what stands before it, the word, and what stands behind.

    `hit` is "" where the word is unknown.
    """

    before: str
    hit: str
    after: str


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """A pair in which the word stands. `judged` says that people accepted it, not only the run."""

    item: str
    source: TextAround
    target: TextAround
    judged: bool


@dataclass(frozen=True, slots=True)
class Concordance:
    """What a word is found as, what it is rendered by and how often, and the pairs.

    The word stands in `lines` as any form of `base`, people's pairs first. `lang` is the word's language; `total`
    counts the pairs that were read, which `lines` may show a part of.
    """

    word: str
    base: str
    lang: Lang
    renderings: tuple[tuple[str, int], ...]
    lines: tuple[ConcordanceLine, ...]
    total: int


def look_up(database: sqlite3.Connection, word: str, reviewer: str, *, limit: int) -> Concordance:
    """Return how the pairs that this reviewer may know of translate one word or several."""
    lang: Lang = "kk" if _CYRILLIC.search(word) else "en"
    asked = [each.lower() for each in words(word)][:_MOST_WORDS]
    if not any(len(each) >= _LEAST for each in asked):
        return Concordance(word, "", lang, (), (), 0)
    bases = [_base(database, each, lang) for each in asked]
    found = [
        line
        for condition, values, judged in ((_TOLD, [*_ACCEPTED, reviewer], True), (_LIKELY, [reviewer], False))
        for row in _rows(database, (condition, values), bases, lang, reviewer)
        if (line := _line(row, body_of(database, row.id), bases, lang, judged=judged)) is not None
    ]
    renderings = _renderings(found, lang)
    lines = [_with_guess(each, renderings, lang) for each in found[:limit]]
    return Concordance(word, " ".join(bases), lang, renderings[:_MOST_RENDERINGS], tuple(lines), len(found))


def _base(database: sqlite3.Connection, word: str, lang: Lang) -> str:
    """Return the shortest base that a word may have and that stands in a text by itself."""
    if lang == "en":
        return word
    known = (each for each in reversed(kazakh_bases(word)) if len(each) >= _LEAST and _stands(database, each))
    return next(known, word)


def _stands(database: sqlite3.Connection, word: str) -> bool:
    question = "SELECT 1 FROM texts WHERE texts MATCH ? LIMIT 1"
    return database.execute(question, (f'source : "{folded(word)}"',)).fetchone() is not None


def _rows(
    database: sqlite3.Connection, told: tuple[str, Sequence[str]], bases: Sequence[str], lang: Lang, reviewer: str
) -> tuple[Row, ...]:
    """Return items with words that begin alike: whether they are forms is seen in the texts."""
    # The last letter of a stem may soften, fall or be the plural's: кітап, кітабы; country, countries.
    begun = [each if len(each) <= 3 else each[:-1] for each in bases]
    side, typed = ("source", [folded(each) for each in begun]) if lang == "kk" else ("target", begun)
    asked = " AND ".join(f'{side} : "{each}"*' for each in typed if each)
    if not asked:
        return ()
    rows = database.execute(
        f"SELECT * FROM items WHERE kind = 'link' AND {told[0]}"
        " AND number IN (SELECT rowid FROM texts WHERE texts MATCH ?) ORDER BY probability DESC, number LIMIT ?",
        [*told[1], asked, _MOST_READ],
    )
    return list_rows(database, rows.fetchall(), reviewer)


def _line(
    row: Row, body: Mapping[str, Any], bases: Sequence[str], lang: Lang, *, judged: bool
) -> ConcordanceLine | None:
    texts = {"source": row.source_text, "target": row.target_text}
    own, other = ("source", "target") if lang == "kk" else ("target", "source")
    span = _span(texts[own], bases, lang)
    if span is None:
        return None
    answer = _answer(body, span, own, other) if _is_as_found(body, texts) else None
    pieces = {own: _piece(texts[own], span), other: _piece(texts[other], answer)}
    return ConcordanceLine(row.id, pieces["source"], pieces["target"], judged)


def _span(text: str, bases: Sequence[str], lang: Lang) -> tuple[int, int] | None:
    found = list(_WORD.finditer(text))
    for at in range(len(found) - len(bases) + 1):
        here = found[at : at + len(bases)]
        if all(_is_form(match.group().lower(), base, lang) for match, base in zip(here, bases, strict=True)):
            return here[0].start(), here[-1].end()
    return None


def _is_form(word: str, base: str, lang: Lang) -> bool:
    return base in kazakh_bases(word) if lang == "kk" else english_form(word, base)


def _is_as_found(body: Mapping[str, Any], texts: Mapping[str, str]) -> bool:
    """Say whether nobody edited the texts: the evidence counts the characters of what was found."""
    return all(" ".join(place["text"] for place in body[side]) == texts[side] for side in texts)


def _answer(body: Mapping[str, Any], span: tuple[int, int], own: str, other: str) -> tuple[int, int] | None:
    """Return what corresponds to some characters in the other text, by the run's evidence."""
    pairs = (body.get("evidence") or {}).get("words") or ()
    near = [each for each in pairs if each[own][0] < span[1] and each[own][1] > span[0]]
    if not near:
        return None
    spans = [each[other] for each in near]
    start, end = min(each[0] for each in spans), max(each[1] for each in spans)
    # Words that answer from both ends of a sentence are no rendering: the likeliest is taken alone.
    if end - start > _AROUND:
        start, end = max(near, key=lambda each: each["similarity"])[other]
    return start, end


def _piece(text: str, span: tuple[int, int] | None) -> TextAround:
    if span is None:
        return TextAround(text if len(text) <= 2 * _AROUND else text[: 2 * _AROUND].rsplit(" ", 1)[0] + " …", "", "")
    start, end = span
    before, after = text[:start], text[end:]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " …"
    return TextAround(before, text[start:end], after)


def _renderings(lines: Sequence[ConcordanceLine], lang: Lang) -> tuple[tuple[str, int], ...]:
    """Return what answers the word, the most frequent first, forms of one word as one."""
    counts: Counter[str] = Counter()
    for line in lines:
        hit = (line.target if lang == "kk" else line.source).hit.lower()
        if hit:
            counts[next((each for each in counts if _is_one(each, hit, lang)), hit)] += 1
    return tuple(counts.most_common())


def _is_one(one: str, other: str, lang: Lang) -> bool:
    if lang == "kk":
        return english_form(one, other)
    return one == other or one in kazakh_bases(other) or other in kazakh_bases(one)


def _with_guess(line: ConcordanceLine, renderings: Sequence[tuple[str, int]], lang: Lang) -> ConcordanceLine:
    """Return a line whose answer is unknown with the likeliest rendering that stands in it."""
    side = "target" if lang == "kk" else "source"
    piece: TextAround = getattr(line, side)
    if piece.hit:
        return line
    for rendering, _count in renderings:
        for match in _WORD.finditer(piece.before):
            if _is_one(rendering, match.group().lower(), lang):
                start, end = match.span()
                guessed = TextAround(piece.before[:start], piece.before[start:end], piece.before[end:])
                return replace(line, target=guessed) if lang == "kk" else replace(line, source=guessed)
    return line
