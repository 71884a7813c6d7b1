"""Models of transformers made into models of CTranslate2, once, in the user's cache."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ctranslate2.converters import TransformersConverter
from ctranslate2.converters.transformers import MarianMTLoader, register_loader

from align.encode.vector_cache import cache_path
from align.errors import InputError
from align.translate.modelfiles import ModelFiles, first_line, open_tokenizer

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

__all__ = ["QUANTIZATION", "converted"]

QUANTIZATION: Final = "int8"


def converted(files: ModelFiles) -> Path:
    """Return the folder of the converted model in the user's cache.

    It is made now where it is not there yet. The folder's name holds the revision and the quantisation; it appears
    whole or not at all, whoever else converts. Raises InputError for a model that the library can't convert, and where
    the cache can't be written.
    """
    home = cache_path().parent / "ctranslate2"
    folder = home / f"{files.name.replace('/', '--')}-{files.revision}-{QUANTIZATION}"
    if folder.is_dir():
        return folder
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home, prefix=".converting-") as temporary:
            fresh = Path(temporary) / "model"
            _Converter(files).convert(str(fresh), quantization=QUANTIZATION)
            _install(fresh, folder)
    except (ValueError, KeyError, OSError, AttributeError) as error:
        raise InputError(f"translator {files.name}: ctranslate2 can't convert it ({first_line(error)})") from error
    return folder


def _install(fresh: Path, folder: Path) -> None:
    try:
        fresh.rename(folder)
    except OSError:
        # Another process may have been faster; its model is the same as ours.
        if not folder.is_dir():
            raise


class _Converter(TransformersConverter):  # type: ignore[misc]  # The library has no types.
    """The library's converter, told what recent versions of transformers no longer write down."""

    def __init__(self, files: ModelFiles) -> None:
        super().__init__(str(files.folder))
        self._files = files

    def load_model(self, model_class: type, model_name_or_path: str, **arguments: Any) -> PreTrainedModel:  # noqa: ANN401
        """Load a model.

        Every mBART normalises before its layers, and mBART-50 starts its targets with </s>.
        """
        model = super().load_model(model_class, model_name_or_path, **arguments)
        if model.config.model_type == "mbart":
            model.config.normalize_before = True
            model.config.tokenizer_class = "MBart50Tokenizer"
        return model

    def load_tokenizer(self, tokenizer_class: type, model_name_or_path: str, **arguments: Any) -> Any:  # noqa: ANN401
        """Load a tokenizer.

        M2M100's may not list its language tokens, and mBART-50's names no first token.
        """
        tokenizer, config = open_tokenizer(self._files)
        tokenizer.add_tokens(list(getattr(tokenizer, "lang_token_to_id", ())), special_tokens=True)
        if config.model_type == "mbart" and tokenizer.bos_token is None:
            tokenizer.bos_token = tokenizer.cls_token
        return tokenizer


@register_loader("MarianConfig")
class _MarianLoader(MarianMTLoader):  # type: ignore[misc]  # The library has no types.
    """The library's loader, for models that have trained the <pad> their answers start from.

    A model as Marian leaves it starts from zeros, which the library relies on. Trained on with transformers, the row
    of <pad> becomes another, and the answers start from that.
    """

    def get_model_spec(self, model: PreTrainedModel) -> Any:  # noqa: ANN401
        """Keep the row of <pad> where it is not zero."""
        self._starts_from_pad = bool(model.get_input_embeddings().weight[model.config.pad_token_id].any())
        return super().get_model_spec(model)

    def set_config(self, config: Any, model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> None:  # noqa: ANN401
        """Say which token starts the answers."""
        super().set_config(config, model, tokenizer)
        if self._starts_from_pad:
            config.decoder_start_token = tokenizer.pad_token

    def set_decoder(self, spec: Any, decoder: Any) -> None:  # noqa: ANN401
        """Say whether the answers start from zeros."""
        super().set_decoder(spec, decoder)
        spec.start_from_zero_embedding = not self._starts_from_pad

    def get_vocabulary(self, model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> list[str]:
        """Return the tokens by number, with <pad> where its row is kept."""
        tokens: list[str] = super().get_vocabulary(model, tokenizer)
        return [*tokens, tokenizer.pad_token] if self._starts_from_pad else tokens

    def _remove_pad_weights(self, spec: Any) -> None:  # noqa: ANN401
        if not self._starts_from_pad:
            super()._remove_pad_weights(spec)
