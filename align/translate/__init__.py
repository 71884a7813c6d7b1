"""Drafts: English for Kazakh texts that found no counterpart.

They come from a model, a memory or the bundled vectors.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from align.facts import Gazetteer
    from align.ports import Translator

__all__ = ["GLOSS", "MEMORY", "NO_TRANSLATOR", "load_translator"]

NO_TRANSLATOR: Final = "none"
GLOSS: Final = "gloss"
MEMORY: Final = "memory"
_CTRANSLATE: Final = "ctranslate2:"


def load_translator(
    name: str = GLOSS,
    *,
    run: str | Path | None = None,
    device: str | None = None,
    gazetteer: Gazetteer | None = None,
    cached: bool = True,
) -> Translator:
    """Return the translator of that name.

    `gloss` is the bundled one; `memory:PATH[,PATH ...]` looks into TMX files and other runs, plain `memory` into the
    accepted pairs of the folder `run`; `ctranslate2:NAME` and any other NAME are a model on the hub or in a folder, run
    on `device`. With `cached`, what a model or a memory drafted is kept in the user's cache. Raises InputError for a
    name without what it needs, ModelUnavailableError for a model that can't be had, MissingExtraError for a library.
    """
    if name == GLOSS:
        from align.translate.gloss import GlossTranslator

        # A gloss is made as fast as it would be looked up.
        return GlossTranslator.load(gazetteer=gazetteer)
    translator = _memory(name, run) if name.split(":")[0] == MEMORY else _model(name, device)
    if not cached:
        return translator
    from align.translate.draft_cache import CachedTranslator, draft_cache

    return CachedTranslator(translator, draft_cache())


def _memory(name: str, run: str | Path | None) -> Translator:
    from align.errors import InputError
    from align.translate.memory import MemoryTranslator

    _, _, paths = name.partition(":")
    if paths:
        return MemoryTranslator.load([Path(path.strip()) for path in paths.split(",")])
    if run is None:
        raise InputError("memory: needs a run's folder, a .tmx file or a links.jsonl: write memory:PATH")
    return MemoryTranslator.load([Path(run)])


def _model(name: str, device: str | None) -> Translator:
    from align.translate.decoding import DecodingOptions

    options = DecodingOptions(device=device)
    if name.startswith(_CTRANSLATE):
        from align.translate.ctranslate import CTranslate2Translator

        return CTranslate2Translator.load(name.removeprefix(_CTRANSLATE), options=options)
    from align.translate.seq2seq import Seq2SeqTranslator

    return Seq2SeqTranslator.load(name.removeprefix("seq2seq:"), options=options)
