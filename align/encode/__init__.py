"""Texts to vectors: the bundled encoder, any sentence-transformers model, and a cache."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from align.models import BUNDLED, BUNDLED_FOLDER

if TYPE_CHECKING:
    from align.encode.sbert import SbertOptions
    from align.ports import Encoder

__all__ = ["load_encoder"]


def load_encoder(name: str | Path = BUNDLED, *, options: SbertOptions | None = None) -> Encoder:
    """Return the bundled encoder, or the sentence-transformers model of that name or folder.

    `options` say how a sentence-transformers model is run. Raises ModelUnavailableError where the model is neither on
    disk nor to be had.
    """
    name = str(name)
    if name == BUNDLED or Path(name).resolve() == BUNDLED_FOLDER:
        from align.encode.ngram import NgramEncoder

        return NgramEncoder.load()
    from align.encode.sbert import SbertEncoder

    return SbertEncoder.load(name, options=options)
