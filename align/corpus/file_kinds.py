"""What kind of document a file is: by its first bytes, then by its name."""

from __future__ import annotations

import json
import re

from align.corpus.archive import is_zip, member_names, open_zip
from align.corpus.columns import ROLES
from align.corpus.compressed import is_compressed
from align.errors import InputError

__all__ = ["BY_SUFFIX", "has_signature", "kind_of"]

BY_SUFFIX = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".epub": "epub",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".tmx": "tmx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".rss": "feed",
    ".atom": "feed",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".warc": "warc",
    ".zip": "zip",
}
"""A suffix to the kind of document that it promises."""

_HEAD = 4096
# What was taken for a comment is never tried otherwise, or a page of many comments would be read without end.
_BEFORE = r"\s*+(?:<\?xml[^>]*>\s*+)?+(?:<!--(?>.*?-->)\s*+)*+"
_PAGE = re.compile(rf"{_BEFORE}<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_MEMORY = re.compile(rf"{_BEFORE}(?:<!doctype\s+tmx\b[^>]*>\s*)?<tmx\b", re.I | re.S)
_FEED = re.compile(rf"{_BEFORE}<(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b", re.I | re.S)
_DUMP = re.compile(rf"{_BEFORE}<mediawiki\b", re.I | re.S)
_RICH = b"{\\rtf"
_FOREIGN = {
    b"\xd0\xcf\x11\xe0": "an old Office file: save it as .docx",
}


def kind_of(content: bytes, suffix: str, name: str) -> str | None:
    """Return the kind of document that bytes are, None for one that is no kind of ours.

    What the bytes say goes before what the suffix promises; a plain text that has no signature needs a suffix of ours,
    or none at all. Raises InputError for an archive that is damaged and for a kind that could be ours if saved again.

    >>> kind_of(b"<!DOCTYPE html><p>x", ".txt", "x"), kind_of(b"text", "", "x"), kind_of(b"text", ".css", "x")
    ('html', 'txt', None)
    """
    for magic, what in _FOREIGN.items():
        if content.startswith(magic):
            raise InputError(f"{name}: {what}")
    if is_zip(content):
        return _kind_of_zip(content, suffix, name)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PAR1"):
        return "parquet"
    if content.startswith(b"WARC/"):
        return "warc"
    if content.startswith(_RICH):
        return "rtf"
    return _kind_of_text(content[:_HEAD]) or ("txt" if not suffix else BY_SUFFIX.get(suffix))


def has_signature(head: bytes) -> bool:
    """Say whether the first bytes of a file tell its kind whatever its name.

    A document, an archive or a stream has such.
    """
    known = (
        is_zip(head)
        or is_compressed(head)
        or b"%PDF-" in head[:1024]
        or head.startswith((b"PAR1", b"WARC/", _RICH, *_FOREIGN))
    )
    return known or _kind_of_text(head) is not None


def _kind_of_zip(content: bytes, suffix: str, name: str) -> str:
    if BY_SUFFIX.get(suffix) in ("docx", "epub"):
        # A cut-off one has no directory to look into; its reader says what it should have been.
        return BY_SUFFIX[suffix]
    names = member_names(open_zip(content, name))
    if "word/document.xml" in names:
        return "docx"
    if "META-INF/container.xml" in names and "mimetype" in names:
        return "epub"
    if "content.xml" in names and "mimetype" in names and suffix in (".odt", ""):
        return "odt"
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise InputError(f"{name}: an office file of another kind: save it as .docx or .csv")
    return "zip"


def _kind_of_text(head: bytes) -> str | None:
    text = head.decode("utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "ignore")
    if _PAGE.match(text):
        return "html"
    if _MEMORY.match(text):
        return "tmx"
    if _FEED.match(text):
        return "feed"
    if _DUMP.match(text):
        return "dump"
    if text.startswith("WEBVTT"):
        return "subtitles"
    first = text.lstrip().split("\n", 1)[0]
    if first.startswith("{") and _is_object(first, whole=len(first) < len(text)):
        return "jsonl"
    known = {name for names in ROLES.values() for name in names}
    cells = first.strip("\r").lower().split("\t")
    return "tsv" if len(cells) > 1 and known.intersection(cells) else None


def _is_object(line: str, *, whole: bool) -> bool:
    if not whole:
        # A line longer than what is looked at begins with a name and a colon at least.
        return re.match(r'\{\s*"[^"]*"\s*:', line) is not None
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        # Brackets within brackets, or a number of thousands of digits: no line that anybody's table holds.
        return False
