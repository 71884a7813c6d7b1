"""Picks the implementations that settings name and hands them to the pipeline: for the edges, that is, for people."""

from __future__ import annotations

from collections.abc import Callable

from align.pipeline import Tools
from align.settings import Settings

__all__ = ["load_tools"]


def load_tools(settings: Settings | None = None, *, progress: Callable[[str], None] = lambda stage: None) -> Tools:
    """Return the tools for these settings: the bundled encoder and verifier where nothing else is named.

    `progress` hears the name of each stage as it begins. Raises ModelUnavailableError for an encoder that can't be had.
    """
    from align.encode import load_encoder
    from align.encode.lexical import LexicalSketch
    from align.search import INDEXES
    from align.verify.explain import FactExplainer
    from align.verify.model import LogisticVerifier

    settings = settings or Settings()
    return Tools(
        encoder=load_encoder(settings.encoder),
        lexical=LexicalSketch.load(),
        verifier=LogisticVerifier.load(),
        explainer=FactExplainer.load(),
        index=INDEXES.load(settings.index),
        progress=progress,
    )
