"""Blocks of work: in any processes, done once, kept, and the same whoever did them."""

import datetime
import importlib.util
import pickle
from functools import partial
from pathlib import Path

import engine_tasks
import numpy as np
import pytest

from align.engines import WORKERS
from align.engines.digests import digest
from align.engines.held import Held
from align.engines.kept import KeptShards
from align.engines.shards import Shards
from align.errors import AlignError, MissingExtraError
from align.types import WordMatch

needs_ray = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="needs the extra ray")
ENGINES = [
    pytest.param("local", 1, id="one process"),
    pytest.param("local", 3, id="three processes"),
    pytest.param("ray", 2, id="ray", marks=[needs_ray, pytest.mark.slow]),
]
BLOCKS = [[1, 2], [3, 4], [5], [6, 7]]


def _shards(name="local", workers=1, **named):
    start = partial(WORKERS.load(name), engine_tasks.models, workers=workers)
    return Shards(start, made_by="test", **named)


@pytest.mark.parametrize(("name", "workers"), ENGINES)
def test_blocks_come_back_in_their_order_whichever_worker_dies(name, workers, tmp_path, monkeypatch):
    # Ray's processes do not know where the tests look for modules.
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    shards = _shards(name, workers)
    try:
        made = shards.map(engine_tasks.times, BLOCKS, stage="test")
        assert [each.tolist() for each in made] == [[10, 20], [30, 40], [50], [60, 70]]
        more = {"name": "more", "more": np.array([1, 2], np.int64), "none": np.empty((0, 3))}
        made = shards.map(engine_tasks.adds_common, BLOCKS, stage="test", common=more)
        assert [each.tolist() for each in made] == [[11, 22], [31, 42], [51], [61, 72]]
        blocks = [(str(tmp_path / "died"), block) for block in BLOCKS]
        made = shards.map(engine_tasks.times_after_a_death, blocks, stage="test")
        assert [each.tolist() for each in made] == [[10, 20], [30, 40], [50], [60, 70]]
        assert (tmp_path / "died").exists() and shards.megabytes > 0
        with pytest.raises(ValueError, match="no 7"):
            list(shards.map(engine_tasks.refuses, [7], stage="test"))
        with pytest.raises(AlignError, match="died 4 times at one block"):
            list(shards.map(engine_tasks.always_dies, [[1]], stage="test"))
    finally:
        shards.close()


class Counting:
    """Workers of this process that count the blocks they did, and stop after some."""

    def __init__(self, stop=99):
        self.workers, self.done, self.stop, self.held = 1, [], stop, Held()

    def results(self, task, blocks, **given):
        for number, block in blocks:
            if len(self.done) == self.stop:
                raise KeyboardInterrupt
            self.done.append(number)
            yield number, task(10, block)

    def close(self):
        pass


def test_what_is_done_is_not_done_again(tmp_path):
    heard, folder = [], tmp_path / "shards"
    first = Counting(stop=2)
    shards = Shards(lambda: first, made_by="test")
    with pytest.raises(KeyboardInterrupt), shards.kept_in(folder):
        list(shards.map(engine_tasks.times, BLOCKS, stage="test"))
    second = Counting()
    shards = Shards(lambda: second, made_by="test", progress=heard.append)
    with shards.kept_in(folder):
        made = [each.tolist() for each in shards.map(engine_tasks.times, BLOCKS, stage="test")]
    assert (first.done, second.done) == ([0, 1], [2, 3]) and made == [[10, 20], [30, 40], [50], [60, 70]]
    assert heard[0] == f"resume: 2 finished shards of an earlier run in {folder}"
    assert not folder.exists()


def test_what_is_common_to_all_blocks_is_gone_with_the_job_and_part_of_a_shards_hash(tmp_path):
    (tmp_path / "common-left").touch()
    shards = _shards()
    with pytest.raises(KeyboardInterrupt), shards.kept_in(tmp_path):
        for number in (1, 2, 1):
            common = {"more": np.full(2, number)}
            made = list(shards.map(engine_tasks.adds_common, [[1, 2]], stage="test", common=common))
            assert made[0].tolist() == [10 + number, 20 + number]
        raise KeyboardInterrupt
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".shard", ".shard"]


OTHERS = [("another model", BLOCKS), ("test", [[1, 2, 0], [3, 4, 0], [5, 0], [6, 7, 0]])]


@pytest.mark.parametrize(("made_by", "blocks"), OTHERS)
def test_shards_of_other_models_or_texts_are_not_taken(tmp_path, made_by, blocks):
    for name, given, all_done in (("test", BLOCKS, 4), (made_by, blocks, 8)):
        shards = Shards(Counting, made_by=name)
        with pytest.raises(KeyboardInterrupt), shards.kept_in(tmp_path):
            list(shards.map(engine_tasks.times, given, stage="test"))
            raise KeyboardInterrupt
        assert len(KeptShards(tmp_path)) == all_done


@pytest.mark.parametrize("left", [b"", b"half", slice(0, 60), slice(33, None)], ids=str)
def test_a_shard_that_is_not_whole_is_made_again(tmp_path, left):
    kept = KeptShards(tmp_path)
    kept.put("one", (np.arange(9, dtype=np.float32), WordMatch((0, 3), (4, 6), 0.5), datetime.date(2026, 6, 9)))
    path = tmp_path / "one.shard"
    assert kept.get("one")[0][1] == WordMatch((0, 3), (4, 6), 0.5) and kept.get("two") is None
    whole = path.read_bytes()
    path.write_bytes(whole[left] if isinstance(left, slice) else left)
    assert kept.get("one") is None


def test_a_shard_runs_no_code_of_a_stranger(tmp_path):
    kept = KeptShards(tmp_path)
    kept.put("bad", print)
    with pytest.raises(pickle.UnpicklingError, match="no part of a shard"):
        kept.get("bad")


DIFFERENT = [1, "1", True, None, (1,), ("a", "bc"), ("ab", "c"), np.arange(3), np.arange(3.0), np.zeros((1, 3))]


def test_different_blocks_have_different_hashes():
    assert len({digest(each) for each in DIFFERENT}) == len(DIFFERENT)
    with pytest.raises(TypeError, match="no hash"):
        digest(object())


@pytest.mark.skipif(importlib.util.find_spec("ray") is not None, reason="Ray is installed")
def test_without_ray_the_pip_line_is_said():
    with pytest.raises(MissingExtraError, match="pip install 'align-workbench\\[ray\\]'"):
        WORKERS.load("ray")(engine_tasks.models)
