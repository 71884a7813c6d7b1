"""The same models by CTranslate2: eight-bit integers on a CPU.

A model is converted once and kept in the user's cache.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import InputError, MissingExtraError
from align.translate.decoding import Decoding, DecodingOptions
from align.translate.families import Coder
from align.translate.length_batches import TokenIds, in_batches
from align.translate.modelfiles import ModelFiles, first_line, locate, open_tokenizer
from align.translate.seq2seq import signature_of, translate
from align.types import Draft

if TYPE_CHECKING:
    from ctranslate2 import Translator

__all__ = ["CTranslate2Translator"]


class CTranslate2Translator:
    """Translate by CTranslate2, sentence by sentence, without chance.

    Only texts of equal length share a batch: then nothing is padded, the integer products are exact, and each row is
    computed as it would be alone, so that drafts do not depend on the batches.
    """

    def __init__(self, model: Translator, coder: Coder, files: ModelFiles, options: DecodingOptions) -> None:
        self._model = model
        self._coder = coder
        self._files = files
        self._options = options
        precision = f"ctranslate2 {model.compute_type}"
        self.signature = signature_of(files, options, chat=False, precision=precision)

    @classmethod
    def load(cls, name: str, *, options: DecodingOptions | None = None) -> CTranslate2Translator:
        """Load a transformers encoder-decoder by folder or name, converting it where necessary.

        Raises MissingExtraError without the library, ModelUnavailableError where a name can't be had, InputError for
        a model that can't be converted or can't translate from Kazakh into English.
        """
        if find_spec("ctranslate2") is None:
            raise MissingExtraError("the ctranslate2 translator", "ctranslate2")
        from align.translate.ctranslate_model import converted

        options = options or DecodingOptions()
        files = locate(name)
        tokenizer, config = open_tokenizer(files)
        if not config.is_encoder_decoder:
            raise InputError(f"translator {files.name}: ctranslate2 runs encoder-decoders here: leave out ctranslate2")
        coder = Coder(tokenizer, config, name=files.name, max_source_tokens=options.max_source_tokens)
        return cls(_open(converted(files), options.device or _device()), coder, files, options)

    def draft(self, texts: Sequence[str], *, safer: bool = False) -> list[Draft | None]:
        """Return a draft per text, None for a blank one.

        Raises AlignError where one sentence exceeds the memory.
        """
        decoding = self._options.decoding(safer=safer)
        budget = max(1, self._options.batch_tokens // decoding.beams)

        def run(inputs: list[TokenIds]) -> list[TokenIds]:
            return in_batches(inputs, lambda batch: self._search(batch, decoding), budget=budget, even=True)

        return translate(texts, self._coder, run, files=self._files, decoding=decoding)

    def _search(self, batch: list[TokenIds], decoding: Decoding) -> list[TokenIds]:
        tokenizer, first = self._coder.tokenizer, self._coder.family.target_token
        found = self._model.translate_batch(
            [tokenizer.convert_ids_to_tokens(tokens) for tokens in batch],
            target_prefix=[[first]] * len(batch) if first else None,
            beam_size=decoding.beams,
            no_repeat_ngram_size=decoding.no_repeat,
            repetition_penalty=decoding.penalty,
            max_input_length=0,
            max_decoding_length=self._coder.most(batch[0]),
        )
        return [list(tokenizer.convert_tokens_to_ids(result.hypotheses[0])) for result in found]


def _open(folder: Path, device: str) -> Translator:
    import ctranslate2

    kind, _, number = device.partition(":")
    index, precision = int(number or 0), _precision(kind)
    try:
        return ctranslate2.Translator(str(folder), device=kind, device_index=index, compute_type=precision)
    except (RuntimeError, ValueError) as error:
        raise InputError(
            f"{folder}: ctranslate2 can't run it on {device} ({first_line(error)}): if it is damaged, delete the folder"
        ) from error


def _precision(kind: str) -> str:
    # On a GPU the library keeps the activations in half precision, which is what its tensor cores want.
    return "int8" if kind == "cpu" else "int8_float16"


def _device() -> str:
    import ctranslate2

    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
