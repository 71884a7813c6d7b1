"""What the command says of what it reads."""

import io
import json
import sys
import zipfile

import pytest

KK = "Қазақстанда президент сайлауы өтеді деп хабарлады баспасөз қызметі.\n"
EN = "The presidential election will be held in Kazakhstan, it was said.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "kk.txt").write_bytes(KK.encode("kz1048"))
    (tmp_path / "in" / "en.jsonl").write_text(json.dumps({"story": EN, "day": "2019-04-26"}) + "\n")
    with zipfile.ZipFile(tmp_path / "in" / "more.zip", "w") as archive:
        archive.writestr("../out.txt", EN)
    return tmp_path / "in"


def test_a_run_says_what_was_read_as_what(align, folder, tmp_path):
    arguments = ["run", folder, "--columns", "text=story,published=day", "--out", tmp_path / "out"]
    status, _, err = align(*arguments)
    assert status == 0
    assert f"align: {folder / 'kk.txt'}: read as KZ-1048" in err.splitlines()
    assert f"align: {folder}/more.zip/../out.txt: skipped: refused: its path leaves the archive" in err.splitlines()
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["read_as"] == {"jsonl, UTF-8": 1, "txt, KZ-1048": 1}
    lines = (tmp_path / "out" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    found = {record["kind"]: (record["published"], record["encoding"]) for record in map(json.loads, lines)}
    assert found == {"jsonl": ("2019-04-26", "UTF-8"), "txt": (None, "KZ-1048")}


def test_segments_of_standard_input_are_shown(align, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(KK.encode("kz1048"))))
    status, out, err = align("segment", "-", "--json")
    shown = json.loads(out)
    assert (status, shown["path"], shown["encoding"]) == (0, "<stdin>", "KZ-1048")
    assert [each["text"] for each in shown["segments"]] == [KK.strip()]
    assert "align: <stdin>: read as KZ-1048" in err


def test_an_unknown_column_is_wrong_usage(align, folder):
    status, _, err = align("segment", folder / "en.jsonl", "--columns", "texts=story")
    assert status == 2 and "columns = 'texts=story': write ROLE=NAME" in err
