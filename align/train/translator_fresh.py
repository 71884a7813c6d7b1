"""A new, small translation model: a vocabulary of the pairs' own pieces, and random weights."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from align.errors import InputError
from align.train.pairs import Pair
from align.types import FloatArray

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor
    from transformers import MarianMTModel

__all__ = ["write_new_model"]

_SPECIAL: Final = ("</s>", "<unk>")
_PAD: Final = "<pad>"
_DIM: Final = 256
_HEADS: Final = 4
_POSITIONS: Final = 256


def write_new_model(folder: Path, pairs: Sequence[Pair], *, vocabulary: int, seed: int) -> None:
    """Write an untrained Marian model and its tokenizer into a folder.

    The model is that of Junczys-Dowmunt et al. 2018. One unigram vocabulary (Kudo 2018) serves both languages, with
    single bytes for letters it lacks. Four layers read and two write, a shape that trains and decodes fast (Kasai et
    al. 2021). Raises InputError for pairs of too few different words.
    """
    import sentencepiece
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    proto = _trained_pieces(pairs, vocabulary)
    processor = sentencepiece.SentencePieceProcessor(model_proto=proto)
    pieces = _write_tokenizer(folder, processor)
    model = _model(len(pieces), seed=seed)
    # What is frequent in English is probable from the first step on: it need not be learned by way of the weights.
    shares = _shares(pieces, processor.encode([pair.target for pair in pairs], out_type=str))
    model.final_logits_bias.copy_(torch.from_numpy(np.log(shares)))
    model.save_pretrained(folder)


def _write_tokenizer(folder: Path, processor: SentencePieceProcessor) -> list[str]:
    """Write the vocabulary as Marian's tokenizer has it, and return its pieces by number."""
    own = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    # Marian's order: end of sentence first, padding last; padding also begins every translation.
    pieces = [*_SPECIAL, *(piece for piece in own if piece not in _SPECIAL), _PAD]
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(processor.serialized_model_proto())
    numbers = {piece: number for number, piece in enumerate(pieces)}
    (folder / "vocab.json").write_text(json.dumps(numbers, ensure_ascii=False), encoding="utf-8")
    settings = {
        "tokenizer_class": "MarianTokenizer",
        "source_lang": "kk",
        "target_lang": "en",
        "model_max_length": _POSITIONS,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    return pieces


def _trained_pieces(pairs: Sequence[Pair], vocabulary: int) -> bytes:
    import sentencepiece

    made = io.BytesIO()
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter([text for pair in pairs for text in (pair.source, pair.target)]),
            model_writer=made,
            vocab_size=vocabulary,
            # Fewer words make fewer pieces, which is no error.
            hard_vocab_limit=False,
            model_type="unigram",
            byte_fallback=True,
            character_coverage=0.9999,
            bos_id=-1,
            num_threads=1,
            minloglevel=2,
        )
    except RuntimeError as error:
        raise InputError(f"the pairs have too few different words for a vocabulary of {vocabulary} pieces") from error
    return made.getvalue()


def _model(size: int, *, seed: int) -> MarianMTModel:
    import torch
    from transformers import MarianConfig, MarianMTModel

    config = MarianConfig(
        vocab_size=size,
        d_model=_DIM,
        max_position_embeddings=_POSITIONS,
        activation_function="relu",
        scale_embedding=True,
        tie_word_embeddings=True,
        eos_token_id=0,
        forced_eos_token_id=None,
        pad_token_id=size - 1,
        decoder_start_token_id=size - 1,
        encoder_layers=4,
        decoder_layers=2,
        encoder_attention_heads=_HEADS,
        decoder_attention_heads=_HEADS,
        encoder_ffn_dim=4 * _DIM,
        decoder_ffn_dim=4 * _DIM,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = MarianMTModel(config)
    return model


def _shares(pieces: list[str], targets: list[list[str]]) -> FloatArray:
    """Return (pieces,) float32: the share of each among the English texts' pieces.

    It is above 0 for every one.
    """
    numbers = {piece: number for number, piece in enumerate(pieces)}
    counts = np.full(len(pieces), 0.1)
    used = [numbers[piece] for text in targets for piece in [*text, _SPECIAL[0]]]
    counts += np.bincount(used, minlength=len(pieces))
    shares: FloatArray = (counts / counts.sum()).astype(np.float32)
    return shares
