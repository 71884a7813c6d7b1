"""What we write, read by programs that are not ours: translate-toolkit, sacreBLEU and pandas."""

from dataclasses import replace

import pytest

from align.export import FORMATS
from align.export.xliff import write_xliff
from align.runs.records import unmatched_record
from align.storage.files import write_jsonl
from align.storage.sealed import seal
from align.types import Draft, Segment, Unmatched

from .test_export import PLAIN, STRANGE

PAIRS = [replace(PLAIN, id=f"p{number}", kk=f"{number} {text}", en=text) for number, text in enumerate(STRANGE)]


def test_translate_toolkit_reads_the_memory(tmp_path):
    tmx = pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is not installed")
    FORMATS.load("tmx")(PAIRS, tmp_path / "a.tmx")
    with (tmp_path / "a.tmx").open("rb") as stream:
        units = tmx.tmxfile(stream, "kk", "en").units
    assert [(str(unit.source), str(unit.target)) for unit in units] == [(pair.kk, pair.en) for pair in PAIRS]


def test_translate_toolkit_reads_the_drafts(tmp_path):
    xliff2 = pytest.importorskip("translate.storage.xliff2", reason="translate-toolkit is not installed")
    draft = Draft("An <R&D> draft.", "translation", "m", None, None, "")
    segments = [Segment(f"{n:016x}", "kk", "d", n, 0, len(pair.kk), pair.kk) for n, pair in enumerate(PAIRS)]
    unmatched = [Unmatched("source", each, (), draft if n else None) for n, each in enumerate(segments)]
    write_jsonl(tmp_path / "unmatched.jsonl", map(unmatched_record, unmatched))
    seal(tmp_path, {})
    assert write_xliff(tmp_path, tmp_path / "a.xlf") == (len(PAIRS), {})
    with (tmp_path / "a.xlf").open("rb") as stream:
        units = xliff2.Xliff2File(stream).units
    assert [str(unit.source) for unit in units] == [pair.kk for pair in PAIRS]
    assert [str(unit.target or "") for unit in units] == ["", *["An <R&D> draft."] * (len(PAIRS) - 1)]


def test_sacrebleu_finds_the_two_files_of_one_length(tmp_path):
    import sacrebleu

    FORMATS.load("moses")(PAIRS, tmp_path / "a")
    sides = [(tmp_path / f"a.{lang}").read_text(encoding="utf-8").split("\n")[:-1] for lang in ("kk", "en", "ids")]
    assert sides[2] == [pair.id for pair in PAIRS]
    assert sacrebleu.corpus_chrf(sides[1], [sides[1]]).score == pytest.approx(100)
    assert sacrebleu.corpus_chrf(sides[0], [sides[0]]).score == pytest.approx(100)


def test_pandas_reads_the_tables(tmp_path):

    import pandas as pd

    for format in ("tsv", "jsonl"):
        FORMATS.load(format)(PAIRS, tmp_path / format)
    table = pd.read_csv(tmp_path / "tsv", sep="\t")
    assert list(table["kk"]) == [pair.kk for pair in PAIRS]
    lines = pd.read_json(tmp_path / "jsonl", lines=True)
    assert [each["en"] for each in lines["translation"]] == [pair.en for pair in PAIRS]


def test_the_card_is_one_for_the_hub(run_folder, tmp_path):
    from huggingface_hub import DatasetCard

    from align.export.write import export_run

    export_run(run_folder, "hf", tmp_path / "corpus")
    card = DatasetCard.load(tmp_path / "corpus/README.md")
    data = card.data.to_dict()
    assert data["language"] == ["en", "kk"] and data["task_categories"] == ["translation"]
    (config,) = data["configs"]
    assert config["default"] and config["data_files"][0]["path"] == "en-kk-mined/train-00000-of-00001.parquet"
    (info,) = data["dataset_info"]
    assert info["splits"][0]["num_examples"] >= 1
    assert "its precision is not measured" in card.text
