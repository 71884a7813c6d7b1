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
from align.models import ENCODER_FILE
from align.storage.files import replacing, write_json
from align.types import FloatArray

__all__ = ["EncoderWeights", "quantise", "unpacked", "write_module_files"]

WEIGHTS_FILE: Final = "model.safetensors"
_FORMAT: Final = 2
_LARGEST: Final = 7
_ZERO: Final = 8
_CUTS: Final = np.linspace(1.5, 6.0, 19)
"""Where a column may be cut off, in standard deviations."""


@dataclass(frozen=True, slots=True)
class EncoderWeights:
    """What an n-gram encoder knows.

    `table` is (rows, dim / 2) uint8, two entries of four bits in each (`unpacked`), and `scale` (dim,) float32: an
    n-gram's vector is the product of its unpacked row and the scale.
    `log_weight` is (rows,) float32, an n-gram's part in its words' weights. `rarity` is (buckets,) float32, the idf of
    the words that hash there; `lexical_rarity` (buckets,) uint8, that of n-grams in sixteenths. `hubs` is (2, buckets)
    uint8, Kazakh and English: how near the words that hash there lie to the words of the other language, in 255ths, 0
    where training met no such word. `resolution` is what
    weighted word vectors are multiplied with before rounding. `ngrams` are the shortest and the longest n-gram, in
    bytes, `prefix` the longest beginning of a word. `signature` is the name and the beginning of the files' SHA-256;
    both are empty before the weights are written, which gives them the folder's name.
    """

    name: str
    signature: str
    ngrams: tuple[int, int]
    prefix: int
    resolution: float
    table: NDArray[np.uint8]
    scale: FloatArray
    log_weight: FloatArray
    rarity: FloatArray
    lexical_rarity: NDArray[np.uint8]
    hubs: NDArray[np.uint8]

    @property
    def dim(self) -> int:
        """Return the number of columns of the vectors."""
        return 2 * int(self.table.shape[1])

    @classmethod
    def read(cls, folder: Path) -> EncoderWeights:
        """Read the weights of a folder.

        Raises ModelUnavailableError where a file is absent or damaged.
        """
        from safetensors import SafetensorError
        from safetensors.numpy import load

        try:
            description = (folder / ENCODER_FILE).read_bytes()
            content = (folder / WEIGHTS_FILE).read_bytes()
            return cls._parse(json.loads(description), load(content), hashlib.sha256(description + content).hexdigest())
        except (OSError, KeyError, TypeError, ValueError, SafetensorError) as error:
            raise ModelUnavailableError(f"{folder}: no encoder can be read there ({error})") from error

    @classmethod
    def _parse(cls, config: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], digest: str) -> EncoderWeights:
        if config.get("format") != _FORMAT:
            raise ValueError(f"format {config.get('format', 1)}, expected {_FORMAT}: train it again")
        shortest, longest = config["ngrams"]
        return cls(
            name=str(config["name"]),
            signature=f"{config['name']}@{digest[:12]}",
            ngrams=(int(shortest), int(longest)),
            prefix=int(config["prefix"]),
            resolution=float(config["resolution"]),
            table=arrays["table"],
            scale=arrays["scale"].astype(np.float32),
            log_weight=arrays["log_weight"].astype(np.float32),
            rarity=arrays["rarity"].astype(np.float32),
            lexical_rarity=arrays["lexical_rarity"],
            hubs=arrays["hubs"],
        )

    def write(self, folder: Path) -> None:
        """Write the two files into a folder; each appears whole or not at all."""
        from safetensors.numpy import save

        config = {
            "format": _FORMAT,
            "name": self.name or folder.resolve().name,
            "ngrams": self.ngrams,
            "prefix": self.prefix,
            "resolution": self.resolution,
        }
        arrays = {
            "table": self.table,
            "scale": self.scale,
            "log_weight": self.log_weight,
            "rarity": self.rarity,
            "lexical_rarity": self.lexical_rarity,
            "hubs": self.hubs,
        }
        write_json(folder / ENCODER_FILE, config)
        with replacing(folder / WEIGHTS_FILE) as temporary:
            temporary.write_bytes(save({name: np.ascontiguousarray(array) for name, array in arrays.items()}))


def write_module_files(folder: Path) -> None:
    """Write the two files by which sentence-transformers knows a model's folder."""
    modules = [{"idx": 0, "name": "0", "path": "", "type": "align.encode.st_module.NgramModule"}]
    config = {"model_type": "SentenceTransformer", "prompts": {}, "similarity_fn_name": "cosine"}
    write_json(folder / "modules.json", modules)
    write_json(folder / "config_sentence_transformers.json", config)


def quantise(table: FloatArray) -> tuple[NDArray[np.uint8], FloatArray]:
    """Return the (n, dim) table in four bits an entry, and the scale of each column.

    The table is (n, dim / 2) uint8, the scales are (dim,) float32. A column is cut off where that loses least, in
    squares, over the entries: its few largest ones leave finer steps for the rest. `dim` must be even.

    >>> table, scale = quantise(np.array([[0.5, 2.0], [-1.0, 0.0]], dtype=np.float32))
    >>> (unpacked(table) * scale).round(2).tolist()
    [[0.4300000071525574, 2.0], [-1.0, 0.0]]
    """
    scale = np.array([_column_scale(column) for column in table.T], np.float32)
    steps = np.empty(table.shape, np.uint8)
    for start in range(0, len(table), 1 << 14):
        rows = table[start : start + (1 << 14)]
        steps[start : start + len(rows)] = np.clip(np.rint(rows / scale), -_LARGEST, _LARGEST) + _ZERO
    half = table.shape[1] // 2
    return steps[:, :half] | (steps[:, half:] << np.uint8(4)), scale


def unpacked(packed: NDArray[np.uint8]) -> FloatArray:
    """Return (n, dim) float32, whole numbers from -7 to 7, of (n, dim / 2) uint8 rows."""
    half = packed.shape[1]
    entries = np.empty((len(packed), 2 * half), np.float32)
    entries[:, :half] = packed & 15
    entries[:, half:] = packed >> 4
    entries -= _ZERO
    return entries


def _column_scale(column: FloatArray) -> float:
    """Return the step of a column of the table; 1 for a column of zeros."""
    largest = float(np.abs(column).max())
    if not largest:
        return 1.0
    deviation = float(column.std()) or largest
    scales = np.minimum(_CUTS * deviation, largest) / _LARGEST
    errors = [np.square(np.clip(np.rint(column / s), -_LARGEST, _LARGEST) * s - column).sum() for s in scales]
    return float(scales[int(np.argmin(errors))])
