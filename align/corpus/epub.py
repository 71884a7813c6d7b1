"""Electronic books (EPUB 2 and 3): the chapters in reading order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

from align.corpus.archive import member, open_zip
from align.corpus.encoding import decode_declared
from align.corpus.fields import day, text_or_none
from align.corpus.page_blocks import page_text, parse_html
from align.corpus.safe_xml import local_name, parse_xml
from align.corpus.source import Reading, Source
from align.errors import InputError

__all__ = ["read_epub"]

_CONTAINER = "META-INF/container.xml"


def read_epub(source: Source) -> Iterator[Reading]:
    """Yield a book as one document, with its title, author, day, address and rights."""
    archive = open_zip(source.content, source.name)
    container = parse_xml(member(archive, _CONTAINER, source.name), source.name)
    path = next((each.get("full-path") for each in container.iter() if local_name(each) == "rootfile"), None)
    if path is None:
        raise InputError(f"{source.name}: damaged: {_CONTAINER} names no book: get the file again")
    package = parse_xml(member(archive, path, source.name), source.name)
    about = _about(package)
    address = next((value for name, value in about if name in ("source", "identifier") and "://" in value), None)
    fields = dict(reversed(about))
    yield Reading(
        "\n".join(_chapters(archive, package, posixpath.dirname(path), source.name)),
        title=fields.get("title"),
        published=day(fields.get("date")),
        url=address,
        author=fields.get("creator"),
        licence=fields.get("rights"),
    )


def _about(package: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    metadata = next((each for each in package if local_name(each) == "metadata"), ())
    named = ((local_name(each), text_or_none(each.text)) for each in metadata)
    return [(name, value) for name, value in named if value is not None]


def _chapters(archive: ZipFile, package: Any, folder: str, name: str) -> Iterator[str]:  # noqa: ANN401
    taken: set[str] = set()
    items = {each.get("id"): each.get("href") for each in package.iter() if local_name(each) == "item"}
    for reference in package.iter():
        if local_name(reference) == "itemref" and items.get(reference.get("idref")):
            address = urlsplit(items[reference.get("idref")]).path
            path = posixpath.normpath(posixpath.join(folder, unquote(address)))
            # A chapter stands in a book once (EPUB 3.3, 5.6.2), however often the book names it.
            if path in taken:
                continue
            taken.add(path)
            page = decode_declared(member(archive, path, name), f"{name}/{path}").text
            if page.strip():
                yield page_text(parse_html(page, f"{name}/{path}"))
