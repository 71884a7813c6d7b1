"""What a run gives back: the links, what stayed unmatched or was dropped, and the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from align.corpus.read import Corpus
from align.runs.link_rows import LINK_COLUMNS, LinkSequence, link_rows
from align.settings import Settings
from align.types import Document, Link, Segment, Unmatched
from align.verify.threshold import Threshold
from align.wording import count

if TYPE_CHECKING:
    import pandas as pd
    from datasets import Dataset

__all__ = ["Alignment"]


@dataclass(frozen=True, slots=True, repr=False)
class Alignment(LinkSequence):
    """The result of `align_documents`, a sequence of links.

    It has `len(result)`, `result[0]` and `for link in result`. `settings` are those that decided, `threshold` says
    what precision and yield are expected of the accepted links. `share` (0-1) is the estimated share of sources with
    a counterpart. `signatures` name the encoder and the verifier, `seconds` what each stage took. `left_out` counts
    what an import left out, by reason. `peak_megabytes` is the most memory held (2**20 bytes), None where not known,
    `megabytes` the most until the end of each stage. `recall` (0-1) is which share of the pairs that are each other's
    nearest the search found, None where it compared all.
    """

    corpus: Corpus
    links: tuple[Link, ...]
    unmatched: tuple[Unmatched, ...]
    settings: Settings
    signatures: Mapping[str, str]
    share: float
    threshold: Threshold
    seconds: Mapping[str, float]
    left_out: Mapping[str, int] = field(default_factory=dict)
    peak_megabytes: int | None = None
    recall: float | None = None
    megabytes: Mapping[str, int] = field(default_factory=dict)

    @property
    def accepted(self) -> tuple[Link, ...]:
        """Return the links that need no reviewer."""
        return tuple(link for link in self.links if link.status == "accepted")

    @property
    def dropped(self) -> tuple[Segment, ...]:
        """Return the segments that took no part, each with its reason."""
        return tuple(
            segment
            for document in self.corpus.documents
            for segment in document.segments
            if segment.dropped is not None
        )

    def __repr__(self) -> str:
        return f"Alignment: {self.summary()}"

    def summary(self) -> str:
        """Return how much was found, in one line."""
        accepted = len(self.accepted)
        waiting = len(self.links) - accepted
        return (
            f"{count(len(self.links), 'link')} ({accepted:,} accepted, {waiting:,} for review),"
            f" {len(self.unmatched):,} unmatched, {count(len(self.documents), 'document')}"
            + ("" if self.recall is None else f", {self.recall:.1%} of the nearest found")
        )

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return the documents of both languages."""
        return self.corpus.documents

    def save(self, folder: str | Path) -> Path:
        """Write the folder of a run, as `align.write_run` does, and return it.

        `align.open_run` opens it.
        """
        from align.runs.write import write_run

        write_run(self, folder)
        return Path(folder)

    def to_pandas(self) -> pd.DataFrame:
        """Return one row a link, best first.

        Its columns are id, kk, en, probability, relation, status, score and the documents' ids.
        """
        import pandas as pd

        return pd.DataFrame(link_rows(self.links), columns=list(LINK_COLUMNS))

    def to_dataset(self) -> Dataset:
        """Return one row a link with the columns of `to_pandas`.

        A written run has all that is exported.
        """
        from datasets import Dataset

        rows = list(link_rows(self.links))
        return Dataset.from_dict({name: [row[name] for row in rows] for name in LINK_COLUMNS})
