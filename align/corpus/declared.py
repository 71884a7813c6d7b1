"""What a page declares of itself: its day and its language.

It also tells which statement the day comes from.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from align.types import Lang

__all__ = ["declared_day", "declared_language", "site_language"]

_PROPERTIES: Final = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publication_date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created",
    "dcterms.issued", "sailthru.date", "parsely-pub-date", "article.published", "cxenseparse:recs:publishtime",
)  # fmt: skip
"""Names of `meta` by which sites say when a page was published, the surest first."""
_DAY: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.]?(\d\d)[-/.]?(\d\d)(?!\d)")
_EUROPEAN: Final = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?!\d)")
_ADDRESS: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_DEEPEST: Final = 8
"""Objects within objects of JSON-LD that are looked into."""
_CODES: Final[dict[str, Lang]] = {
    **dict.fromkeys(("kk", "kaz", "kz", "qaz"), "kk"),
    **dict.fromkeys(("en", "eng"), "en"),
}
"""How pages and addresses name our languages; many sites take the country's code for Kazakh's."""
_SITES: Final[dict[str, Lang]] = {
    **dict.fromkeys(
        (
            "abai.kz", "aikyn.kz", "anatili.kz", "azattyq.org", "azattyq-ruhy.kz", "baq.kz", "egemen.kz", "massaget.kz",
            "qazaquni.kz", "turkystan.kz", "zhasalash.kz",
        ),
        "kk",
    ),
    **dict.fromkeys(("astanatimes.com", "eurasianet.org", "rferl.org", "timesca.com"), "en"),
}  # fmt: skip
"""Ends of hosts whose pages are in one of our languages; .kz tells none."""


def declared_day(root: Any, url: str | None) -> tuple[str, str] | None:  # noqa: ANN401  (lxml has no types)
    """Return the day, ISO 8601, on which a page says it was published, and where it says so.

    None where it says no day. Looked at are its `meta` tags, its JSON-LD, its `time` elements and its address, in this
    order. A year in a notice of rights or in the text is no statement.
    """
    for where, value in (*_metas(root), *_linked_data(root), *_times(root)):
        found = _day(value)
        if found is not None:
            return found, where
    for address in filter(None, (url, *root.xpath(".//link[@rel='canonical']/@href"))):
        match = _ADDRESS.search(address)
        day = _valid(*match.groups()) if match is not None else None
        if day is not None:
            return day, "address"
    return None


def declared_language(root: Any) -> Lang | None:  # noqa: ANN401
    """Return the language that a page's root element names, None for a third one or none.

    Many pages have there what their template came with, so it is evidence and no decision.
    """
    said = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    return _CODES.get(re.split("[-_]", said.strip().lower())[0])


def site_language(url: str | None) -> Lang | None:
    """Return the language that an address tells.

    A known site tells it, else a host's first name or its first folder.

    >>> site_language("https://www.azattyq.org/a/1.html"), site_language("https://en.example.kz/kz/1")
    ('kk', 'en')
    >>> site_language("https://example.kz/kaz/1"), site_language("https://example.kz/1"), site_language("http://[")
    ('kk', None, None)
    """
    try:
        address = urlsplit(url or "")
        host = (address.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    names = host.split(".")
    first = address.path.lower().lstrip("/").split("/")[0]
    own = _CODES.get(names[0]) if len(names) > 2 else None
    known = next((_SITES[end] for place in range(len(names)) if (end := ".".join(names[place:])) in _SITES), None)
    return own or known or _CODES.get(first)


def _metas(root: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            said.setdefault((meta.get(attribute) or "").lower(), meta.get("content") or "")
    yield from ((f"meta {name}", said[name]) for name in _PROPERTIES if said.get(name))


def _linked_data(root: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    for script in root.iter("script"):
        if (script.get("type") or "").lower().strip() == "application/ld+json":
            try:
                held = json.loads("".join(script.itertext()), strict=False)
            except (ValueError, RecursionError):
                continue
            yield from (("JSON-LD", value) for value in _published(held, 0))


def _published(held: object, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(held, dict):
        if isinstance(held.get("datePublished"), str):
            yield held["datePublished"]
        for value in held.values():
            yield from _published(value, depth + 1)
    elif isinstance(held, list):
        for value in held:
            yield from _published(value, depth + 1)


def _times(root: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield what `time` elements state.

    They are those that say they are the day of publication, else a page's only one.
    """
    times = [each for each in root.iter("time") if each.get("datetime")]
    marked = [
        each
        for each in times
        if each.get("pubdate") is not None
        or (each.get("itemprop") or "").lower() == "datepublished"
        or "publish" in (each.get("class") or "").lower()
    ]
    days = {_day(each.get("datetime")) for each in times}
    chosen = marked or (times if len(days) == 1 else [each for each in times if _stands_at_head(each)][:1])
    yield from (("time", each.get("datetime")) for each in chosen)


def _stands_at_head(element: Any) -> bool:  # noqa: ANN401
    """Say whether an element stands in the same part of the page as a headline.

    The list beside the news has none.
    """
    return any(
        each.tag in ("article", "header", "main") and each.find(".//h1") is not None for each in element.iterancestors()
    )


def _day(value: str) -> str | None:
    found = _DAY.search(value)
    if found is not None:
        return _valid(*found.groups())
    found = _EUROPEAN.search(value)
    return _valid(found[3], found[2], found[1]) if found is not None else None


def _valid(year: str, month: str, day: str) -> str | None:
    """Return a day as ISO 8601, None for one that there is not.

    >>> _valid("2024", "5", "12"), _valid("2024", "13", "1")
    ('2024-05-12', None)
    """
    try:
        found = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat()
