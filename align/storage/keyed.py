"""What is kept between runs, by a hash of what it was made of, in SQLite files that several processes may share."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from align.errors import InputError

__all__ = ["CacheEntry", "KeyedCache", "cache_folder"]

_ASKED_AT_ONCE = 500
_WAIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """What a cache holds of one model: how many values, and their bytes."""

    model: str
    values: int
    size: int


def cache_folder() -> Path:
    """Return where caches are kept: $ALIGN_CACHE where that is set, else the user's cache folder."""
    from platformdirs import user_cache_path

    folder = os.environ.get("ALIGN_CACHE")
    return Path(folder) if folder else user_cache_path("align-workbench")


class KeyedCache:
    """A table from a key to the bytes that a model made of it; `model` and `value` are its columns' names.

    Writers wait for each other (WAL, BEGIN IMMEDIATE); a key that another process has written meanwhile stays as it is.
    Raises InputError where no file can be kept.
    """

    def __init__(self, path: Path, *, table: str, model: str, value: str) -> None:
        self.path = path
        self._table, self._model, self._value = table, model, value
        columns = f"key BLOB PRIMARY KEY, {model} TEXT NOT NULL, {value} BLOB NOT NULL"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._connected() as database:
                database.execute("PRAGMA journal_mode = WAL")
                database.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
        except (OSError, sqlite3.Error) as error:
            raise InputError(
                f"{path}: no cache can be kept there ({error}): set ALIGN_CACHE to another folder"
            ) from error

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the values that are held, by key."""
        found: dict[bytes, bytes] = {}
        with self._connected() as database:
            for start in range(0, len(keys), _ASKED_AT_ONCE):
                asked = keys[start : start + _ASKED_AT_ONCE]
                marks = ",".join("?" * len(asked))
                found.update(
                    database.execute(f"SELECT key, {self._value} FROM {self._table} WHERE key IN ({marks})", asked)
                )
        return found

    def put(self, model: str, values: Mapping[bytes, bytes]) -> None:
        """Keep values, all of them or, should the process die, none."""
        rows = [(key, model, value) for key, value in values.items()]
        with self._connected() as database:
            database.execute("BEGIN IMMEDIATE")
            database.executemany(f"INSERT OR IGNORE INTO {self._table} VALUES (?, ?, ?)", rows)
            database.execute("COMMIT")

    def entries(self) -> list[CacheEntry]:
        """Return what is held, model by model."""
        question = (
            f"SELECT {self._model}, count(*), sum(length({self._value})) FROM {self._table}"
            f" GROUP BY {self._model} ORDER BY {self._model}"
        )
        with self._connected() as database:
            return [CacheEntry(*row) for row in database.execute(question)]

    def clear(self) -> int:
        """Forget everything, give the space back, and return how many values there were."""
        with self._connected() as database:
            count = database.execute(f"DELETE FROM {self._table}").rowcount
            database.execute("VACUUM")
        return count

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)) as database:
            yield database
