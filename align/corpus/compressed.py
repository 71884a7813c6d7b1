"""gz, xz and zst undone in memory, with a limit to how much a small file may grow."""

from __future__ import annotations

import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from typing import IO

from align.errors import InputError

__all__ = ["LARGEST", "SUFFIXES", "decompress", "grows_too_much", "is_compressed"]

LARGEST = 2 << 30
"""Bytes that a document may take uncompressed: more than memory should be asked to hold."""
_RATIO = 200
"""Times that a document may grow: prose grows fivefold, a machine's tables a hundredfold, a bomb a thousandfold."""
_SMALL = 16 << 20
"""Bytes below which growth is harmless."""
SUFFIXES = frozenset({".gz", ".xz", ".zst"})
_CHUNK = 1 << 20


def _open_zstd(stream: IO[bytes]) -> IO[bytes]:
    import pyarrow as pa

    return io.BufferedReader(pa.CompressedInputStream(stream, "zstd"))


_OPENERS: dict[bytes, Callable[[IO[bytes]], IO[bytes]]] = {
    b"\x1f\x8b": lambda stream: io.BufferedReader(gzip.GzipFile(fileobj=stream)),
    b"\xfd7zXZ\x00": lambda stream: io.BufferedReader(lzma.LZMAFile(stream)),
    b"\x28\xb5\x2f\xfd": _open_zstd,
}


def is_compressed(content: bytes) -> bool:
    """Say whether bytes begin like gz, xz or zst.

    >>> is_compressed(gzip.compress(b"text")), is_compressed(b"text")
    (True, False)
    """
    return content.startswith(tuple(_OPENERS))


def grows_too_much(compressed: int, uncompressed: int) -> bool:
    """Say whether so many bytes out of so few are a bomb rather than a document."""
    return uncompressed > LARGEST or (uncompressed > _SMALL and uncompressed > _RATIO * compressed)


def decompress(content: bytes, name: str) -> bytes:
    """Return the uncompressed bytes; raises InputError for damaged ones and for a bomb."""
    opener = next(opener for magic, opener in _OPENERS.items() if content.startswith(magic))
    pieces, size = [], 0
    try:
        with opener(io.BytesIO(content)) as stream:
            while piece := stream.read(_CHUNK):
                pieces.append(piece)
                size += len(piece)
                if grows_too_much(len(content), size):
                    raise InputError(
                        f"{name}: refused: grows past {size >> 20} MB from {len(content)} bytes, like a bomb:"
                        " unpack it yourself if you trust it"
                    )
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise InputError(f"{name}: damaged or cut short ({error}): get the file again") from error
    return b"".join(pieces)
