"""Links as rows: the columns that every table of links has, and a notebook's view of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, Final, Protocol, overload

from align.types import Link
from align.wording import html_table, probability

__all__ = ["LINK_COLUMNS", "LinkSequence", "link_rows", "links_html"]

LINK_COLUMNS: Final = ("id", "kk", "en", "probability", "relation", "status", "score", "kk_doc_id", "en_doc_id")
"""The columns that tables of links and exported data sets share; `score` is the margin of the search."""

_SHOWN: Final = 10
_TINTS: Final = {"matched": "#cde8c9", "compatible": "#e3efc5", "conflict": "#f6c6c0"}
_ONE_SIDED: Final = "#e4e4ea"


class _HasLinks(Protocol):
    @property
    def links(self) -> tuple[Link, ...]: ...


class LinkSequence:
    """What has `links` is gone through, indexed and shown in a notebook as they are."""

    __slots__ = ()

    def __len__(self: _HasLinks) -> int:
        return len(self.links)

    def __iter__(self: _HasLinks) -> Iterator[Link]:
        return iter(self.links)

    @overload
    def __getitem__(self: _HasLinks, which: int) -> Link: ...
    @overload
    def __getitem__(self: _HasLinks, which: slice) -> tuple[Link, ...]: ...
    def __getitem__(self: _HasLinks, which: int | slice) -> Link | tuple[Link, ...]:
        return self.links[which]

    def _repr_html_(self: _HasLinks) -> str:
        return links_html(repr(self), self.links)


def link_rows(links: Sequence[Link]) -> Iterator[dict[str, Any]]:
    """Yield one row a link, with `LINK_COLUMNS`."""
    for link in links:
        values = (link.id, link.kk, link.en, link.probability, link.relation, link.status, link.margin, *link.documents)
        yield dict(zip(LINK_COLUMNS, values, strict=True))


def links_html(title: str, links: Sequence[Link]) -> str:
    """Return the first links as a table for a notebook.

    The facts of either text are tinted by what the other one says.
    """
    rows = (
        (probability(each.probability), each.status, each.relation, _tinted(each, 0), _tinted(each, 1))
        for each in links[:_SHOWN]
    )
    return html_table(title, ("probability", "status", "relation", "kk", "en"), rows)


def _tinted(link: Link, side: int) -> str:
    # The report knows the alignment, and the alignment shows itself by these rows.
    from align.runs.report.marks import marks, stretches

    text, found = (link.en, marks(link.evidence, "target")) if side else (link.kk, marks(link.evidence, "source"))
    return "".join(_piece(each.text, each.status, each.note) for each in stretches(text, found))


def _piece(text: str, status: str, note: str) -> str:
    if not status:
        return escape(text)
    tint = _TINTS.get(status, _ONE_SIDED)
    return f'<mark style="background:{tint};color:#111" title="{escape(note)}">{escape(text)}</mark>'
