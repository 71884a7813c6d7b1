"""Plain text files."""

from __future__ import annotations

from pathlib import Path

from align.errors import InputError

__all__ = ["decode", "read_text"]


def read_text(path: Path) -> tuple[bytes, str]:
    """Return a file's bytes and the text in them; raises InputError for what is not UTF-8 or can't be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}): check the path and its permissions") from error
    return content, decode(content, path)


def decode(content: bytes, path: Path) -> str:
    """Return the bytes as text without a byte order mark; raises InputError naming the first line that is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise InputError(
            f"{path}, line {line}: not UTF-8 (byte 0x{byte:02x}): save the file as UTF-8,"
            " for instance with iconv -f WINDOWS-1251 -t UTF-8"
        ) from error
