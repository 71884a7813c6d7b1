"""A run that is killed, wherever it is: nobody takes what it leaves for a run, and the next one clears it away."""

import json
import os
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import align
from align.errors import InputError
from align.export.write import export_run
from align.export.xliff import write_xliff
from align.review.store import Store
from align.runs.read import read_links, read_run
from align.runs.write import write_run
from align.storage import locks, sealed
from align.storage.sealed import MANIFEST, RUN_FILES, check_run, reading_run, resealing, seal

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")]
SEEDS = Path(__file__).parents[2] / "seeds"
STEPS = 19
"""Points of one writing: four tables, six files made safe, the old manifest gone, and each file put in its place."""


@pytest.fixture(scope="module")
def alignments():
    """Align the seeds at two thresholds, so that an older run and a newer one differ."""
    tools, corpus = align.load_tools(cached=False), align.read(SEEDS)
    return [
        align.align_documents(corpus, tools, settings=align.Settings(accept=accept, review=0.2))
        for accept in (0.5, 0.99)
    ]


def _killed(alignment, folder, step):
    """Write a run in a process that is killed with signal 9 before its step; return whether it got there."""
    child = os.fork()
    if child == 0:
        _die_at(step)
        write_run(alignment, folder)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _die_at(step):
    steps = iter(range(step))

    def before(work):
        def counted(*arguments, **named):
            if next(steps, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return work(*arguments, **named)

        return counted

    sealed.dump_jsonl, sealed.flush = before(sealed.dump_jsonl), before(sealed.flush)
    Path.replace = before(Path.replace)


def _bytes(folder):
    return {name: (folder / name).read_bytes() for name in RUN_FILES if (folder / name).exists()}


def _hidden(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


READERS = [
    read_run,
    lambda folder: list(read_links(folder)),
    check_run,
    lambda folder: Store.open(folder).close(),
    lambda folder: export_run(folder, "tsv", folder.with_suffix(".tsv")),
    lambda folder: write_xliff(folder, folder.with_suffix(".xlf")),
    lambda folder: align.load_translator(f"memory:{folder}", cached=False),
]


@pytest.mark.parametrize("older", [False, True], ids=["fresh", "older"])
def test_no_reader_takes_a_folder_that_a_killed_run_left(tmp_path, alignments, older):
    old, new = alignments
    write_run(old, tmp_path / "old")
    write_run(new, tmp_path / "new")
    whole = [_bytes(tmp_path / "old"), _bytes(tmp_path / "new")]
    assert whole[0]["links.jsonl"] != whole[1]["links.jsonl"]
    refused = 0
    for step in range(STEPS):
        folder = tmp_path / f"run{step}"
        if older:
            shutil.copytree(tmp_path / "old", folder)
        else:
            folder.mkdir()
        assert _killed(new, folder, step)
        if (folder / MANIFEST).exists():
            check_run(folder)
            assert _bytes(folder) in whole
        else:
            refused += 1
            for read in READERS:
                with pytest.raises(InputError, match=r"interrupted|holds no"):
                    read(folder)
        write_run(new, folder)
        assert _bytes(folder) == whole[1] and _hidden(folder) == []
    assert refused == (8 if older else 18)
    assert not _killed(new, tmp_path / "new", STEPS)


@pytest.mark.parametrize("name", RUN_FILES)
@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_file_that_the_manifest_does_not_tell_of_is_named(tmp_path, alignments, name, harm):
    write_run(alignments[0], tmp_path / "run")
    path = tmp_path / "run" / name
    path.unlink() if harm == "gone" else path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(InputError, match=name):
        read_run(tmp_path / "run")
    seal(tmp_path / "run")
    assert check_run(tmp_path / "run")["files"][name]["lines"] == (tmp_path / "run" / name).read_bytes().count(b"\n")


def test_a_manifest_of_another_version_is_refused(tmp_path):
    (tmp_path / MANIFEST).write_text(json.dumps({"settings": {}, "decision": {}, "counts": {}}))
    with pytest.raises(InputError, match="by another version of align"):
        read_run(tmp_path)


def _refusals(folder):
    """Return of how many ways to work in a folder another process holds us off."""
    refused = 0
    for work in (reading_run, resealing):
        try:
            with work(folder):
                pass
        except InputError as error:
            refused += "another align works in this folder" in str(error)
    return refused


def test_the_second_into_one_folder_is_told(tmp_path, alignments, monkeypatch):
    monkeypatch.setattr(locks, "_PATIENCE", 0.1)
    folder = tmp_path / "run"
    write_run(alignments[0], folder)
    before = _bytes(folder)
    with resealing(folder) as files:
        child = os.fork()
        if child == 0:
            # Another process holds nothing: it asks the system, and is answered for the folder.
            locks._held.clear()
            os._exit(_refusals(folder))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
        with ThreadPoolExecutor() as pool:
            assert pool.submit(_refusals, folder).result() == 2
        files.manifest = check_run(folder)
    assert _bytes(folder) == before
    with reading_run(folder), ThreadPoolExecutor() as pool:
        assert pool.submit(lambda: list(read_links(folder))).result()
