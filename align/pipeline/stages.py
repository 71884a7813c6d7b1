"""The stages that every job shares: texts to sides, sides to judged candidates."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from align.corpus.read import Corpus
from align.explain.links import Decision
from align.facts.dates import day_of
from align.pipeline.clock import Clock
from align.pipeline.tools import Tools
from align.search.candidates import candidates
from align.text.matched import matched_text
from align.types import Candidates, IntArray, Judgement, Lang, Segment, Side
from align.verify.ranking import DECIMALS

__all__ = ["decided", "judged", "sides_of"]


def _written(corpus: Corpus) -> dict[str, datetime.date]:
    """Return the days on which the documents were written, by id; those that do not say so are left out."""
    days = ((document.id, day_of(document.published)) for document in corpus.documents)
    return {document: day for document, day in days if day}


def _side(segments: Sequence[Segment], lang: Lang, tools: Tools) -> Side:
    numbers: dict[str, int] = {}
    documents = [numbers.setdefault(segment.document, len(numbers)) for segment in segments]
    return tools.side([matched_text(segment) for segment in segments], lang, np.array(documents, dtype=np.int64))


def sides_of(corpus: Corpus, tools: Tools, clock: Clock) -> tuple[Side, Side]:
    """Return the Kazakh and the English side of a corpus, encoded."""
    with clock.stage("encode"):
        return _side(corpus.segments("kk"), "kk", tools), _side(corpus.segments("en"), "en", tools)


def decided(corpus: Corpus, found: Candidates, judgement: Judgement) -> Decision:
    """Return the judged candidates of a corpus, ready to become links."""
    segments = corpus.segments("kk"), corpus.segments("en")
    return Decision(found, judgement.probabilities, *segments, _written(corpus))


def judged(
    source: Side, target: Side, tools: Tools, *, k: int, clock: Clock, also: IntArray | None = None
) -> tuple[Candidates, Judgement]:
    """Search two sides, the pairs of `also` included, and judge what was found: probabilities of four decimals."""
    with clock.stage("search"):
        found = candidates(source, target, k=k, index=tools.index, also=also)
    with clock.stage("verify"):
        judgement = tools.verifier.judge(found, source, target)
    # What is written is what decides, so the rounding comes first.
    return found, replace(judgement, probabilities=np.round(judgement.probabilities, DECIMALS))
