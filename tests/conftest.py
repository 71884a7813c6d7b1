import os
import sys

import pytest

from align.cli import main

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
