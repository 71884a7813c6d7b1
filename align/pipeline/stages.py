"""The stages that every job shares: texts to sides, sides to judged candidates."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np

from align.corpus.read import Corpus
from align.facts.dates import day_of
from align.pipeline.clock import Clock
from align.sides import Side
from align.tools import Tools
from align.types import Candidates, IntArray, Judgement
from align.verify.ranking import DECIMALS

__all__ = ["judged", "sides_of"]


def sides_of(corpus: Corpus, tools: Tools, clock: Clock) -> tuple[Side, Side]:
    """Return the Kazakh and the English side of a corpus, encoded."""
    written = _written(corpus)
    with clock.stage("encode"):
        source = tools.sides.of_segments(corpus.segments("kk"), "kk", written=written)
        target = tools.sides.of_segments(corpus.segments("en"), "en", written=written)
        return source.encoded(), target.encoded()


def judged(
    source: Side, target: Side, tools: Tools, *, k: int, clock: Clock, also: IntArray | None = None
) -> tuple[Candidates, Judgement]:
    """Search two sides, the pairs of `also` included, and judge what was found.

    Probabilities have four decimals.
    """
    with clock.stage("search"):
        found = tools.search(source, target, k=k, also=also)
    with clock.stage("verify"):
        judgement = tools.verifier.judge(found, source, target)
    # What is written is what decides, so the rounding comes first.
    return found, replace(judgement, probabilities=np.round(judgement.probabilities, DECIMALS))


def _written(corpus: Corpus) -> dict[str, datetime.date]:
    """Return the days on which the documents were written, by id.

    Those that do not say so are left out.
    """
    days = ((document.id, day_of(document.published)) for document in corpus.documents)
    return {document: day for document, day in days if day}
