"""An index on disk: vectors, the texts they stand for, and a manifest.

The manifest says what made them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from align.errors import IndexMismatchError, InputError
from align.ports import Encoder
from align.search.ivf import IvfIndex, trained
from align.search.rerank import PROPOSED, SecondStage
from align.sides import matched_lines
from align.storage.files import ensure_folder, read_json, read_jsonl, replacing_folder, write_json, write_jsonl
from align.types import FloatArray, IntArray, Lang

__all__ = ["Hit", "IndexManifest", "StoredIndex", "build_index", "ordered_hits"]

_NAME = re.compile(r"[\w][\w.-]*")
_BATCH = 8192
_TRAINED_ON = 100_000
_ASKED = 500
_OF_NEAREST = 10
_ROUNDING = 1e-5
_MANIFEST = "manifest.json"
_TEXTS = "texts.jsonl"
_VECTORS = "vectors.faiss"


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """What an index holds: `rows` vectors of `dim` columns.

    They were made by `encoder` from texts in `lang`. `sha256` is that of the texts, each followed by a line feed, in
    UTF-8. `index` is "flat" or "ivf"; `recall` (0-1) is what an ivf index finds of the ten nearest of evenly spaced
    rows, beside a flat one.
    """

    name: str
    encoder: str
    lang: Lang
    dim: int
    rows: int
    sha256: str
    index: str = "flat"
    recall: float | None = None


def build_index(
    texts: Sequence[str],
    encoder: Encoder,
    folder: Path,
    *,
    lang: Lang,
    kind: str = "flat",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> IndexManifest:
    """Encode texts into a FAISS index in `folder`, which is replaced whole.

    `kind` is "flat" or "ivf"; an ivf index of fewer than 10,000 texts is flat, since cells would save nothing.
    `progress` hears how many texts of how many are done. Raises InputError for no texts, a name that is no plain file
    name, and a folder that can't be written.
    """
    import faiss

    if not _NAME.fullmatch(folder.name):
        raise InputError(f"index name {folder.name!r}: use letters, digits, '.', '_' and '-' only")
    if not texts:
        raise InputError("no lines to index: give a file with one segment a line")
    ensure_folder(folder.parent)
    chosen = kind if len(texts) >= IvfIndex.fewest else "flat"
    index, recall = _filled(texts, lambda part: encoder.encode(matched_lines(part, lang), lang), chosen, progress)
    digest = _digest(texts)
    manifest = IndexManifest(folder.name, encoder.signature, lang, encoder.dim, len(texts), digest, chosen, recall)
    with replacing_folder(folder, is_ours=_is_index) as fresh:
        faiss.write_index(index, str(fresh / _VECTORS))
        write_jsonl(fresh / _TEXTS, ({"row": row, "text": text} for row, text in enumerate(texts)))
        write_json(fresh / _MANIFEST, asdict(manifest))
    return manifest


def _filled(
    texts: Sequence[str], encode: Callable[[Sequence[str]], FloatArray], kind: str, progress: Callable[[int, int], None]
) -> tuple[Any, float | None]:
    """Return a FAISS index of the texts' vectors, and the recall of one with cells."""
    import faiss

    cells = kind == "ivf"
    asked = encode(texts[:: max(1, len(texts) // _ASKED)] if cells else texts[:1])
    index = trained(encode(texts[:: max(1, len(texts) // _TRAINED_ON)])) if cells else faiss.IndexFlatIP(asked.shape[1])
    nearest = np.full((len(asked), _OF_NEAREST), -np.inf, np.float32)
    for start in range(0, len(texts), _BATCH):
        rows = encode(texts[start : start + _BATCH])
        index.add(rows)
        nearest = -np.sort(-np.hstack([nearest, asked @ rows.T]), axis=1)[:, :_OF_NEAREST]
        progress(min(start + _BATCH, len(texts)), len(texts))
    return index, _recall(index, asked, nearest) if cells else None


def _recall(index: Any, asked: FloatArray, nearest: FloatArray) -> float:  # noqa: ANN401 (FAISS has no types)
    """Return the share of the ten nearest, whose similarities are (n, 10), that an index finds."""
    found, _ = index.search(asked, _OF_NEAREST)
    # Equal texts are as good as one another, so what counts is how near, give or take the rounding.
    return round(float(np.mean(found >= nearest[:, -1:] - _ROUNDING)), 4)


def _is_index(folder: Path) -> bool:
    """Say whether a folder holds an index and nothing else."""
    try:
        manifest = read_json(folder / _MANIFEST)
    except InputError:
        return False
    known = {field.name for field in fields(IndexManifest)}
    return known - {"index", "recall"} <= manifest.keys() <= known and {path.name for path in folder.iterdir()} <= {
        _MANIFEST,
        _TEXTS,
        _VECTORS,
    }


class StoredIndex:
    """An index as it was built, opened to be searched."""

    def __init__(self, folder: Path, manifest: IndexManifest, texts: list[str]) -> None:
        self._folder = folder
        self.manifest = manifest
        self.texts = texts

    @classmethod
    def open(cls, folder: str | Path) -> StoredIndex:
        """Open an index.

        Raises InputError where there is none, IndexMismatchError where its files don't agree.
        """
        folder = Path(folder)
        try:
            manifest = IndexManifest(**json.loads((folder / _MANIFEST).read_text(encoding="utf-8")))
        except FileNotFoundError:
            others = sorted(path.parent.name for path in folder.parent.glob(f"*/{_MANIFEST}"))
            raise InputError(f"{folder}: no such index; there are: {', '.join(others) or 'none yet'}") from None
        except (ValueError, TypeError) as error:
            raise IndexMismatchError(f"{folder}/{_MANIFEST}: damaged ({error}): build the index again") from error
        texts = [record["text"] for record in read_jsonl(folder / "texts.jsonl")]
        if _digest(texts) != manifest.sha256:
            raise IndexMismatchError(f"{folder}/texts.jsonl: changed since it was indexed: build the index again")
        return cls(folder, manifest, texts)

    def search(self, queries: Sequence[str], encoder: Encoder, *, lang: Lang, k: int) -> tuple[FloatArray, IntArray]:
        """Return cosines (m, k) float32, best first, and rows (m, k) int64.

        The rows are of the indexed texts nearest each query. Raises IndexMismatchError for any encoder but the one that
        built the index: vectors of two models say nothing about each other.
        """
        if encoder.signature != self.manifest.encoder:
            raise IndexMismatchError(
                f"{self._folder}: built with {self.manifest.encoder}, can't be searched with {encoder.signature}:"
                " name that encoder or build the index again"
            )
        import faiss

        # The lists of cells stay on the disk, and are read where a query looks.
        index: Any = faiss.read_index(str(self._folder / _VECTORS), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
        if (index.ntotal, index.d) != (self.manifest.rows, self.manifest.dim):
            raise IndexMismatchError(
                f"{self._folder}/vectors.faiss: {index.ntotal} x {index.d}, but the manifest says"
                f" {self.manifest.rows} x {self.manifest.dim}: build the index again"
            )
        similarities, rows = index.search(encoder.encode(matched_lines(queries, lang), lang), min(k, index.ntotal))
        return similarities, rows


@dataclass(frozen=True, slots=True)
class Hit:
    """An indexed text that answers a query: its row and its scores.

    These are the encoder's cosine, and the second stage's score, if asked.
    """

    row: int
    cosine: float
    score: float | None = None


def ordered_hits(
    stored: StoredIndex, queries: Sequence[str], encoder: Encoder, *, lang: Lang, second: SecondStage | None, k: int
) -> list[list[Hit]]:
    """Return the k best hits of each query.

    They are best by cosine, or by the second stage among the 50 best by cosine. Raises IndexMismatchError as
    `StoredIndex.search` does.
    """
    cosines, rows = stored.search(queries, encoder, lang=lang, k=max(k, PROPOSED) if second else k)
    if second is None:
        return [
            [Hit(*hit) for hit in zip(r.tolist(), c.tolist(), strict=True)] for r, c in zip(rows, cosines, strict=True)
        ]
    texts = [([stored.texts[row] for row in each.tolist()], stored.manifest.lang) for each in rows]
    found = second.order((queries, lang), texts, cosines)
    return [
        [
            Hit(int(rows[n, at]), float(cosines[n, at]), score)
            for score, at in zip(s[:k].tolist(), p[:k].tolist(), strict=True)
        ]
        for n, (s, p) in enumerate(found)
    ]


def _digest(texts: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(f"{text}\n".encode())
    return digest.hexdigest()
