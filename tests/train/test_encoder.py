import dataclasses
import gzip

import numpy as np
import pytest

from align.encode.ngram import NgramEncoder
from align.errors import InputError, SettingsError
from align.text.words import comparable
from align.train.encoder import EncoderSettings, clustered, train_encoder
from align.train.pairs import Pair, held_out, read_pairs, split_pairs

WORDS = [("үй", "house"), ("ит", "dog"), ("көк", "blue"), ("қызыл", "red"), ("үлкен", "big"), ("су", "water")]
WORDS += [("кітап", "book"), ("адам", "man"), ("жаңа", "new"), ("ескі", "old"), ("тау", "mountain"), ("қала", "city")]
SETTINGS = EncoderSettings(epochs=4, batch=64, dim=24, rows=512, word_buckets=256, lexical_buckets=256, threads=1)


def tiny_pairs():
    """Return every ordered pair of different words as a two-word text: 132 of them."""
    return [(f"{a[0]} {b[0]}", f"{a[1]} {b[1]}") for a in WORDS for b in WORDS if a != b]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{source}\t{target}\tmade\n" for source, target in tiny_pairs()), encoding="utf-8")
    return path


def test_training_brings_translations_together_and_beats_the_start(table, tmp_path):
    reports = []
    train_encoder([table], tmp_path / "out", settings=dataclasses.replace(SETTINGS, epochs=12), progress=reports.append)
    encoder = NgramEncoder.load(tmp_path / "out")
    source, target = (encoder.encode([pair[side] for pair in WORDS], "kk") for side in (0, 1))
    found = (source @ target.T).argmax(axis=1)
    assert np.mean(found == np.arange(len(WORDS))) >= 0.9
    assert reports[-1].loss < reports[0].loss
    assert [report.epoch for report in reports] == list(range(1, 13))


def test_same_seed_gives_the_same_file_and_another_seed_another(table, tmp_path):
    files = {}
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        train_encoder([table], tmp_path / name, settings=dataclasses.replace(SETTINGS, epochs=2, seed=seed))
        files[name] = (tmp_path / name / "model.safetensors").read_bytes()
    assert files["a"] == files["b"] != files["c"]


def test_interrupted_training_goes_on_to_the_same_file(table, tmp_path):
    class Interrupted(Exception):
        pass

    def stop(report):
        if report.epoch == 2:
            raise Interrupted

    with pytest.raises(Interrupted):
        train_encoder([table], tmp_path / "a", settings=SETTINGS, progress=stop)
    seen = []
    train_encoder([table], tmp_path / "a", settings=SETTINGS, progress=lambda report: seen.append(report.epoch))
    train_encoder([table], tmp_path / "b", settings=SETTINGS)
    assert seen == [3, 4]
    assert (tmp_path / "a/model.safetensors").read_bytes() == (tmp_path / "b/model.safetensors").read_bytes()
    assert not (tmp_path / "a/checkpoint.safetensors").exists()


def test_hubness_of_trained_words_is_kept_by_language(table, tmp_path):
    weights = train_encoder([table], tmp_path / "out", settings=SETTINGS)
    encoder = NgramEncoder(weights)
    words = [comparable(pair[0]) for pair in WORDS]
    others = encoder.word_vectors([pair[1] for pair in WORDS])
    nearest = np.sort(encoder.word_vectors(words) @ others.T, axis=1)[:, -10:].mean(axis=1)
    np.testing.assert_allclose(encoder.word_hubness(words, "kk"), np.clip(nearest, 1 / 255, 1), atol=1 / 255)


def test_several_tables_train_as_one(table, tmp_path):
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    parts = [tmp_path / "one.tsv", tmp_path / "two.tsv"]
    for part, half in zip(parts, (lines[:60], lines[60:]), strict=True):
        part.write_text("".join(half), encoding="utf-8")
    settings = dataclasses.replace(SETTINGS, epochs=1)
    files = []
    for name, tables in (("a", [table]), ("b", parts)):
        train_encoder(tables, tmp_path / name, settings=settings)
        files.append((tmp_path / name / "model.safetensors").read_bytes())
    assert files[0] == files[1]


def test_clustered_order_keeps_every_row_once_and_alike_rows_together():
    groups = np.repeat(np.arange(20), 40)
    random = np.random.default_rng(0)
    vectors = np.eye(20, dtype=np.float32)[groups] + 0.01 * random.standard_normal((800, 20), dtype=np.float32)
    order = clustered(vectors, 8, random=random)
    assert sorted(order.tolist()) == list(range(800))
    alike = [len(set(groups[order[start : start + 8]])) for start in range(0, 800, 8)]
    # A random order would put 6.7 of the 20 groups into a run of 8.
    assert np.mean(alike) < 2


@pytest.mark.parametrize("damage", [b"", b"not a checkpoint"], ids=["empty", "garbage"])
def test_damaged_checkpoint_costs_a_fresh_start(table, tmp_path, damage):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/checkpoint.safetensors").write_bytes(damage)
    seen = []
    settings = dataclasses.replace(SETTINGS, epochs=1)
    train_encoder([table], tmp_path / "out", settings=settings, progress=lambda report: seen.append(report.epoch))
    assert seen == [1]


BAD_TABLES = [
    ("one column", "үй house\n", ":1: has 1 columns"),
    ("four columns", "үй\thouse\tx\ty\n", ":1: has 4 columns"),
    ("empty side", "үй\thouse\n\tdog\n", ":2: the Kazakh side is empty"),
    ("nothing", "\n", "holds no pair"),
    ("no words", "...\t!!!\n", "has a word on both sides"),
]


@pytest.mark.parametrize(
    ("content", "message"), [case[1:] for case in BAD_TABLES], ids=[case[0] for case in BAD_TABLES]
)
def test_bad_table_is_an_input_error(tmp_path, content, message):
    (tmp_path / "pairs.tsv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        train_encoder([tmp_path / "pairs.tsv"], tmp_path / "out", settings=SETTINGS)


def test_missing_and_undecodable_tables_are_input_errors(tmp_path):
    (tmp_path / "latin.tsv").write_bytes("үй\thouse".encode("utf-16"))
    (tmp_path / "broken.tsv.gz").write_bytes(b"no gzip")
    for name, message in (("none.tsv", "no such file"), ("latin.tsv", "not UTF-8"), ("broken.tsv.gz", "can't be read")):
        with pytest.raises(InputError, match=message):
            read_pairs(tmp_path / name)


def test_gzipped_table_reads_like_the_plain_one(tmp_path):
    (tmp_path / "pairs.tsv.gz").write_bytes(gzip.compress("үй\thouse\nит\tdog\tdict\r\n".encode()))
    assert read_pairs(tmp_path / "pairs.tsv.gz") == (Pair("үй", "house"), Pair("ит", "dog", "dict"))


def test_held_out_pairs_are_about_one_in_twenty_sentences_and_share_no_side_with_training():
    pairs = [Pair(f"бұл {i} сөйлем", f"this is sentence {i}") for i in range(2000)]
    _, held = split_pairs([*pairs, Pair("сөз", "word")])
    assert 60 <= len(held) <= 140
    assert not held_out(Pair("сөз", "word"))
    twin = Pair(held[0].source.upper(), "something else entirely")
    assert twin not in split_pairs([*pairs, twin])[0]


@pytest.mark.parametrize(
    "change", [{"epochs": 0}, {"batch": 1}, {"ngrams": (4, 3)}, {"rate": 0.0}, {"dim": 3}, {"prefix": -1}], ids=str
)
def test_settings_out_of_range_are_refused(change):
    with pytest.raises(SettingsError):
        EncoderSettings(**change)
