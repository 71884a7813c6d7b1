"""What a job works with, and the picking of the implementations that settings name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.ports import Encoder, Explainer, Verifier
from align.search.candidates import IndexFactory
from align.settings import Settings
from align.translate.checks import DraftChecker
from align.types import IntArray, Lang, Side

__all__ = ["Tools", "load_tools"]


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pipeline works with. `progress` hears the name of each stage as it begins."""

    encoder: Encoder
    lexical: Encoder
    verifier: Verifier
    explainer: Explainer
    index: IndexFactory
    checker: DraftChecker
    progress: Callable[[str], None] = lambda stage: None

    def side(self, texts: Sequence[str], lang: Lang, document: IntArray | None = None) -> Side:
        """Return texts with their vectors and their lexical sketch; `document` numbers the document of each."""
        return Side(tuple(texts), lang, self.encoder.encode(texts, lang), self.lexical.encode(texts, lang), document)


def load_tools(
    settings: Settings | None = None, *, cached: bool = True, progress: Callable[[str], None] = lambda stage: None
) -> Tools:
    """Return the tools for these settings: the bundled encoder and verifier where nothing else is named.

    With `cached`, vectors are kept in the user's cache, and what was encoded once is not encoded again. `progress`
    hears the name of each stage as it begins. Raises ModelUnavailableError for an encoder that can't be had.
    """
    from align.encode import load_encoder
    from align.encode.cache import CachedEncoder, CachedTextEncoder, VectorCache, cache_path
    from align.encode.lexical import LexicalSketch
    from align.encode.ngram import NgramEncoder
    from align.encode.sbert import SbertOptions
    from align.explain.explainer import FactExplainer
    from align.facts import default_gazetteer, read_gazetteer
    from align.search import INDEXES
    from align.translate.checks import DraftChecker
    from align.verify.model import LogisticVerifier
    from align.verify.pair import PairJudge
    from align.verify.words import TextEncoder

    settings = settings or Settings()
    extra = Path(settings.gazetteer) if settings.gazetteer else None
    gazetteer = default_gazetteer().extended(read_gazetteer(extra)) if extra else None
    options = SbertOptions(settings.device, settings.batch_size, settings.processes, settings.truncate_dim)
    encoder = load_encoder(settings.encoder, options=options)
    # The verifier compares words and texts with the bundled encoder, whichever encoder proposes the candidates.
    bundled = encoder if isinstance(encoder, NgramEncoder) else NgramEncoder.load()
    texts: TextEncoder = bundled

    def encoded(done: int, total: int) -> None:
        progress(f"encode: {done} of {total}")

    if cached:
        cache = VectorCache(cache_path())
        texts = CachedTextEncoder(bundled, cache)
        encoder = CachedEncoder(encoder, cache, progress=encoded)
    lexical, verifier = LexicalSketch(bundled.weights), LogisticVerifier.load(texts)
    alone = PairJudge(LogisticVerifier.load(bundled), bundled, lexical)
    return Tools(
        encoder=encoder,
        lexical=lexical,
        verifier=verifier,
        explainer=FactExplainer(bundled, gazetteer=gazetteer),
        index=INDEXES.load(settings.index),
        checker=DraftChecker(alone, gazetteer=gazetteer),
        progress=progress,
    )
