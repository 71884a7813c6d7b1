import json

import pytest

from align.evaluate.beads import read_beads

KK = ["Президент бүгін Астанада жаңа мектеп ашты.", "Мектепте 1200 оқушы оқиды.", "", "Сенбі күні Алматыда қар жауады."]
EN = [
    "Today the president opened a new school in Astana.",
    "The school has 1,200 pupils.",
    "",
    "On Saturday it will snow.",
]
BEADS = {((0,), (0,)), ((1,), (1,)), ((2,), ()), ((), (2,)), ((3,), (3,))}


@pytest.fixture
def files(tmp_path):
    for name, lines in (("kk.txt", KK), ("en.txt", EN)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "kk.txt", tmp_path / "en.txt"


@pytest.mark.parametrize("suffix", ["jsonl", "ladder"])
def test_every_line_stands_in_one_bead(align, files, tmp_path, suffix):
    out = tmp_path / f"beads.{suffix}"
    status, _, told = align("beads", *files, "--out", out)
    assert status == 0 and "3 pairs" in told
    assert set(read_beads(out)[""]) == BEADS


def test_score_of_beads_against_themselves(align, files, tmp_path):
    align("beads", *files, "--out", tmp_path / "b.jsonl")
    align("beads", *files, "--out", tmp_path / "b.ladder")
    status, out, _ = align("score", "beads", tmp_path / "b.jsonl", tmp_path / "b.ladder", "--json")
    assert status == 0
    assert {score["value"] for score in json.loads(out)["scores"]} == {1.0}


def test_texts_are_written_as_table_and_memory(align, files, tmp_path):
    align("beads", *files, "--out", tmp_path / "b.tsv")
    rows = (tmp_path / "b.tsv").read_text(encoding="utf-8").splitlines()
    assert rows[0].split("\t") == ["kk", "en", "probability"] and rows[1].split("\t")[:2] == [KK[0], EN[0]]
    align("beads", *files, "--out", tmp_path / "b.tmx")
    assert (tmp_path / "b.tmx").read_text(encoding="utf-8").count("<tu ") == 3


def test_less_probable_pairs_are_taken_apart(align, files, tmp_path):
    align("beads", *files, "--out", tmp_path / "b.jsonl", "--min-probability", "1")
    beads = read_beads(tmp_path / "b.jsonl")[""]
    assert sorted(n for bead in beads for n in bead[0]) == [0, 1, 2, 3]


def test_a_run_keeps_a_bead_together(align, tmp_path):
    (tmp_path / "kk.txt").write_text("\n".join([KK[0], f"{KK[1]} {KK[3]}"]), encoding="utf-8")
    (tmp_path / "en.txt").write_text("\n".join([EN[0], EN[1], EN[3]]), encoding="utf-8")
    align("beads", tmp_path / "kk.txt", tmp_path / "en.txt", "--out", tmp_path / "run", "--lines")
    links = [json.loads(line) for line in (tmp_path / "run" / "links.jsonl").read_text("utf-8").splitlines()]
    assert sorted(len(link["target"]) for link in links) == [1, 2]
    assert {link["found_by"] for link in links} == {"beads"}
    assert align("export", tmp_path / "run", "--format", "tsv", "--out", tmp_path / "e.tsv", "--status", "all")[0] == 0
    assert f"{EN[1]} {EN[3]}" in (tmp_path / "e.tsv").read_text(encoding="utf-8")


def test_documents_are_split_into_sentences(align, tmp_path):
    for name, lines in (("a.md", KK), ("b.md", EN)):
        (tmp_path / name).write_text(" ".join(lines), encoding="utf-8")
    align("beads", tmp_path / "a.md", tmp_path / "b.md", "--out", tmp_path / "b.jsonl")
    assert read_beads(tmp_path / "b.jsonl")[""] == [((n,), (n,)) for n in range(3)]


def test_folders_are_paired_by_name(align, tmp_path):
    for folder, lang, lines in (("k", "kk", KK), ("e", "en", EN)):
        (tmp_path / folder).mkdir()
        for name in ("law", "news"):
            (tmp_path / folder / f"{name}.{lang}.txt").write_text("\n".join(lines), encoding="utf-8")
    status, _, _ = align("beads", tmp_path / "k", tmp_path / "e", "--out", tmp_path / "b.jsonl")
    assert status == 0
    assert [set(beads) for beads in read_beads(tmp_path / "b.jsonl").values()] == [BEADS, BEADS]


WRONG = [
    (["kk.txt", "."], "give two files or two folders"),
    (["kk.txt", "missing.txt"], "missing.txt"),
    (["en.txt", "kk.txt", "--documents"], "give the Kazakh first"),
    (["en.txt", "kk.txt", "--lines"], "give the Kazakh first"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_wrong_usage_is_one_line(align, files, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    status, _, told = align("beads", *arguments, "--out", "b.jsonl")
    assert status == 2 and message in told and told.count("\n") == 1
