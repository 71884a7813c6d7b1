"""Connections to workbench.db: one a thread, short transactions, nothing lost."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from align.errors import InputError
from align.review.migrations import migrate, require_own

__all__ = ["Database", "get_meta", "set_meta"]

_WAIT_SECONDS: Final = 60.0
"""How long a writer waits for another: longer than following a run of 100,000 links takes."""


class Database:
    """A SQLite file that several threads and processes read and write at once.

    Write-ahead logging lets readers go on while one writes. What is written is acknowledged once the log is on the
    disk, so that it survives a crash of the machine as well as one of the process. The log is synced outside of the
    write (group commit: Gray and Reuter 1993, Transaction Processing, 9.4.5): the next writer does not wait for the
    disk, and one sync serves all who wait for it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._writer = threading.Lock()
        self._log = _Log(path.with_name(path.name + "-wal"))
        self._open: list[sqlite3.Connection] = []
        try:
            # A connection of ours changes the file's header, so that another's is looked at by a plain one.
            with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS)) as plain:
                require_own(plain)
            migrate(self._connection())
        except sqlite3.Error as error:
            raise InputError(f"{path}: can't be used as the review's database ({error})") from error
        except InputError as error:
            raise InputError(f"{path.parent}: {error}") from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that sees one state of the database throughout."""
        database = self._connection()
        database.execute("BEGIN")
        try:
            yield database
        finally:
            database.execute("COMMIT")

    @contextmanager
    def writing(self, *, lasting: bool = True) -> Iterator[sqlite3.Connection]:
        """Give a connection that alone may write.

        The block's writes are on the disk once it ends, or never were.

        What need not outlive a power cut is not `lasting`, and waits for no disk.
        """
        database = self._connection()
        # Threads queue here, in order; SQLite would let them sleep and try again, for up to 100 ms at a time.
        with self._writer:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")
        if lasting:
            self._log.sync()

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
        self._log.close()
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
            with self._lock:
                self._open.append(connection)
        return connection

    def _connect(self) -> sqlite3.Connection:
        # `close` may be called from another thread; apart from that each connection keeps to its own.
        connection = sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        _enter_wal(connection)
        # A commit does not sync the log itself: `_Log` does. SQLite still syncs it before it moves anything from there.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA mmap_size = 1073741824")
        return connection


class _Log:
    """The write-ahead log, synced for all writers that wait at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._counting = threading.Lock()
        self._syncing = threading.Lock()
        self._file: int | None = None
        self._asked = 0
        self._done = 0

    def sync(self) -> None:
        """Return once all that was written before this call is on the disk."""
        with self._counting:
            self._asked += 1
            mine = self._asked
        with self._syncing:
            if self._done >= mine:
                return
            with self._counting:
                served = self._asked
            if self._file is None:
                self._file = os.open(self._path, os.O_RDWR)
            os.fsync(self._file)
            self._done = served

    def close(self) -> None:
        """Close the file; the next sync opens it again."""
        with self._syncing:
            if self._file is not None:
                os.close(self._file)
                self._file = None


def _enter_wal(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging.

    SQLite answers at once, not after the timeout, where another does the same.
    """
    deadline = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def get_meta(database: sqlite3.Connection, key: str) -> str | None:
    """Return what is kept under a key, None where nothing is."""
    row = database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else None


def set_meta(database: sqlite3.Connection, key: str, value: str) -> None:
    """Keep a value under a key."""
    database.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))
