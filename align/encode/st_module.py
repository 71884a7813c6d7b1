"""The bundled encoder as a sentence-transformers module.

So its folder is a model for that library too. This module imports torch and sentence-transformers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers.base.modules import InputModule
from torch import Tensor

from align.encode.encoder_weights import WEIGHTS_FILE, EncoderWeights
from align.encode.ngram import NgramEncoder
from align.models import ENCODER_FILE

__all__ = ["NgramModule"]


class NgramModule(InputModule):  # type: ignore[misc]
    """The only module of a SentenceTransformer that gives the vectors of NgramEncoder.

    Its folder names a class from outside sentence-transformers, which that library imports only when told to:
    `SentenceTransformer(path, trust_remote_code=True)`. For inference alone: no gradient reaches the table.
    """

    config_file_name = ENCODER_FILE

    def __init__(self, weights: EncoderWeights) -> None:
        super().__init__()
        self._weights = weights
        self._encoder = NgramEncoder(weights)

    @property
    def max_seq_length(self) -> int | None:
        """Return None: a text of any length is read whole."""
        return None

    def get_embedding_dimension(self) -> int:
        """Return the number of columns of the vectors."""
        return self._encoder.dim

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **kwargs: object) -> dict[str, Tensor]:
        """Return the (n, dim) float32 vectors of the texts: they need no step in torch."""
        texts = [f"{prompt or ''}{text}" for text in inputs]
        return {"sentence_embedding": torch.from_numpy(self._encoder.encode(texts, "en"))}

    def forward(self, features: dict[str, Tensor], **kwargs: object) -> dict[str, Tensor]:
        """Return the features as they are."""
        return features

    def save(self, output_path: str, *args: object, **kwargs: object) -> None:
        """Write the weights into a folder; sentence-transformers writes its own files beside them."""
        self._weights.write(Path(output_path))

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **kwargs: Any) -> NgramModule:  # noqa: ANN401
        """Read the weights of a local folder, or of a repository that the library has fetched."""
        hub = {key: kwargs[key] for key in ("token", "cache_folder", "revision", "local_files_only") if key in kwargs}
        paths = [
            cls.load_file_path(model_name_or_path, filename=name, subfolder=subfolder, **hub)
            for name in (ENCODER_FILE, WEIGHTS_FILE)
        ]
        folder = Path(paths[0]).parent if paths[0] else Path(model_name_or_path, subfolder)
        return cls(EncoderWeights.read(folder))
