"""The database's shape, as the steps that led to it.

A step that was ever released is never edited: append another.
"""

from __future__ import annotations

import sqlite3

from align.errors import InputError

__all__ = ["MIGRATIONS", "migrate", "require_own"]

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # What people decided: the truth, which nothing may change.
        """CREATE TABLE events (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64),
            cluster TEXT NOT NULL REFERENCES events (id),
            at TEXT NOT NULL,
            reviewer TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('verdict', 'undo', 'ripple')),
            item TEXT NOT NULL,
            verdict TEXT,
            undoes TEXT REFERENCES events (id),
            body TEXT NOT NULL CHECK (json_valid(body)),
            CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
            CHECK ((kind = 'verdict') = (verdict IS NOT NULL))
        ) STRICT""",
        "CREATE INDEX events_by_item ON events (item, seq)",
        "CREATE INDEX events_by_reviewer ON events (reviewer, seq)",
        "CREATE INDEX events_by_cluster ON events (cluster)",
        "CREATE INDEX events_by_undone ON events (undoes) WHERE undoes IS NOT NULL",
        """CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON events
            BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
        """CREATE TRIGGER events_stay BEFORE DELETE ON events
            BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
        # From here on everything follows from the run's files and the events, and may be built again at any time.
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        """CREATE TABLE papers (
            id TEXT PRIMARY KEY, number INTEGER NOT NULL, lang TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL,
            title TEXT, published TEXT, url TEXT
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE segments (
            document TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE, position INTEGER NOT NULL,
            id TEXT NOT NULL, lang TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
            text TEXT NOT NULL, dropped TEXT,
            PRIMARY KEY (document, position)
        ) STRICT""",
        "CREATE INDEX segments_by_id ON segments (id)",
        """CREATE TABLE items (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            side TEXT,
            origin TEXT NOT NULL,
            proposed INTEGER NOT NULL,
            source_document TEXT NOT NULL,
            target_document TEXT NOT NULL,
            place INTEGER NOT NULL,
            relation TEXT,
            status TEXT,
            run_probability REAL,
            probability REAL,
            distance REAL NOT NULL,
            doubt REAL NOT NULL,
            coin REAL NOT NULL,
            stratum INTEGER,
            turn INTEGER,
            attached TEXT,
            covered INTEGER NOT NULL DEFAULT 0,
            need INTEGER NOT NULL DEFAULT 1,
            judged INTEGER NOT NULL DEFAULT 0,
            disputed INTEGER NOT NULL DEFAULT 0,
            flagged INTEGER NOT NULL DEFAULT 0,
            agreed TEXT,
            open INTEGER NOT NULL DEFAULT 1
        ) STRICT""",
        "CREATE INDEX items_by_distance ON items (kind, open, distance, number)",
        "CREATE INDEX items_in_all_by_distance ON items (kind, distance, number)",
        "CREATE INDEX items_by_doubt ON items (kind, open, doubt, number)",
        "CREATE INDEX items_by_place ON items (kind, open, place, number)",
        "CREATE INDEX items_by_turn ON items (kind, open, turn, stratum) WHERE turn IS NOT NULL",
        "CREATE INDEX items_by_papers ON items (source_document, target_document)",
        "CREATE INDEX items_by_target ON items (target_document)",
        "CREATE INDEX items_by_probability ON items (kind, probability)",
        "CREATE INDEX items_made ON items (kind) WHERE proposed = 0",
        "CREATE INDEX items_flagged ON items (number) WHERE flagged = 1",
        "CREATE INDEX items_disputed ON items (number) WHERE disputed = 1",
        "CREATE INDEX items_attached ON items (attached) WHERE attached IS NOT NULL",
        """CREATE TABLE bodies (
            number INTEGER PRIMARY KEY REFERENCES items (number) ON DELETE CASCADE, body TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE judgements (
            item TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE, reviewer TEXT NOT NULL,
            verdict TEXT NOT NULL, event TEXT NOT NULL REFERENCES events (id), seq INTEGER NOT NULL,
            PRIMARY KEY (item, reviewer)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX judgements_by_reviewer ON judgements (reviewer, verdict, seq)",
        """CREATE TABLE shifts (
            item TEXT NOT NULL, event TEXT NOT NULL REFERENCES events (id), log_odds REAL NOT NULL,
            PRIMARY KEY (item, event)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX shifts_by_event ON shifts (event)",
        """CREATE TABLE related (
            item TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (item, other)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE reservations (
            item TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE, reviewer TEXT NOT NULL, expires REAL NOT NULL,
            PRIMARY KEY (item, reviewer)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX reservations_by_reviewer ON reservations (reviewer)",
        "CREATE VIRTUAL TABLE texts USING fts5 (source, target, content='', tokenize='unicode61 remove_diacritics 0')",
    ),
    (
        # Verdicts that were replaced used to leave the pairs that they had implied accepted. What follows from the
        # events is built again at the next opening, where such a pair stands no more.
        "DELETE FROM meta WHERE key = 'files'",
    ),
    ("ALTER TABLE papers RENAME TO documents",),
    (
        # A segment may be in several links; the next opening fills this from the run's files and the events.
        """CREATE TABLE item_segments (
            segment TEXT NOT NULL, item TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
            PRIMARY KEY (segment, item)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX item_segments_by_item ON item_segments (item)",
        "DELETE FROM meta WHERE key = 'files'",
    ),
    (
        # The search index holds Kazakh folded from here on; the next opening fills it again.
        "DELETE FROM meta WHERE key = 'files'",
    ),
    (
        # Batches that are prepared: once accepted, an event of the same id says what they were.
        """CREATE TABLE batches (
            id TEXT PRIMARY KEY, at TEXT NOT NULL, reviewer TEXT NOT NULL, body TEXT NOT NULL CHECK (json_valid(body))
        ) STRICT, WITHOUT ROWID""",
        "ALTER TABLE items ADD COLUMN batched INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX items_batched ON items (turn, stratum) WHERE batched = 1",
    ),
    (
        # Who is to judge what, and how much a day; "assigned" follows from the assignments and the run's items.
        """CREATE TABLE assignments (
            id TEXT PRIMARY KEY, reviewer TEXT NOT NULL, document TEXT, first INTEGER, last INTEGER,
            at TEXT NOT NULL, by TEXT NOT NULL, CHECK ((document IS NULL) = (first IS NOT NULL AND last IS NOT NULL))
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE assigned (
            item TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE, reviewer TEXT NOT NULL,
            PRIMARY KEY (item, reviewer)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX assigned_by_reviewer ON assigned (reviewer, item)",
        """CREATE TABLE targets (
            reviewer TEXT PRIMARY KEY, daily INTEGER NOT NULL CHECK (daily > 0), at TEXT NOT NULL, by TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
    ),
)


def require_own(database: sqlite3.Connection) -> None:
    """Raise InputError for a database of another program, or of a later version.

    Nothing is written.
    """
    version = _version(database)
    if version > len(MIGRATIONS):
        raise InputError("workbench.db was written by a later version of align: install that one")
    if version == 0 and database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise InputError("workbench.db is another program's database: move it away")


def migrate(database: sqlite3.Connection) -> None:
    """Bring a database up to date, each step in a transaction of its own.

    One that is up to date is not written to.
    """
    version = _version(database)
    while version < len(MIGRATIONS):
        database.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have taken the step while this one waited.
            version = _version(database)
            if version < len(MIGRATIONS):
                for statement in MIGRATIONS[version]:
                    database.execute(statement)
                version += 1
                database.execute(f"PRAGMA user_version = {version}")
            database.execute("COMMIT")
        except BaseException:
            database.execute("ROLLBACK")
            raise


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])
