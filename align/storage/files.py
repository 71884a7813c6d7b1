"""Files written whole or not at all, and JSON lines read with their line numbers."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from align.errors import InputError

__all__ = ["ensure_folder", "read_json", "read_jsonl", "replacing", "replacing_folder", "write_json", "write_jsonl"]


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` that takes its name when the block ends well and vanishes when not.

    Raises InputError where the folder can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=path.suffix)
    except OSError as error:
        raise InputError(f"{path.parent}: can't be written ({error.strerror}): choose another --out") from error
    os.close(handle)
    temporary = Path(name)
    try:
        # A temporary file is made for its owner's eyes alone; the finished one gets the rights of any new file.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replacing_folder(path: Path, *, mark: str) -> Iterator[Path]:
    """Give an empty temporary folder that takes the name `path` when the block ends well and vanishes when not.

    A folder that stands there is replaced whole if it holds the file `mark`, or nothing. Raises InputError where
    something else stands, and where the folder can't be written.
    """
    if path.exists() and not (path / mark).is_file() and (not path.is_dir() or any(path.iterdir())):
        raise InputError(f"{path}: holds something else, and is not overwritten: choose another --out")
    ensure_folder(path.parent)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as temporary:
        fresh = Path(temporary) / path.name
        fresh.mkdir()
        yield fresh
        if path.exists():
            path.rename(Path(temporary) / "old")
        fresh.rename(path)


@contextmanager
def _writing(path: Path) -> Iterator[TextIO]:
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        yield stream


def write_jsonl(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line, UTF-8, keys in the order given."""
    with _writing(path) as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_json(path: Path, record: Mapping[str, Any] | Sequence[Any]) -> None:
    """Write one indented JSON object or array."""
    with _writing(path) as stream:
        stream.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")


def read_json(path: Path) -> dict[str, Any]:
    """Return the object of a JSON file; raises InputError for a file that can't be read or holds no object."""
    try:
        return _object(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror})") from error


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON lines file; raises InputError with file and line for what is not one."""
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield _object(line, f"{path}, line {number}")
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8: it is no file of this program") from error


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: not valid JSON ({error.msg})") from error
    if not isinstance(record, dict):
        raise InputError(f"{where}: not a JSON object")
    return record


def ensure_folder(path: Path) -> None:
    """Make a folder that can be written; raises InputError now rather than after the work is done."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise InputError(f"{path}: can't be written ({error.strerror}): choose another --out") from error
