"""A run's folder in Python: its pairs as a data set, a table or a translation memory."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.errors import InputError
from align.export.hf import features, row
from align.export.pairs import CONFIGS, MINED, REVIEWED
from align.export.plan import plan
from align.export.selection import Selection
from align.export.source import RunPairs
from align.export.splits import SPLITS
from align.export.write import chosen, export_run
from align.review.sync import require_run

if TYPE_CHECKING:
    import pandas as pd
    from datasets import DatasetDict

    from align.review.widget.notebook import ReviewWidget

__all__ = ["Run", "open_run"]


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was written to a folder, with whatever people have said of it since."""

    folder: Path

    def review(self, *, reviewer: str | None = None) -> ReviewWidget:
        """Return the run's review as a widget for a notebook, the same that `align review` shows in a browser.

        `reviewer` is the name that stands beside the decisions; it is no authentication, and yours on this machine
        unless given. Raises InputError for a name that can't be shown, MissingExtraError without the extra "notebook".
        """
        from align.review.widget.notebook import review

        return review(self.folder, reviewer=reviewer)

    def to_dataset(self, config: str | None = None, *, selection: Selection | None = None) -> DatasetDict:
        """Return one configuration of what `align export --format hf` writes: its splits, with their features.

        `config` is en-kk (reviewed), en-kk-mined, en-kk-synthetic or en-kk-rejected; None is the reviewed one where
        there is any, else the mined one. Raises InputError for another name.
        """
        from datasets import Dataset, DatasetDict

        if config is not None and config not in CONFIGS:
            raise InputError(f"unknown configuration {config!r}: known are {', '.join(CONFIGS)}")
        rows = self._rows(selection)
        config = config or (REVIEWED if rows[REVIEWED] else MINED)
        splits = {split: mine for split in SPLITS if (mine := rows[config].get(split))} or {"train": []}
        return DatasetDict(
            {
                split: Dataset.from_dict(
                    {name: [each[name] for each in mine] for name in features()}, features=features()
                )
                for split, mine in splits.items()
            }
        )

    def to_pandas(self, *, selection: Selection | None = None) -> pd.DataFrame:
        """Return one row a pair, all configurations: config, split, kk, en and the other columns of the data set."""
        import pandas as pd

        return pd.DataFrame(
            [
                {"config": config, "split": split, **each.pop("translation"), **each}
                for config, splits in self._rows(selection).items()
                for split, mine in splits.items()
                for each in mine
            ]
        )

    def to_tmx(self, path: str | Path, *, selection: Selection | None = None) -> int:
        """Write the accepted pairs as a translation memory and return how many."""
        return export_run(self.folder, "tmx", Path(path), selection=selection).total

    def _rows(self, selection: Selection | None) -> dict[str, dict[str, list[dict[str, Any]]]]:
        pairs = RunPairs(self.folder)
        rows: dict[str, dict[str, list[dict[str, Any]]]] = {config: defaultdict(list) for config in CONFIGS}
        for pair, split in chosen(pairs, plan(pairs, selection or Selection(), format="hf")):
            rows[pair.config][split].append(row(pair))
        return rows


def open_run(folder: str | Path) -> Run:
    """Return the run that a folder holds; raises InputError for one that holds none."""
    if not isinstance(folder, str | Path):
        raise InputError(f"open_run: needs a run's folder, not {type(folder).__name__}")
    require_run(Path(folder))
    return Run(Path(folder))
