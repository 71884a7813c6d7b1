"""When what was written is on the disk: before it is acknowledged, and once for all who wait."""

import os
import threading
import time

import pytest

from align.review.database import Database, set_meta

WRITERS = 6


@pytest.fixture
def database(tmp_path):
    opened = Database(tmp_path / "workbench.db")
    yield opened
    opened.close()


@pytest.fixture
def synced(database, monkeypatch):
    """Let each sync take 50 ms, and list what the database held when it began."""
    held = []

    def sync(file, real=os.fsync):
        with database.reading() as reading:
            held.append({row[0] for row in reading.execute("SELECT key FROM meta")})
        time.sleep(0.05)
        real(file)

    monkeypatch.setattr("align.review.database.os.fsync", sync)
    return held


def test_a_write_is_synced_before_it_is_acknowledged(database, synced):
    with database.writing() as writing:
        set_meta(writing, "a", "1")
        assert not synced
    assert len(synced) == 1 and "a" in synced[0]


def test_what_need_not_last_waits_for_no_disk(database, synced):
    with database.writing(lasting=False) as writing:
        set_meta(writing, "a", "1")
    assert not synced


def test_a_write_that_fails_is_taken_back_and_not_synced(database, synced):
    with pytest.raises(KeyError), database.writing() as writing:
        set_meta(writing, "a", "1")
        raise KeyError
    with database.reading() as reading:
        assert not synced and not reading.execute("SELECT 1 FROM meta WHERE key = 'a'").fetchall()


def test_a_disk_that_fails_acknowledges_nothing(database, monkeypatch):
    def fail(file):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("align.review.database.os.fsync", fail)
    with pytest.raises(OSError, match="Input/output"), database.writing() as writing:
        set_meta(writing, "a", "1")


def test_one_sync_serves_all_who_wait(database, synced):
    covered = {}

    def write(key):
        with database.writing() as writing:
            set_meta(writing, key, "1")
        # By now a sync must have begun that found the key.
        covered[key] = any(key in held for held in synced)

    threads = [threading.Thread(target=write, args=(f"key{number}",)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert covered == {f"key{number}": True for number in range(WRITERS)}
    assert len(synced) < WRITERS
