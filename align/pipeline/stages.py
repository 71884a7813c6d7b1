"""The stages that every job shares: texts to sides, sides to judged candidates."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from align.corpus.read import Corpus
from align.engines.shards import Shards
from align.facts.dates import day_of
from align.pipeline.clock import Clock
from align.sides import Side
from align.storage.files import ensure_folder
from align.storage.keyed import cache_folder
from align.storage.locks import locked
from align.tools import Tools
from align.types import Candidates, IntArray, Judgement
from align.verify.ranking import DECIMALS

__all__ = ["judged", "kept_shards", "sides_of"]


@contextmanager
def kept_shards(engine: Shards | None, folder: str | Path | None, inputs: Callable[[], object]) -> Iterator[None]:
    """Let an engine, if there is one, keep what is done until the block ends well.

    Without a folder, it is one in the user's cache that has the `inputs`' name.
    """
    if engine is None or engine.made_by is None:
        yield
        return
    from align.engines.digests import digest

    place = Path(folder) if folder is not None else cache_folder() / "shards" / digest(inputs())[:16]
    ensure_folder(place)
    with locked(place, writing=True), engine.kept_in(place):
        yield


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
