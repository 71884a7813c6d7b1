"""A new, small translation model: a vocabulary of the pairs' own pieces, whose vectors are the bundled encoder's."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from align.encode.ngram import NgramEncoder
from align.errors import InputError
from align.train.pairs import Pair
from align.types import FloatArray

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor
    from transformers import MarianMTModel

__all__ = ["write_new_model"]

_SPECIAL: Final = ("</s>", "<unk>")
_PAD: Final = "<pad>"
_HEAD: Final = 64
_POSITIONS: Final = 256


def write_new_model(folder: Path, pairs: Sequence[Pair], *, vocabulary: int, seed: int) -> None:
    """Write an untrained Marian model (Junczys-Dowmunt et al. 2018) and its tokenizer into a folder.

    One unigram vocabulary (Kudo 2018) serves both languages, with single bytes for letters it lacks. Four layers read
    and two write, a shape that trains and decodes fast (Kasai et al. 2021). Raises InputError for pairs of too few
    different words.
    """
    import sentencepiece

    folder.mkdir(parents=True, exist_ok=True)
    proto = _trained_pieces(pairs, vocabulary)
    processor = sentencepiece.SentencePieceProcessor(model_proto=proto)
    pieces = _write_tokenizer(folder, processor)
    model = _model(len(pieces), seed=seed)
    frequency = _frequencies(pieces, processor.encode([pair.target for pair in pairs], out_type=str))
    _start_from_words(model, pieces, frequency)
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

    dim = NgramEncoder.load().dim
    sides = {"encoder": 4, "decoder": 2}
    layers = {f"{side}_layers": count for side, count in sides.items()}
    widths = {f"{side}_{name}": width for side in sides for name, width in _widths(dim).items()}
    config = MarianConfig(
        vocab_size=size,
        d_model=dim,
        max_position_embeddings=_POSITIONS,
        activation_function="relu",
        scale_embedding=True,
        tie_word_embeddings=True,
        eos_token_id=0,
        forced_eos_token_id=None,
        pad_token_id=size - 1,
        decoder_start_token_id=size - 1,
        **layers,
        **widths,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = MarianMTModel(config)
    return model


def _widths(dim: int) -> dict[str, int]:
    return {"attention_heads": max(1, dim // _HEAD), "ffn_dim": 4 * dim}


def _start_from_words(model: MarianMTModel, pieces: list[str], frequency: FloatArray) -> None:
    """Let the model begin as a dictionary: what it looks at in the source is what it tends to write.

    Every piece gets the bundled encoder's vector of it, so that words that translate each other begin alike; attention
    to the source passes vectors on as they are; and what is frequent in English is probable from the first step on.
    """
    import torch

    table = model.get_input_embeddings().weight
    vectors = torch.from_numpy(_vectors(pieces))
    with torch.no_grad():
        # Scaled to the length that random vectors would have, so that positions count for as much as words.
        table.add_(vectors * (model.config.init_std * model.config.d_model**0.5))
        for layer in model.get_decoder().layers:
            for matrix in (layer.encoder_attn.v_proj.weight, layer.encoder_attn.out_proj.weight):
                matrix.add_(2 * torch.eye(len(matrix)))
        model.final_logits_bias.copy_(torch.from_numpy(np.log(frequency)))


def _vectors(pieces: list[str]) -> FloatArray:
    return NgramEncoder.load().word_vectors([piece.replace("▁", "").lower() or piece for piece in pieces])


def _frequencies(pieces: list[str], targets: list[list[str]]) -> FloatArray:
    """Return (pieces,) float32: the share of each among the English texts' pieces, above 0 for every one."""
    numbers = {piece: number for number, piece in enumerate(pieces)}
    counts = np.full(len(pieces), 0.1)
    used = [numbers[piece] for text in targets for piece in [*text, _SPECIAL[0]]]
    counts += np.bincount(used, minlength=len(pieces))
    shares: FloatArray = (counts / counts.sum()).astype(np.float32)
    return shares
