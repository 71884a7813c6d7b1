"""One language's texts as they are matched and as shown, with their facts and vectors.

How a text is matched, and which facts it states on which day, is known here alone: every job, the search and the
rescoring of a review, and the training make their sides with a `SideBuilder`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeAlias, TypeVar, cast

import numpy as np

from align.facts import Gazetteer, extract, extract_counted
from align.facts.kinds import COUNTED
from align.hybrid import WholeRows, hybrid_rows
from align.ports import Encoder, Engine, Models
from align.text.cyrillic import Script
from align.text.matched import as_matched
from align.text.respelling import Respelling
from align.text.scripts import line_scripts
from align.types import Fact, FloatArray, IntArray, Lang, Segment

_Made = TypeVar("_Made")

Excerpt: TypeAlias = tuple[Lang, tuple[str, ...], tuple[Script | None, ...], tuple[datetime.date | None, ...]]
"""Some texts of a side as they are shown, their scripts and the days they were written."""

__all__ = [
    "Excerpt",
    "FactReader",
    "Side",
    "SideBuilder",
    "encode_block",
    "facts_block",
    "matched_lines",
    "scripts_of",
    "side_of",
]

_MOST_TEXTS: Final = 200_000
"""Texts whose facts are held at once; a search needs each of its texts' facts several times in a short while."""


_HEAVY: Final = frozenset({"vectors", "bundled", "rows"})

_ROWS_AT_ONCE: Final = 8192
"""Texts whose spelling is sketched at a time."""


@dataclass(frozen=True, slots=True)
class FactReader:
    """Extract the facts of a text once, however often they are asked for.

    None is the gazetteer that ships.
    """

    gazetteer: Gazetteer | None = None
    _known: dict[tuple[str, Lang, datetime.date | None], tuple[Fact, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _counted: dict[tuple[str, Lang, datetime.date | None], tuple[Fact, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __call__(self, text: str, lang: Lang, written: datetime.date | None = None) -> tuple[Fact, ...]:
        """Return the facts of a text written on that day, if known: "last year" is a year then."""
        key = (text, lang, written)
        if key not in self._known:
            if len(self._known) >= _MOST_TEXTS:
                self._known.clear()
            self._known[key] = extract(text, lang, reference_date=written, gazetteer=self.gazetteer)
        return self._known[key]

    def counted(self, text: str, lang: Lang, written: datetime.date | None = None) -> tuple[Fact, ...]:
        """Return the amounts and dates of a text alone.

        That costs less where the rest has not been asked for.
        """
        key = (text, lang, written)
        if (known := self._known.get(key)) is not None:
            return tuple(fact for fact in known if fact.kind in COUNTED)
        if key not in self._counted:
            if len(self._counted) >= _MOST_TEXTS:
                self._counted.clear()
            self._counted[key] = extract_counted(text, lang, reference_date=written, gazetteer=self.gazetteer)
        return self._counted[key]


@dataclass(frozen=True, eq=False)
class Side:
    """One side of a search: n texts of one language. Make it with a `SideBuilder`.

    `shown` are the texts as they were given: what people see. `scripts` has the alphabet of each Kazakh text that is
    not in Cyrillic, `written` the day on which each was written, None where there is nothing to tell. `document` is
    (n,) int64, the number of the document a text stands in, None for lines in no order. `segments` are those that the
    texts come from, None for lines. Vectors, all float32 unit rows in C order, are computed when first asked for.
    """

    lang: Lang
    shown: tuple[str, ...]
    builder: SideBuilder = field(repr=False)
    scripts: tuple[Script | None, ...]
    written: tuple[datetime.date | None, ...]
    document: IntArray | None = None
    segments: Sequence[Segment] | None = None
    _facts: dict[int, tuple[Fact, ...]] = field(default_factory=dict, init=False, repr=False)
    _counted: dict[int, tuple[Fact, ...]] = field(default_factory=dict, init=False, repr=False)

    def __len__(self) -> int:
        return len(self.shown)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the texts as they are matched: composed, one script a word, Kazakh in Cyrillic."""
        respelt = map(as_matched, self.shown, self.scripts)
        return tuple(text if each is None else each.text for text, each in zip(self.shown, respelt, strict=True))

    @cached_property
    def vectors(self) -> FloatArray:
        """Return (n, dim): the encoder's vectors, where the meaning is looked for."""
        return self.builder.encoder.encode(self.texts, self.lang)

    @cached_property
    def bundled(self) -> FloatArray:
        """Return the verifier's vectors, (n, d): `vectors` where the bundled encoder searches."""
        if self.builder.encoder.signature == self.builder.bundled.signature:
            return self.vectors
        return self.builder.bundled.encode(self.texts, self.lang)

    @cached_property
    def rows(self) -> WholeRows:
        """Return (n, dim + d) int16: vectors and sketches of the spelling, which the search goes by.

        The sketches are there so that names and numbers count with any encoder.
        """
        rows = np.empty((len(self), self.vectors.shape[1] + self.builder.lexical.dim), np.int16)
        for start in range(0, len(self), _ROWS_AT_ONCE):
            block = slice(start, start + _ROWS_AT_ONCE)
            rows[block] = hybrid_rows(self.vectors[block], self.builder.lexical.encode(self.texts[block], self.lang))
        return rows

    def release(self) -> None:
        """Let go of vectors, rows and words, which nothing asks for once pairs are judged.

        Whoever asks has them computed again.
        """
        for name in [each for each in self.__dict__ if each in _HEAVY or each.startswith("words ")]:
            del self.__dict__[name]

    def encoded(self) -> Side:
        """Compute the vectors now, and return the side."""
        if self.builder.engine is not None and len(self):
            self._encode_by(self.builder.engine)
        _ = self.vectors, self.bundled, self.rows
        return self

    def _encode_by(self, engine: Engine) -> None:
        """Let an engine compute the vectors of the models that ship.

        A text's are the same in any block.
        """
        blocks = [(self.lang, self.texts[start : start + engine.size]) for start in range(0, len(self), engine.size)]
        widths = {"bundled": self.builder.bundled.dim, "lexical": self.builder.lexical.dim}
        # Blocks go into their place as they come, so that no vector is held twice.
        known = {name: np.empty((len(self), width), np.float32) for name, width in widths.items()}
        for number, found in enumerate(engine.map(encode_block, blocks, stage="encode")):
            for whole, part in zip(known.values(), found, strict=True):
                whole[number * engine.size : number * engine.size + len(part)] = part
        if self.builder.encoder.signature == self.builder.bundled.signature:
            known["vectors"] = known["bundled"]
        lexical = known.pop("lexical")
        # That is where a cached property keeps what it has computed.
        self.__dict__.update(known)
        self.__dict__["rows"] = hybrid_rows(self.vectors, lexical)

    def once(self, name: str, make: Callable[[], _Made]) -> _Made:
        """Return what `make` makes of the side; what has a name is made once."""
        # That is where a cached property keeps what it has computed, too.
        if name not in self.__dict__:
            self.__dict__[name] = make()
        return cast("_Made", self.__dict__[name])

    def expect_facts(self, rows: IntArray, *, counted: bool = False) -> None:
        """Have the facts of some texts extracted before they are asked for.

        That is what the engine does, if there is one. `rows` is (n,) int64; a row may come again. With `counted`, it is
        the amounts and dates alone.
        """
        engine, held = self.builder.engine, self._counted if counted else self._facts
        missing = [row for row in np.unique(rows).tolist() if row not in held and row not in self._facts]
        if engine is None or not missing:
            return
        blocks = [missing[start : start + engine.size] for start in range(0, len(missing), engine.size)]
        given = [(self.excerpt(block), counted) for block in blocks]
        for block, found in zip(blocks, engine.map(facts_block, given, stage="read facts"), strict=True):
            held.update(zip(block, found, strict=True))

    def excerpt(self, rows: Iterable[int]) -> Excerpt:
        """Return some texts with all that is told of them, for another process to make a side of."""
        rows = tuple(rows)
        shown, scripts = tuple(self.shown[row] for row in rows), tuple(self.scripts[row] for row in rows)
        return self.lang, shown, scripts, tuple(self.written[row] for row in rows)

    def facts(self, row: int) -> tuple[Fact, ...]:
        """Return the facts of a text, extracted once; their spans count characters of `texts`."""
        known = self._facts.get(row)
        return known if known is not None else self.builder.facts(self.texts[row], self.lang, self.written[row])

    def counted_facts(self, row: int) -> tuple[Fact, ...]:
        """Return the amounts and dates of a text alone: cheaper than all of its facts."""
        if (known := self._counted.get(row)) is not None:
            return known
        if (known := self._facts.get(row)) is not None:
            return tuple(fact for fact in known if fact.kind in COUNTED)
        return self.builder.facts.counted(self.texts[row], self.lang, self.written[row])

    def respelling(self, row: int) -> Respelling | None:
        """Return the way from a text as it is matched back to the text as it is shown.

        None where the two are one.
        """
        return as_matched(self.shown[row], self.scripts[row])


@dataclass(frozen=True, slots=True)
class SideBuilder:
    """Make sides, from lines or from segments.

    `encoder` is the one that the search goes by, `bundled` the one that the verifier compares texts with, `lexical` the
    sketch of their spelling, `facts` the reader of their facts, `engine` who computes vectors block by block.
    """

    encoder: Encoder
    bundled: Encoder
    lexical: Encoder
    facts: FactReader = field(default_factory=FactReader)
    engine: Engine | None = field(default=None, compare=False)

    def of_lines(
        self,
        lines: Sequence[str],
        lang: Lang,
        *,
        document: IntArray | None = None,
        written: Sequence[datetime.date | None] | None = None,
    ) -> Side:
        """Return the side of lines.

        `document`, (n,) int64, numbers the document of each where they stand in any.
        """
        days = tuple(written) if written is not None else (None,) * len(lines)
        return Side(lang, tuple(lines), self, scripts_of(lines, lang), days, document)

    def of_segments(
        self, segments: Sequence[Segment], lang: Lang, *, written: Mapping[str, datetime.date] | None = None
    ) -> Side:
        """Return the side of segments.

        `written` has the days on which documents were written, by their ids.
        """
        numbers: dict[str, int] = {}
        document = [numbers.setdefault(segment.document, len(numbers)) for segment in segments]
        days = written or {}
        return Side(
            lang,
            tuple(segment.text for segment in segments),
            self,
            tuple(cast("Script | None", segment.script) for segment in segments),
            tuple(days.get(segment.document) for segment in segments),
            np.array(document, dtype=np.int64),
            segments,
        )


def encode_block(models: Models, block: tuple[Lang, Sequence[str]]) -> tuple[FloatArray, FloatArray]:
    """Return the bundled encoder's vectors of texts, and the sketches of their spelling.

    Both are (n, d) float32.
    """
    lang, texts = block
    return models.sides.bundled.encode(texts, lang), models.sides.lexical.encode(texts, lang)


def facts_block(models: Models, given: tuple[Excerpt, bool]) -> tuple[tuple[Fact, ...], ...]:
    """Return the facts of some texts, or the amounts and dates alone."""
    excerpt, counted = given
    side = side_of(models, excerpt)
    return tuple(side.counted_facts(row) if counted else side.facts(row) for row in range(len(side)))


def side_of(models: Models, excerpt: Excerpt) -> Side:
    """Return the side of an excerpt, made with the models of this process."""
    lang, shown, scripts, written = excerpt
    return Side(lang, shown, models.sides, scripts, written)


def scripts_of(lines: Sequence[str], lang: Lang) -> tuple[Script | None, ...]:
    """Return the script of each Kazakh line that is not all Cyrillic, None for other lines.

    >>> scripts_of(["Qazaqstan Respublikasynyñ Prezidentı bügın jaña zañğa qol qoidy", "Tañ", "Таң"], "kk")
    ('latin-2021', 'latin-2021', None)
    """
    return tuple(line_scripts(lines)) if lang == "kk" else (None,) * len(lines)


def matched_lines(lines: Sequence[str], lang: Lang) -> list[str]:
    """Return lines as a search matches them, for those who need no more of a side.

    >>> matched_lines(["Qazaqstan Respublikasynyñ Prezidentı bügın jaña zañğa qol qoidy"], "kk")
    ['Қазақстан Республикасының Президенті бүгін жаңа заңға қол қойды']
    """
    respelt = map(as_matched, lines, scripts_of(lines, lang))
    return [line if each is None else each.text for line, each in zip(lines, respelt, strict=True)]
