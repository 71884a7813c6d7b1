import csv
import json
import subprocess
import sys
import time
from dataclasses import replace

import pytest

import align
from align.errors import InputError, UnknownNameError
from align.export import FORMATS
from align.export.exported import CONFIGS, Cell, ExportedPair, ExportedSide
from align.export.hf import features, write_parquet
from align.export.plan import plan
from align.export.selection import Selection
from align.export.write import chosen, export_run

TITLE = ExportedSide("d", mark="title")
FACT = Cell("number", "35000", "35000", "matched")
PLAIN = ExportedPair(
    id="p0",
    kk="Ол 35 мың теңге алды.",
    en="He got 35,000 tenge.",
    score=1.3,
    probability=0.97,
    relation="equivalent",
    label=None,
    status="accepted",
    origin="mined",
    kk_side=ExportedSide("k", "https://kk.example/1", "2019-02-01", "CC-BY-4.0", (0, 21)),
    en_side=ExportedSide("e"),
    facts=(FACT,),
)

CONFIG = [
    ({}, "en-kk-mined"),
    ({"reviewers": 1}, "en-kk"),
    ({"status": "review", "reviewers": 2}, "en-kk-mined"),
    ({"status": "rejected", "reviewers": 1}, "en-kk-rejected"),
    ({"status": "draft", "origin": "machine_translated"}, "en-kk-synthetic"),
    ({"reviewers": 1, "origin": "machine_translated"}, "en-kk-synthetic"),
]
LEFT_OUT = [
    ({"status": "review"}, Selection(), "tsv", "awaits review"),
    ({"status": "review"}, Selection(status="all"), "tsv", None),
    ({"status": "rejected"}, Selection(), "tsv", "rejected: only the format hf holds those"),
    ({"status": "rejected"}, Selection(), "hf", None),
    ({"relation": "conflict"}, Selection(relations=("equivalent", "partial")), "tsv", "relation conflict"),
    ({"probability": 0.8}, Selection(min_probability=0.9), "tsv", "below --min-probability"),
    ({"probability": 0.8, "reviewers": 1}, Selection(min_probability=0.9), "tsv", None),
    ({"kk_side": TITLE}, Selection(), "tsv", None),
    ({"kk_side": TITLE}, Selection(titles=False), "tsv", "a title, and --no-titles"),
    ({"en_side": TITLE}, Selection(titles=False), "hf", "a title, and --no-titles"),
    ({"en_side": replace(TITLE, mark="caption")}, Selection(titles=False), "tsv", None),
    ({"en": "He."}, Selection(max_ratio=3), "tsv", "above --max-ratio"),
    ({"en": "  "}, Selection(), "tsv", "an empty side"),
    ({"en": "a\tb"}, Selection(), "tsv", "a tab or line break, which TSV can't hold"),
    ({"en": "a\tb"}, Selection(), "tmx", None),
    ({"en": "a\nb"}, Selection(), "moses", "a line break, which Moses files can't hold"),
    ({"en": "a\x00b"}, Selection(), "tmx", "a control character, which XML can't hold"),
    ({"en": "a\x00b"}, Selection(), "jsonl", None),
    ({"en": "a\ud800b"}, Selection(), "jsonl", "half a character (a lone surrogate), which UTF-8 can't hold"),
]
STRANGE = ["R&D <b>", "\"double\" 'single'", "naïve 😀 👩‍👧", "\u202bمرحبا\u202c", "  two  spaces ", "]]> &amp;"]


@pytest.mark.parametrize(("changes", "config"), CONFIG)
def test_config(changes, config):
    assert replace(PLAIN, **changes).config == config


@pytest.mark.parametrize(("changes", "selection", "format", "reason"), LEFT_OUT)
def test_filters(changes, selection, format, reason):
    pair = replace(PLAIN, **changes)
    decided = plan([pair], selection, format=format)
    assert decided.left_out == ({(pair.config, reason): 1} if reason else {})
    assert list(decided.splits) == ([None] if reason else ["train"])


def test_exact_and_near_repeats():
    again = replace(PLAIN, id="p1", kk="Ол 35  мың теңге АЛДЫ.")
    kk, en = (
        "Үкімет басшысы бүгін Алматыда жаңа мектептің ашылуына қатысып, ұстаздармен кездесті",
        "The prime minister ",
    )
    long = replace(PLAIN, id="p2", kk=kk, en=en + "opened a new school in Almaty today and met with its teachers there")
    near = replace(long, id="p3", kk=kk + ".", en=long.en + ", officials said")
    pairs = [PLAIN, again, long, near]
    assert [bool(split) for split in plan(pairs, Selection(dedup="none"), format="tsv").splits] == [True] * 4
    assert [bool(split) for split in plan(pairs, Selection(), format="tsv").splits] == [True, False, True, True]
    assert [bool(split) for split in plan(pairs, Selection(dedup="near"), format="tsv").splits] == [
        True,
        False,
        True,
        False,
    ]


def test_target_precision_cuts_the_unreviewed():
    pairs = [
        replace(PLAIN, id=f"p{number}", kk=f"Сан {number}.", probability=probability)
        for number, probability in enumerate((0.99, 0.95, 0.9, 0.3))
    ]
    decided = plan(pairs, Selection(target_precision=0.94), format="tsv")
    assert decided.order.tolist() == [0, 1, 2]
    assert decided.threshold.taken == 3


def test_shuffling_is_a_permutation_that_its_seed_repeats():
    pairs = [replace(PLAIN, id=f"p{number}", kk=f"Сан {number}.") for number in range(20)]
    orders = [
        [pair.id for pair, _ in chosen(pairs, plan(pairs, Selection(shuffle=seed), format="tsv"))] for seed in (1, 1, 2)
    ]
    assert orders[0] == orders[1] != orders[2]
    assert sorted(orders[0]) == sorted(pair.id for pair in pairs) != orders[0]


def test_excluded_test_sets_stay_out(tmp_path):
    (tmp_path / "test.tsv").write_text("Ол 35 мың теңге алды\tHe got 35,000 tenge\n", encoding="utf-8")
    decided = plan([PLAIN], Selection(exclude=(tmp_path / "test.tsv",)), format="tsv")
    assert decided.left_out == {("en-kk-mined", "stands in an excluded test set"): 1}
    with pytest.raises(InputError, match="can't be read"):
        plan([PLAIN], Selection(exclude=(tmp_path / "none.tsv",)), format="tsv")


@pytest.mark.parametrize(
    "values", [{"status": "some"}, {"dedup": "fuzzy"}, {"max_ratio": 0.5}, {"min_probability": 1.2}]
)
def test_a_selection_that_means_nothing_is_refused(values):
    with pytest.raises(InputError):
        Selection(**values)


@pytest.mark.parametrize("text", STRANGE)
def test_texts_come_back_as_they_were(text, tmp_path):
    import pyarrow.parquet as pq
    from lxml import etree

    pair = replace(PLAIN, kk=text, en=text[::-1])
    for format in ("jsonl", "tsv", "tmx", "moses"):
        FORMATS.load(format)([pair], tmp_path / format)
    assert json.loads((tmp_path / "jsonl").read_text(encoding="utf-8"))["translation"]["kk"] == text
    with (tmp_path / "tsv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream, delimiter="\t")
    assert (row["kk"], row["en"]) == (text, text[::-1])
    segments = etree.parse(tmp_path / "tmx").findall(".//seg")
    assert [segment.text for segment in segments] == [text, text[::-1]]
    assert (tmp_path / "moses.kk").read_text(encoding="utf-8") == text + "\n"
    write_parquet([(pair, "train")], tmp_path / "hf")
    (stored,) = pq.read_table(tmp_path / "hf/en-kk-mined/train-00000-of-00001.parquet")["translation"].to_pylist()
    assert stored == {"en": text[::-1], "kk": text}


def test_tabs_and_line_breaks_come_back_from_a_memory(tmp_path):
    from lxml import etree

    pair = replace(PLAIN, kk="a\r\nb\tc\rd\n")
    FORMATS.load("tmx")([pair], tmp_path / "tmx")
    assert [each.text for each in etree.parse(tmp_path / "tmx").findall(".//seg")] == [pair.kk, PLAIN.en]


@pytest.mark.slow
def test_a_killed_export_leaves_no_half_folder(run_folder, tmp_path):
    command = [sys.executable, "-m", "align", "export", str(run_folder), "--format", "hf", "--out"]
    running = subprocess.Popen([*command, str(tmp_path / "corpus")], stderr=subprocess.DEVNULL)
    # The hidden folder that is written to shows that the export is under way.
    while running.poll() is None and not any(each.name.startswith(".corpus.") for each in tmp_path.iterdir()):
        time.sleep(0.001)
    running.kill()
    running.wait()
    assert not (tmp_path / "corpus").exists() or (tmp_path / "corpus/README.md").is_file()
    assert subprocess.run([*command, str(tmp_path / "corpus")], stderr=subprocess.DEVNULL).returncode == 0
    assert (tmp_path / "corpus/README.md").is_file()


def test_control_characters_come_back_from_json_and_parquet(tmp_path):
    import pyarrow.parquet as pq

    pair = replace(PLAIN, kk="a\x00b\r\nc\td")
    FORMATS.load("jsonl")([pair], tmp_path / "jsonl")
    assert json.loads((tmp_path / "jsonl").read_bytes())["translation"]["kk"] == pair.kk
    write_parquet([(pair, "train")], tmp_path / "hf")
    (stored,) = pq.read_table(tmp_path / "hf/en-kk-mined/train-00000-of-00001.parquet")["translation"].to_pylist()
    assert stored["kk"] == pair.kk


def _links(folder):
    return len((folder / "links.jsonl").read_text(encoding="utf-8").splitlines())


def test_datasets_loads_each_configuration_with_its_features(run_folder, tmp_path):
    import datasets

    written = export_run(run_folder, "hf", tmp_path / "corpus", selection=Selection(status="all"))
    assert written.total == _links(run_folder)
    dataset = datasets.load_dataset(str(tmp_path / "corpus"), cache_dir=str(tmp_path / "cache"))
    assert isinstance(dataset, datasets.DatasetDict)
    assert dataset["train"].features == features()
    assert dataset["train"].features["translation"] == datasets.Translation(languages=["en", "kk"])
    first = dataset["train"][0]
    assert set(first["translation"]) == {"en", "kk"} and first["kk_span"][0] >= 0
    assert set(CONFIGS) > {entry for entry in datasets.get_dataset_config_names(str(tmp_path / "corpus"))}


def test_headlines_are_marked_in_tables_and_can_be_left_out(run_folder, tmp_path):
    marked = align.open_run(run_folder).to_pandas(selection=Selection(status="all"))
    titled = (marked["kk_mark"] == "title") | (marked["en_mark"] == "title")
    assert 0 < titled.sum() < len(marked)
    written = export_run(run_folder, "tsv", tmp_path / "c.tsv", selection=Selection(status="all", titles=False))
    assert written.total == len(marked) - titled.sum()
    assert "\ttitle\t" not in (tmp_path / "c.tsv").read_text(encoding="utf-8")


def test_an_export_replaces_its_like_and_nothing_else(run_folder, tmp_path):
    export_run(run_folder, "hf", tmp_path / "corpus")
    export_run(run_folder, "hf", tmp_path / "corpus", selection=Selection(status="all"))
    assert f"| {_links(run_folder)} |" in (tmp_path / "corpus/README.md").read_text(encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="holds something else"):
        export_run(run_folder, "hf", tmp_path / "mine")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_an_unknown_format_names_the_known(run_folder, tmp_path):
    with pytest.raises(UnknownNameError, match="known are csv, hf, jsonl, moses, parquet, tmx, tsv"):
        export_run(run_folder, "xml", tmp_path / "x")


def test_a_run_in_python(run_folder, tmp_path):
    run = align.open_run(run_folder)
    dataset = run.to_dataset(selection=Selection(status="all"))
    assert dataset["train"].features == features() and len(dataset["train"]) == _links(run_folder)
    assert len(run.to_dataset("en-kk")["train"]) == 0
    table = run.to_pandas(selection=Selection(status="all"))
    assert list(table.columns[:4]) == ["id", "kk", "en", "probability"] and len(table) == _links(run_folder)
    assert 1 <= run.to_tmx(tmp_path / "a.tmx") < _links(run_folder)
    with pytest.raises(InputError, match="known are en-kk,"):
        run.to_dataset("kk-en")
    with pytest.raises(InputError):
        align.open_run(tmp_path)


def test_a_card_tells_each_relation_and_the_documents_are_a_configuration(run_folder, tmp_path):
    import datasets

    out = tmp_path / "corpus"
    align.open_run(run_folder).export("hf", out, selection=Selection(status="all", documents=True))
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "| partial |" in card and "| `documents` |" in card
    documents = datasets.load_dataset(str(out), "documents", cache_dir=str(tmp_path / "cache"))["train"]
    pairs = datasets.load_dataset(str(out), "en-kk-mined", cache_dir=str(tmp_path / "cache"))["train"]
    assert {pair["kk_doc_id"] for pair in pairs} <= set(documents["id"])
    assert pairs[0]["kk_path"] in documents["path"] and documents[0]["sentences"]
