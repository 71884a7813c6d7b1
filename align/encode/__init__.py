"""Texts to vectors: the bundled encoder, any sentence-transformers model, and a cache."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from align.models import BUNDLED, BUNDLED_FOLDER, ENCODER_FILE

if TYPE_CHECKING:
    from align.encode.sbert import SbertOptions
    from align.ports import Encoder

__all__ = ["load_encoder"]


def load_encoder(name: str | Path = BUNDLED, *, options: SbertOptions | None = None) -> Encoder:
    """Return the encoder of that name or folder; the bundled one by default.

    A folder may be of `align train encoder` or of sentence-transformers. `options` say how a sentence-transformers
    model is run. Raises ModelUnavailableError where the model is neither on disk nor to be had.
    """
    name = str(name)
    folder = BUNDLED_FOLDER if name == BUNDLED else Path(name)
    if (folder / ENCODER_FILE).is_file():
        from align.encode.ngram import NgramEncoder

        return NgramEncoder.load(folder)
    from align.encode.sbert import SbertEncoder

    return SbertEncoder.load(name, options=options)
