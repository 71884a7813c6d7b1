"""What cannot be a pair, whatever its words.

It is said before anything is measured, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import numpy as np

from align.blocks import blocks_of
from align.ports import Models
from align.sides import Excerpt, Side, side_of
from align.text.language import line_language
from align.text.words import raw_words
from align.types import Candidates, IntArray, Lang

__all__ = ["impossible", "is_fragment", "refused"]

_NO_WORDS: Final = "no words"
_COPY: Final = "copy"
_FRAGMENT: Final = "fragment"

_LANGUAGES: Final = {"kk": "Kazakh", "en": "English", "other": "another language"}
_LETTER: Final = re.compile(r"[^\W\d_]")

_SHORT: Final = 12
"""Words of a fragment at most: names, a day and a post."""

_STATED: Final = 0.75
"""Share of a fragment's letters that stand in names, numbers, days, posts and the like."""

_LEAST_SENTENCE: Final = 3
"""Words from which a text with a verb is a sentence: "He came" says no more than a name does."""

_KK_ENDING: Final = re.compile(
    r"(?:[дт][ыі]|[дт][ыі][қкмң]|[ғгқк][ае]н(?:мын|мін|сың|сің|быз|біз)?|[йае]д[ыі]|[йае]т[ыі]н|[мбп][ае][қк]|с[ыі]н"
    r"|п[тд]?[ыі]|м[ае]с|[йае](?:мын|мін|сың|сің|мыз|міз)|[ае]йық|ейік|йық|йік|ңыз|ңіз)$"
)
_DATED: Final = re.compile(
    r"\s*[,.;:(–—-]\s*(?:\d{1,2}\s+)?(?:\w+\s+)?(?:\d{1,2},?\s+)?(?:1[5-9]|20)\d\d(?:\s*(?:жыл\w*|ж\.?|г\.?))?"
    r"(?:\s+(?:\d{1,2}\s+)?\w+)?[\s.)]*$"
)
"""The day or the year at the end of a caption, behind a comma or a stop: "2020 жыл", "May 9, 2020"."""

_KK_WORDS: Final = frozenset(
    "емес бар жоқ керек қажет тиіс мүмкін екен еді ма ме ба бе па пе болар шығар деп дейді деді үшін".split()
)
_EN_VERBS: Final = frozenset(
    "is are was were be been am has have had do does did will would can could may might must shall should says said"
    " say told tells went goes go came comes come took takes take made makes make gave gives give got gets get held"
    " holds hold won wins win lost loses lose fell falls fall rose rises rise met meets meet left leaves leave kept"
    " keeps keep became becomes become began begins begin built builds build bought buys buy sold sells sell spoke"
    " speaks speak died dies die knew knows know saw sees see thought thinks think read reads write wrote writes ran"
    " runs run let put set cut hit led leads lead felt feels feel sat sits sit stood stands stand works lives needs"
    " beat beats hit hits hurt hurts sent sends paid pays fought flew flies brought brings caught struck drove wants"
    " helps shows plans opens closes isn't aren't wasn't weren't don't doesn't didn't won't can't".split()
)
_EN_ENDING: Final = re.compile(r"[a-z]{2,}ed$")
_POSTS: Final = re.compile(
    r"^(?:қала|облыс|аудан|ауыл|аймақ|өңір|көше|даңғыл|республика|мемлекет|әкім|президент|министр|премьер|төраға|төрайым"
    r"|депутат|директор|басшы|жетекші|өкіл|хатшы|тілші|журналист|агентт|агентік|жыл|ай|күн|сағат|таң|кеш|орынбасар"
    r"|генерал|сенатор|елші|профессор|доктор|сурет|фото|видео|дереккөз|авто"
    r"|радио|телеарна|баспасөз|қызмет|газет|мұрағат)",
    re.IGNORECASE,
)
_EN_POSTS: Final = re.compile(
    r"^(?:the|of|in|at|on|and|for|by|from|to|a|an|city|region|oblast|district|village|town|province|republic|state|mayor"
    r"|governor|akim|president|minister|ministry|prime|deputy|chair\w*|head|director|chief|leader|secretary|spokes\w+"
    r"|correspondent|reporter|journalist|agency|news|photo|video|source|year|month|day|a\.m|p\.m|general|senator"
    r"|ambassador|professor|doctor|dr|mr|mrs|ms|wire|staff|writer|author|radio|press"
    r"|service|newspaper|archive|illustrative)$",
    re.IGNORECASE,
)


def impossible(candidates: Candidates, source: Side, target: Side) -> dict[int, str]:
    """Return by their row which candidates cannot be a pair at first sight.

    "no words" on a side, or a copy.
    """
    left, right = ([" ".join(raw_words(text)).casefold() for text in side.texts] for side in (source, target))
    wordless = [np.array([not _LETTER.search(text) for text in texts], dtype=bool) for texts in (left, right)]
    bare = wordless[0][candidates.source] | wordless[1][candidates.target]
    numbers: dict[str, int] = {}
    keys = [
        np.array([numbers.setdefault(text, len(numbers)) for text in texts], dtype=np.int64) for texts in (left, right)
    ]
    copies = keys[0][candidates.source] == keys[1][candidates.target]
    why = dict.fromkeys(np.flatnonzero(copies).tolist(), _COPY)
    return {**why, **dict.fromkeys(np.flatnonzero(bare).tolist(), _NO_WORDS)}


def refused(candidates: Candidates, rows: IntArray, source: Side, target: Side) -> dict[int, str]:
    """Return which of those rows of the candidates cannot be a pair at a closer look, and why.

    A side is in another language than it should be; or it is a fragment, only names, numbers, days, posts or an agency
    without a verb, and the other side a sentence.
    """
    pairs = candidates.source[rows].tolist(), candidates.target[rows].tolist()
    looks = [_looks(side, own) for side, own in zip((source, target), pairs, strict=True)]
    why: dict[int, str] = {}
    for row, i, j in zip(rows.tolist(), *pairs, strict=True):
        mine, theirs = looks[0][i], looks[1][j]
        found = mine.foreign or theirs.foreign
        if found is None and ((mine.fragment and theirs.sentence) or (theirs.fragment and mine.sentence)):
            found = _FRAGMENT
        if found is not None:
            why[row] = found
    return why


class _Look(NamedTuple):
    """Why the language of a text is wrong, and whether it is a fragment or a sentence."""

    foreign: str | None
    fragment: bool
    sentence: bool


def _looks(side: Side, rows: Iterable[int]) -> dict[int, _Look]:
    """Look at some texts of a side, each once."""
    engine, wanted = side.builder.engine, sorted(set(rows))
    if engine is None:
        return {row: _look(side, row) for row in wanted}
    blocks = [wanted[block] for block in blocks_of(engine, len(wanted))]
    told = engine.map(looks_block, [side.excerpt(block) for block in blocks], stage="look at texts")
    pairs = zip(blocks, told, strict=True)
    return {row: _Look(*look) for block, found in pairs for row, look in zip(block, found, strict=True)}


def looks_block(models: Models, excerpt: Excerpt) -> tuple[tuple[Any, ...], ...]:
    """Return of texts why their language is wrong, and whether they are fragments or sentences."""
    side = side_of(models, excerpt)
    return tuple(tuple(_look(side, row)) for row in range(len(side)))


def _look(side: Side, row: int) -> _Look:
    name = "source" if side.lang == "kk" else "target"
    language = line_language(side.texts[row], expected=side.lang).language
    foreign = None if language in (None, side.lang) else f"{name} is {_LANGUAGES[language]}"
    return _Look(foreign, is_fragment(side, row), _is_sentence(side.texts[row], side.lang))


def _is_sentence(text: str, lang: Lang) -> bool:
    """Say whether a text has a finite verb and something to say it of.

    >>> _is_sentence("Жаңа көпір ашылды", "kk"), _is_sentence("Алматы қаласының әкімі", "kk")
    (True, False)
    >>> _is_sentence("A new bridge was opened", "en"), _is_sentence("The mayor of Almaty", "en")
    (True, False)
    """
    found = [word.lower() for word in raw_words(text)]
    return len(found) >= _LEAST_SENTENCE and _has_verb(found, lang)


def _has_verb(found: list[str], lang: Lang) -> bool:
    if lang == "kk":
        # The verb stands last, at most a particle or a speaker behind it.
        return any(word in _KK_WORDS or (_KK_ENDING.search(word) and not _POSTS.search(word)) for word in found[-2:])
    return any(word in _EN_VERBS or _EN_ENDING.search(word) for word in found)


def is_fragment(side: Side, row: int) -> bool:
    """Say whether a text is a fragment.

    It has no verb and is only names, numbers, days, posts or an agency, or it is named and dated.

    What is named and dated is a caption: "The rally in Almaty, 2020".
    """
    text = side.texts[row]
    if len(raw_words(text)) > _SHORT:
        return False
    dated = _DATED.search(text)
    if dated and not _states(text[: dated.start()], side.lang):
        return True
    return not _states(text, side.lang) and _is_named(side, row)


def _states(text: str, lang: Lang) -> bool:
    """Say whether a short text has a verb."""
    found = raw_words(text)
    # A name within the text is no verb, though it may end like one: "Азаттық".
    inside = {word for word in found[1:] if word.istitle()} if lang == "kk" else set()
    return _has_verb(["" if word in inside else word.lower() for word in found], lang)


def _is_named(side: Side, row: int) -> bool:
    """Say whether most letters of a text stand in names, numbers, days, posts and the like."""
    posts = _POSTS if side.lang == "kk" else _EN_POSTS
    spans = [(fact.start, fact.end) for fact in side.facts(row)]
    letters = stated = 0
    for match in re.finditer(r"\w+", side.texts[row]):
        size = match.end() - match.start()
        letters += size
        within = any(start <= match.start() and match.end() <= end for start, end in spans)
        stated += size * (within or bool(posts.search(match.group())) or match.group().isdigit())
    return stated >= _STATED * max(letters, 1)
