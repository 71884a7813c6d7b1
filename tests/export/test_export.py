import json

import pytest

from align.errors import InputError, UnknownNameError
from align.export import FORMATS
from align.export.pairs import select


def _link(number, status, kk="Ол\tкелді", en="He came"):
    place = {"document": "d", "position": number}
    return {
        "id": f"link{number}",
        "relation": "equivalent",
        "probability": 0.9,
        "status": status,
        "source": [{"id": "s", "text": kk, **place}],
        "target": [{"id": "t", "text": en, **place}],
    }


LINKS = [_link(0, "accept"), _link(1, "review", en="He  went"), _link(2, "accept", kk="Кетті")]


def test_select_takes_the_accepted_unless_told_all():
    assert [pair.id for pair in select(LINKS)] == ["link0", "link2"]
    assert len(select(LINKS, status="all")) == 3
    with pytest.raises(InputError, match="must be one of accepted, all"):
        select(LINKS, status="some")


def test_hf_reads_back_both_ways(tmp_path):
    import datasets

    FORMATS.load("hf")(select(LINKS), tmp_path / "corpus")
    saved = datasets.load_from_disk(str(tmp_path / "corpus"))
    parquet = datasets.Dataset.from_parquet(str(tmp_path / "corpus/data/train.parquet"), cache_dir=str(tmp_path / "c"))
    assert saved.features["translation"] == datasets.Translation(languages=["en", "kk"])
    for dataset in (saved, parquet):
        assert dataset[1]["translation"] == {"en": "He came", "kk": "Кетті"}
        assert dataset["id"][:] == ["link0", "link2"]


def test_hf_of_no_pairs_is_an_empty_dataset(tmp_path):
    import datasets

    FORMATS.load("hf")([], tmp_path / "corpus")
    assert len(datasets.load_from_disk(str(tmp_path / "corpus"))) == 0


def test_hf_replaces_a_dataset_and_nothing_else(tmp_path):
    FORMATS.load("hf")(select(LINKS), tmp_path / "corpus")
    FORMATS.load("hf")(select(LINKS[:1]), tmp_path / "corpus")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="holds something else"):
        FORMATS.load("hf")(select(LINKS), tmp_path / "mine")


def test_tsv_is_one_row_a_pair_without_quotes(tmp_path):
    FORMATS.load("tsv")(select(LINKS, status="all"), tmp_path / "corpus.tsv")
    rows = [line.split("\t") for line in (tmp_path / "corpus.tsv").read_text(encoding="utf-8").splitlines()]
    assert rows[0][:3] == ["id", "kk", "en"]
    assert rows[1][:3] == ["link0", "Ол келді", "He came"] and rows[2][2] == "He went"
    assert {len(row) for row in rows} == {8}


def test_jsonl_has_the_texts_under_translation(tmp_path):
    FORMATS.load("jsonl")(select(LINKS), tmp_path / "corpus.jsonl")
    first = json.loads((tmp_path / "corpus.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first["translation"] == {"en": "He came", "kk": "Ол\tкелді"} and first["probability"] == 0.9


def test_an_unknown_format_names_the_known():
    with pytest.raises(UnknownNameError, match="known are hf, jsonl, tsv"):
        FORMATS.load("xml")
