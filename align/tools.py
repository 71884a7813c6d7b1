"""What a job works with, and the picking of the implementations that settings name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from align.models import BUNDLED, own_models
from align.ports import Explainer, Translator, Verifier
from align.progress import step
from align.search.candidates import IndexFactory, candidates
from align.search.rerank import SecondStage
from align.settings import Settings
from align.sides import FactReader, Side, SideBuilder
from align.translate.checks import DraftChecker
from align.types import Candidates, IntArray

if TYPE_CHECKING:
    from align.engines.shards import Shards

__all__ = ["Tools", "load_tools"]


@dataclass(frozen=True, slots=True)
class Tools:
    """What a job works with.

    `sides` turns texts into facts and vectors, `searches` names how the nearest of two sides are found,
    `alone` judges a pair by itself; `progress` hears each stage begin.
    """

    sides: SideBuilder
    verifier: Verifier
    explainer: Explainer
    index: IndexFactory
    searches: str
    second: SecondStage
    alone: Callable[[str, str], float]
    checker: DraftChecker
    progress: Callable[[str], None] = lambda stage: None
    translator: Translator | None = None
    """What drafts, where it was loaded before the work began."""
    engine: Shards | None = None
    """Who does the work block by block, None where it is done all at once."""

    def signatures(self) -> dict[str, str]:
        """Return the names of the models that decide a run."""
        return {"encoder": self.sides.encoder.signature, "verifier": self.verifier.signature}

    def search(self, source: Side, target: Side, *, k: int, also: IntArray | None = None) -> Candidates:
        """Return what the index proposes, and the pairs of `also`, scored by their words."""
        return self.second(candidates(source, target, k=k, index=self.searches, also=also), source, target)


def load_tools(
    settings: Settings | None = None, *, cached: bool = True, progress: Callable[[str], None] = lambda stage: None
) -> Tools:
    """Return the tools for these settings: the bundled ones where nothing else is named.

    With `cached`, vectors are kept in the user's cache, and what was encoded once is not encoded again. `progress`
    hears the name of each stage as it begins. Raises ModelUnavailableError for an encoder that can't be had.
    """
    from align.encode import load_encoder
    from align.encode.lexical import LexicalSketch
    from align.encode.ngram import NgramEncoder
    from align.encode.sbert import SbertOptions
    from align.encode.vector_cache import CachedEncoder, VectorCache, cache_path
    from align.explain.by_blocks import BlockExplainer
    from align.explain.explainer import FactExplainer
    from align.facts import default_gazetteer, read_gazetteer
    from align.search import INDEXES
    from align.verify.model import LogisticVerifier
    from align.verify.pair import PairJudge

    settings = settings or Settings()
    extra = Path(settings.gazetteer) if settings.gazetteer else None
    gazetteer = default_gazetteer().extended(read_gazetteer(extra)) if extra else None
    options = SbertOptions(settings.device, settings.batch_size, settings.processes, settings.truncate_dim)
    encoder = load_encoder(settings.encoder, options=options)
    own = own_models(settings.encoder)
    bundled = encoder if own and isinstance(encoder, NgramEncoder) else NgramEncoder.load()
    alone = SideBuilder(bundled, bundled, LexicalSketch(bundled.weights), FactReader(gazetteer))
    sides = alone if encoder is bundled else replace(alone, encoder=encoder)
    if cached:
        cache = VectorCache(cache_path())
        searched = CachedEncoder(encoder, cache, progress=lambda done, total: step(progress, "encode", done, total))
        sides = replace(sides, encoder=searched, bundled=CachedEncoder(bundled, cache))
    verifier = LogisticVerifier.load(bundled, own)
    judge = PairJudge(verifier, alone)
    explainer: Explainer = FactExplainer(bundled, gazetteer=gazetteer, model=verifier.relation)
    engine = _engine(settings, verifier.signature, lambda: Working(sides, explainer), progress)
    return Tools(
        sides=replace(sides, engine=engine),
        verifier=verifier,
        explainer=BlockExplainer(explainer, engine),
        index=INDEXES.load(settings.index),
        searches=settings.index,
        second=SecondStage(bundled),
        alone=judge,
        checker=DraftChecker(judge, facts=alone.facts),
        progress=progress,
        engine=engine,
    )


@dataclass(frozen=True, slots=True)
class Working:
    """The `Models` that this process does blocks with."""

    sides: SideBuilder
    explainer: Explainer


def _engine(
    settings: Settings, signature: str, models: Callable[[], Working], progress: Callable[[str], None]
) -> Shards:
    """Return who does the work block by block.

    `signature` is the verifier's, `models` are those of this process.
    """
    from align.engines import WORKERS
    from align.engines.digests import code_digest, digest
    from align.engines.shards import Here, Shards

    if settings.engine is None:
        return Shards(lambda: Here(models), size=settings.shard_size, progress=progress)
    # Workers hold the models that judge: another encoder's vectors are made here, and kept in the cache.
    judging = settings.encoder if own_models(settings.encoder) else BUNDLED
    loaded = partial(load_tools, replace(settings, engine=None, encoder=judging), cached=False)
    start = partial(WORKERS.load(settings.engine), loaded, workers=settings.workers, address=settings.address)
    names = Path(settings.gazetteer).read_bytes() if settings.gazetteer else None
    made_by = digest((code_digest(), signature, names))
    return Shards(start, made_by=made_by, size=settings.shard_size, progress=progress)
