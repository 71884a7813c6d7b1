"""What is kept between runs, by a hash of what it was made of.

It lies in SQLite files that several processes may share.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

__all__ = ["CacheEntry", "KeyedCache", "cache_folder"]

logger = logging.getLogger(__name__)
Made = TypeVar("Made")
_ASKED_AT_ONCE = 500
_WAIT_SECONDS = 60.0
_OUT_OF_REACH: Final = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_AUTH,
    }
)
"""What keeps a sound file from being used; any other error of SQLite's means that the file is not sound."""


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """What a cache holds of one model: how many values, and their bytes."""

    model: str
    values: int
    size: int


def cache_folder() -> Path:
    """Return where caches are kept: $ALIGN_CACHE if set, else the user's cache folder."""
    from platformdirs import user_cache_path

    folder = os.environ.get("ALIGN_CACHE")
    return Path(folder) if folder else user_cache_path("align-workbench")


class KeyedCache:
    """A table from a key to the bytes that a model made of it.

    `model` and `value` are its columns' names. A cache is a convenience: where it can't be opened, read or written,
    that is logged once, and it is as if nothing were held. Each value carries a checksum, and one that has changed is
    not held either. A file that is no database any more is set aside, and made again. Writers wait for each other (WAL,
    BEGIN IMMEDIATE).
    """

    def __init__(self, path: Path, *, table: str, model: str, value: str) -> None:
        self.path = path
        self._table, self._model, self._value = table, model, value
        self._open = True
        self._said = False
        self._tried(self._make, None)

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the values that are held, by key."""
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _ASKED_AT_ONCE):
            asked = keys[start : start + _ASKED_AT_ONCE]
            rows: list[tuple[Any, Any, Any]] = self._tried(partial(self._rows, asked=asked), [])
            for key, value, checksum in rows:
                if isinstance(key, bytes) and isinstance(value, bytes) and checksum == _checksum(key, value):
                    found[key] = value
                else:
                    self._say(f"{self.path}: values in it have changed since they were kept: they are made again")
        return found

    def put(self, model: str, values: Mapping[bytes, bytes]) -> None:
        """Keep values, all of them or, should the process die, none."""
        rows = [(key, model, value, _checksum(key, value)) for key, value in values.items()]

        def insert(database: sqlite3.Connection) -> None:
            database.execute("BEGIN IMMEDIATE")
            database.executemany(f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?, ?, ?)", rows)
            database.execute("COMMIT")

        self._tried(insert, None)

    def entries(self) -> list[CacheEntry]:
        """Return what is held, model by model."""
        question = (
            f"SELECT {self._model}, count(*), sum(length({self._value})) FROM {self._table}"
            f" GROUP BY {self._model} ORDER BY {self._model}"
        )
        return self._tried(lambda database: [CacheEntry(*row) for row in database.execute(question)], [])

    def clear(self) -> int:
        """Forget everything, give the space back, and return how many values there were."""

        def forget(database: sqlite3.Connection) -> int:
            count = database.execute(f"DELETE FROM {self._table}").rowcount
            database.execute("VACUUM")
            return count

        return self._tried(forget, 0)

    def _make(self, database: sqlite3.Connection) -> None:
        columns = f"key BLOB PRIMARY KEY, {self._model} TEXT NOT NULL, {self._value} BLOB NOT NULL, checksum BLOB"
        database.execute("PRAGMA journal_mode = WAL")
        known = {row[1] for row in database.execute(f"PRAGMA table_info({self._table})")}
        if known and "checksum" not in known:
            # An earlier version kept no checksums: what can't be trusted is forgotten.
            database.execute(f"DROP TABLE {self._table}")
        database.execute(f"CREATE TABLE IF NOT EXISTS {self._table} ({columns})")

    def _rows(self, database: sqlite3.Connection, asked: Sequence[bytes]) -> list[tuple[Any, Any, Any]]:
        marks = ",".join("?" * len(asked))
        question = f"SELECT key, {self._value}, checksum FROM {self._table} WHERE key IN ({marks})"
        return database.execute(question, asked).fetchall()

    def _tried(self, work: Callable[[sqlite3.Connection], Made], otherwise: Made) -> Made:
        """Return what comes of work on the database, or the other value where it can't be done."""
        if not self._open:
            return otherwise
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)) as database:
                return work(database)
        except (OSError, sqlite3.Error) as error:
            if isinstance(error, OSError) or getattr(error, "sqlite_errorcode", None) in _OUT_OF_REACH:
                self._open = False
                self._say(f"{self.path}: no cache can be kept there ({error}): set ALIGN_CACHE to another folder")
            else:
                self._set_aside(error)
        return otherwise

    def _set_aside(self, error: sqlite3.Error) -> None:
        aside = self.path.with_name(f"{self.path.name}.broken")
        self._say(f"{self.path}: damaged ({error}): set aside as {aside.name}, and made again")
        try:
            self.path.replace(aside)
            for suffix in ("-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            with closing(sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)) as database:
                self._make(database)
        except (OSError, sqlite3.Error):
            self._open = False

    def _say(self, message: str) -> None:
        if not self._said:
            logger.warning("align: %s", message)
        self._said = True


def _checksum(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(key + value, digest_size=8).digest()
