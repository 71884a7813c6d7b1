"""The bundled encoder's numbers, and the two files that hold them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from align.errors import ModelUnavailableError
from align.storage.files import replacing, write_json
from align.types import FloatArray

__all__ = ["EncoderWeights", "quantise", "write_module_files"]

WEIGHTS_FILE: Final = "model.safetensors"
CONFIG_FILE: Final = "encoder.json"
_KEPT: Final = 0.9999


@dataclass(frozen=True, slots=True)
class EncoderWeights:
    """What an n-gram encoder knows.

    `table` is (rows, dim) int8 and `scale` (dim,) float32: an n-gram's vector is the product of its row and the scale.
    `log_weight` is (rows,) float32, an n-gram's part in its words' weights. `rarity` is (buckets,) float32, the idf of
    the words that hash there; `lexical_rarity` (buckets,) uint8, that of n-grams in sixteenths. `resolution` is what
    weighted word vectors are multiplied with before rounding. `ngrams` are the shortest and the longest n-gram, in
    bytes. `signature` is the name and the beginning of the files' SHA-256; both are empty before the weights are
    written, which gives them the folder's name.
    """

    name: str
    signature: str
    ngrams: tuple[int, int]
    resolution: float
    table: NDArray[np.int8]
    scale: FloatArray
    log_weight: FloatArray
    rarity: FloatArray
    lexical_rarity: NDArray[np.uint8]

    @property
    def dim(self) -> int:
        """Return the number of columns of the vectors."""
        return int(self.table.shape[1])

    @classmethod
    def read(cls, folder: Path) -> EncoderWeights:
        """Read the weights of a folder. Raises ModelUnavailableError where a file is absent or damaged."""
        from safetensors import SafetensorError
        from safetensors.numpy import load

        try:
            description = (folder / CONFIG_FILE).read_bytes()
            content = (folder / WEIGHTS_FILE).read_bytes()
            return cls._parse(json.loads(description), load(content), hashlib.sha256(description + content).hexdigest())
        except (OSError, KeyError, TypeError, ValueError, SafetensorError) as error:
            raise ModelUnavailableError(f"{folder}: no encoder can be read there ({error})") from error

    @classmethod
    def _parse(cls, config: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], digest: str) -> EncoderWeights:
        shortest, longest = config["ngrams"]
        return cls(
            name=str(config["name"]),
            signature=f"{config['name']}@{digest[:12]}",
            ngrams=(int(shortest), int(longest)),
            resolution=float(config["resolution"]),
            table=arrays["table"],
            scale=arrays["scale"].astype(np.float32),
            log_weight=arrays["log_weight"].astype(np.float32),
            rarity=arrays["rarity"].astype(np.float32),
            lexical_rarity=arrays["lexical_rarity"],
        )

    def write(self, folder: Path) -> None:
        """Write the two files into a folder; each appears whole or not at all."""
        from safetensors.numpy import save

        config = {"name": self.name or folder.resolve().name, "ngrams": self.ngrams, "resolution": self.resolution}
        arrays = {
            "table": self.table,
            "scale": self.scale,
            "log_weight": self.log_weight,
            "rarity": self.rarity,
            "lexical_rarity": self.lexical_rarity,
        }
        write_json(folder / CONFIG_FILE, config)
        with replacing(folder / WEIGHTS_FILE) as temporary:
            temporary.write_bytes(save({name: np.ascontiguousarray(array) for name, array in arrays.items()}))


def write_module_files(folder: Path) -> None:
    """Write the two files by which sentence-transformers knows a model's folder."""
    modules = [{"idx": 0, "name": "0", "path": "", "type": "align.encode.st_module.NgramModule"}]
    config = {"model_type": "SentenceTransformer", "prompts": {}, "similarity_fn_name": "cosine"}
    write_json(folder / "modules.json", modules)
    write_json(folder / "config_sentence_transformers.json", config)


def quantise(table: FloatArray) -> tuple[NDArray[np.int8], FloatArray]:
    """Return the (n, dim) table as int8, and the (dim,) float32 scale of each column that gives it back.

    A column's few largest entries, one in 10,000, are cut off, which leaves finer steps for the rest.

    >>> table, scale = quantise(np.array([[0.5, 2.0], [-1.0, 0.0]], dtype=np.float32))
    >>> table.tolist(), (scale * 127).round(2).tolist()
    ([[64, 127], [-127, 0]], [1.0, 2.0])
    """
    scale = np.quantile(np.abs(table), _KEPT, axis=0, method="higher") / 127
    safe = np.where(scale == 0, 1, scale)
    return np.clip(np.rint(table / safe), -127, 127).astype(np.int8), scale.astype(np.float32)
