import os
import sys
from zlib import crc32

import numpy as np
import pytest

from align.cli import main
from align.sides import SideBuilder
from align.types import Candidates

# Models of a few thousand parameters gain nothing by a second thread, which waits by spinning and takes a core for it.
os.environ.setdefault("OMP_NUM_THREADS", "1")

LINES = ["Қазақстанда президент сайлауы өтеді", "The presidential election will be held", "Помпео келді", "He came"] * 4


@pytest.fixture(autouse=True)
def private_cache(tmp_path_factory, monkeypatch):
    """Keep the user's own cache out of the tests, and the hub out of reach."""
    monkeypatch.setenv("ALIGN_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture
def align(monkeypatch, capsys):
    """Return a function that runs the command in this process: status, standard output, standard error."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["align", *map(str, arguments)])
        with pytest.raises(SystemExit) as finished:
            main()
        captured = capsys.readouterr()
        return finished.value.code, captured.out, captured.err

    return call


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """Build and save a real sentence-transformers model: a BERT of some thousand parameters, a tokenizer of its own."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("bert")
    tokenizer = BertWordPieceTokenizer(lowercase=True)
    tokenizer.train_from_iterator(LINES, vocab_size=200, min_frequency=1, show_progress=False)
    tokenizer.save(str(folder / "tokenizer.json"))
    BertTokenizerFast(tokenizer_file=str(folder / "tokenizer.json")).save_pretrained(folder / "bert")
    torch.manual_seed(0)
    size = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=tokenizer.get_vocab_size(), **size)).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    model = SentenceTransformer(modules=[transformer, Pooling(16, "mean")], device="cpu")
    model.save(str(folder / "tiny-e5"))
    return folder / "tiny-e5"


# Comparable Kazakh words and the English ones that mean the same.
LEXICON = {"prezident": "president", "keldi": "arrived", "kytay": "china", "saylau": "election", "uilendi": "married"}
ARTICLES = {"the", "in", "of", "a"}
DIM = 32


class DictionaryEncoder:
    """Knows a few words in both languages; every word it does not know is unlike all others."""

    signature = "dictionary"
    dim = DIM

    def word_vectors(self, words):
        return np.stack([self._vector(LEXICON.get(word, word)) for word in words]).reshape(-1, DIM)

    def word_weights(self, words):
        return np.array([0.1 if word in ARTICLES else 1.0 for word in words], dtype=np.float32)

    def word_hubness(self, words, lang):
        return np.full(len(words), 0.2, dtype=np.float32)

    def encode(self, texts, lang):
        from align.text.words import words

        sums = [self.word_vectors([word.text for word in words(text)] or ["-"]).sum(axis=0) for text in texts]
        rows = np.stack(sums).astype(np.float32)
        return np.ascontiguousarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))

    def _vector(self, word):
        vector = np.random.default_rng(crc32(word.encode())).normal(size=DIM)
        return (vector / np.linalg.norm(vector)).astype(np.float32)


@pytest.fixture
def encoder():
    return DictionaryEncoder()


@pytest.fixture
def make_side(encoder):
    def make(texts, lang, document=None):
        sides = SideBuilder(encoder, encoder, encoder)
        return sides.of_lines(texts, lang, document=None if document is None else np.array(document))

    return make


@pytest.fixture
def all_pairs():
    def make(source, target):
        rows, columns = (axis.ravel().astype(np.int64) for axis in np.indices((len(source), len(target))))
        cosine = np.einsum("nd,nd->n", source.vectors[rows], target.vectors[columns]).astype(np.float32)
        return Candidates(rows, columns, cosine, cosine, np.ones(len(rows), dtype=np.float32), cosine)

    return make
