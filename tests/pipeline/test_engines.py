"""The same bytes whoever does the work, and after a kill."""

import importlib.util
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"
needs_ray = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="needs the extra ray")
slow = pytest.mark.slow
TWO = ["--engine", "local", "--workers", "2", "--shard-size", "40"]
WORK = [
    pytest.param(TWO, id="two"),
    pytest.param(["--engine", "local", "--workers", "1", "--shard-size", "7"], id="one", marks=slow),
    pytest.param(["--engine", "local", "--workers", "4"], id="four", marks=slow),
    pytest.param(["--engine", "ray", "--workers", "2", "--shard-size", "33"], id="ray", marks=[needs_ray, slow]),
]


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    """Write the sentences of the seeds, a line each."""
    from align.corpus.read import read

    folder, corpus = tmp_path_factory.mktemp("lines"), read(SEEDS)
    for lang in ("kk", "en"):
        texts = (each.text for each in corpus.segments(lang))
        (folder / lang).write_text("\n".join(texts), encoding="utf-8")
    return folder


def _mine(lines, out, work=()):
    return [sys.executable, "-m", "align", "mine", lines / "kk", lines / "en", "--out", out, *work]


@pytest.fixture(scope="module")
def alone(lines, tmp_path_factory):
    """Return what a process does by itself: the bytes of pairs, and those of the links of a run."""
    folder = tmp_path_factory.mktemp("alone")
    subprocess.run(_mine(lines, folder / "pairs.jsonl"), check=True)
    subprocess.run([sys.executable, "-m", "align", "run", SEEDS, "--out", folder / "run"], check=True)
    return (folder / "pairs.jsonl").read_bytes(), _run_bytes(folder / "run")


def _run_bytes(folder):
    return [(folder / name).read_bytes() for name in ("links.jsonl", "unmatched.jsonl", "segments.jsonl")]


@pytest.mark.parametrize("work", WORK)
def test_any_engine_gives_the_same_bytes(lines, alone, tmp_path, work):
    subprocess.run(_mine(lines, tmp_path / "pairs.jsonl", work), check=True)
    subprocess.run([sys.executable, "-m", "align", "run", SEEDS, "--out", tmp_path / "run", *work], check=True)
    assert (tmp_path / "pairs.jsonl").read_bytes() == alone[0]
    assert _run_bytes(tmp_path / "run") == alone[1]
    assert not list(tmp_path.rglob("*.shard"))


@pytest.mark.slow
@pytest.mark.parametrize("shards", [1, 8], ids=["at once", "later"])
def test_a_killed_job_goes_on_where_it_was(lines, alone, tmp_path, shards):
    work, out = [*TWO[:-1], "10"], tmp_path / "pairs.jsonl"
    first = subprocess.Popen(_mine(lines, out, work), stderr=subprocess.DEVNULL)
    while len(list(tmp_path.rglob("*.shard"))) < shards:
        assert first.poll() is None, "it ended before it could be killed"
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not out.exists()
    again = subprocess.run(_mine(lines, out, work), check=True, capture_output=True, text=True)
    assert "of an earlier run in" in again.stderr
    assert out.read_bytes() == alone[0] and not list(tmp_path.rglob("*.shard"))
