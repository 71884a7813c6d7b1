"""Vectors kept between runs, by encoder and content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from align.ports import Encoder
from align.storage.keyed import CacheEntry, KeyedCache, cache_folder
from align.types import FloatArray, Lang

__all__ = ["CachedEncoder", "VectorCache", "cache_path"]

_BATCH = 1024
"""Texts encoded between two commits: what an interruption can lose."""


def cache_path() -> Path:
    """Return the file of the vectors that are kept."""
    return cache_folder() / "vectors.db"


class VectorCache:
    """A table from a hash of (encoder signature, language, text) to a float32 vector."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept = KeyedCache(path, table="vectors", model="encoder", value="vector")

    def get(self, keys: Sequence[bytes]) -> dict[bytes, FloatArray]:
        """Return the vectors that are held, by key."""
        return {key: np.frombuffer(vector, dtype=np.float32) for key, vector in self._kept.get(keys).items()}

    def put(self, encoder: str, vectors: dict[bytes, FloatArray]) -> None:
        """Keep vectors, all of them or, should the process die, none."""
        self._kept.put(encoder, {key: vector.tobytes() for key, vector in vectors.items()})

    def entries(self) -> list[CacheEntry]:
        """Return what is held, encoder by encoder."""
        return self._kept.entries()

    def clear(self) -> int:
        """Forget everything, and return how many vectors there were."""
        return self._kept.clear()


class CachedEncoder:
    """An encoder that asks the cache first and keeps what it had to compute.

    `progress` hears, batch by batch, how many of the missing texts are computed and kept.
    """

    def __init__(
        self, encoder: Encoder, cache: VectorCache, *, progress: Callable[[int, int], None] = lambda done, total: None
    ) -> None:
        self.signature = encoder.signature
        self.dim = encoder.dim
        self._encoder = encoder
        self._cache = cache
        self._progress = progress

    def encode(self, texts: str | Sequence[str], lang: Lang | None = None) -> FloatArray:
        """Return (n, dim) float32 unit rows: those held, and the encoder's own for the rest."""
        texts = [texts] if isinstance(texts, str) else texts
        keys = [self._key(text, lang) for text in texts]
        kept = self._cache.get(list(dict.fromkeys(keys)))
        held = {key: vector for key, vector in kept.items() if vector.shape == (self.dim,)}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in held}
        held.update(self._compute(missing, lang))
        rows = np.empty((len(texts), self.dim), dtype=np.float32)
        for row, key in enumerate(keys):
            rows[row] = held[key]
        return rows

    def _compute(self, missing: dict[bytes, str], lang: Lang | None) -> dict[bytes, FloatArray]:
        computed: dict[bytes, FloatArray] = {}
        keys = list(missing)
        for start in range(0, len(keys), _BATCH):
            block = keys[start : start + _BATCH]
            vectors = dict(zip(block, self._encoder.encode([missing[key] for key in block], lang), strict=True))
            self._cache.put(self.signature, vectors)
            computed.update(vectors)
            self._progress(len(computed), len(keys))
        return computed

    def _key(self, text: str, lang: Lang | None) -> bytes:
        return hashlib.sha256(f"{self.signature}\n{lang}\n{text}".encode()).digest()
