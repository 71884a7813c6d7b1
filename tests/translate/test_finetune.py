import dataclasses
import hashlib
import itertools
import json
import re
import shutil
import sys

import pytest

from align.errors import InputError, MissingExtraError
from align.train import translator_loop
from align.train.translator import train_translator
from align.train.translator_settings import TranslatorTraining
from align.translate.decoding import DecodingOptions
from align.translate.families import KAZAKH_LETTERS
from align.translate.modelfiles import locate
from align.translate.seq2seq import Seq2SeqTranslator

SUBJECTS = [("Президент", "The president"), ("Министр", "The minister"), ("Ғалымдар", "Scientists"), ("Ол", "He")]
SUBJECTS += [("Біз", "We"), ("Екі құс", "Two birds"), ("Алыс ел", "A distant country"), ("Адам", "A man")]
TIMES = [
    ("бүгін", "today"),
    ("кеше", "yesterday"),
    ("суық күн", "on a cold day"),
    ("бүгін кеше", "today and yesterday"),
]
TIMES += [("екі күн", "for two days")]
DEEDS = [("Алматыға келді", "came to Almaty"), ("Астанада болды", "was in Astana"), ("мектеп салдық", "built a school")]
DEEDS += [("сұраққа жауап берді", "answered the question"), ("өзен суын зерттеді", "studied the river water")]
DEEDS += [("кітап пен қағаз", "took book and paper"), ("көлде ұшып жүр", "flew over the lake")]
FAMILIES = ["nllb", "mbart50", "marian_multilingual", "madlad"]
SETTINGS = TranslatorTraining(epochs=12, rate=5e-3, batch_tokens=700, smoothing=0.0, judged=8, device="cpu", bf16=False)


def made_pairs():
    """Return 280 sentences of who did what when, in the words of the tiny models."""
    for who, when, what in itertools.product(SUBJECTS, TIMES, DEEDS):
        yield f"{who[0]} {when[0]} {what[0]}.", f"{who[1]} {what[1]} {when[1]}."


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("pairs") / "pairs.tsv"
    rows = "".join(f"{number}\t{kk}\t{en}\taccepted\n" for number, (kk, en) in enumerate(made_pairs()))
    path.write_text("id\tkk\ten\tstatus\n" + rows, encoding="utf-8")
    return path


@pytest.fixture
def train(table, tmp_path):
    """Return a function that trains a model's folder into `out`."""

    def call(model, out="out", progress=lambda line: None, **changes):
        settings = dataclasses.replace(SETTINGS, **changes)
        return train_translator(table, tmp_path / out, model=str(model), settings=settings, progress=progress)

    return call


@pytest.mark.slow
@pytest.mark.parametrize("name", FAMILIES)
def test_a_model_of_each_family_learns_sentences_it_was_not_shown(built_model, train, tmp_path, name):
    report = train(built_model(name))
    assert report.after.value > report.before.value + 5
    # The folder says by itself how its model is to be asked: nothing gets lost on the way through it.
    translator = Seq2SeqTranslator.load(str(tmp_path / "out"), options=DecodingOptions(device="cpu"))
    (draft,) = translator.draft(["Екі құс кеше Астанада болды."])
    assert {"birds", "Astana", "yesterday."} & set(draft.text.split())


def test_command_trains_and_tells_what_it_gave(align, built_model, table, tmp_path):
    out, base = tmp_path / "out", built_model("marian")
    arguments = ("--model", base, "--out", out, "--epochs", 10, "--rate", "5e-3", "--device", "cpu")
    status, printed, notes = align("train", "translator", table, *arguments)
    record = json.loads((out / "training.json").read_text(encoding="utf-8"))
    assert status == 0 and "training on" in notes
    for when in ("before", "after"):
        score = record[when]
        assert f"{when}: chrF++ {score['value']:.1f} n:{score['n']}|{score['signature']}" in printed
        assert "nrefs:1|case:mixed|eff:yes|nc:6|nw:2" in score["signature"]
    assert record["sha256"] == hashlib.sha256(table.read_bytes()).hexdigest()
    assert record["after"]["value"] > record["before"]["value"] + 5
    assert record["trained"] + record["held_out"] <= 280 and record["model"] == base.name
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        pytest.param("---\nlicense: cc-by-4.0\n---\n", "cc-by-4.0", marks=pytest.mark.slow),
        ("---\nlicense: mit\nbase_model: facebook/nllb-200-distilled-600M\n---\n", "cc-by-nc-4.0"),
        pytest.param("", None, marks=pytest.mark.slow),
    ],
    ids=["stated", "NLLB's own", "none"],
)
def test_licence_goes_on_to_the_trained_model(built_model, train, tmp_path, card, licence):
    base = shutil.copytree(built_model("nllb", False), tmp_path / "base")
    (base / "README.md").write_text(card, encoding="utf-8")
    train(base, epochs=1)
    assert locate(str(tmp_path / "out")).licence == licence


@pytest.mark.slow
def test_lora_trains_little_and_leaves_a_whole_model(built_model, train, tmp_path):
    report = train(built_model("madlad"), lora="yes", rate=2e-2)
    assert report.lora and report.after.value > report.before.value + 10
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert "model.safetensors" in names and not any("adapter" in name for name in names)


def test_lora_without_its_library_names_the_extra(built_model, train, monkeypatch):
    monkeypatch.setitem(sys.modules, "peft", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'align-workbench\[lora\]'"):
        train(built_model("nllb", False), lora="yes")


@pytest.mark.slow
def test_interrupted_training_goes_on_to_the_same_weights(built_model, train, tmp_path, monkeypatch):
    monkeypatch.setattr(translator_loop, "REPORT_SECONDS", 0.0)

    def stop(line):
        if "step 9:" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(built_model("marian", False), progress=stop, epochs=1)
    assert not (tmp_path / "out").exists()
    lines = []
    train(built_model("marian", False), progress=lines.append, epochs=1)
    train(built_model("marian", False), out="whole", epochs=1)
    steps = [int(found[1]) for line in lines if (found := re.search(r"step (\d+):", line))]
    assert steps[0] == 10
    weights = [(tmp_path / name / "model.safetensors").read_bytes() for name in ("out", "whole")]
    assert weights[0] == weights[1]


def test_time_may_end_the_training(built_model, train):
    report = train(built_model("marian", False), minutes=0.005)
    assert 0.3 <= report.seconds and report.steps >= 1


def _without_kazakh(folder):
    """Make the tokenizer of a Marian model forget its Kazakh letters."""
    pieces = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    kept = {piece: number for piece, number in pieces.items() if not set(piece.lower()) & set(KAZAKH_LETTERS)}
    (folder / "vocab.json").write_text(json.dumps(kept), encoding="utf-8")


def test_models_that_cannot_be_trained_are_refused(built_model, train, tmp_path):
    deaf = shutil.copytree(built_model("marian", False), tmp_path / "deaf")
    _without_kazakh(deaf)
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full/text").write_text("mine")
    cases = (
        (built_model("chat", False), "out", "no encoder-decoder"),
        (tmp_path / "absent", "out", "no such folder"),
        (tmp_path / "empty", "out", "not a model of transformers"),
        (deaf, "out", "does not know the Kazakh letters"),
        (built_model("marian", False), "full", "is there already"),
    )
    for model, out, message in cases:
        with pytest.raises(InputError, match=message):
            train(model, out)
    assert (tmp_path / "full/text").read_text() == "mine"
