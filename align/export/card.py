"""The card of an exported data set.

It says what the set is, how it was made, how good it was measured, and whose texts it holds.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from align.export.exported import CONFIGS, DRAFTED, MINED, REJECTED, REVIEWED, ExportedPair
from align.export.hf import DOCUMENTS, features, parquet_path
from align.export.plan import Plan
from align.export.splits import SPLITS, Split
from align.review.store import Store
from align.runs.read import read_documents
from align.storage.files import read_json

if TYPE_CHECKING:
    from huggingface_hub import DatasetCardData

__all__ = ["CARD", "Description", "Relations", "describe", "is_dataset", "write_card"]

CARD: Final = "README.md"
_TEMPLATE: Final = Path(__file__).parent / "card.md.j2"
_MEANING: Final = {
    REVIEWED: "pairs that a person accepted, whole or in part (see `label`)",
    MINED: "pairs that nobody has looked at one by one, with the probability that they cover the same facts (`batch` "
    "names the batch in which a reviewer accepted some of them)",
    DRAFTED: "Kazakh sentences without a counterpart, with a machine's English: synthetic, unreviewed",
    REJECTED: "pairs that a person rejected: negative examples",
}
_MADE_BY: Final = "(https://pypi.org/project/align-workbench/)"
"""What the template says of its maker, and no other card does."""
_SIZES: Final = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


@dataclass(frozen=True, slots=True)
class Description:
    """What a card tells: counts by configuration and split, the run and the review.

    It also tells what was left out, and why. `precision` is the audit's and `agreement` the reviewers', None where
    nobody has judged enough. `licences` counts the documents of each language by licence, "not stated" for those that
    say none. `relations` says what is known of the pairs of each relation, `documents` how many stand in a
    configuration of their own.
    """

    counts: Mapping[tuple[str, Split], int]
    manifest: Mapping[str, Any]
    precision: Mapping[str, Any] | None
    agreement: Mapping[str, Any] | None
    licences: Mapping[tuple[str, str], int]
    left_out: Mapping[tuple[str, str], int]
    relations: Mapping[str, Relations] = field(default_factory=dict)
    documents: int = 0

    @property
    def configs(self) -> dict[str, dict[Split, int]]:
        """Return the counts of the configurations that have pairs, splits in their order."""
        return {
            config: {split: self.counts[config, split] for split in SPLITS if self.counts.get((config, split))}
            for config in CONFIGS
            if any(self.counts.get((config, split)) for split in SPLITS)
        }


def describe(folder: Path, counts: Mapping[tuple[str, Split], int], decided: Plan) -> Description:
    """Return what the card of an export of this run has to tell."""
    # Only a look: an export must not begin a review where there is none.
    store = Store.peek(folder)
    precision = agreement = None
    if store is not None:
        precision, agreement = _measured(store)
        store.close()
    licences: Counter[tuple[str, str]] = Counter(
        (document.lang, document.licence or "not stated") for document in read_documents(folder)
    )
    manifest = read_json(folder / "manifest.json")
    return Description(counts, manifest, precision, agreement, licences, decided.left_out)


def _measured(store: Store) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    point, agreed = store.precision().now, store.agreement()
    precision = None
    if point.precision is not None:
        precision = {
            "threshold": point.threshold,
            "precision": point.precision,
            "low": point.low,
            "high": point.high,
            "n": point.n,
        }
    agreement = {"alpha": agreed.alpha, "n": agreed.n, "disputed": agreed.disputed} if agreed.n else None
    return precision, agreement


def is_dataset(folder: Path) -> bool:
    """Say whether a folder holds an exported data set and nothing else.

    Then another may take its place. A README.md alone is what every project has.
    """
    # A folder that holds anything more may be somebody's work, and is not replaced.
    names = {path.name for path in folder.iterdir()}
    card = folder / CARD
    return (
        names <= {CARD, DOCUMENTS, *CONFIGS}
        and card.is_file()
        and _MADE_BY in card.read_text(encoding="utf-8", errors="replace")
    )


def write_card(path: Path, told: Description) -> None:
    """Write the card: its YAML for the hub and `datasets`, then prose."""
    from huggingface_hub import DatasetCard

    card = DatasetCard.from_template(_data(path.parent, told), str(_TEMPLATE), told=told, meaning=_MEANING, cell=_cell)
    path.write_text(str(card), encoding="utf-8")


def _cell(text: str) -> str:
    r"""Return a text as one cell of a Markdown table, whatever it holds.

    >>> _cell("CC-BY | see\n<b>")
    'CC-BY \\| see &lt;b&gt;'
    """
    return " ".join(html.escape(text, quote=False).split()).replace("\\", "\\\\").replace("|", "\\|")


def _data(folder: Path, told: Description) -> DatasetCardData:
    from huggingface_hub import DatasetCardData

    configs = told.configs
    total = sum(sum(splits.values()) for splits in configs.values())
    return DatasetCardData(
        language=["en", "kk"],
        license="other",
        task_categories=["translation"],
        multilinguality="translation",
        annotations_creators=["expert-generated"] if REVIEWED in configs else ["machine-generated"],
        language_creators=["found", *(["machine-generated"] if DRAFTED in configs else [])],
        source_datasets=["original"],
        size_categories=[next((name for limit, name in _SIZES if total < limit), "1M<n<10M")],
        tags=["kazakh", "parallel-corpus", "comparable-news"],
        configs=[
            {
                "config_name": config,
                "data_files": [
                    {"split": split, "path": parquet_path(Path(), config, split).as_posix()} for split in splits
                ],
                # What `load_dataset` gives where no configuration is named: the reviewed pairs where there are any.
                **({"default": True} if number == 0 else {}),
            }
            for number, (config, splits) in enumerate(configs.items())
        ]
        + _of_documents(told),
        dataset_info=[_info(folder, config, splits) for config, splits in configs.items()],
    )


def _of_documents(told: Description) -> list[dict[str, Any]]:
    path = parquet_path(Path(), DOCUMENTS, "train").as_posix()
    files = [{"split": "train", "path": path}]
    return [{"config_name": DOCUMENTS, "data_files": files}] if told.documents else []


def _info(folder: Path, config: str, splits: Mapping[Split, int]) -> dict[str, Any]:
    paths = {split: parquet_path(folder, config, split) for split in splits}
    sizes = {split: _bytes(path) for split, path in paths.items()}
    return {
        "config_name": config,
        "features": features()._to_yaml_list(),
        "splits": [
            {"name": split, "num_bytes": sizes[split], "num_examples": count} for split, count in splits.items()
        ],
        "download_size": sum(path.stat().st_size for path in paths.values()),
        "dataset_size": sum(sizes.values()),
    }


def _bytes(path: Path) -> int:
    """Return what the rows of a file take in memory, a group of rows at a time."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        return sum(file.read_row_group(number).nbytes for number in range(file.num_row_groups))


@dataclass(slots=True)
class Relations:
    """Counts of one relation.

    They are the pairs nobody has reviewed, the sum of their probabilities, reviewed pairs and right ones.
    """

    mined: int = 0
    probability: float = 0.0
    judged: int = 0
    right: int = 0

    def add(self, pair: ExportedPair) -> None:
        """Count a pair; a machine's English is none."""
        if pair.config == DRAFTED:
            return
        if pair.config == MINED:
            self.mined += 1
            self.probability += pair.probability or 0.0
        elif pair.label is not None:
            self.judged += 1
            self.right += pair.label != "reject"

    @property
    def expected(self) -> float | None:
        """Return the share (0-1) of the unreviewed pairs that the verifier expects to be right."""
        return self.probability / self.mined if self.mined else None
