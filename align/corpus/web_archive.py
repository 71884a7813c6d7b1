"""Web archives (WARC, ISO 28500): each saved page is a document, with its address."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec

from align.corpus.html import read_html
from align.corpus.source import Reading, Source
from align.errors import InputError, MissingExtraError

__all__ = ["read_warc"]

_LARGEST = 8 << 20
"""Bytes of the largest page that is read."""


def read_warc(source: Source) -> Iterator[Reading]:
    """Yield the article of each page of an archive that was saved whole.

    What else was saved is counted in a note.
    """
    if find_spec("warcio") is None:
        raise MissingExtraError("reading web archives", "archives")
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        for record in ArchiveIterator(io.BytesIO(source.content)):
            if record.rec_type != "response" or not _is_page(record.http_headers):
                continue
            number += 1
            address = record.rec_headers.get_header("WARC-Target-URI")
            page = record.content_stream().read(_LARGEST)
            yield from _page(Source(f"{source.name}#{number}", page, ".html"), address, number)
    except (ArchiveLoadFailed, EOFError) as error:
        raise InputError(f"{source.name}: damaged or cut short ({error}): get the file again") from error


def _is_page(headers: object) -> bool:
    """Say whether the headers are those of a page that the server had."""
    if headers is None:
        return False
    kind = headers.get_header("Content-Type") or ""  # type: ignore[attr-defined]
    status = headers.get_statuscode()  # type: ignore[attr-defined]
    return bool(status == "200" and ("text/html" in kind or "xhtml" in kind))


def _page(source: Source, address: str | None, number: int) -> Iterator[Reading]:
    try:
        for reading in read_html(source):
            yield replace(reading, part=f"#{number}", url=reading.url or address)
    except InputError as error:
        yield Reading("", part=f"#{number}", url=address, notes=(str(error),))
