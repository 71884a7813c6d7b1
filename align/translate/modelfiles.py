"""Where a model's files are, their revision, and the licence that its drafts come under."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from align.errors import InputError, ModelUnavailableError

if TYPE_CHECKING:
    from transformers import PretrainedConfig, PreTrainedTokenizerBase

__all__ = ["ModelFiles", "first_line", "locate", "open_tokenizer"]

_NLLB: Final = "cc-by-nc-4.0"
_NLLB_NAMES: Final = ("facebook/nllb-200", "facebook/nllb-moe")
_OTHER_FORMATS = ["*/*", "*.h5", "*.msgpack", "*.onnx", "rust_model*", "*.tflite", "*.gguf", "*.pth", "*.pt"]
"""Files of a hub repository that transformers can do without."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model on disk.

    `name` is its name on the hub, or its folder's own; `revision` the hub's commit, or 16 hex digits over the
    contents of the folder's files; `licence` what the model card says, None where there is no card.
    """

    name: str
    folder: Path
    revision: str
    licence: str | None


def locate(name: str) -> ModelFiles:
    """Find a model by folder, or by name in the local cache, or else fetch it from the hub.

    Raises InputError for a folder that is not there, ModelUnavailableError where a name can't be had.
    """
    if Path(name).is_dir():
        folder = Path(name).resolve()
        return ModelFiles(folder.name, folder, _content_hash(folder), _licence(folder))
    if name.startswith((".", "/", "~")):
        raise InputError(f"translator {name}: no such folder")
    try:
        folder = _cached(name) or _fetched(name)
    except Exception as error:
        # The hub's client raises errors of several libraries; to the user each means that there is no model.
        raise ModelUnavailableError(
            f"translator {name!r} is not on disk and can't be had from the hub ({first_line(error)}):"
            " give a model's folder, or try where the hub can be reached"
        ) from error
    return ModelFiles(name, folder, folder.name, _licence(folder, name))


def open_tokenizer(files: ModelFiles) -> tuple[PreTrainedTokenizerBase, PretrainedConfig]:
    """Return a model's tokenizer and configuration.

    Raises InputError where the folder does not hold them.
    """
    import warnings

    from transformers import AutoConfig, AutoTokenizer

    try:
        with warnings.catch_warnings():
            # Marian's tokenizer recommends a library that it then makes no use of.
            warnings.filterwarnings("ignore", message=".*sacremoses")
            # The configuration first: where there is none, it says so in plainer words.
            kinds = (AutoConfig, AutoTokenizer)
            config, tokenizer = (kind.from_pretrained(files.folder, trust_remote_code=False) for kind in kinds)
    except Exception as error:
        # Tokenizers come from several libraries, each with errors of its own; to the user each means no model.
        raise InputError(f"translator {files.name}: not a model of transformers ({first_line(error)})") from error
    return tokenizer, config


def first_line(error: Exception) -> str:
    """Return the first line of what an error says, cut to 160 characters.

    An error that says nothing gives its name.
    """
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(". ")[:160]


def _cached(name: str) -> Path | None:
    """Return the snapshot that the hub's cache holds, None where it is not there or not whole."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        folder = Path(snapshot_download(name, local_files_only=True))
    except LocalEntryNotFoundError:
        return None
    return folder if _is_whole(folder) else None


def _fetched(name: str) -> Path:
    from huggingface_hub import HfApi, snapshot_download

    # Asked first and with a limit, for the download would try every file again and again.
    files = [file.rfilename for file in HfApi().model_info(name, timeout=10).siblings or []]
    others = ["*.bin"] if any(file.endswith(".safetensors") for file in files) else []
    return Path(snapshot_download(name, ignore_patterns=_OTHER_FORMATS + others))


def _is_whole(folder: Path) -> bool:
    weights = {path.name for pattern in ("*.safetensors", "*.bin") for path in folder.glob(pattern)}
    shards = {shard for index in folder.glob("*.index.json") for shard in _shards(index)}
    return bool(weights) and shards <= weights and (folder / "config.json").is_file()


def _shards(index: Path) -> set[str]:
    return set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values())


def _content_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith(".") and path.suffix != ".md":
            with path.open("rb") as stream:
                digest.update(f"{path.name} {hashlib.file_digest(stream, 'sha256').hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


def _licence(folder: Path, name: str = "") -> str | None:
    """Return the licence of the model card.

    NLLB-200's goes on to whatever the card says was made from it.
    """
    card = _card(folder)
    if any(base.startswith(_NLLB_NAMES) for base in (name, *_texts(card.get("base_model")))):
        return _NLLB
    return ", ".join(_texts(card.get("license_name")) or _texts(card.get("license"))) or None


def _card(folder: Path) -> dict[str, Any]:
    from huggingface_hub import ModelCard

    try:
        return dict(ModelCard.load(folder / "README.md").data.to_dict())
    except Exception:
        # A card is a person's prose: none, or one whose heading is no YAML, leaves the licence unknown.
        return {}


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []
