import functools
import io
import json
import warnings

import pytest

from align.translate.families import INSTRUCTION, ask, family_of

PAIRS = [
    ("Президент Алматыға келді.", "The president came to Almaty."),
    ("Ол кеше Астанада болды.", "He was in Astana yesterday."),
    ("Біз жаңа мектеп салдық.", "We built a new school."),
    ("Қала үлкен және әдемі.", "The city is big and beautiful."),
    ("Көлде екі құс ұшып жүр.", "Two birds fly over the lake."),
    ("Министр сұраққа жауап берді.", "The minister answered the question."),
    ("Ғалымдар өзен суын зерттеді.", "Scientists studied the river water."),
    ("Һиндустан елі алыс.", "Hindustan is a distant country."),
    ("Бүгін күн суық, қар жауып тұр.", "Today it is cold, snow is falling."),
    ("Маған кітап пен қағаз керек.", "I need a book and paper."),
]
"""Ten sentences with every letter that only Kazakh has, and what a tiny model learns to make of them."""

SURE = 0.02
"""The greatest loss of a token, in nats, at which the training of a tiny model ends."""

TEXTS = [text for pair in PAIRS for text in pair]
SIZES = {"d_model": 64, "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 4}
SIZES |= {"decoder_attention_heads": 4, "encoder_ffn_dim": 128, "decoder_ffn_dim": 128}
SIZES |= {"dropout": 0.0, "attention_dropout": 0.0, "activation_dropout": 0.0, "max_position_embeddings": 128}
# A model of one layer can't do without it: by default M2M100 drops layers by chance in training (LayerDrop).
SIZES |= {"encoder_layerdrop": 0.0, "decoder_layerdrop": 0.0}
T5_SIZES = {"d_model": 64, "d_ff": 128, "d_kv": 16, "num_layers": 1, "num_decoder_layers": 1, "num_heads": 4}
CHAT = (
    "{% for message in messages %}<|user|>{{ message['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def _sentencepiece(path, kind, *, symbols=(), prompt=""):
    """Train a SentencePiece model on the ten pairs and return its pieces with their scores."""
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([prompt, *TEXTS]),
        model_writer=model,
        model_type=kind,
        vocab_size=230,
        character_coverage=1.0,
        user_defined_symbols=list(symbols),
        hard_vocab_limit=False,
        minloglevel=2,
    )
    path.write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [(processor.id_to_piece(each), processor.get_score(each)) for each in range(processor.get_piece_size())]


def _vocabulary(path, pieces):
    names = ["<s>", "<pad>", "</s>", "<unk>"]
    names += [piece for piece, _ in pieces if piece not in names]
    path.write_text(json.dumps({name: number for number, name in enumerate(names)}), encoding="utf-8")


def nllb(folder):
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import M2M100Config, NllbTokenizer

    raw = Tokenizer(models.BPE(unk_token="<unk>"))
    raw.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.BpeTrainer(vocab_size=300, special_tokens=special, show_progress=False)
    raw.train_from_iterator(TEXTS, trainer)
    raw.model.save(str(folder))
    vocabulary, merges = models.BPE.read_file(str(folder / "vocab.json"), str(folder / "merges.txt"))
    tokenizer = NllbTokenizer(vocab=vocabulary, merges=merges)
    return tokenizer, M2M100Config(vocab_size=len(tokenizer), **SIZES)


def m2m100(folder):
    from transformers import M2M100Config, M2M100Tokenizer

    _vocabulary(folder / "vocab.json", _sentencepiece(folder / "sentencepiece.bpe.model", "bpe"))
    tokenizer = M2M100Tokenizer(str(folder / "vocab.json"), str(folder / "sentencepiece.bpe.model"))
    return tokenizer, M2M100Config(vocab_size=tokenizer.encoder_size + 100 + 8, **SIZES)


def mbart50(folder):
    from transformers import MBart50Tokenizer, MBartConfig

    tokenizer = MBart50Tokenizer(vocab=_sentencepiece(folder / "sentencepiece.bpe.model", "unigram"))
    config = MBartConfig(vocab_size=len(tokenizer), decoder_start_token_id=2, scale_embedding=True, **SIZES)
    return tokenizer, config


def _marian(folder, symbols):
    from transformers import MarianConfig, MarianTokenizer

    pieces = _sentencepiece(folder / "source.spm", "unigram", symbols=symbols)
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    names = ["</s>", "<unk>", *(piece for piece, _ in pieces if piece not in ("</s>", "<unk>", "<s>")), "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({name: number for number, name in enumerate(names)}))
    files = [str(folder / name) for name in ("source.spm", "target.spm", "vocab.json")]
    tokenizer = MarianTokenizer(*files)
    pad = tokenizer.pad_token_id
    numbers = {"pad_token_id": pad, "eos_token_id": 0, "decoder_start_token_id": pad, "forced_eos_token_id": 0}
    return tokenizer, MarianConfig(vocab_size=len(names), **numbers, scale_embedding=True, **SIZES)


def marian(folder):
    return _marian(folder, ())


def marian_multilingual(folder):
    return _marian(folder, (">>eng<<", ">>deu<<"))


def _t5(folder, symbols):
    from transformers import T5Config, T5Tokenizer

    pieces = _sentencepiece(folder / "spiece.model", "unigram", symbols=symbols, prompt="translate Kazakh to English:")
    special = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    rest = [(piece, score) for piece, score in pieces if piece not in ("<unk>", "<s>", "</s>")]
    tokenizer = T5Tokenizer(vocab=special + rest, extra_ids=0)
    return tokenizer, T5Config(vocab_size=len(tokenizer), dropout_rate=0.0, decoder_start_token_id=0, **T5_SIZES)


def t5(folder):
    return _t5(folder, ())


def madlad(folder):
    return _t5(folder, ("<2en>", "<2kk>"))


def chat(folder):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, PreTrainedTokenizerFast

    raw = Tokenizer(models.BPE())
    raw.pre_tokenizer, raw.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    settings = {"special_tokens": ["<|end|>", "<|user|>", "<|assistant|>"], "show_progress": False, "vocab_size": 500}
    trainer = trainers.BpeTrainer(initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), **settings)
    raw.train_from_iterator([INSTRUCTION, *TEXTS], trainer)
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=raw, eos_token="<|end|>", chat_template=CHAT)
    sizes = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 1, "num_attention_heads": 4}
    numbers = {"eos_token_id": 0, "bos_token_id": None, "pad_token_id": None, "max_position_embeddings": 512}
    return tokenizer, LlamaConfig(vocab_size=len(tokenizer), **numbers, **sizes)


FAMILIES = {each.__name__: each for each in (nllb, m2m100, mbart50, marian, marian_multilingual, t5, madlad, chat)}


def _untrained(config):
    import torch
    from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM

    torch.manual_seed(0)
    kind = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
    return kind.from_config(config)


def _lesson(tokenizer, family):
    """Return the ten pairs as a batch for training, in the way that the libraries' own documentation shows."""
    from torch import tensor
    from torch.nn.utils.rnn import pad_sequence

    if family.name == "chat":
        asked = [ask(tokenizer, source) for source, _ in PAIRS]
        told = [[*tokenizer(target).input_ids, tokenizer.eos_token_id] for _, target in PAIRS]
        inputs = [tensor(question + answer) for question, answer in zip(asked, told, strict=True)]
        labels = [tensor([-100] * len(question) + answer) for question, answer in zip(asked, told, strict=True)]
    else:
        coded = [tokenizer(family.prefix + source, text_target=target) for source, target in PAIRS]
        inputs, labels = ([tensor(each[name]) for each in coded] for name in ("input_ids", "labels"))
    ids = pad_sequence(inputs, batch_first=True, padding_value=-1)
    mask = ids != -1
    labels = pad_sequence(labels, batch_first=True, padding_value=-100)
    return {"input_ids": ids.where(mask, tokenizer.pad_token_id or 0), "attention_mask": mask.long(), "labels": labels}


def _train(model, lesson):
    """Train until each token is sure: a small mean loss may hide one near a tie, which eight bits break otherwise."""
    from torch.nn.functional import cross_entropy
    from torch.nn.utils import clip_grad_norm_
    from torch.optim import AdamW

    optimiser = AdamW(model.parameters(), lr=5e-3, betas=(0.9, 0.98))
    decoder_only = not model.config.is_encoder_decoder
    for _ in range(600):
        logits, labels = model(**lesson).logits, lesson["labels"]
        if decoder_only:
            logits, labels = logits[:, :-1], labels[:, 1:]
        losses = cross_entropy(logits.flatten(0, 1), labels.flatten(), reduction="none")
        if losses.max() < SURE:
            return
        optimiser.zero_grad()
        losses.sum().div((labels != -100).sum()).backward()
        clip_grad_norm_(model.parameters(), 0.3)
        optimiser.step()
    raise AssertionError("the tiny model has not learnt its ten sentences")


@pytest.fixture(scope="session")
def pairs():
    return PAIRS


@pytest.fixture(scope="session")
def built_model(tmp_path_factory):
    """Return a function from a family's name to the folder of its tiny model, trained on the ten pairs or not at all.

    Both are saved as their users save them: by the library's save_pretrained, tokenizer and all.
    """

    @functools.cache
    def build(name, trained=True):
        folder = tmp_path_factory.mktemp("models") / (name if trained else f"untrained-{name}")
        folder.mkdir()
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*sacremoses")
            tokenizer, config = FAMILIES[name](folder)
        family = family_of(tokenizer, config)
        model = _untrained(config)
        if trained:
            _train(model, _lesson(tokenizer, family))
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        return folder

    return build
