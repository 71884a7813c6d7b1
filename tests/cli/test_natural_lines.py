"""What people type at a shell before they have read anything: each line does what it looks like.

The table was written before the lines were built. `{run}` is a run of the seeds, `{out}` an empty folder.
"""

import io
import json
import shlex
import sys
from pathlib import Path

import pytest

from align.pipeline.run import run as align_run

ROOT = Path(__file__).parents[2]
KK, EN = "Үкімет 2024 жылы 5 млрд теңге бөлді.", "The government allocated 5 billion tenge in 2024."


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("natural") / "run"
    align_run(ROOT / "seeds", out=folder)
    return folder


SHELL = [
    # words, status, what standard output holds, what standard error holds
    ("--version", 0, "align ", ""),
    ("-h", 0, "Usage: align", ""),
    ("run -h", 0, "Examples", ""),
    ("score mine -h", 0, "Examples", ""),
    ("--show-completion bash", 0, "align", ""),
    ("--show-completion zsh", 0, "align", ""),
    ("--show-completion fish", 0, "align", ""),
    ("run {seeds} --out {out}/run -q", 0, "", None),
    ("facts 'Үкімет 5 млрд теңге бөлді'", 0, "5000000000\tKZT", ""),
    ("facts - < {en}", 0, "KZT", ""),
    ("facts --file - --lang en < {en}", 0, "KZT", ""),
    ("segment {odd}", 0, "sentence", "[odd].txt"),
    ("segment {markup}", 0, "sentence", "[/b].txt"),
    ("segment - < {en}", 0, "allocated", ""),
    ("mine {kk} {en}", 0, '"probability":', ""),
    ("mine {kk} {en} --out {out}/pairs.tsv", 0, "", "1 pair"),
    ("mine {kk} {en} --format tsv", 0, "\tҮкімет", ""),
    ("mine - {en} --out - < {kk}", 0, '"probability":', ""),
    ("beads {kk} {en} --out - --format ladder", 0, "[0]:[0]", ""),
    ("beads - {en} --out - < {kk}", 0, '"source": [0], "target": [0]', ""),
    ("beads - - --out - < {kk}", 2, "", "name a file for the other"),
    ("import - --out {out}/run < {table}", 0, "1 pair judged", ""),
    ("import - --columns kk=a,en=b --out {out}/run < {columns}", 0, "1 pair judged", ""),
    ("import - --out {out}/run < {en}", 2, "", "standard input: no pairs found"),
    ("pair {seeds} --out -", 0, None, ""),
    ("embed {kk} --out {out}/v.npy", 0, "", "1 x 256"),
    ("embed - --lang kk --out {out}/v.npy < {kk}", 0, "", "1 x 256"),
    ("export {run} --out {out}/pairs.tmx --status all", 0, "", "pairs"),
    ("export {run} --out {out}/pairs.csv --status all", 0, "", "pairs"),
    ("export {run} --format csv --out - --status all", 0, "id,kk,en", "partial"),
    ("export {run} --format parquet --out {out}/p.parquet --status all", 0, "", "pairs"),
    ("export {run} --format tsv --columns kk,en --out - --status all", 0, "kk\ten\n", ""),
    ("export {run} --format jsonl --out - --status all --relation partial", 0, '"partial"', ""),
    ("export {run} --format tsv --out - --status accept", 0, "id\tkk\ten", ""),
    ("export {run} --format xlsx --out {out}/x", 2, "", "known are"),
    ("export {run} --format tsv --out - --columns kk,enn", 2, "", "known are"),
    ("run {seeds} --out {out}/run --translator nope/nope", 2, "", "nope/nope"),
    ("run {seeds} --out {out}/run --encoder nope/nope", 2, "", "nope/nope"),
    ("run {seeds} --out {out}/run --gazetteer nowhere.tsv", 2, "", "nowhere.tsv"),
    ("run nowhere --out {out}/run", 2, "", "nowhere"),
    ("run {seeds}", 2, "", "see align run --help"),
    ("mine {seeds} {seeds}", 2, "", "is a folder"),
    ("mine {kk}", 2, "", "see align mine --help"),
    ("train encoder", 2, "", "see align train encoder --help"),
    ("export {run} --fromat tsv", 2, "", "see align export --help"),
    ("rnu {seeds}", 2, "", "see align --help"),
    ("models", 0, "encoder\tkk-en", ""),
    ("score mine {gold} {gold}", 0, "precision", ""),
    ("review export {run} --out -", 0, "", None),
]


@pytest.fixture
def shell(run_folder, tmp_path, align, monkeypatch):
    def write(name, text):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(text + "\n", encoding="utf-8")
        return tmp_path / name

    places = {
        "seeds": ROOT / "seeds",
        "run": run_folder,
        "out": tmp_path,
        "kk": write("kk.txt", KK),
        "en": write("en.txt", EN),
        "odd": write("[odd].txt", "This is a sentence of a file. It has an odd name."),
        "markup": write("[/b].txt", "This is a sentence of a file. It has an odd name."),
        "table": write("table.tsv", f"kk\ten\n{KK}\t{EN}"),
        "columns": write("columns.tsv", f"a\tb\n{KK}\t{EN}"),
        "gold": write("gold.jsonl", '{"source": 0, "target": 0, "probability": 1}'),
    }

    def call(line):
        words, _, stdin = line.format(**places).partition(" < ")
        data = Path(stdin).read_bytes() if stdin else b""
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        return align(*shlex.split(words))

    return call


@pytest.mark.parametrize(("line", "status", "printed", "noted"), SHELL, ids=[line for line, *_ in SHELL])
def test_a_line_of_a_shell_does_what_it_looks_like(shell, line, status, printed, noted):
    got, out, err = shell(line)
    assert got == status, err
    assert (printed or "") in out and (noted or "") in err
    if printed == "":
        assert not out
    if " -q" in line or noted is None:
        assert not err
    if status:
        assert len(err.splitlines()) == 1


def test_the_settings_of_the_working_directory_are_found_and_named(shell, monkeypatch, tmp_path):
    (tmp_path / "align.toml").write_text("review = 0.5\naccept = 0.9\n")
    monkeypatch.chdir(tmp_path)
    status, _, err = shell("run {seeds} --out {out}/run")
    settings = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))["settings"]
    assert status == 0 and "align.toml" in err and (settings["review"], settings["accept"]) == (0.5, 0.9)


def test_piped_output_is_one_plain_line_a_row(shell):
    status, out, err = shell("run {seeds} --out {out}/run")
    lines = out.splitlines()
    assert status == 0 and len(lines) == 11 and all(line.count("\t") == 5 for line in lines)
    assert "report.html" in err
