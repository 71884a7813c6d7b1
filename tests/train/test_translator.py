import numpy as np
import pytest

from align.errors import InputError, SettingsError
from align.train.pairs import Pair, read_pairs
from align.train.translator import train_translator
from align.train.translator_fresh import write_new_model
from align.train.translator_pairs import TranslationPairs, batches, encode_pairs
from align.train.translator_settings import TranslatorTraining
from align.translate.decoding import DecodingOptions
from align.translate.families import family_of
from align.translate.modelfiles import locate, open_tokenizer
from align.translate.seq2seq import Seq2SeqTranslator

WORDS = [("үй", "house"), ("ит", "dog"), ("көк", "blue"), ("қызыл", "red"), ("үлкен", "big"), ("су", "water")]
WORDS += [("тау", "mountain"), ("қала", "city")]
PAIRS = [Pair(f"{a[0]} {b[0]} {c[0]}", f"{a[1]} {b[1]} {c[1]}") for a in WORDS for b in WORDS for c in WORDS]
HEADED = [
    ("id\tkk\ten\tstatus\n1\tүй\thouse\taccepted\n", (Pair("үй", "house"),)),
    ("en\tkk\nhouse\tүй\ndog\tит\n", (Pair("үй", "house"), Pair("ит", "dog"))),
]
BAD = [
    ("id\tkk\ten\n1\tүй\n", ":2: has 2 columns; the first line names 3"),
    ("kk\ten\n\thouse\n", ":2: the Kazakh side is empty"),
    ("kk\ten\n", "holds no pair"),
    ("PK\x03\x04 no table at all\n", ":1: has 1 columns"),
    ("бұл бір сөйлем\tthis is a sentence\n", "1 pairs, too few to train a translator"),
]


def _write(path, pairs):
    path.write_text("".join(f"{pair.source}\t{pair.target}\n" for pair in pairs), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def new_model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new") / "model"
    write_new_model(folder, PAIRS, vocabulary=400, seed=1)
    return folder


@pytest.mark.parametrize(("text", "pairs"), HEADED)
def test_columns_are_found_by_the_names_of_the_first_line(tmp_path, text, pairs):
    (tmp_path / "pairs.tsv").write_text(text, encoding="utf-8")
    assert read_pairs(tmp_path / "pairs.tsv") == pairs


@pytest.mark.parametrize(("text", "message"), BAD)
def test_bad_tables_are_told_in_one_line(tmp_path, text, message):
    (tmp_path / "pairs.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as told:
        train_translator(tmp_path / "pairs.tsv", tmp_path / "out")
    assert "\n" not in str(told.value) and not (tmp_path / "out").exists()


def test_judged_pairs_are_the_same_in_any_order_and_apart_from_training(tmp_path):
    forth = TranslationPairs.read(_write(tmp_path / "forth.tsv", PAIRS))
    back = TranslationPairs.read(_write(tmp_path / "back.tsv", PAIRS[::-1] + PAIRS[:9]))
    assert forth.judged(7) == back.judged(7) and len(forth.judged(7)) == 7
    assert len(forth.train) + len(forth.held) == len(PAIRS) == len(back.train) + len(back.held)
    assert not set(forth.train) & set(forth.held)


@pytest.mark.parametrize("tokens", [1, 64, 1000])
def test_batches_hold_every_row_once_within_their_bound(tokens):
    lengths = np.random.default_rng(1).integers(1, 60, 5000)
    made = batches(lengths, tokens, random=np.random.default_rng(2))
    assert sorted(np.concatenate(made).tolist()) == list(range(5000))
    assert all(len(batch) == 1 or lengths[batch].max() * len(batch) <= tokens for batch in made)
    if tokens == 1000:
        padding = sum(int(lengths[batch].max()) * len(batch) for batch in made) / lengths.sum()
        assert padding < 1.1


def test_new_model_reads_any_letter_and_its_targets_come_back(new_model):
    tokenizer, config = open_tokenizer(locate(str(new_model)))
    texts = ["big dog", "Ұлы Һ 漢 €"]
    coded = encode_pairs([Pair(text, text) for text in texts], tokenizer, family_of(tokenizer, config), longest=99)
    assert all(tokenizer.unk_token_id not in pair.source and pair.source[-1] == 0 for pair in coded)
    assert tokenizer.decode(coded[0].target, skip_special_tokens=True) == texts[0]
    assert encode_pairs([Pair(texts[0], texts[0])], tokenizer, family_of(tokenizer, config), longest=1) == []


def test_new_model_expects_what_is_frequent_in_english(new_model):
    from transformers import MarianMTModel

    tokenizer, _ = open_tokenizer(locate(str(new_model)))
    bias = MarianMTModel.from_pretrained(new_model).final_logits_bias[0]
    # Every text ends once and holds three words of eight: an end is 8/3 times as frequent as a word.
    end, word, kazakh = bias[tokenizer.convert_tokens_to_ids(["</s>", "▁water", "▁су"])].exp().tolist()
    assert end / word == pytest.approx(8 / 3, rel=0.01)
    assert kazakh < word / 1000


@pytest.mark.slow
def test_training_from_nothing_makes_a_translator(tmp_path):
    settings = TranslatorTraining(epochs=12, vocabulary=400, batch_tokens=400, judged=10, device="cpu", bf16=False)
    table = _write(tmp_path / "pairs.tsv", PAIRS)
    report = train_translator(table, tmp_path / "out", settings=settings)
    assert report.before is None and report.after.value > 50
    translator = Seq2SeqTranslator.load(str(tmp_path / "out"), options=DecodingOptions(device="cpu"))
    (draft,) = translator.draft(["қызыл үлкен үй"])
    assert set(draft.text.split()) <= {english for _, english in WORDS}
    assert (draft.licence, (tmp_path / "out/README.md").is_file()) == ("other", True)


def test_too_few_words_make_no_vocabulary(tmp_path):
    with pytest.raises(InputError, match="too few different words"):
        write_new_model(tmp_path / "new", [Pair("а", "a")], vocabulary=100, seed=1)


CHANGES = [{"epochs": 0}, {"minutes": 0.0}, {"rate": 0.0}, {"smoothing": 1.0}, {"batch_tokens": 0}, {"vocabulary": 0}]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_settings_out_of_range_are_refused(change):
    with pytest.raises(SettingsError):
        TranslatorTraining(**change)
