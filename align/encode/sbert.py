"""Any sentence-transformers model as an encoder (Reimers and Gurevych 2020)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from align.errors import InputError, ModelUnavailableError
from align.models import BUNDLED
from align.types import FloatArray, Lang

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["SbertEncoder", "SbertOptions", "models_on_disk", "prompt_for"]

_PROMPTS = (
    (re.compile(r"e5-.*instruct", re.IGNORECASE), "Instruct: Retrieve the translation of this sentence\nQuery: "),
    (re.compile(r"(?:^|[/_-])(?:m?e5|multilingual-e5)", re.IGNORECASE), "query: "),
)
"""What the authors of a family of models ask to stand before every text; both sides get the same in bitext mining."""


@dataclass(frozen=True, slots=True)
class SbertOptions:
    """How a model is run.

    Nothing here but `truncate_dim` and half precision changes its vectors. `device` None takes a GPU where there is
    one, and there half precision. `processes` above 1 shares long lists between that many CPU processes. `truncate_dim`
    keeps the first columns, for models trained that way (Matryoshka).
    """

    device: str | None = None
    batch_size: int = 32
    processes: int = 1
    truncate_dim: int | None = None


class SbertEncoder:
    """Encode by a sentence-transformers model; batches go by length, as the library sorts them."""

    def __init__(self, model: SentenceTransformer, name: str, options: SbertOptions) -> None:
        self._model = model
        self._options = options
        self._prompt = prompt_for(name)
        self.dim = int(model.get_embedding_dimension() or 0)
        precision = str(next(model.parameters()).dtype).removeprefix("torch.")
        self.signature = f"{name}|dim:{self.dim}|{precision}|prompt:{self._prompt!r}|weights:{_fingerprint(model)}"

    @classmethod
    def load(cls, name: str, *, options: SbertOptions | None = None) -> SbertEncoder:
        """Load a model by folder, or by name from the local cache, or else from the hub.

        Raises InputError for a folder that holds no model, ModelUnavailableError where a name can't be had.
        """
        options = options or SbertOptions()
        return cls(_load(name, options), name, options)

    def encode(self, texts: str | Sequence[str], lang: Lang | None = None) -> FloatArray:
        """Return (n, dim) float32 unit rows; the model finds the language itself.

        An empty text gives a zero row.
        """
        texts = [texts] if isinstance(texts, str) else texts
        if not texts:
            return np.empty((0, self.dim), dtype=np.float32)
        several = self._options.processes > 1 and len(texts) > self._options.batch_size
        vectors = self._model.encode(
            list(texts),
            prompt=self._prompt or None,
            batch_size=self._options.batch_size,
            device=["cpu"] * self._options.processes if several else None,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        rows = np.ascontiguousarray(vectors, dtype=np.float32)
        rows[[not text.strip() for text in texts]] = 0
        return rows


def prompt_for(name: str) -> str:
    """Return what stands before every text for the model of that name or folder, "" for most.

    >>> prompt_for("intfloat/multilingual-e5-small"), prompt_for("sentence-transformers/LaBSE")
    ('query: ', '')
    """
    return next((prompt for pattern, prompt in _PROMPTS if pattern.search(name)), "")


def models_on_disk() -> list[str]:
    """Return the names of the encoders that need no download.

    They are the bundled one and what the hub's cache holds.
    """
    from huggingface_hub import scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    try:
        cached = sorted(repo.repo_id for repo in scan_cache_dir().repos if repo.repo_type == "model")
    except CacheNotFound:
        cached = []
    return [BUNDLED, *cached]


def _load(name: str, options: SbertOptions) -> SentenceTransformer:
    if Path(name).is_dir():
        try:
            return _open(name, options, local=True)
        except (OSError, ValueError, KeyError) as error:
            raise InputError(f"encoder {name}: not a sentence-transformers model ({_first_line(error)})") from error
    if name.startswith((".", "/", "~")):
        raise InputError(f"encoder {name}: no such folder")
    try:
        return _open_named(name, options)
    except ModuleNotFoundError:
        raise  # It is not the model that is missing.
    except Exception as error:
        # The hub's client raises errors of several libraries; to the user each means that there is no model.
        raise ModelUnavailableError(
            f"encoder {name!r} is not on disk and can't be had from the hub ({_first_line(error)});"
            f" on disk: {', '.join(models_on_disk())}"
        ) from error


def _open_named(name: str, options: SbertOptions) -> SentenceTransformer:
    from huggingface_hub.utils._validators import validate_repo_id

    validate_repo_id(name)
    try:
        return _open(name, options, local=True)
    except (OSError, ValueError):
        _ask_hub(name)
        return _open(name, options, local=False)


def _ask_hub(name: str) -> None:
    """Raise at once where the hub or the model is out of reach.

    The loader would try every file again and again.
    """
    from huggingface_hub import HfApi

    HfApi().model_info(name if "/" in name else f"sentence-transformers/{name}", timeout=10)


def _open(name: str, options: SbertOptions, *, local: bool) -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer

    device = options.device or ("cuda" if torch.cuda.is_available() else "cpu")
    model = SentenceTransformer(name, device=device, local_files_only=local, truncate_dim=options.truncate_dim)
    return model.half() if device.startswith("cuda") else model


def _fingerprint(model: SentenceTransformer) -> str:
    """Return 8 hex digits of the weights: names on a hub stay the same when a model is revised."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name}{tuple(tensor.shape)}".encode())
        digest.update(tensor.flatten()[:: max(1, tensor.numel() // 1024)].float().cpu().numpy().tobytes())
    return digest.hexdigest()[:8]


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(". ")[:160]
