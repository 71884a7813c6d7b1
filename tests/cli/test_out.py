"""`--out`: nothing is written over what is read, nor over what the program did not make."""

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from align.errors import InputError
from align.storage.files import replacing, replacing_folder, sweep, write_json
from align.storage.outputs import refuse_inputs

KK = "Қазақстанда президент сайлауы 9 маусымда өтеді.\nАстанаға 120 делегат келді.\n"
EN = "The presidential election will be held in Kazakhstan on June 9.\n120 delegates came to Astana.\n"


@pytest.fixture
def news(tmp_path):
    for name, text in {"news/kk.txt": KK, "news/en.txt": EN, "news/manifest.json": '{"mine": 1}'}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "README.md").write_text("# My thesis")
    (tmp_path / "other" / "report.html").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "news")
    return tmp_path


def _state(folder):
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


REFUSED = [
    ("run news --out news", "is an input"),
    ("run news --out .", "holds the input"),
    ("run news --out link", "is an input"),
    ("run news/kk.txt news/en.txt --out news", "holds the input"),
    ("run news --out other", "holds something else (README.md, report.html)"),
    ("run news --out news/kk.txt", "holds the input|can't be written|is an input"),
    ("mine news/kk.txt news/en.txt --out news/kk.txt", "is an input"),
    ("mine news/kk.txt news/en.txt --out link/en.txt", "is an input"),
    ("mine news/kk.txt news/en.txt --out other", "a folder, where a file"),
    ("embed news/kk.txt --lang kk --out news/kk.txt", "is an input"),
    ("import news/pairs.tsv --out news", "holds the input"),
    ("import news/pairs.tsv --out other", "holds something else"),
    ("index build news/en.txt --name other --root .", "holds something else"),
    ("index build news/en.txt --name run --root .", "holds something else"),
    ("export run --format jsonl --out run/links.jsonl", "is an input"),
    ("export run --format tsv --out news/kk.txt", "is an input"),
    ("export run --format moses --out news/x", None),
    ("export run --format hf --out run", "holds the input"),
    ("export run --format hf --out other", "holds something else"),
    ("export run --format hf --out news", "holds the input"),
    ("export run --format xliff --out run/unmatched.jsonl", "is an input"),
    ("export run --format tsv --out news/test.tsv --exclude news/test.tsv", "is an input"),
    ("beads news/kk.txt news/en.txt --out news/en.txt", "is an input"),
    ("beads news/kk.txt news/en.txt --format run --out news", "holds the input"),
    ("beads news/kk.txt news/en.txt --format run --out other", "holds something else"),
    ("train verifier news/pairs.tsv --out news", "holds the input"),
    ("train encoder news/pairs.tsv --out other", "holds something else"),
    ("review export run --out run/workbench.db", "is an input"),
]


@pytest.fixture
def a_run(news, align, monkeypatch):
    monkeypatch.chdir(news)
    (news / "news" / "pairs.tsv").write_text(f"kk\ten\n{KK.splitlines()[0]}\t{EN.splitlines()[0]}\n")
    (news / "news" / "test.tsv").write_text("a\tb\n")
    assert align("run", "news/kk.txt", "news/en.txt", "--out", "run")[0] == 0
    return news


@pytest.mark.parametrize(("command", "message"), REFUSED, ids=[command for command, _ in REFUSED])
def test_what_would_be_lost_is_refused_and_stays(a_run, align, command, message):
    before = _state(a_run)
    status, _, err = align(*command.split())
    after = _state(a_run)
    assert {path: digest for path, digest in after.items() if path in before} == before
    if message is None:
        assert status == 0
    else:
        assert (status, any(each in err for each in message.split("|"))) == (2, True), err
        assert after == before


def test_a_run_goes_into_an_empty_folder_and_over_its_own(a_run, align):
    before = (a_run / "run" / "links.jsonl").read_bytes()
    (a_run / "run" / "notes.txt").write_text("mine")
    (a_run / "empty").mkdir()
    (a_run / "empty" / ".gitignore").write_text("*")
    for out in ("run", "empty", "news/out"):
        assert align("run", "news/kk.txt", "news/en.txt", "--out", out)[0] == 0
        assert (a_run / out / "links.jsonl").read_bytes() == before
    assert (a_run / "run" / "notes.txt").read_text() == "mine"


def test_an_input_is_one_whatever_its_name(tmp_path):
    (tmp_path / "a.txt").write_text("")
    os.link(tmp_path / "a.txt", tmp_path / "b.txt")
    with pytest.raises(InputError, match="is an input"):
        refuse_inputs(tmp_path / "b.txt", [str(tmp_path / "a.txt")])


LEFT = """
import os, sys
from pathlib import Path
from align.storage.files import replacing, replacing_folder
with {work} as fresh:
    os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("work", ["replacing(Path('a.json'))", "replacing_folder(Path('a'), is_ours=bool)"])
def test_what_a_killed_process_left_is_cleared_away_by_the_next(tmp_path, monkeypatch, work):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".a.json.mine").write_text("a hidden file of the user's")
    for _ in range(2):
        subprocess.run([sys.executable, "-c", LEFT.format(work=work)], check=False)
    assert len(list(tmp_path.iterdir())) > 1
    with replacing(Path("a.json")) as busy:
        write_json(Path("a.json"), {})
        assert busy.exists()
    with replacing_folder(Path("a"), is_ours=bool):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.json.mine", "a", "a.json"]


def test_a_folder_that_was_being_replaced_comes_back(tmp_path):
    (tmp_path / ".out.abcd1234" / "old").mkdir(parents=True)
    (tmp_path / ".out.abcd1234" / "old" / "README.md").write_text("the old one")
    sweep(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out" / "README.md").read_text() == "the old one"


TERMINALS = [
    ({"PYTHONIOENCODING": "cp1252"}, []),
    ({"PYTHONIOENCODING": "ascii"}, ["--json"]),
    ({"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, []),
]


@pytest.mark.parametrize(("terminal", "json"), TERMINALS, ids=str)
def test_a_finished_run_ends_well_on_any_terminal(a_run, terminal, json):
    command = [sys.executable, "-m", "align", "run", "news/kk.txt", "news/en.txt", "--out", "run", *json]
    finished = subprocess.run(command, env={**os.environ, **terminal}, capture_output=True)
    assert finished.returncode == 0, finished.stderr.decode()
    text = io.TextIOWrapper(io.BytesIO(finished.stdout), encoding="ascii", errors="replace").read()
    assert ("\\u049b" in text) or json


def test_control_characters_of_a_name_never_reach_the_terminal(tmp_path, align):
    (tmp_path / "in\x1b[31m").mkdir()
    (tmp_path / "in\x1b[31m" / "kk\x9b.txt").write_text(KK)
    (tmp_path / "in\x1b[31m" / "[b]\u202een\n.txt").write_text(EN)
    (tmp_path / "in\x1b[31m" / "c\x07.html").write_bytes(b"")
    for command in (
        ["run", tmp_path / "in\x1b[31m", "--out", tmp_path / "o\x1b"],
        ["segment", tmp_path / "in\x1b[31m"],
    ):
        status, out, err = align(*command)
        assert status == 0 and "\\x1b" in out + err and "\\x07" in err
        assert not set(out + err) & set("\x1b\x9b\u202e\x07")
