"""Parallel corpora as Hugging Face datasets."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import InputError
from align.export.pairs import ExportedPair, record
from align.files import ensure_folder

if TYPE_CHECKING:
    from datasets import Dataset

__all__ = ["to_dataset", "write_hf"]


def to_dataset(pairs: Sequence[ExportedPair]) -> Dataset:
    """Return a dataset with a `Translation` feature {en, kk} and each pair's provenance beside it."""
    from datasets import Dataset, Features, Translation, Value

    features = Features(
        {
            "id": Value("string"),
            "translation": Translation(languages=["en", "kk"]),
            "probability": Value("float32"),
            "relation": Value("string"),
            "status": Value("string"),
            "kk_document": Value("string"),
            "en_document": Value("string"),
        }
    )
    records = [record(pair) for pair in pairs]
    # Columns keep their types where there are no rows; `Dataset.from_list` would lose them.
    return Dataset.from_dict({name: [each[name] for each in records] for name in features}, features=features)


def write_hf(pairs: Sequence[ExportedPair], path: Path) -> None:
    """Write a folder for `datasets.load_from_disk`, and in it data/train.parquet for `datasets.load_dataset`.

    A folder of an earlier export is replaced whole; raises InputError for a path where something else stands.
    """
    if path.exists() and not (path / "dataset_info.json").is_file() and (not path.is_dir() or any(path.iterdir())):
        raise InputError(f"{path}: holds something else than a dataset: choose another --out")
    ensure_folder(path.parent)
    dataset = to_dataset(pairs)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as temporary:
        fresh = Path(temporary) / "dataset"
        # The library writes no file at all for no rows, and then can't read what it wrote, unless asked for one.
        dataset.save_to_disk(str(fresh), num_shards=None if len(dataset) else 1)
        (fresh / "data").mkdir()
        dataset.to_parquet(str(fresh / "data" / "train.parquet"))
        if path.exists():
            shutil.move(path, Path(temporary) / "old")
        fresh.rename(path)
