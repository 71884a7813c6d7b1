"""A cache is a convenience: whatever becomes of its file, the work goes on and comes to the same."""

import logging
import random
import sqlite3

import numpy as np
import pytest

from align.encode.vector_cache import CachedEncoder, VectorCache
from align.storage.keyed import KeyedCache


class Encoder:
    dim = 16
    signature = "test"

    def encode(self, texts, lang):
        rows = [np.random.default_rng(list(text.encode())).normal(size=16) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), 16)


TEXTS = [f"text {number}" for number in range(400)]
RIGHT = Encoder().encode(TEXTS, "kk")


def _fill(path):
    CachedEncoder(Encoder(), VectorCache(path)).encode(TEXTS, "kk")
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _flip(path, bits, seed):
    content, chooser = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(bits):
        content[chooser.randrange(len(content))] ^= 1 << chooser.randrange(8)
    path.write_bytes(content)


def _cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def _overwrite(path):
    path.write_bytes(b"not a database at all" * 100)


def _older(path):
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE vectors (key BLOB PRIMARY KEY, encoder TEXT NOT NULL, vector BLOB NOT NULL)")


def _another_schema(path):
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE vectors (checksum TEXT)")


def _folder(path):
    path.unlink()
    path.mkdir()


def _no_folder(path):
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("a file")


HARMS = [
    ("200 bits", lambda path: _flip(path, 200, 1)),
    ("2000 bits", lambda path: _flip(path, 2000, 2)),
    ("one bit", lambda path: _flip(path, 1, 3)),
    ("cut", _cut),
    ("no database", _overwrite),
    ("no checksums", _older),
    ("another schema", _another_schema),
    ("a folder in its place", _folder),
    ("a file for its folder", _no_folder),
]


@pytest.mark.parametrize("harm", [harm for _, harm in HARMS], ids=[name for name, _ in HARMS])
def test_a_damaged_cache_changes_no_vector_and_is_said_once(tmp_path, harm, caplog):
    path = tmp_path / "cache" / "vectors.db"
    _fill(path)
    for each in path.parent.glob("vectors.db-*"):
        each.unlink()
    harm(path)
    with caplog.at_level(logging.WARNING):
        encoder = CachedEncoder(Encoder(), VectorCache(path))
        for _ in range(3):
            np.testing.assert_array_equal(encoder.encode(TEXTS, "kk"), RIGHT)
    assert len(caplog.messages) <= 1


@pytest.mark.parametrize("seed", range(20))
def test_200_flipped_bits_change_no_result(tmp_path, seed):
    path = tmp_path / "vectors.db"
    _fill(path)
    _flip(path, 200, seed)
    for _ in range(2):
        np.testing.assert_array_equal(CachedEncoder(Encoder(), VectorCache(path)).encode(TEXTS, "kk"), RIGHT)


def test_a_broken_file_is_set_aside_and_made_anew(tmp_path, caplog):
    path = tmp_path / "vectors.db"
    _overwrite(path)
    cache = VectorCache(path)
    CachedEncoder(Encoder(), cache).encode(TEXTS, "kk")
    assert cache.entries()[0].values == 400
    assert (tmp_path / "vectors.db.broken").read_bytes().startswith(b"not a database")
    assert "set aside as vectors.db.broken" in caplog.text


def test_a_cache_that_is_being_written_by_a_hanging_process_is_gone_on_without(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("align.storage.keyed._WAIT_SECONDS", 0.1)
    path = tmp_path / "vectors.db"
    _fill(path)
    with sqlite3.connect(path, isolation_level=None) as busy:
        busy.execute("BEGIN IMMEDIATE")
        encoder = CachedEncoder(Encoder(), VectorCache(path))
        assert encoder.encode(["new", *TEXTS], "kk").shape == (401, 16)
        assert "no cache can be kept there" in caplog.text and len(caplog.messages) == 1


def test_a_full_disk_is_gone_on_without(tmp_path, monkeypatch, caplog):
    cache = KeyedCache(tmp_path / "a.db", table="t", model="m", value="v")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sqlite3, "connect", full)
    cache.put("m", {b"k": b"v"})
    assert cache.get([b"k"]) == {} and cache.entries() == [] and cache.clear() == 0
    assert len(caplog.messages) == 1 and "No space left" in caplog.text
