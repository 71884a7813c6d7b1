"""What a reviewer looks up: segments of the run by meaning, and the gloss of a Kazakh text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from align.review.records import Place
from align.search.rerank import PROPOSED
from align.types import Lang

if TYPE_CHECKING:
    from align.ports import Index, Translator
    from align.tools import Tools
    from align.types import Draft

__all__ = ["GlossLookup", "SearchHit", "SegmentSearch"]

_KAZAKH = re.compile(r"[\u0400-\u052f\u0600-\u06ff]")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A segment and its cosine (-1 to 1) to what was asked."""

    place: Place
    similarity: float


@dataclass(slots=True)
class SegmentSearch:
    """The segments of a run by meaning; the index is built at the first question.

    `segments` gives those of a language, `tools` the models that made the run. Vectors come from the user's cache,
    where the run left them.
    """

    segments: Callable[[Lang], Sequence[Place]]
    tools: Callable[[], Tools]
    _lock: Lock = field(default_factory=Lock)
    _indexes: dict[Lang, tuple[Sequence[Place], Index]] = field(default_factory=dict)

    def find(self, text: str, wanted: Lang, *, count: int = 8) -> list[SearchHit]:
        """Return the segments of the language `wanted` that a text finds, the best first.

        The text may be of either language.

        Vectors propose them, and the words of both texts order them.
        """
        with self._lock:
            places, index = self._index(wanted)
            if not places:
                return []
            tools, lang = self.tools(), _language(text)
            query = tools.sides.of_lines([text], lang).vectors
            cosines, rows = index.search(query, min(max(count, PROPOSED), len(places)))
            near = [places[row] for row in rows[0].tolist()]
            (_, order), *_ = tools.second.order(([text], lang), [([each.text for each in near], wanted)], cosines)
        return [SearchHit(near[at], float(cosines[0, at])) for at in order[:count].tolist()]

    def _index(self, lang: Lang) -> tuple[Sequence[Place], Index]:
        from align.search import INDEXES

        if lang not in self._indexes:
            places = self.segments(lang)
            side = self.tools().sides.of_lines([place.text for place in places], lang)
            index: Index = INDEXES.load("flat")(side.vectors.shape[1])
            if places:
                index.add(side.vectors)
            self._indexes[lang] = (places, index)
        return self._indexes[lang]


@dataclass(slots=True)
class GlossLookup:
    """The bundled gloss, loaded at the first question.

    A link has a counterpart, and so no draft of its own.
    """

    _lock: Lock = field(default_factory=Lock)
    _translator: Translator | None = None

    def gloss(self, text: str) -> Draft | None:
        """Return the gloss of a Kazakh text, None where there is nothing to say of it."""
        from align.sides import matched_lines
        from align.translate import GLOSS, load_translator

        with self._lock:
            if self._translator is None:
                self._translator = load_translator(GLOSS)
            return self._translator.draft(matched_lines([text], "kk"))[0]


def _language(text: str) -> Lang:
    """Return the language of a question: Kazakh where it has a Cyrillic or an Arabic letter.

    >>> _language("сайлау"), _language("the vote")
    ('kk', 'en')
    """
    return "kk" if _KAZAKH.search(text) else "en"
