"""Any encoder-decoder or instruction model of transformers as a translator.

An instruction model must have a chat template.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from align.errors import InputError
from align.translate.decoding import Decoding, DecodingOptions
from align.translate.families import Coder
from align.translate.length_batches import TokenIds, in_batches
from align.translate.modelfiles import ModelFiles, first_line, locate, open_tokenizer
from align.translate.ties import TieWatch
from align.types import Draft

if TYPE_CHECKING:
    import torch
    from transformers import GenerationConfig, PretrainedConfig, PreTrainedModel

__all__ = ["Seq2SeqTranslator", "signature_of", "translate"]

_MEANINGS = ("bos_token_id", "eos_token_id", "decoder_start_token_id", "bad_words_ids", "suppress_tokens")


class Seq2SeqTranslator:
    """Translate by a model of transformers, sentence by sentence, without chance.

    Greedy search runs in batches and is kept from depending on them (see `align.translate.ties`). Beams compare sums
    over many tokens, whose closeness can't be watched that way, so there one sentence's beams are the batch.
    """

    def __init__(self, model: PreTrainedModel, coder: Coder, files: ModelFiles, options: DecodingOptions) -> None:
        self._model = model.eval()
        # What else a model's authors recommend, sampling for instance, is not how drafts are searched for.
        model.generation_config = _meanings(model.generation_config, pad=coder.tokenizer.pad_token_id or 0)
        self._coder = coder
        self._files = files
        self._options = options
        self.signature = signature_of(files, options, chat=coder.chat, precision=str(model.dtype))

    @classmethod
    def load(cls, name: str, *, options: DecodingOptions | None = None) -> Seq2SeqTranslator:
        """Load a model by folder, or by name from the local cache, or else from the hub.

        Raises ModelUnavailableError where a name can't be had, InputError for a folder that holds no such model and
        for one that can't translate from Kazakh into English.
        """
        options = options or DecodingOptions()
        files = locate(name)
        tokenizer, config = open_tokenizer(files)
        coder = Coder(tokenizer, config, name=files.name, max_source_tokens=options.max_source_tokens)
        return cls(_open_model(files, config, options), coder, files, options)

    def draft(self, texts: Sequence[str], *, safer: bool = False) -> list[Draft | None]:
        """Return a draft per text, None for a blank one.

        Raises AlignError where one sentence exceeds the memory.
        """
        decoding = self._options.decoding(safer=safer, chat=self._coder.chat)
        budget = self._options.batch_tokens if decoding.beams == 1 else 1

        def run(inputs: list[TokenIds]) -> list[TokenIds]:
            return in_batches(inputs, lambda batch: self._generate(batch, decoding), budget=budget)

        return translate(texts, self._coder, run, files=self._files, decoding=decoding)

    def _generate(self, batch: list[TokenIds], decoding: Decoding) -> list[TokenIds]:
        """Return the answers to a batch; those that hung by a thread are asked for again alone."""
        answers, close = self._search(batch, decoding)
        if len(batch) == 1:
            return answers
        return [
            self._generate([tokens], decoding)[0] if redo else answer
            for tokens, answer, redo in zip(batch, answers, close, strict=True)
        ]

    def _search(self, batch: list[TokenIds], decoding: Decoding) -> tuple[list[TokenIds], list[bool]]:
        import torch

        ids, mask = self._padded(batch)
        begin = ids.shape[1] if self._coder.chat else 1
        most = [self._coder.most(tokens) for tokens in batch]
        settings = self._settings(decoding, max(most))
        watch = TieWatch(begin, _ends(settings))
        with torch.inference_mode():
            found = self._model.generate(
                input_ids=ids,
                attention_mask=mask,
                generation_config=settings,
                logits_processor=[*self._brakes(decoding, begin), watch],
            )
        answers = [row[:room] for row, room in zip(found[:, begin:].tolist(), most, strict=True)]
        return answers, watch.close_calls(str(self._model.dtype)) if decoding.beams == 1 else [False]

    def _padded(self, batch: list[TokenIds]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return token numbers and mask, both (rows, longest) int64.

        A chat pads left, so that answers follow texts.
        """
        import torch

        longest = max(map(len, batch))
        pad = self._coder.tokenizer.pad_token_id or 0
        ids, mask = torch.full((len(batch), longest), pad), torch.zeros((len(batch), longest), dtype=torch.int64)
        for row, tokens in enumerate(batch):
            place = slice(longest - len(tokens), None) if self._coder.chat else slice(len(tokens))
            ids[row, place], mask[row, place] = torch.tensor(tokens), 1
        return ids.to(self._model.device), mask.to(self._model.device)

    def _settings(self, decoding: Decoding, most: int) -> GenerationConfig:
        settings = copy.deepcopy(self._model.generation_config)
        ours = {"num_beams": decoding.beams, "no_repeat_ngram_size": decoding.no_repeat, "max_new_tokens": most}
        settings.update(**ours, do_sample=False, forced_bos_token_id=self._coder.forced)
        return settings

    def _brakes(self, decoding: Decoding, begin: int) -> list[Any]:
        """Return the penalty on repetition as a processor of its own.

        Only so can a chat's prompt go free of it.
        """
        if decoding.penalty == 1:
            return []
        from transformers import RepetitionPenaltyLogitsProcessor

        return [RepetitionPenaltyLogitsProcessor(decoding.penalty, prompt_ignore_length=begin)]


def translate(
    texts: Sequence[str],
    coder: Coder,
    run: Callable[[list[TokenIds]], list[TokenIds]],
    *,
    files: ModelFiles,
    decoding: Decoding,
) -> list[Draft | None]:
    """Cut texts into sentences, run each that differs once, and join the answers into drafts.

    A blank text gives None.
    """
    cut = [coder.cut(text) for text in texts]
    unique = list(dict.fromkeys(piece for pieces in cut for piece in pieces))
    answers = run([coder.encode(piece) for piece in unique])
    english = {piece: coder.decode(answer) for piece, answer in zip(unique, answers, strict=True)}

    def drafted(pieces: list[str]) -> Draft | None:
        if not pieces:
            return None
        text = " ".join(filter(None, (english[piece] for piece in pieces)))
        return Draft(text, "translation", files.name, files.revision, files.licence, str(decoding))

    return [drafted(pieces) for pieces in cut]


def signature_of(files: ModelFiles, options: DecodingOptions, *, chat: bool, precision: str) -> str:
    """Return what names the model, its precision and both its ways of decoding."""
    plain, safer = (options.decoding(safer=safer, chat=chat) for safer in (False, True))
    ways = f"{plain}|safer: {safer}|max_source_tokens:{options.max_source_tokens}"
    return f"{files.name}|{files.revision}|{precision.removeprefix('torch.')}|{ways}"


def _open_model(files: ModelFiles, config: PretrainedConfig, options: DecodingOptions) -> PreTrainedModel:
    import torch
    from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM

    device = options.device or ("cuda" if torch.cuda.is_available() else "cpu")
    kind = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
    try:
        model = kind.from_pretrained(files.folder, dtype=_precision(config, device), trust_remote_code=False)
    except Exception as error:
        # Weights are read by several libraries, each with errors of its own; to the user each means no model.
        raise InputError(f"translator {files.name}: not a translation model ({first_line(error)})") from error
    try:
        return model.to(device)
    except (RuntimeError, AssertionError) as error:
        raise InputError(f"translator {files.name}: can't be put on device {device!r} ({first_line(error)})") from error


def _precision(config: PretrainedConfig, device: str) -> torch.dtype:
    """Return float32 on a CPU, half precision on a GPU.

    For T5 that is bfloat16, whose range it was trained to need.
    """
    import torch

    if not device.startswith("cuda"):
        return torch.float32
    return torch.bfloat16 if "t5" in config.model_type else torch.float16


def _meanings(settings: GenerationConfig, *, pad: int) -> GenerationConfig:
    """Return a model's settings of generation with nothing left but what its tokens mean."""
    from transformers import GenerationConfig

    kept = {name: getattr(settings, name) for name in _MEANINGS}
    return GenerationConfig(
        **{name: value for name, value in kept.items() if value is not None} | {"pad_token_id": pad}
    )


def _ends(settings: GenerationConfig) -> list[int]:
    ends = settings.eos_token_id
    return list(ends) if isinstance(ends, list) else [] if ends is None else [ends]
