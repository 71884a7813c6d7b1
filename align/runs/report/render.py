"""An alignment as report.html: one page that needs nothing but itself."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from align.facts import Ledger
from align.plots import histogram, scatter
from align.runs.alignment import Alignment
from align.runs.report.marks import FactNote, Stretch, WordNote, fact_notes, marks, stretches, word_notes
from align.runs.report.path import path_of
from align.runs.report.spreads import Page, Spread, pages, spreads
from align.types import Lang, Link, Segment, Unmatched
from align.wording import count, probability

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["REVIEW_ADDRESS", "LinkDecision", "render"]

REVIEW_ADDRESS = "http://127.0.0.1:8765"
"""Where `align review` serves unless told otherwise: the page's links lead to the pairs there."""

_MOST_LINKS = 500
_MOST_PATHS = 12
_MOST_UNMATCHED = 500
"""Unmatched segments of a side, and links, that are set in full; the rest stand in the run's files."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A link as the list sets it.

    `places` are siglum, segment number and anchor (or None) of both sides. `shared` says which share of either side's
    facts the other side tells.
    """

    number: int
    link: Link
    source: tuple[Stretch, ...]
    target: tuple[Stretch, ...]
    facts: tuple[FactNote, ...]
    words: tuple[WordNote, ...]
    places: tuple[tuple[str, str | None], ...]
    shared: str


@dataclass(frozen=True, slots=True)
class LinkDecision:
    """What a review made of a link.

    `verdict` names it, `label` says it, and these `reviewers` gave it.
    `texts` are both sides, Kazakh first, as the reviewers have them, None where they stand as they were found.
    """

    verdict: str
    label: str
    reviewers: tuple[str, ...]
    texts: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Loose:
    """The unmatched segments of one side: the first with their places, and how many there are."""

    rows: tuple[tuple[str, Unmatched], ...]
    total: int


def render(alignment: Alignment, decided: Mapping[str, LinkDecision] | None = None) -> str:
    """Return the page of a run.

    It shows links best first, documents side by side, what stayed unmatched, and the plots; `decided` says by the ids
    of links what a review made of them, None where nobody has reviewed the run. The same gives the same page, byte for
    byte. Everything that comes from the documents and from people is escaped.
    """
    found = pages(alignment.corpus.documents, alignment.links)
    set_pairs, left_out = spreads(found, alignment.links)
    thresholds = (("review", alignment.settings.review), ("accept", alignment.settings.accept))
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            alignment=alignment,
            decided=decided,
            decisions=Counter(each.label for each in (decided or {}).values()),
            review=REVIEW_ADDRESS,
            pages=tuple(found.values()),
            segments=_segments(alignment),
            entries=_entries(alignment.links[:_MOST_LINKS], found, set_pairs),
            spreads=set_pairs,
            spreads_left_out=left_out,
            unmatched={side: _loose(alignment.unmatched, side, found) for side in ("source", "target")},
            histogram=histogram([link.probability for link in alignment.links], thresholds),
            nearest=histogram(_nearest(alignment.unmatched), thresholds),
            scatter=scatter(alignment.links[:_MOST_LINKS], thresholds),
            paths=[path for spread in set_pairs[:_MOST_PATHS] if (path := path_of(spread, alignment.links))],
        )
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = Path(__file__).parent
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = ((folder / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    # The page's policy lets this one script run and nothing load, should a document's text ever slip through as markup.
    allowed = b64encode(sha256(script.encode()).digest()).decode()
    # Style and script are this package's own text; escaping would break them.
    environment.globals.update(style=Markup(style), script=Markup(script), allowed=allowed)
    environment.filters["probability"] = probability
    environment.filters["percent"] = "{:.0%}".format
    environment.filters["count"] = count
    return environment


def _segments(alignment: Alignment) -> dict[str, object]:
    """Count the segments: kept of either language, and dropped by reason.

    The most frequent reason comes first.
    """
    reasons = Counter(segment.dropped for segment in alignment.dropped)
    return {
        "kk": len(alignment.corpus.segments("kk")),
        "en": len(alignment.corpus.segments("en")),
        "dropped": len(alignment.dropped),
        "reasons": sorted(reasons.items(), key=lambda item: (-item[1], str(item[0]))),
    }


def _entries(links: Sequence[Link], found: dict[str, Page], shown: Sequence[Spread]) -> tuple[_Entry, ...]:
    anchors: dict[tuple[int, Lang], str] = {
        (number, line.segment.lang): line.anchor
        for spread in shown
        for line in (*spread.source_lines, *spread.target_lines)
        for number in (ref.number for ref in line.refs)
    }
    return tuple(_entry(number, link, found, anchors) for number, link in enumerate(links, 1))


def _entry(number: int, link: Link, found: dict[str, Page], anchors: dict[tuple[int, Lang], str]) -> _Entry:
    # Evidence counts characters of the segments' texts, joined by a space where a side has several.
    source = " ".join(segment.text for segment in link.source)
    target = " ".join(segment.text for segment in link.target)
    return _Entry(
        number,
        link,
        stretches(source, marks(link.evidence, "source")),
        stretches(target, marks(link.evidence, "target")),
        fact_notes(link.evidence, source, target),
        tuple(word_notes(link.evidence, source, target)),
        tuple((_place(side[0], found), anchors.get((number, side[0].lang))) for side in (link.source, link.target)),
        _shared(Ledger(link.evidence.facts)),
    )


def _shared(ledger: Ledger) -> str:
    """Say which share of either side's facts the other one tells.

    A side without facts is left out.

    >>> from align.types import Fact, FactMatch
    >>> _shared(Ledger((FactMatch("number", Fact("number", "5", 0, 1), None, "source_only"),)))
    '0% of the Kazakh'
    """
    shares = (("Kazakh", ledger.source_coverage), ("English", ledger.target_coverage))
    return ", ".join(f"{share:.0%} of the {side}" for side, share in shares if share is not None)


def _place(segment: Segment, found: dict[str, Page]) -> str:
    return f"{found[segment.document].siglum}·{segment.position + 1}"


def _loose(unmatched: Sequence[Unmatched], side: str, found: dict[str, Page]) -> _Loose:
    mine = [item for item in unmatched if item.side == side]
    return _Loose(tuple((_place(item.segment, found), item) for item in mine[:_MOST_UNMATCHED]), len(mine))


def _nearest(unmatched: Sequence[Unmatched]) -> list[float]:
    return [item.nearest[0].probability for item in unmatched if item.nearest]
