"""The English words that a gloss may say, as the bundled model's folder holds them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from align.errors import ModelUnavailableError
from align.models import BUNDLED_FOLDER
from align.types import FloatArray

__all__ = ["BUNDLED_VOCABULARY", "VOCABULARY_FILE", "EnglishVocabulary"]

VOCABULARY_FILE: Final = "english.tsv"
BUNDLED_VOCABULARY: Final = BUNDLED_FOLDER / VOCABULARY_FILE


@dataclass(frozen=True, slots=True)
class EnglishVocabulary:
    """English words as people write them, the most frequent first.

    `counts` is (n,) float32: how often each stood in the training pairs. `signature` is the beginning of the file's
    SHA-256.
    """

    words: tuple[str, ...]
    counts: FloatArray
    signature: str

    @classmethod
    def read(cls, path: Path = BUNDLED_VOCABULARY) -> EnglishVocabulary:
        """Read `word<TAB>count` lines.

        Raises ModelUnavailableError where the file is absent or damaged.
        """
        try:
            content = path.read_bytes()
            lines = [line.split("\t") for line in content.decode("utf-8").splitlines()]
            counts = np.array([int(count) for _, count in lines], dtype=np.float32)
        except (OSError, ValueError) as error:
            raise ModelUnavailableError(
                f"{path}: no vocabulary can be read there ({error}): make it with align train vocabulary"
            ) from error
        return cls(tuple(word for word, _ in lines), counts, hashlib.sha256(content).hexdigest()[:12])
