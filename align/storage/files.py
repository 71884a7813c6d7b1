"""Files written whole or not at all, and JSON lines read with their line numbers."""

from __future__ import annotations

import glob
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

from align.errors import InputError
from align.storage.locks import is_abandoned, owned

__all__ = [
    "dump_json",
    "dump_jsonl",
    "ensure_folder",
    "flush",
    "read_json",
    "read_jsonl",
    "replacing",
    "replacing_folder",
    "staged",
    "sweep",
    "write_json",
    "write_jsonl",
]

_LONGEST: Final = 40
_OLD: Final = "old"
_RANDOM: Final = re.compile("[a-z0-9_]{8}")


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """Give an empty temporary file beside `path` that vanishes at the end unless it was renamed.

    What killed processes left of earlier ones is cleared away. Raises InputError where the folder can't be written.
    """
    sweep(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_prefix(path), suffix=path.suffix)
    except OSError as error:
        raise InputError(f"{path.parent}: can't be written ({error.strerror}): choose another --out") from error
    os.close(handle)
    temporary = Path(name)
    try:
        with owned(temporary):
            # A temporary file is made for its owner's eyes alone; the finished one gets the rights of any new file.
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o666 & ~mask)
            yield temporary
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` that takes its name if the block ends well.

    It vanishes if not. What was written is on the disk before it takes the name, so that a power cut leaves the old
    file or the new one. Raises InputError where the folder can't be written, or where `path` is a folder.
    """
    if path.is_dir():
        raise InputError(f"{path}: a folder, where a file is to be written: choose another --out")
    with staged(path) as temporary:
        yield temporary
        flush(temporary)
        temporary.replace(path)
        flush(path.parent)


def flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, stand on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        # Not every file system can do so for a folder.
        if not path.is_dir():
            raise
    finally:
        os.close(handle)


def sweep(path: Path) -> None:
    """Clear away the temporary files and folders for `path` that a killed process left."""
    if not path.parent.is_dir():
        return
    for left in path.parent.glob(f"{glob.escape(_prefix(path))}*"):
        # A name of ours is followed by eight random letters, and by nothing else but the suffix.
        random = left.name.removeprefix(_prefix(path)).removesuffix(path.suffix)
        if not _RANDOM.fullmatch(random) or not is_abandoned(left):
            continue
        if (left / _OLD).exists() and not path.exists():
            # Killed between two renames: what stood there comes back.
            (left / _OLD).rename(path)
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def _prefix(path: Path) -> str:
    # A file's name may be as long as the system allows, and the temporary one has to be longer.
    return f".{path.name[:_LONGEST]}."


@contextmanager
def replacing_folder(path: Path, *, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """Give an empty temporary folder that takes the name `path` if the block ends well.

    It vanishes if not. A folder that stands there is replaced whole if `is_ours` says so of it, or if it is empty.
    Raises InputError where something else stands, and where the folder can't be written.
    """
    if path.exists() and not (path.is_dir() and (not any(path.iterdir()) or is_ours(path))):
        raise InputError(f"{path}: holds something else, and is not overwritten: choose another --out")
    ensure_folder(path.parent)
    sweep(path)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=_prefix(path)) as temporary, owned(Path(temporary)):
        fresh = Path(temporary) / path.name
        fresh.mkdir()
        yield fresh
        for each in fresh.rglob("*"):
            flush(each)
        if path.exists():
            path.rename(Path(temporary) / _OLD)
        fresh.rename(path)
        flush(path.parent)


def write_jsonl(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line, UTF-8, keys in the order given."""
    with replacing(path) as temporary:
        dump_jsonl(temporary, records)


def dump_jsonl(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line into a file that is put in its place by somebody else."""
    # Half a letter, which no encoding has, becomes its escape, which is JSON as well.
    with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_json(path: Path, record: Mapping[str, Any] | Sequence[Any]) -> None:
    """Write one indented JSON object or array."""
    with replacing(path) as temporary:
        dump_json(temporary, record)


def dump_json(path: Path, record: Mapping[str, Any] | Sequence[Any]) -> None:
    """Write one indented JSON object or array into a file that the caller puts in its place."""
    with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as stream:
        stream.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")


def read_json(path: Path) -> dict[str, Any]:
    """Return the object of a JSON file.

    Raises InputError for a file that can't be read or holds no object.
    """
    try:
        return _object(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8: it is no file of this program") from error


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON lines file.

    "-" is standard input. Raises InputError with file and line for what is not one.
    """
    try:
        with nullcontext(sys.stdin) if str(path) == "-" else path.open(encoding="utf-8") as stream:
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
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: brackets or digits without end: it is no file of this program") from error
    if not isinstance(record, dict):
        raise InputError(f"{where}: not a JSON object")
    return record


def ensure_folder(path: Path) -> None:
    """Make a folder that can be written.

    Raises InputError now rather than after the work is done.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise InputError(f"{path}: can't be written ({error.strerror}): choose another --out") from error
