import json

import numpy as np
import pytest

KK = ["Помпео Астанаға 1 ақпанда келді", "Президент сайлауы маусымда өтеді", "Ауа райы жылы болады", ""]
EN = ["The weather will be warm", "Pompeo came to Astana on February 1", "The presidential election is held in June"]


@pytest.fixture
def files(tmp_path):
    (tmp_path / "kk.txt").write_text("\n".join(KK) + "\n", encoding="utf-8")
    (tmp_path / "en.txt").write_text("\n".join(EN) + "\n", encoding="utf-8")
    return tmp_path / "kk.txt", tmp_path / "en.txt"


def _pairs(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_mine_pairs_the_lines(align, files, tmp_path):
    status, _, _ = align("mine", *files, "--out", tmp_path / "pairs.jsonl")
    pairs = _pairs(tmp_path / "pairs.jsonl")
    assert status == 0
    assert list(pairs[0]) == [
        "source", "target", "source_text", "target_text", "cosine", "margin", "probability", "relation"
    ]  # fmt: skip
    assert {(0, 1), (1, 2)} <= {(pair["source"], pair["target"]) for pair in pairs}
    assert all(pair["source_text"] == KK[pair["source"]] for pair in pairs)


def test_the_verifier_finds_the_pairs_among_what_any_encoder_proposes(align, files, tmp_path, tiny_model):
    # On so few lines even an untrained encoder proposes every pair, and what is believed does not rest on its cosines.
    status, _, _ = align("mine", *files, "--out", tmp_path / "pairs.jsonl", "--encoder", tiny_model)
    pairs = {(pair["source"], pair["target"]) for pair in _pairs(tmp_path / "pairs.jsonl")}
    assert status == 0 and {(0, 1), (1, 2)} <= pairs


def test_mine_gives_each_line_once_unless_many(align, files, tmp_path):
    align("mine", *files, "--out", tmp_path / "one.jsonl", "--min-probability", "0")
    align("mine", *files, "--out", tmp_path / "many.jsonl", "--many")
    one, many = _pairs(tmp_path / "one.jsonl"), _pairs(tmp_path / "many.jsonl")
    assert len({pair["source"] for pair in one}) == len({pair["target"] for pair in one}) == len(one)
    assert len(many) > len(one)
    assert [pair["probability"] for pair in many] == sorted((pair["probability"] for pair in many), reverse=True)


def test_mine_with_an_empty_side_finds_nothing(align, files, tmp_path):
    (tmp_path / "none.txt").write_text("")
    status, _, _ = align("mine", tmp_path / "none.txt", files[1], "--out", tmp_path / "pairs.jsonl")
    assert status == 0 and _pairs(tmp_path / "pairs.jsonl") == []


def test_embed_writes_a_unit_row_per_line(align, files, tmp_path):
    status, _, _ = align("embed", files[0], "--lang", "kk", "--out", tmp_path / "v.npy")
    vectors = np.load(tmp_path / "v.npy")
    assert status == 0 and vectors.dtype == np.float32 and len(vectors) == 4
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 1, 0], atol=1e-6)


def test_index_is_built_and_searched(align, files, tmp_path):
    align("index", "build", files[1], "--name", "news", "--root", tmp_path / "indexes")
    status, out, _ = align(
        "index", "search", "news", files[0], "--top-k", "1", "--root", tmp_path / "indexes", "--json"
    )
    hits = json.loads(out)["hits"]
    assert status == 0
    assert [hit["text"] for hit in hits[:2]] == [EN[1], EN[2]]


def test_index_refuses_another_encoder(align, files, tmp_path, monkeypatch):
    align("index", "build", files[1], "--name", "news", "--root", tmp_path)
    manifest = json.loads((tmp_path / "news" / "manifest.json").read_text())
    (tmp_path / "news" / "manifest.json").write_text(json.dumps({**manifest, "encoder": "another"}))
    status, _, err = align("index", "search", "news", files[0], "--root", tmp_path)
    assert status == 2 and "built with another" in err


def test_index_search_is_ordered_by_words_where_asked(align, files, tmp_path):
    align("index", "build", files[1], "--name", "news", "--root", tmp_path)
    status, out, _ = align("index", "search", "news", files[0], "--root", tmp_path, "--rerank", "--json")
    told = json.loads(out)
    assert status == 0 and told["rerank"].startswith("words-kk-en@")
    for query in (0, 1, 2):
        scores = [hit["score"] for hit in told["hits"] if hit["query"] == query]
        assert scores == sorted(scores, reverse=True)
    assert next(hit["text"] for hit in told["hits"] if hit["query"] == 0) == EN[1]
