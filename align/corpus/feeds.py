"""Feeds (RSS 2.0, Atom): each entry that holds text is a document.

A sitemap holds addresses alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any, Final

from align.corpus.fields import day, text_or_none
from align.corpus.page_blocks import page_text, parse_html
from align.corpus.safe_xml import local_name, parse_xml
from align.corpus.source import Reading, Source
from align.errors import InputError

__all__ = ["read_feed"]

_TEXTS: Final = ("encoded", "content", "description", "summary")
"""What holds an entry's text, the fullest first."""


def read_feed(source: Source) -> Iterator[Reading]:
    """Yield the entries of a feed; raises InputError for a sitemap, which has no text."""
    root = parse_xml(source.content, source.name)
    if local_name(root) in ("urlset", "sitemapindex"):
        count = sum(1 for each in root.iter() if local_name(each) == "loc")
        raise InputError(f"{source.name}: a sitemap of {count} addresses and no text: save the pages and give those")
    entries = (each for each in root.iter() if local_name(each) in ("item", "entry"))
    for number, entry in enumerate(entries, 1):
        yield _entry(entry, number, source.name)


def _entry(entry: Any, number: int, name: str) -> Reading:  # noqa: ANN401  (lxml has no types)
    said = {local_name(each): each for each in reversed(entry)}
    title = text_or_none("".join(said["title"].itertext())) if "title" in said else None
    marked = next(("".join(said[each].itertext()) for each in _TEXTS if each in said), "")
    text = page_text(parse_html(marked, f"{name}#{number}")) if marked.strip() else ""
    link = said.get("link")
    published = next((said[each].text for each in ("pubDate", "published", "date") if each in said), None)
    found = _day(published)
    return Reading(
        f"{title}\n{text}" if title else text,
        part=f"#{number}",
        title=title,
        published=found,
        published_from="feed" if found else None,
        url=None if link is None else text_or_none(link.text) or link.get("href"),
    )


def _day(value: str | None) -> str | None:
    """Return the day of a time as RFC 5322 or ISO 8601 writes it.

    >>> _day("Mon, 13 May 2024 10:00:00 +0500"), _day("2024-05-13T10:00:00Z"), _day("soon")
    ('2024-05-13', '2024-05-13', None)
    """
    try:
        return day(value) or (parsedate_to_datetime(value).date().isoformat() if value else None)
    except (ValueError, TypeError):
        return None
