import pytest

from align.errors import InputError
from align.translate.families import Coder, Family, family_of
from align.translate.modelfiles import locate, open_tokenizer

MODELS = [
    ("nllb", Family("nllb", "kaz_Cyrl", "eng_Latn", "eng_Latn"), ["kaz_Cyrl"], "</s>"),
    ("m2m100", Family("m2m100", "kk", "en", "__en__"), ["__kk__"], "</s>"),
    ("mbart50", Family("mbart50", "kk_KZ", "en_XX", "en_XX"), ["kk_KZ"], "</s>"),
    ("marian", Family("marian"), ["▁"], "</s>"),
    ("marian_multilingual", Family("marian", prefix=">>eng<< "), [">>eng<<"], "</s>"),
    ("t5", Family("t5", prefix="translate Kazakh to English: "), ["▁", "tr"], "</s>"),
    ("madlad", Family("madlad", prefix="<2en> "), ["▁", "<2en>"], "</s>"),
    ("chat", Family("chat"), ["<|user|>", "Translat"], "<|assistant|>"),
]


@pytest.mark.parametrize(("name", "family", "first", "last"), MODELS)
def test_languages_stand_where_the_family_wants_them(built_model, name, family, first, last):
    tokenizer, config = open_tokenizer(locate(str(built_model(name, trained=False))))
    coder = Coder(tokenizer, config, name="tiny", max_source_tokens=256)
    tokens = tokenizer.convert_ids_to_tokens(coder.encode("Қала үлкен."))
    assert coder.family == family
    assert (tokens[: len(first)], tokens[-1]) == (first, last)


@pytest.mark.parametrize("name", [name for name, *_ in MODELS])
def test_the_way_in_and_out_keeps_the_letters(built_model, name, pairs):
    tokenizer, config = open_tokenizer(locate(str(built_model(name, trained=False))))
    coder = Coder(tokenizer, config, name="tiny", max_source_tokens=256)
    for source, target in pairs:
        tokens = list(tokenizer(target, add_special_tokens=False).input_ids)
        forced = [] if coder.forced is None else [coder.forced]
        assert coder.decode(forced + tokens) == target
        assert tokenizer.unk_token_id is None or tokenizer.unk_token_id not in coder.encode(source)


def _nllb_without(code):
    from transformers import M2M100Config, NllbTokenizer

    letters = ["<s>", "<pad>", "</s>", "<unk>", "▁", *"әіңғүұқөһabc"]
    tokenizer = NllbTokenizer(
        vocab={letter: number for number, letter in enumerate(letters)},
        extra_special_tokens=[each for each in ("kaz_Cyrl", "eng_Latn", "deu_Latn") if each != code],
        src_lang="deu_Latn",
    )
    return tokenizer, M2M100Config(vocab_size=len(tokenizer))


def _marian_into(built_model, *, targets):
    tokenizer, config = open_tokenizer(locate(str(built_model("marian_multilingual", trained=False))))
    tokenizer.encoder = {target: 1 for target in targets} | {
        token: number for token, number in tokenizer.encoder.items() if not token.startswith(">>")
    }
    return tokenizer, config


def _english_only(built_model):
    from transformers import T5Config, T5Tokenizer

    tokenizer = T5Tokenizer(
        vocab=[("<pad>", 0), ("</s>", 0), ("<unk>", 0), ("▁", -1), ("a", -2), ("б", -2)], extra_ids=0
    )
    return tokenizer, T5Config(vocab_size=len(tokenizer))


def _base_model(built_model):
    tokenizer, config = open_tokenizer(locate(str(built_model("chat", trained=False))))
    tokenizer.chat_template = None
    return tokenizer, config


REFUSED = [
    (lambda built: _nllb_without("kaz_Cyrl"), r"its tokenizer has no Kazakh \(kaz_Cyrl\)"),
    (lambda built: _nllb_without("eng_Latn"), r"its tokenizer has no English \(eng_Latn\)"),
    (_english_only, "does not know the Kazakh letters ә і ң ғ ү ұ қ ө һ"),
    (lambda built: _marian_into(built, targets=[">>deu<<"]), r"translates into >>deu<<, not into English"),
    (_base_model, "a llama model without a chat template can't be asked to translate"),
]


@pytest.mark.parametrize(("make", "message"), REFUSED)
def test_what_can_not_translate_kazakh_is_one_line(built_model, make, message):
    tokenizer, config = make(built_model)
    with pytest.raises(InputError, match=message) as caught:
        family_of(tokenizer, config, name="tiny")
    assert str(caught.value).startswith("translator tiny: ")
    assert "\n" not in str(caught.value)


def test_a_tokenizer_that_loses_the_language_is_refused(built_model, tmp_path):
    from transformers import PreTrainedTokenizerFast

    tokenizer, config = open_tokenizer(locate(str(built_model("nllb", trained=False))))
    tokenizer.src_lang = "eng_Latn"
    tokenizer.save_pretrained(tmp_path)
    plain = PreTrainedTokenizerFast(tokenizer_file=str(tmp_path / "tokenizer.json"), unk_token="<unk>")
    with pytest.raises(InputError, match="does not write kaz_Cyrl before a text"):
        family_of(plain, config)


def test_the_room_for_an_answer_depends_on_the_text_alone(built_model):
    tokenizer, config = open_tokenizer(locate(str(built_model("marian", trained=False))))
    coder = Coder(tokenizer, config, name="tiny", max_source_tokens=256)
    assert coder.room == 128
    assert [coder.most([0] * length) for length in (1, 10, 40, 48, 100)] == [32, 50, 110, 126, 127]
