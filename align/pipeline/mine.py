"""Lines of two languages, in any order, become pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from align.corpus.left_out import LeftOut
from align.corpus.read import read_lines
from align.explain.links import JudgedCandidates
from align.models import BUNDLED
from align.pipeline.clock import Clock, Progress, hearing
from align.pipeline.pairable import pairable_lines
from align.pipeline.stages import judged, kept_shards
from align.ports import Explainer
from align.settings import Settings
from align.tools import Tools, load_tools
from align.types import IntArray, MinedPair, Relation
from align.verify.ranking import best_first, one_to_one, plain
from align.wording import count, html_table, probability

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MinedPairs", "mine"]

_SHOWN = 10
_LIKELY = 0.5
"""Probability from which a pair is likelier right than wrong; below it, its relation is none."""


class MinedPairs(list[MinedPair]):
    """The pairs that were found, best first: a list that shows itself as a table.

    `seconds` is what each stage took, `megabytes` the most memory held until its end (2**20 bytes). `recall` (0-1) is
    which share of the pairs that are each other's nearest the search found, None where it compared all.
    """

    def __init__(
        self,
        pairs: Iterable[MinedPair] = (),
        *,
        seconds: Mapping[str, float] | None = None,
        megabytes: Mapping[str, int] | None = None,
        recall: float | None = None,
    ) -> None:
        super().__init__(pairs)
        self.seconds = dict(seconds or {})
        self.megabytes = dict(megabytes or {})
        self.recall = recall

    def took(self) -> str:
        """Return the seconds of each stage, and the most memory held, as a person reads them.

        >>> MinedPairs(seconds={"encode": 1.26, "search": 3.0}, megabytes={"encode": 200, "search": 310}).took()
        'encode 1.3 s, search 3.0 s; 310 MB at most'
        """
        seconds = ", ".join(f"{name} {value:.1f} s" for name, value in self.seconds.items())
        most = f"; {max(self.megabytes.values())} MB at most" if self.megabytes else ""
        found = "" if self.recall is None else f"; {self.recall:.1%} of the nearest found"
        return f"{seconds}{most}{found}"

    def __repr__(self) -> str:
        return f"{count(len(self), 'pair')}: {list(self[:_SHOWN])!r}" if len(self) > _SHOWN else list.__repr__(self)

    def _repr_html_(self) -> str:
        rows = ((probability(each.probability), each.relation, escape(each.kk), escape(each.en)) for each in self)
        return html_table(count(len(self), "pair"), ("probability", "relation", "kk", "en"), islice(rows, _SHOWN))

    def to_pandas(self) -> pd.DataFrame:
        """Return one row a pair.

        The columns are kk, en, probability, relation, score (the margin), cosine, source, target (lines).
        """
        import pandas as pd

        rows = (
            (each.kk, each.en, each.probability, each.relation, each.margin, each.cosine, each.source, each.target)
            for each in self
        )
        columns = ["kk", "en", "probability", "relation", "score", "cosine", "source", "target"]
        return pd.DataFrame(rows, columns=columns)


def mine(
    kk: str | Path | Sequence[str],
    en: str | Path | Sequence[str],
    *,
    many: bool = False,
    min_probability: float | None = None,
    settings: Settings | None = None,
    tools: Tools | None = None,
    progress: Progress = False,
    keep: str | Path | None = None,
) -> MinedPairs:
    """Pair the lines of two languages, in any order and of any number, best first.

    `kk` and `en` are lists of lines, or files of them. One-to-one, best pairs taken first, unless `many`.
    `min_probability` is the least probability of a pair: 0.5 unless given, where a pair is likelier right than wrong,
    and 0 with `many`. `tools` are loaded for the settings unless given. `progress=True` names each stage on standard
    error, a function is told it. `keep` is the folder where an engine keeps what is done until all is, one in the cache
    unless given.

    Lines that are surely in another language, without words, or copies of the other side take no part, and are told of.

    >>> mine(["Қар жауды.", "Сайлау 9 маусымда өтеді."], ["The election will be held on June 9."])[0].source
    1
    """
    kk_lines, en_lines = _lines(kk), _lines(en)
    settings = settings or Settings()
    # The bundled encoder is faster than a cache of millions of lines would be.
    tools = tools or load_tools(settings, cached=settings.encoder != BUNDLED, progress=hearing(progress))
    least = min_probability if min_probability is not None else 0.0 if many else _LIKELY
    with kept_shards(tools.engine, keep, lambda: (kk_lines, en_lines)):
        return _mined(kk_lines, en_lines, tools, settings.top_k, (least, many))


def _mined(
    kk_lines: Sequence[str], en_lines: Sequence[str], tools: Tools, k: int, wanted: tuple[float, bool]
) -> MinedPairs:
    """Return the pairs.

    `wanted` are their least probability, and whether a line may stand in several.
    """
    least, many = wanted
    clock = Clock(tools.progress, engine=tools.engine)
    with clock.stage("languages"):
        rows = _rows(kk_lines, en_lines, tools)
    with clock.stage("encode"):
        source = tools.sides.of_lines([kk_lines[row] for row in rows[0]], "kk").encoded()
        target = tools.sides.of_lines([en_lines[row] for row in rows[1]], "en").encoded()
    found, judgement = judged(source, target, tools, k=k, clock=clock)
    order = best_first(found, judgement.probabilities, least=least)
    candidates = JudgedCandidates.of(found, judgement, (source, target))
    for side in (source, target):
        side.release()
    with clock.stage("explain"):
        if not many:
            order = one_to_one(found, _conflicts_last(candidates, order, tools.explainer))
        pairs = list(_pairs(candidates, order.tolist(), tools))
    pairs.sort(key=lambda pair: -pair.probability)
    numbered = (replace(pair, source=rows[0][pair.source], target=rows[1][pair.target]) for pair in pairs)
    return MinedPairs(numbered, seconds=clock.seconds, megabytes=clock.megabytes, recall=found.recall)


def _lines(given: str | Path | Sequence[str]) -> Sequence[str]:
    """Return lines as they were given, or those of a file."""
    return read_lines(Path(given)) if isinstance(given, str | Path) else given


def _rows(sources: Sequence[str], targets: Sequence[str], tools: Tools) -> tuple[list[int], list[int]]:
    """Return which lines of each side take part."""
    left_out = LeftOut()
    rows = (
        pairable_lines(sources, "kk", targets, left_out, engine=tools.engine),
        pairable_lines(targets, "en", sources, left_out, engine=tools.engine),
    )
    for reason in left_out.told():
        tools.progress(f"left out: {reason}")
    return rows


def _conflicts_last(judged: JudgedCandidates, order: IntArray, explainer: Explainer) -> IntArray:
    """Return the rows in their order, but those whose facts disagree behind the others.

    They are put behind where a line has a choice. "Minus 25" and "plus 25" differ little in their words, and a line
    should not be given away to the wrong one.
    """
    found = judged.found
    likely = order[judged.probabilities[order] >= _LIKELY]
    places = found.source[likely], found.target[likely]
    chosen = [np.bincount(side, minlength=1)[side] > 1 if len(side) else np.zeros(0, dtype=bool) for side in places]
    contested = likely[chosen[0] | chosen[1]]
    relations = explainer.relations(judged.source, judged.target, [judged.pair(row) for row in contested.tolist()])
    last = np.isin(order, contested[[each == "conflict" for each in relations]])
    return np.concatenate([order[~last], order[last]])


def _pairs(judged: JudgedCandidates, rows: Sequence[int], tools: Tools) -> Iterator[MinedPair]:
    """Yield the pairs of the candidates' rows, in their order, and tell how many are done."""
    likely = [row for row in rows if judged.probabilities[row] >= _LIKELY]
    told = tools.explainer.relations(judged.source, judged.target, [judged.pair(row) for row in likely])
    relations = dict(zip(likely, told, strict=True))
    yield from (_pair(judged, row, relations.get(row, "none")) for row in rows)


def _pair(judged: JudgedCandidates, row: int, relation: Relation) -> MinedPair:
    found, (source, target) = judged.found, judged.pair(row)
    cosine, margin, probability = (plain(each[row]) for each in (found.cosine, found.margin, judged.probabilities))
    texts = judged.source.shown[source], judged.target.shown[target]
    return MinedPair(source, target, *texts, cosine, margin, probability, relation)
