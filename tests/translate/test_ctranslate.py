import random
import sys

import pytest

from align.encode.vector_cache import cache_path
from align.errors import AlignError, InputError, MissingExtraError
from align.ports import Translator
from align.translate.ctranslate import CTranslate2Translator
from align.translate.decoding import DecodingOptions
from align.translate.seq2seq import Seq2SeqTranslator

pytest.importorskip("ctranslate2", reason="the extra ctranslate2 is not installed")

FAMILIES = ["nllb", "m2m100", "mbart50", "marian", "marian_multilingual", "t5", "madlad"]


def _load(folder, **options):
    return CTranslate2Translator.load(str(folder), options=DecodingOptions(device="cpu", **options))


def _texts(drafts):
    return [draft and draft.text for draft in drafts]


@pytest.mark.parametrize("name", FAMILIES)
def test_ctranslate2_and_transformers_agree_on_the_trained_model(built_model, pairs, name, monkeypatch):
    # What is compared is the conversion and the decoding: sums in eight bits differ from processor to processor.
    monkeypatch.setattr("align.translate.ctranslate._precision", lambda kind: "float32")
    folder, sources = built_model(name), [source for source, _ in pairs]
    expected = _texts(Seq2SeqTranslator.load(str(folder), options=DecodingOptions(device="cpu")).draft(sources))
    assert _texts(_load(folder).draft(sources)) == expected == [target for _, target in pairs]


def test_beams_agree_too(built_model, pairs):
    folder, sources = built_model("nllb"), [source for source, _ in pairs]
    options = DecodingOptions(device="cpu", beams=4)
    drafts = CTranslate2Translator.load(str(folder), options=options).draft(sources)
    assert _texts(drafts) == _texts(Seq2SeqTranslator.load(str(folder), options=options).draft(sources))
    assert {draft.decoding for draft in drafts} == {"beam 4"}


def test_a_draft_says_where_it_comes_from(built_model):
    translator = _load(built_model("nllb"))
    (draft,) = translator.draft(["Қала үлкен және әдемі."], safer=True)
    assert isinstance(translator, Translator)
    assert (draft.text, draft.kind, draft.model) == ("The city is big and beautiful.", "translation", "nllb")
    assert draft.decoding == "beam 5, no repeated 5-grams, repetition penalty 1.1"
    assert "ctranslate2 int8" in translator.signature and draft.revision in translator.signature


@pytest.mark.parametrize("beams", [1, 3])
@pytest.mark.parametrize(("name", "trained"), [("nllb", True), ("nllb", False), ("marian", False), ("t5", False)])
def test_the_size_of_the_batch_changes_no_draft(built_model, pairs, name, trained, beams):
    folder = built_model(name, trained=trained)
    texts = [source[:length] for source, _ in pairs for length in (4, 5, 9, 30)]
    random.Random(0).shuffle(texts)
    expected = _load(folder, batch_tokens=1, beams=beams).draft(texts)
    for tokens in (80, 100_000):
        assert _load(folder, batch_tokens=tokens, beams=beams).draft(texts[::-1])[::-1] == expected


def test_blank_texts_have_no_draft_and_long_ones_are_cut(built_model):
    text = " ".join(f"қала {'үлкен' if number % 3 else 'алыс'}" for number in range(2500))
    blank, long = _load(built_model("nllb")).draft([" ", text])
    assert blank is None
    assert len(long.text.split()) > 50


def test_a_model_is_converted_once(built_model):
    folder = built_model("marian")
    _load(folder)
    (converted,) = (cache_path().parent / "ctranslate2").iterdir()
    before = (converted / "model.bin").stat().st_mtime_ns
    _load(folder)
    assert converted.name.startswith("marian-") and converted.name.endswith("-int8")
    assert (converted / "model.bin").stat().st_mtime_ns == before


def test_a_conversion_that_fails_leaves_nothing(built_model, monkeypatch):
    from ctranslate2.converters import TransformersConverter

    def full(self, output_dir, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(TransformersConverter, "convert", full)
    with pytest.raises(InputError, match=r"can't convert it .*No space left on device") as caught:
        _load(built_model("marian"))
    assert "\n" not in str(caught.value)
    assert list((cache_path().parent / "ctranslate2").iterdir()) == []


def test_a_damaged_conversion_is_one_line_that_names_the_folder(built_model):
    _load(built_model("marian"))
    (converted,) = (cache_path().parent / "ctranslate2").iterdir()
    (converted / "model.bin").write_bytes(b"damaged")
    with pytest.raises(InputError, match=r"marian-.*delete the folder") as caught:
        _load(built_model("marian"))
    assert "\n" not in str(caught.value)


def test_memory_that_runs_out_changes_no_draft(built_model, pairs, monkeypatch):
    translator = _load(built_model("nllb"))
    texts = [source for source, _ in pairs]
    expected, search, tried = translator.draft(texts * 2), translator._search, []

    def small(batch, decoding):
        tried.append(len(batch))
        if len(batch) > 1:
            raise RuntimeError("CUDA failed with error out of memory")
        return search(batch, decoding)

    monkeypatch.setattr(translator, "_search", small)
    assert translator.draft(texts * 2) == expected
    assert max(tried) > 1
    monkeypatch.setattr(translator, "_search", lambda batch, decoding: (_ for _ in ()).throw(MemoryError()))
    with pytest.raises(AlignError, match="out of memory with one text"):
        translator.draft(texts)


def test_without_the_library_the_extra_is_named(built_model, monkeypatch):
    monkeypatch.setitem(sys.modules, "ctranslate2", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'align-workbench\[ctranslate2\]'"):
        _load(built_model("nllb"))


def test_a_chat_model_is_refused(built_model):
    with pytest.raises(InputError, match="ctranslate2 runs encoder-decoders here"):
        _load(built_model("chat"))


def test_a_device_that_is_not_there_is_one_line(built_model):
    with pytest.raises(InputError, match="can't run it on cuda:99") as caught:
        CTranslate2Translator.load(str(built_model("nllb")), options=DecodingOptions(device="cuda:99"))
    assert "\n" not in str(caught.value)
