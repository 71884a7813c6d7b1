"""Plain text files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from align.corpus.compressed import decompress, is_compressed
from align.corpus.encoding import decode, decode_unicode
from align.corpus.source import Reading, Source
from align.errors import InputError

__all__ = ["read_bytes", "read_lines", "read_text"]


def read_text(source: Source) -> Iterator[Reading]:
    """Yield the text of a file, whose lines may be wrapped."""
    decoded = decode(source.content, source.name)
    source.content = b""
    yield Reading(decoded.text, encoding=decoded.encoding, wrapped=True)


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, uncompressed where it is gz, xz or zst.

    Raises InputError for what can't be read. "-" is standard input.
    """
    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except IsADirectoryError as error:
        raise InputError(f"{path}: is a folder: give a file; `align run` takes folders of documents") from error
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}): check the path and its permissions") from error
    return decompress(content, str(path)) if is_compressed(content) else content


def read_lines(path: Path) -> list[str]:
    """Return a file's lines, one segment each.

    Blank ones are kept so that line numbers hold. Raises InputError for what can't be read. The file is in UTF-8 or
    UTF-16: where line numbers count, no other encoding is guessed at.
    """
    text = decode_unicode(read_bytes(path), str(path)).text
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
