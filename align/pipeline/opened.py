"""A run's folder in Python: its pairs as a data set, a table or a translation memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import InitVar, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.corpus.read import Corpus
from align.errors import InputError
from align.export import format_of, parse_names
from align.export.exported import CONFIGS, MINED, REVIEWED
from align.export.hf import features, row
from align.export.plan import plan
from align.export.run_pairs import RunPairs
from align.export.selection import Selection
from align.export.splits import SPLITS
from align.export.write import Written, chosen, export_run
from align.pipeline.changes import Changes
from align.review.sync import require_run
from align.runs.alignment import Alignment
from align.runs.link_rows import LINK_COLUMNS, LinkSequence
from align.runs.read import read_run
from align.storage.files import read_json
from align.types import Document, Link, Unmatched

if TYPE_CHECKING:
    import pandas as pd
    from datasets import DatasetDict

    from align.review.interface_language import InterfaceLanguage
    from align.review.widget.notebook import ReviewWidget

__all__ = ["Run", "open_run"]


@dataclass(frozen=True, repr=False)
class Run(LinkSequence):
    """A run that was written to a folder, with whatever people have said of it since.

    It is a sequence of links: `len(run)`, `run[0].kk`, `for link in run`.
    """

    folder: Path
    found: InitVar[Alignment | None] = None
    """What was just written there, for whoever has it at hand."""
    changes: Changes | None = None
    """What is new, changed and gone since the run that stood there before; None for a first run."""

    def __post_init__(self, found: Alignment | None) -> None:
        if found is not None:
            self.__dict__["alignment"] = found

    @cached_property
    def alignment(self) -> Alignment:
        """Return what the run found, as its files tell.

        Raises InputError for files of another version.
        """
        return read_run(self.folder)

    @property
    def manifest(self) -> dict[str, Any]:
        """Return what decided the run and what came of it, as manifest.json tells."""
        return read_json(self.folder / "manifest.json")

    def __repr__(self) -> str:
        return f"Run {self.folder}: {self.alignment.summary()}"

    @property
    def links(self) -> tuple[Link, ...]:
        """Return the links, the most probable first."""
        return self.alignment.links

    @property
    def accepted(self) -> tuple[Link, ...]:
        """Return the links that need no reviewer."""
        return self.alignment.accepted

    @property
    def unmatched(self) -> tuple[Unmatched, ...]:
        """Return the segments that stand in no link, with what came nearest and their drafts."""
        return self.alignment.unmatched

    @property
    def corpus(self) -> Corpus:
        """Return the documents that were read; `run.corpus[id]` is one of them."""
        return self.alignment.corpus

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return the documents of both languages."""
        return self.corpus.documents

    def save(self, folder: str | Path) -> Run:
        """Write the run's links into another folder, and open that.

        What people have said of the links stays behind.
        """
        return Run(self.alignment.save(folder), self.alignment)

    def export(
        self,
        format: str | Path,
        out: str | Path | None = None,
        *,
        status: str | None = None,
        relation: str | Sequence[str] | None = None,
        columns: str | Sequence[str] | None = None,
        selection: Selection | None = None,
    ) -> Written:
        """Write the pairs as a parallel corpus, as `align export` does.

        `format` is hf, tmx, moses, jsonl, tsv, csv or parquet; where `out` alone is given, its suffix tells, and a
        folder is hf. `status` is accepted or all, `relation` one or several; they go before `selection`, which has all
        the rest. `columns` names those of a table, in their order.

        >>> run.export("pairs.tmx", status="all")  # doctest: +SKIP
        """
        if out is None:
            format, out = format_of(format), format
        chosen = selection or Selection()
        if status is not None:
            chosen = replace(chosen, status=status)
        if relation is not None:
            chosen = replace(chosen, relations=(relation,) if isinstance(relation, str) else tuple(relation))
        if columns is not None:
            chosen = replace(chosen, columns=parse_names(columns))
        return export_run(self.folder, str(format), Path(out), selection=chosen)

    def review(self, *, reviewer: str | None = None, language: InterfaceLanguage = "en") -> ReviewWidget:
        """Return the run's review as a widget for a notebook.

        It is the same that `align review` shows in a browser. `reviewer` is the name that stands beside the decisions;
        it is no authentication, and yours on this machine unless given. `language` is the interface's: en, kk or ru.
        Raises InputError for a name that can't be shown or another language, MissingExtraError without the extra
        "notebook".
        """
        from align.review.widget.notebook import review

        return review(self.folder, reviewer=reviewer, language=language)

    def to_dataset(self, config: str | None = None, *, selection: Selection | None = None) -> DatasetDict:
        """Return one configuration of what `align export --format hf` writes.

        It has its splits, with their features. `config` is en-kk (reviewed), en-kk-mined, en-kk-synthetic or
        en-kk-rejected; None is the reviewed one where there is any, else the mined one. Raises InputError for another
        name.
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

    def to_pandas(self, *, status: str = "all", selection: Selection | None = None) -> pd.DataFrame:
        """Return one row a pair, for a table of the run.

        Its columns are those of `Alignment.to_pandas`, then config, split and those of the data set. `status` is all or
        accepted; `selection`, where given, has that and all the rest.
        """
        import pandas as pd

        rows = [
            {**each.pop("translation"), **each, "config": config, "split": split}
            for config, splits in self._rows(selection or Selection(status=status, dedup="none")).items()
            for split, mine in splits.items()
            for each in mine
        ]
        names = [*LINK_COLUMNS, *(each for each in features() if each not in (*LINK_COLUMNS, "translation"))]
        return pd.DataFrame(rows, columns=[*names, "config", "split"])

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
