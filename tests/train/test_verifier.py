import gzip

import numpy as np
import pytest

from align.errors import InputError
from align.models import BUNDLED_FOLDER
from align.text.normalise import segment_id
from align.train.made_comparable import cut_clause, loosen, make_comparable, spoil
from align.train.pairs import Pair
from align.train.pools import PoolKind, draw_pool, fair_chances
from align.train.sparse import read_lines
from align.train.verifier import VerifierData, VerifierTraining, train_verifier
from align.verify.weights import VerifierWeights

PAIRS = [Pair(f"қазақша сөйлем нөмірі {i} міне", f"English sentence, number {i} here", f"o{i % 3}") for i in range(300)]

# size, noise, expected segments a side, expected counterparts
KINDS = [(50, 0.0, 50, 50), (50, 0.5, 50, 25), (50, 0.9, 50, 5), (1000, 0.5, 200, 100), (1000, 0.0, 300, 300)]

# text, whether it can be spoilt
SPOILABLE = [
    ("In 2016 it rained", True),
    ("they met Toqaev there", True),
    ("nothing to change here", False),
    ("", False),
]


def draw(kind, seed=0):
    return draw_pool(PAIRS, fair_chances(PAIRS), kind, np.random.default_rng(seed))


@pytest.mark.parametrize(("size", "noise", "segments", "matched"), KINDS)
def test_pool_has_its_share_of_counterparts(size, noise, segments, matched):
    pool = draw(PoolKind(size, noise))
    assert len(pool.sources) == len(pool.targets) == segments
    assert len(np.intersect1d(pool.source_key, pool.target_key)) == matched
    assert pool.source_document is None
    by_key = dict(zip(pool.target_key.tolist(), pool.targets, strict=True))
    for key, text in zip(pool.source_key.tolist(), pool.sources, strict=True):
        assert key not in by_key or text.split()[3] == by_key[key].split()[3]


def test_pool_is_the_seeds():
    kind = PoolKind(40, 0.5, 0.2, True, 10)
    assert draw(kind).targets == draw(kind).targets
    assert draw(kind).targets != draw(kind, seed=1).targets


def test_documents_stand_in_order_and_hold_counterparts_mostly():
    pool = draw(PoolKind(100, 0.0, document=10))
    assert (np.diff(pool.source_document) >= 0).all()
    home = dict(zip(pool.source_key.tolist(), pool.source_document.tolist(), strict=True))
    same = [
        home[key] == place for key, place in zip(pool.target_key.tolist(), pool.target_document.tolist(), strict=True)
    ]
    assert 0.4 < np.mean(same) < 0.95


def test_spoilt_target_is_no_counterpart():
    pool = draw(PoolKind(100, 0.0, comparable=True))
    spoilt = [(key, text) for key, text in zip(pool.target_key.tolist(), pool.targets, strict=True) if key < 0]
    assert 3 < len(spoilt) < 25
    assert all(PAIRS[-1 - key].target != text for key, text in spoilt)
    assert not set(pool.source_key.tolist()) & {key for key, _ in spoilt}


def test_comparable_texts_gain_spare_sentences_only():
    texts = [(i, f"target {i} stands here") for i in range(200)]
    made, _ = make_comparable((texts, []), (["SPARE"], []), np.random.default_rng(0))
    gained = [text for _, text in made if "SPARE" in text]
    assert 10 < len(gained) < 60
    assert len(made) > len(texts)


@pytest.mark.parametrize(("text", "possible"), SPOILABLE)
def test_spoil_changes_one_fact(text, possible):
    other = spoil(text, ["Astana"], np.random.default_rng(0))
    assert (other is not None) == possible
    assert other != text


def test_loosen_keeps_facts():
    text = "yesterday about 16 people came to Almaty by train and left again"
    [(_, told)] = loosen([(0, text)], 0.95, np.random.default_rng(0))
    assert {"16", "Almaty"} <= set(told.split())
    assert told != text
    assert loosen([(0, "only three words")], 0.95, np.random.default_rng(0)) == [(0, "only three words")]


def test_cut_keeps_at_least_half():
    for seed in range(20):
        assert len(cut_clause("Short, but this clause is the long one, yes", np.random.default_rng(seed))) >= 21


def test_table_that_holds_out_too_few_is_refused(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("бір екі үш\tone two three\n", encoding="utf-8")
    with pytest.raises(InputError, match="needs 100 or more"):
        train_verifier(VerifierData((path,)), tmp_path)


@pytest.fixture
def table(tmp_path):
    """Write pairs of which enough are held out, and return their file."""
    names = ["Алматы", "Астана", "Ақтау", "Қарағанды"]
    rows = [
        f"{names[i % 4]} қаласында {i} адам жиналды деп хабарлады\tIn {names[i % 4]} {i} people met, it said"
        for i in range(2500)
    ]
    path = tmp_path / "pairs.tsv.gz"
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    return path


@pytest.mark.skipif(not (BUNDLED_FOLDER / "model.safetensors").is_file(), reason="needs the bundled encoder")
def test_training_twice_gives_the_same_files(table, tmp_path):
    heard = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        settings = VerifierTraining(largest=6, decoys=50)
        train_verifier(VerifierData((table,)), tmp_path / name, settings=settings, progress=heard.append)
    for file in ("verifier.json", "decoys.safetensors"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    weights = VerifierWeights.read(tmp_path / "one/verifier.json")
    assert weights.training["pairs"] > 100
    assert weights.relation is None
    assert any("experts" in line for line in heard)


def test_lines_and_their_labels_are_read_by_id(tmp_path):
    (tmp_path / "kk.tsv").write_text("source\tsentence\na\tБірінші жол\nb\tЕкінші жол\n", encoding="utf-8")
    (tmp_path / "en.tsv").write_text("source\tsentence\na\tThe first line\n", encoding="utf-8")
    ids = segment_id("Екінші жол", "kk"), segment_id("The first line", "en")
    (tmp_path / "labels.tsv").write_text("kk\ten\tshares_a_fact\n{}\t{}\t1\nx\ty\t0\n".format(*ids), encoding="utf-8")
    lines = read_lines((tmp_path / "kk.tsv", tmp_path / "en.tsv"), tmp_path / "labels.tsv")
    assert lines.kk == ("Бірінші жол", "Екінші жол")
    assert lines.labels == {(1, 0): True}
