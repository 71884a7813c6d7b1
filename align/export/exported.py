"""What is exported: pairs of texts with where they came from and who stands behind them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

__all__ = ["CONFIGS", "DRAFTED", "MINED", "REJECTED", "REVIEWED", "Cell", "ExportedPair", "ExportedSide", "Origin"]

Origin: TypeAlias = Literal["mined", "human_edited", "machine_translated", "post_edited"]
ExportedStatus: TypeAlias = Literal["accepted", "review", "rejected", "draft"]

REVIEWED: Final = "en-kk"
MINED: Final = "en-kk-mined"
DRAFTED: Final = "en-kk-synthetic"
REJECTED: Final = "en-kk-rejected"
CONFIGS: Final = (REVIEWED, MINED, DRAFTED, REJECTED)
"""The parts of an exported data set, the one to train and test on first."""


@dataclass(frozen=True, slots=True)
class ExportedSide:
    """Where one side of a pair stood.

    `span` counts characters of the document's text, None where nobody found it. `mark` is what all its segments were
    marked as ("title", "caption"), None for the text itself.
    """

    document: str
    url: str | None = None
    published: str | None = None
    licence: str | None = None
    span: tuple[int, int] | None = None
    mark: str | None = None
    path: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a pair's ledger of facts: the values of either side.

    A side that does not tell the fact has None.
    """

    kind: str
    source: str | None
    target: str | None
    status: str


@dataclass(frozen=True, slots=True)
class ExportedPair:
    """One pair of a parallel corpus.

    `score` is the margin of the search, `probability` the verifier's, 0-1; both None where no model judged the pair.
    `status` is accepted (by a person, or by the run's threshold where nobody looked), review (nobody has decided),
    rejected or draft. `label` is the reviewers' word (accept, partial, reject). `agreement` is the share of them who
    said it, None for fewer than two. `batch` names the batch in which a pair was accepted without a look at it alone;
    `reviewers` is 0 then. `mt_model` names what made a machine's English, or the draft that a person's began
    with; `draft_distance` (0-1) is how far that person went from it: Levenshtein's distance in characters, over the
    longer text.
    """

    id: str
    kk: str
    en: str
    score: float | None
    probability: float | None
    relation: str | None
    label: str | None
    status: ExportedStatus
    origin: Origin
    kk_side: ExportedSide
    en_side: ExportedSide
    facts: tuple[Cell, ...] = ()
    reviewers: int = 0
    agreement: float | None = None
    mt_model: str | None = None
    draft_distance: float | None = None
    batch: str | None = None

    @property
    def config(self) -> str:
        """Return which part of a data set the pair belongs to.

        Only what a person has seen is in the reviewed one.
        """
        if self.status == "rejected":
            return REJECTED
        if self.status == "draft" or self.origin == "machine_translated":
            return DRAFTED
        return REVIEWED if self.reviewers and self.status == "accepted" else MINED

    def columns(self) -> dict[str, Any]:
        """Return the columns of a data set, the texts under `translation`.

        The two columns that tell the languages are left out.
        """
        kk, en = self.kk_side, self.en_side
        return {
            "id": self.id,
            "translation": {"en": self.en, "kk": self.kk},
            "score": self.score,
            "probability": self.probability,
            "relation": self.relation,
            "label": self.label,
            "status": self.status,
            "origin": self.origin,
            "kk_doc_id": kk.document,
            "kk_path": kk.path,
            "kk_title": kk.title,
            "kk_url": kk.url,
            "kk_published": kk.published,
            "kk_span": list(kk.span) if kk.span else None,
            "kk_mark": kk.mark,
            "en_doc_id": en.document,
            "en_path": en.path,
            "en_title": en.title,
            "en_url": en.url,
            "en_published": en.published,
            "en_span": list(en.span) if en.span else None,
            "en_mark": en.mark,
            "facts": [
                {"kind": cell.kind, "source": cell.source, "target": cell.target, "status": cell.status}
                for cell in self.facts
            ],
            "reviewers": self.reviewers,
            "agreement": self.agreement,
            "batch": self.batch,
            "mt_model": self.mt_model,
            "draft_distance": self.draft_distance,
            "licence_kk": kk.licence,
            "licence_en": en.licence,
        }

    def flat(self) -> dict[str, Any]:
        """Return the columns with the two texts beside the id, as a table has them."""
        rest = {name: value for name, value in self.columns().items() if name not in ("id", "translation")}
        return {"id": self.id, "kk": self.kk, "en": self.en, **rest}

    def properties(self) -> dict[str, str]:
        """Return everything but the texts and the id as text, leaving out what is empty.

        It is for formats that hold nothing but text.
        """
        values = {name: value for name, value in self.columns().items() if name not in ("id", "translation")}
        return {
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in values.items()
            if value not in (None, [])
        }
