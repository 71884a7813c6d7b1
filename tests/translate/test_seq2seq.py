import random
import shutil

import pytest

from align.errors import AlignError, InputError
from align.ports import Translator
from align.translate import seq2seq, ties
from align.translate.decoding import DecodingOptions
from align.translate.seq2seq import Seq2SeqTranslator

# Training one of each kind is quick; the others of its kind differ in how they are told the language.
FAMILIES = [
    *("nllb", "marian", "t5", "chat"),
    *(pytest.param(name, marks=pytest.mark.slow) for name in ("m2m100", "mbart50", "marian_multilingual", "madlad")),
]


def _load(folder, **options):
    return Seq2SeqTranslator.load(str(folder), options=DecodingOptions(device="cpu", **options))


def _texts(drafts):
    return [draft and draft.text for draft in drafts]


@pytest.mark.parametrize("name", FAMILIES)
def test_a_trained_model_of_each_family_translates_its_ten_sentences(built_model, pairs, name):
    drafts = _load(built_model(name)).draft([source for source, _ in pairs])
    assert _texts(drafts) == [target for _, target in pairs]


def test_a_draft_says_where_it_comes_from(built_model):
    translator = _load(built_model("nllb"))
    (draft,) = translator.draft(["Қала үлкен және әдемі."])
    assert isinstance(translator, Translator)
    assert (draft.kind, draft.model, draft.licence, draft.checks) == ("translation", "nllb", None, ())
    assert len(draft.revision) == 16 and draft.revision in translator.signature
    assert (draft.text, draft.decoding) == ("The city is big and beautiful.", "greedy")


def _company(pairs):
    """Return texts of many lengths in a shuffled order."""
    lengths = (30, 30, 3, 5, 8, 14, 14)
    texts = [source[:length] for (source, _), length in zip(pairs, lengths, strict=False)]
    random.Random(0).shuffle(texts)
    return texts


COMPANY = [
    ("nllb", False, 60),
    ("marian", False, 100_000),
    pytest.param("mbart50", True, 80, marks=pytest.mark.slow),
    pytest.param("m2m100", True, 100_000, marks=pytest.mark.slow),
    pytest.param("t5", False, 200, marks=pytest.mark.slow),
    pytest.param("chat", False, 100_000, marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("name", "trained", "tokens"), COMPANY)
def test_the_size_of_the_batch_changes_no_draft(built_model, pairs, name, trained, tokens):
    folder, texts = built_model(name, trained=trained), _company(pairs)
    alone, together = (_load(folder, batch_tokens=budget) for budget in (1, tokens))
    expected = alone.draft(texts)
    assert together.draft(texts) == together.draft(texts[::-1])[::-1] == expected
    assert alone.signature == together.signature


def test_half_precision_changes_no_draft_either(built_model, pairs, monkeypatch):
    import torch

    # As on a GPU: here the rounding of another batch does turn words, were it not for the watch.
    monkeypatch.setattr(seq2seq, "_precision", lambda config, device: torch.bfloat16)
    folder, texts = built_model("chat", trained=False), _company(pairs)
    alone, together = (_load(folder, batch_tokens=tokens) for tokens in (1, 100_000))
    assert "bfloat16" in alone.signature
    assert together.draft(texts) == alone.draft(texts)


def test_beams_do_not_depend_on_the_batch_either(built_model, pairs):
    folder, texts = built_model("marian", trained=False), _company(pairs)[:4]
    alone, together = (_load(folder, batch_tokens=tokens, beams=3) for tokens in (1, 100_000))
    expected = alone.draft(texts)
    assert together.draft(texts) == expected
    assert {draft.decoding for draft in expected} == {"beam 3"}


def test_close_calls_are_decided_alone(built_model, pairs, monkeypatch):
    monkeypatch.setitem(ties._TOLERANCE, "torch.float32", float("inf"))
    translator, rows = _load(built_model("nllb")), []
    generate = translator._model.generate
    monkeypatch.setattr(
        translator._model, "generate", lambda **given: rows.append(len(given["input_ids"])) or generate(**given)
    )
    drafts = translator.draft([source for source, _ in pairs])
    assert rows == [10] + [1] * 10
    assert _texts(drafts) == [target for _, target in pairs]


def test_the_smallest_lead_of_each_row_counts_until_its_end():
    import torch

    watch = ties.TieWatch(1, [2])
    ids = torch.tensor([[2], [2], [2]])
    for scores, words in (
        ([[0.0, 9.0, 1.0], [5.0, 1.0, 4.5], [0.0, -torch.inf, -torch.inf]], [1, 2, 0]),
        ([[7.0, 0.0, 6.9999], [1.0, 1.0, 1.0], [3.0, 2.0, 0.0]], [0, 2, 0]),
    ):
        given = torch.tensor(scores)
        assert watch(ids, given) is given
        ids = torch.hstack([ids, torch.tensor(words)[:, None]])
    # The first row's second decision was close, the second row had ended before its tie, the third was sure.
    assert watch.close_calls("torch.float32") == [True, False, False]


@pytest.mark.parametrize("name", ["nllb", "t5", "chat"])
def test_safer_decoding_says_so_and_translates(built_model, pairs, name):
    translator = _load(built_model(name))
    drafts = translator.draft([source for source, _ in pairs], safer=True)
    grams = "" if name == "chat" else "no repeated 5-grams, "
    assert {draft.decoding for draft in drafts} == {f"beam 5, {grams}repetition penalty 1.1"}
    assert sum(draft.text == target for draft, (_, target) in zip(drafts, pairs, strict=True)) >= 9


def test_safer_decoding_breaks_a_loop(built_model):
    translator = _load(built_model("marian", trained=False))
    (plain,), (safer,) = (translator.draft(["Қала үлкен."], safer=safer) for safer in (False, True))
    assert _longest_loop(plain.text) > 10
    assert _longest_loop(safer.text) <= 5


def _longest_loop(text):
    """Return how many characters in a row are the same as those a word or less before."""
    best = 0
    for shift in range(1, 8):
        run = 0
        for one, two in zip(text, text[shift:], strict=False):
            run = run + 1 if one == two else 0
            best = max(best, run)
    return best


def test_blank_texts_have_no_draft_and_change_no_other(built_model):
    drafts = _load(built_model("nllb")).draft(["", "Біз жаңа мектеп салдық.", " \n "])
    assert _texts(drafts) == [None, "We built a new school.", None]
    assert _load(built_model("nllb")).draft([]) == []


def test_sentences_and_clauses_are_translated_one_by_one_and_joined(built_model):
    translator = _load(built_model("nllb"), max_source_tokens=12)
    two = "Біз жаңа мектеп салдық. Һиндустан елі алыс."
    long = "Біз жаңа мектеп салдық; Һиндустан елі алыс."
    assert _texts(translator.draft([two])) == ["We built a new school. Hindustan is a distant country."]
    parts = _texts(translator.draft(["Біз жаңа мектеп салдық;", "Һиндустан елі алыс."]))
    assert _texts(translator.draft([long])) == [" ".join(parts)]


@pytest.mark.parametrize("name", ["nllb", "chat"])
def test_a_sentence_of_five_thousand_words_has_a_draft(built_model, pairs, name):
    words = " ".join(source.rstrip(".").lower() for source, _ in pairs).split()
    text = " ".join(words[number % 7 * 3 % len(words)] for number in range(5000))
    (draft,) = _load(built_model(name)).draft([text])
    assert len(draft.text.split()) > 50


@pytest.mark.parametrize("rows", [1, 3, 7])
def test_memory_that_runs_out_changes_no_draft(built_model, pairs, monkeypatch, rows):
    import torch

    translator, tried = _load(built_model("nllb")), []
    generate = translator._model.generate

    def small(**given):
        tried.append(len(given["input_ids"]))
        if tried[-1] > rows:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return generate(**given)

    monkeypatch.setattr(translator._model, "generate", small)
    drafts = translator.draft([source for source, _ in pairs])
    assert _texts(drafts) == [target for _, target in pairs]
    assert tried[0] == 10 and min(tried) <= rows


def test_memory_too_small_for_one_text_is_one_line(built_model, monkeypatch):
    import torch

    def full(**given):
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")

    translator = _load(built_model("nllb"))
    monkeypatch.setattr(translator._model, "generate", full)
    with pytest.raises(AlignError, match="out of memory with one text") as caught:
        translator.draft(["Қала үлкен."])
    assert "\n" not in str(caught.value)


def test_signature_tells_models_and_decodings_apart(built_model):
    signatures = {
        _load(built_model("nllb")).signature,
        _load(built_model("nllb"), beams=4).signature,
        _load(built_model("nllb"), max_source_tokens=20).signature,
        _load(built_model("nllb", trained=False)).signature,
        _load(built_model("marian")).signature,
    }
    assert len(signatures) == 5
    assert _load(built_model("nllb")).signature in signatures


DAMAGED = [
    ("model.safetensors", "translator damaged: not a translation model"),
    ("tokenizer.json", "translator damaged: not a model of transformers"),
    ("config.json", "translator damaged: not a model of transformers"),
]


@pytest.mark.parametrize(("name", "message"), DAMAGED)
def test_a_damaged_file_is_one_line(built_model, tmp_path, name, message):
    folder = shutil.copytree(built_model("nllb"), tmp_path / "damaged")
    (folder / name).write_bytes((folder / name).read_bytes()[:100])
    with pytest.raises(InputError, match=message) as caught:
        _load(folder)
    assert "\n" not in str(caught.value)


def test_a_device_that_is_not_there_is_one_line(built_model):
    with pytest.raises(InputError, match="can't be put on device 'cuda:99'") as caught:
        Seq2SeqTranslator.load(str(built_model("nllb")), options=DecodingOptions(device="cuda:99"))
    assert "\n" not in str(caught.value)
