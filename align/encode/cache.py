"""Vectors kept between runs, by encoder and content, in one SQLite file that several processes may share."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from align.encode.ngram import NgramEncoder
from align.errors import InputError
from align.ports import Encoder
from align.types import FloatArray, Lang

__all__ = ["CacheEntry", "CachedEncoder", "CachedTextEncoder", "VectorCache", "cache_path"]

_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, encoder TEXT NOT NULL, vector BLOB NOT NULL)"
_BATCH = 1024
"""Texts encoded between two commits: what an interruption can lose."""
_ASKED_AT_ONCE = 500
_WAIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """What the cache holds of one encoder: how many vectors, and their bytes."""

    encoder: str
    vectors: int
    size: int


def cache_path() -> Path:
    """Return the cache's file: in $ALIGN_CACHE where that is set, else in the user's cache folder."""
    from platformdirs import user_cache_path

    folder = os.environ.get("ALIGN_CACHE")
    return (Path(folder) if folder else user_cache_path("align-workbench")) / "vectors.db"


class VectorCache:
    """A table from (encoder signature, language, text) to a float32 vector.

    Writers wait for each other (WAL, BEGIN IMMEDIATE); a key that another process has written meanwhile stays as it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._connected() as database:
                database.execute("PRAGMA journal_mode = WAL")
                database.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise InputError(
                f"{path}: no cache can be kept there ({error}): set ALIGN_CACHE to another folder"
            ) from error

    def get(self, keys: Sequence[bytes]) -> dict[bytes, FloatArray]:
        """Return the vectors that are held, by key."""
        found: dict[bytes, FloatArray] = {}
        with self._connected() as database:
            for start in range(0, len(keys), _ASKED_AT_ONCE):
                asked = keys[start : start + _ASKED_AT_ONCE]
                marks = ",".join("?" * len(asked))
                rows = database.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", asked)
                found.update((key, np.frombuffer(vector, dtype=np.float32)) for key, vector in rows)
        return found

    def put(self, encoder: str, vectors: dict[bytes, FloatArray]) -> None:
        """Keep vectors, all of them or, should the process die, none."""
        rows = [(key, encoder, vector.tobytes()) for key, vector in vectors.items()]
        with self._connected() as database:
            database.execute("BEGIN IMMEDIATE")
            database.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", rows)
            database.execute("COMMIT")

    def entries(self) -> list[CacheEntry]:
        """Return what is held, encoder by encoder."""
        question = "SELECT encoder, count(*), sum(length(vector)) FROM vectors GROUP BY encoder ORDER BY encoder"
        with self._connected() as database:
            return [CacheEntry(*row) for row in database.execute(question)]

    def clear(self) -> int:
        """Forget everything, give the space back, and return how many vectors there were."""
        with self._connected() as database:
            count = database.execute("DELETE FROM vectors").rowcount
            database.execute("VACUUM")
        return count

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)) as database:
            yield database


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

    def encode(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        """Return (n, dim) float32 unit rows: those held, and the encoder's own for the rest."""
        keys = [self._key(text, lang) for text in texts]
        held = self._cache.get(list(dict.fromkeys(keys)))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in held}
        held.update(self._compute(missing, lang))
        rows = np.empty((len(texts), self.dim), dtype=np.float32)
        for row, key in enumerate(keys):
            rows[row] = held[key]
        return rows

    def _compute(self, missing: dict[bytes, str], lang: Lang) -> dict[bytes, FloatArray]:
        computed: dict[bytes, FloatArray] = {}
        keys = list(missing)
        for start in range(0, len(keys), _BATCH):
            block = keys[start : start + _BATCH]
            vectors = dict(zip(block, self._encoder.encode([missing[key] for key in block], lang), strict=True))
            self._cache.put(self.signature, vectors)
            computed.update(vectors)
            self._progress(len(computed), len(keys))
        return computed

    def _key(self, text: str, lang: Lang) -> bytes:
        return hashlib.sha256(f"{self.signature}\n{lang}\n{text}".encode()).digest()


class CachedTextEncoder(CachedEncoder):
    """A cached encoder that knows words as well; those are not kept, for the encoder is as fast as the cache."""

    def __init__(
        self,
        encoder: NgramEncoder,
        cache: VectorCache,
        *,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        super().__init__(encoder, cache, progress=progress)
        self.word_vectors = encoder.word_vectors
        self.word_weights = encoder.word_weights
