"""Wikipedia's dumps (MediaWiki's XML export): each article is a document.

Its markup is taken off.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from importlib.util import find_spec

from lxml import etree

from align.corpus.safe_xml import local_name, refuse_entities
from align.corpus.source import Reading, Source
from align.errors import InputError, MissingExtraError

__all__ = ["read_dump"]

_REDIRECT = re.compile(r"\s*#(?:redirect|айдау|перенаправление)", re.IGNORECASE)
_TABLE = re.compile(r"\{\|.*?\|\}", re.DOTALL)
_UNREAD = re.compile(r"<(ref|gallery|math|timeline)\b[^>/]*>.*?</\1>|<ref\b[^>]*/>", re.DOTALL | re.IGNORECASE)
_MEDIA = re.compile(r"^(?:thumb|нобай|[\w ]+:).*$|^\W+$", re.IGNORECASE)


def read_dump(source: Source) -> Iterator[Reading]:
    """Yield the articles of a dump with their titles.

    Redirects and pages about the wiki itself are passed over.
    """
    if find_spec("mwparserfromhell") is None:
        raise MissingExtraError("reading Wikipedia's dumps", "archives")
    pages = etree.iterparse(
        io.BytesIO(source.content), tag="{*}page", resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for number, (_, page) in enumerate(pages, 1):
            if number == 1:
                refuse_entities(page, source.name)
            said = {local_name(each): each.text or "" for each in page.iter()}
            if said.get("ns", "0") == "0" and not _REDIRECT.match(said.get("text", "")):
                yield _article(said, number)
            page.clear()
    except etree.XMLSyntaxError as error:
        raise InputError(f"{source.name}: damaged XML ({error}): get the file again") from error


def _article(said: dict[str, str], number: int) -> Reading:
    from mwparserfromhell import parse

    bare = _UNREAD.sub("", _TABLE.sub("", said.get("text", "")))
    text = str(parse(bare).strip_code(normalize=True, collapse=True))
    lines = (line.strip() for line in text.splitlines())
    kept = "\n".join(line for line in lines if line and not _MEDIA.match(line))
    title = said.get("title") or None
    return Reading(f"{title}\n{kept}" if title else kept, part=f"#{number}", title=title)
