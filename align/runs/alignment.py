"""What a run gives back: the links, what stayed unmatched, what was dropped, and the settings that decided it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.corpus.read import Corpus
from align.settings import Settings
from align.types import Link, Segment, Unmatched
from align.verify.threshold import Threshold

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Alignment"]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The result of `align_documents`.

    `settings` are those that decided, `threshold` says what precision and yield are expected of the accepted links.
    `share` (0-1) is the estimated share of sources with a counterpart. `signatures` name the encoder and the
    verifier, `seconds` what each stage took. `left_out` counts what an import left out, by reason.
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

    @property
    def accepted(self) -> tuple[Link, ...]:
        """Return the links that need no reviewer."""
        return tuple(link for link in self.links if link.status == "accept")

    @property
    def dropped(self) -> tuple[Segment, ...]:
        """Return the segments that took no part, each with its reason."""
        return tuple(
            segment
            for document in self.corpus.documents
            for segment in document.segments
            if segment.dropped is not None
        )

    def to_pandas(self) -> pd.DataFrame:
        """Return one row a link, best first: kk, en, probability, relation, status, cosine, margin, documents."""
        import pandas as pd

        rows = [
            {
                "kk": " ".join(segment.text for segment in link.source),
                "en": " ".join(segment.text for segment in link.target),
                "probability": link.probability,
                "relation": link.relation,
                "status": link.status,
                "cosine": link.cosine,
                "margin": link.margin,
                "kk_document": link.source[0].document,
                "en_document": link.target[0].document,
            }
            for link in self.links
        ]
        columns = ["kk", "en", "probability", "relation", "status", "cosine", "margin", "kk_document", "en_document"]
        return pd.DataFrame(rows, columns=columns)
