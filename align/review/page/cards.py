"""An item as its page sets it.

Texts are cut where evidence begins and ends, and the evidence is put in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from align.review.interface_language import N_
from align.review.page.term_notes import TermNote, term_marks, term_notes
from align.review.page.verdict_cards import SaidCard, said_cards
from align.review.records import DocumentView, ItemView, Place
from align.runs.report.marks import FactNote, Mark, Stretch, WordNote, fact_notes, marks, stretches, word_notes
from align.translate.term_base import TermBase
from align.types import Evidence, Lang

__all__ = ["Card", "Column", "MergeChoice", "card"]


@dataclass(frozen=True, slots=True)
class Column:
    """One side of an item: its document with the text around, and the sentence.

    `original` is what was edited.
    """

    lang: Lang
    side: Literal["source", "target"]
    document: DocumentView | None
    sentence: tuple[Stretch, ...]
    text: str
    original: str | None
    position: int


@dataclass(frozen=True, slots=True)
class MergeChoice:
    """A segment that a merge may join: `value` is the store's name of where it stands."""

    value: str
    label: str
    lang: Lang
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """An item, ready to be set. `served` says whether the queue brought it or a search."""

    item: ItemView
    columns: tuple[Column, ...]
    facts: tuple[FactNote, ...]
    words: tuple[WordNote, ...]
    neighbours: tuple[MergeChoice, ...]
    served: Literal["queue", "search"]
    adjudicates: bool = False
    terms: tuple[TermNote, ...] = ()
    draft_terms: tuple[TermNote, ...] = ()
    """What the glossary says of the pair, and of the machine's draft."""

    @property
    def said(self) -> tuple[SaidCard, ...]:
        """Return the verdicts between which a third person is to decide, none for anybody else."""
        return said_cards(self.item) if self.adjudicates else ()

    @property
    def joined(self) -> str | None:
        """Return the pair that one key joins with this one: the likeliest that can be."""
        return next((each.id for each in self.item.also if each.joins), None)

    @property
    def own(self) -> Column:
        """Return the side that an unmatched segment has; the first of a pair."""
        return self.columns[0] if self.item.source else self.columns[1]

    @property
    def other(self) -> Column:
        """Return the side that an unmatched segment lacks; the second of a pair."""
        return self.columns[1] if self.item.source else self.columns[0]


def card(
    item: ItemView,
    *,
    served: Literal["queue", "search"] = "queue",
    adjudicates: bool = False,
    terms: TermBase | None = None,
) -> Card:
    """Return what the page of an item shows; `terms` is the run's glossary."""
    source, target = (" ".join(place.text for place in side) for side in (item.source, item.target))
    # Evidence counts characters of the texts as they were found; an edited text has none.
    edited = (item.source_text, item.target_text) != (source, target)
    evidence = Evidence() if edited else item.evidence
    of_terms = term_marks(item, terms)
    columns = (
        _column("kk", item, [*marks(evidence, "source"), *of_terms[0]]),
        _column("en", item, [*marks(evidence, "target"), *of_terms[1]]),
    )
    drafted = item.draft.text if item.draft and item.draft.kind != "gloss" else ""
    return Card(
        item,
        columns,
        fact_notes(evidence, source, target),
        tuple(word_notes(evidence, source, target)),
        _neighbours(item),
        served,
        adjudicates,
        term_notes(item.source_text, item.target_text, terms) if item.source_text else (),
        term_notes(item.source_text, drafted, terms) if drafted else (),
    )


def _column(lang: Lang, item: ItemView, marked: Sequence[Mark]) -> Column:
    of_side: Sequence[tuple[Sequence[Place], DocumentView | None, str]] = (
        (item.source, item.source_document, item.source_text),
        (item.target, item.target_document, item.target_text),
    )
    places, document, text = of_side[lang == "en"]
    original = " ".join(place.text for place in places)
    side: Literal["source", "target"] = "source" if lang == "kk" else "target"
    return Column(
        lang,
        side,
        document,
        stretches(text, marked),
        text,
        original if original != text else None,
        places[0].position if places else -1,
    )


def _neighbours(item: ItemView) -> tuple[MergeChoice, ...]:
    sides: tuple[tuple[Literal["source", "target"], tuple[str, str], Lang, DocumentView | None], ...] = (
        ("source", (N_("Kazakh before"), N_("Kazakh after")), "kk", item.source_document),
        ("target", (N_("English before"), N_("English after")), "en", item.target_document),
    )
    found = []
    for side, (before, after), lang, document in sides:
        if document is not None and document.before:
            found.append(MergeChoice(f"{side}_before", before, lang, document.before[-1].text))
        if document is not None and document.after:
            found.append(MergeChoice(f"{side}_after", after, lang, document.after[0].text))
    return tuple(found)
