"""Zip archives: members read in memory, with bombs, escapes and locks refused one by one."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from align.corpus.compressed import grows_too_much
from align.errors import InputError

__all__ = ["is_zip", "member", "member_names", "members", "open_zip"]

_MOST = 100_000
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError
)  # fmt: skip
"""What zipfile lets pass when an archive's own numbers lie: offsets, sizes, methods, checksums."""


def is_zip(content: bytes) -> bool:
    """Say whether bytes begin like a zip archive, an empty one included."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def open_zip(content: bytes, name: str) -> zipfile.ZipFile:
    """Return an archive that is whole and not a bomb; raises InputError for any other."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _UNREADABLE as error:
        raise InputError(f"{name}: damaged or cut short ({error}): get the file again") from error
    entries = archive.infolist()
    # What the directory promises is the most that zipfile hands out, so it is enough to add that up.
    if len(entries) > _MOST or grows_too_much(len(content), sum(entry.file_size for entry in entries)):
        size = sum(entry.file_size for entry in entries) >> 20
        raise InputError(
            f"{name}: refused: {len(entries)} members of {size} MB in {len(content)} bytes, like a bomb:"
            " unpack it yourself if you trust it"
        )
    return archive


def member_names(archive: zipfile.ZipFile) -> frozenset[str]:
    """Return the names of all members."""
    return frozenset(archive.namelist())


def member(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """Return one member's bytes.

    Raises InputError where it is missing, locked, damaged or a bomb.
    """
    try:
        entry = archive.getinfo(path)
    except KeyError as error:
        raise InputError(f"{name}: damaged: holds no {path}: get the file again") from error
    if grows_too_much(entry.compress_size, entry.file_size):
        raise InputError(f"{name}: refused: {path} grows to {entry.file_size >> 20} MB, like a bomb")
    if entry.flag_bits & 1:
        raise InputError(f"{name}: {path} is locked with a password: unlock it first")
    try:
        return archive.read(entry)
    except _UNREADABLE as error:
        raise InputError(f"{name}: {path} is damaged ({error}): get the file again") from error


def members(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, bytes | InputError]]:
    """Yield the path and bytes of each member in the order of paths.

    A member that can't be read gives the error that says why. Nothing is ever written to disk, yet a path that leaves
    the archive, or a link, is a member that lies about itself.
    """
    for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if entry.is_dir() or path.parts[:1] == ("__MACOSX",) or path.name.startswith("."):
            continue
        if not path.parts:
            yield entry.filename, InputError(f"{name}/{entry.filename}: refused: its path names no file")
        elif path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            yield entry.filename, InputError(f"{name}/{entry.filename}: refused: its path leaves the archive")
        elif stat.S_ISLNK(entry.external_attr >> 16):
            yield entry.filename, InputError(f"{name}/{entry.filename}: refused: a link, not a file")
        else:
            yield entry.filename, _bytes_or_error(archive, entry.filename, name)


def _bytes_or_error(archive: zipfile.ZipFile, path: str, name: str) -> bytes | InputError:
    try:
        return member(archive, path, name)
    except InputError as error:
        return error
