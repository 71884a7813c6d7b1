import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = {"documents.jsonl", "segments.jsonl", "links.jsonl", "unmatched.jsonl", "report.html", "manifest.json"}
FILES |= {"workbench.db"}

# What a reader of the five documents would link, by the beginnings of the two sentences.
EXPECTED = [
    ("АҚШ мемлекеттік департаментінің мәлімдемесінде Помпеоның сапары", "The State Department said in a statement"),
    ("Постсоветтік төрт елге сапарын жалғастырып", "Pompeo arrived late on February 1"),
    ("Қазақстанда президент сайлауы 9 маусымда өтеді", "The June 9 early presidential election"),
]


def _lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("run") / "out"
    environment = {**os.environ, "ALIGN_CACHE": str(out.parent / "cache")}
    command = [sys.executable, "-m", "align", "run", "seeds", "--out", str(out)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return out


def test_the_folder_holds_the_files_of_the_contract(folder):
    assert {path.name for path in folder.iterdir()} == FILES


def test_the_lines_have_the_keys_of_the_contract(folder):
    link, unmatched = _lines(folder / "links.jsonl")[0], _lines(folder / "unmatched.jsonl")[0]
    segment, document = _lines(folder / "segments.jsonl")[0], _lines(folder / "documents.jsonl")[0]
    assert list(link) == [
        "id", "relation", "probability", "status", "source", "target", "cosine", "margin", "evidence", "runners_up",
        "found_by",
    ]  # fmt: skip
    assert list(link["source"][0]) == list(link["target"][0]) == ["id", "document", "position", "text", "span"]
    assert list(link["evidence"]) == ["facts", "words", "coverage", "conflicts", "grounds"]
    assert all(share is None or 0 <= share <= 1 for share in link["evidence"]["coverage"].values())
    assert list(unmatched) == ["side", "id", "document", "position", "text", "span", "nearest", "draft"]
    assert list(segment) == [
        "id", "lang", "document", "position", "span", "text", "dropped", "script", "mark", "paragraph",
    ]  # fmt: skip
    assert list(document) == [
        "id", "path", "lang", "title", "published", "url", "licence", "sha256", "segments", "author",
        "kind", "encoding", "notes", "published_from",
    ]  # fmt: skip


@pytest.mark.parametrize(("source", "target"), EXPECTED)
def test_sentences_that_cover_the_same_facts_are_linked(folder, source, target):
    pairs = [(link["source"][0]["text"], link["target"][0]["text"]) for link in _lines(folder / "links.jsonl")]
    assert any(kk.startswith(source) and en.startswith(target) for kk, en in pairs)


def test_a_sentence_without_counterpart_is_unmatched(folder):
    texts = [each["text"] for each in _lines(folder / "unmatched.jsonl") if each["side"] == "source"]
    assert any(text.startswith("Сұхбаттың толық видеонұсқасын") for text in texts)


def test_every_kept_segment_is_linked_or_unmatched(folder):
    kept = {each["id"] for each in _lines(folder / "segments.jsonl") if each["dropped"] is None}
    links = _lines(folder / "links.jsonl")
    linked = {segment["id"] for link in links for segment in (*link["source"], *link["target"])}
    unmatched = {each["id"] for each in _lines(folder / "unmatched.jsonl")}
    assert linked | unmatched == kept and not linked & unmatched


def test_links_come_best_first_with_the_status_of_their_probability(folder):
    links = _lines(folder / "links.jsonl")
    decision = json.loads((folder / "manifest.json").read_text())["decision"]
    probabilities = [link["probability"] for link in links]
    assert probabilities == sorted(probabilities, reverse=True)
    for link in links:
        accepted = link["probability"] >= decision["accept"] and link["relation"] != "conflict"
        assert link["status"] == ("accept" if accepted else "review")
        days = [fact for fact in link["evidence"]["facts"] if fact["kind"] == "date" and fact["status"] == "matched"]
        assert link["probability"] >= decision["review"] or days, "less probable ones are shown for a day in common"


@pytest.mark.parametrize("threads", ["1", "2"])
def test_a_second_run_gives_the_same_bytes_whatever_the_threads(folder, tmp_path, threads):
    environment = {**os.environ, "OMP_NUM_THREADS": threads, "ALIGN_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "align", "run", "seeds", "--out", str(tmp_path / "out")]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    for name in ("links.jsonl", "unmatched.jsonl", "segments.jsonl", "report.html"):
        assert (tmp_path / "out" / name).read_bytes() == (folder / name).read_bytes()


def test_a_second_run_encodes_nothing(align, tmp_path, monkeypatch):
    from align.encode.ngram import NgramEncoder

    align("run", "seeds", "--out", tmp_path / "out")
    monkeypatch.setattr(NgramEncoder, "encode", lambda *_: pytest.fail("a vector was computed again"))
    status, _, _ = align("run", "seeds", "--out", tmp_path / "out")
    assert status == 0


def test_the_manifest_is_printed_on_demand(align, tmp_path):
    status, out, _ = align("run", "seeds", "--out", tmp_path / "out", "--target-precision", "0.9", "--json")
    printed = json.loads(out)
    assert status == 0 and printed["decision"]["expected"]["interval"]
    assert printed["counts"]["documents"] == {"kk": 3, "en": 2}


def test_any_encoder_takes_the_bundled_ones_place(align, tmp_path, tiny_model):
    status, _, err = align("run", "seeds", "--out", tmp_path / "out", "--encoder", tiny_model)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert status == 0, err
    assert manifest["models"]["encoder"].startswith(str(tiny_model))
