"""Paths to sources: folders all the way down, and standard input.

Archives and compressed files are opened.
"""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from align.corpus.archive import members, open_zip
from align.corpus.compressed import LARGEST, SUFFIXES, decompress, is_compressed
from align.corpus.faults import faults_of
from align.corpus.file_kinds import BY_SUFFIX, has_signature, kind_of
from align.corpus.source import Refused, Source
from align.errors import InputError
from align.storage.sealed import RUN_FILES

__all__ = ["name_of", "opened", "sources"]

_HEAD = 4096
_PIECE = 1 << 20
_DEEPEST = 3
"""Archives within archives: more than that is a riddle rather than a delivery."""
_DATASETS = frozenset({"dataset_info.json", "dataset_dict.json"})
_RUN = frozenset({"manifest.json", *RUN_FILES})
_NAMED = 3
"""Files that are told of by their names; more are counted by their kinds."""
_ABOUT = frozenset("changelog contributing copying licence license notice readme sources".split())
"""Files that tell of a folder rather than belong to what it holds, by their names without suffix."""

FoundSource = tuple[str, Source] | Refused


def sources(paths: Iterable[str | Path], columns: Mapping[str, str]) -> Iterator[FoundSource]:
    """Yield the kind and the source of each document, or the error of one that is refused.

    "-" is standard input. What a folder holds beside documents is passed over, and told of in one line a folder.
    Raises InputError for a path that does not exist.
    """
    for path in dict.fromkeys(map(str, paths)):
        if path == "-":
            yield from opened(Source("<stdin>", _bounded(sys.stdin.buffer, "<stdin>"), columns=columns))
        elif Path(path).is_dir():
            yield from _folder(Path(path), columns)
        elif Path(path).exists():
            yield from _file(Path(path), columns)
        else:
            raise InputError(f"{name_of(path)}: no such file or folder")


def name_of(path: str | Path) -> str:
    r"""Return a path as a text that can be written.

    Bytes of its name that are not UTF-8 stand as escapes.

    >>> name_of(os.fsdecode(b"news-\xff.txt"))
    'news-\\xff.txt'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _file(path: Path, columns: Mapping[str, str]) -> Iterator[FoundSource]:
    name = name_of(path)
    try:
        source = Source(name, _content(path, name), path.suffix.lower(), columns)
    except OSError as error:
        yield Refused(name, InputError(f"{name}: can't be read ({error.strerror}): check the path and its permissions"))
    except InputError as error:
        yield Refused(name, error)
    else:
        yield from opened(source)


def _content(path: Path, name: str) -> bytes:
    """Return a file's bytes; raises InputError for a device, and for a pipe that does not end."""
    mode = path.stat().st_mode
    if stat.S_ISREG(mode):
        return path.read_bytes()
    if not stat.S_ISFIFO(mode):
        raise InputError(f"{name}: a device or a socket, not a file: give a file, or - for standard input")
    with path.open("rb") as stream:
        return _bounded(stream, name)


def _bounded(stream: BinaryIO, name: str) -> bytes:
    """Return what a stream holds.

    Raises InputError for one that goes on past what a document may take.
    """
    pieces, size = [], 0
    while piece := stream.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            raise InputError(f"{name}: refused: more than {LARGEST >> 20} MB without an end: give it as a file")
    return b"".join(pieces)


def _folder(folder: Path, columns: Mapping[str, str]) -> Iterator[FoundSource]:
    """Yield what stands in a folder and below it, in the order of the paths."""
    passed: list[str] = []
    closed: list[OSError] = []
    for path in sorted(_paths(folder, closed.append)):
        if _is_one_thing(path):
            yield _dataset_or_run(path, columns)
        elif (strange := _no_file(path)) is not None:
            yield Refused(name_of(path), InputError(f"{name_of(path)}: passed over, being {strange}"))
        elif _may_be_document(path.name, _head(path)):
            yield from _file(path, columns)
        else:
            passed.append(name_of(path.name))
    for error in closed:
        name = name_of(error.filename)
        yield Refused(name, InputError(f"{name}: can't be opened ({error.strerror})"))
    if passed:
        yield _passed_over(name_of(folder), passed)


def _paths(folder: Path, on_error: Callable[[OSError], None]) -> Iterator[Path]:
    """Yield what stands below a folder and is not hidden.

    Folders that are one thing, datasets and runs, come whole.
    """
    for here, folders, files in os.walk(folder, onerror=on_error):
        if _is_one_thing(Path(here), set(files)):
            folders.clear()
            yield Path(here)
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(here, name) for name in files if not name.startswith("."))
        # A link to a folder is not followed, since it may lead back to where it stands.
        yield from (Path(here, name) for name in folders if Path(here, name).is_symlink())


def _is_one_thing(folder: Path, files: set[str] | None = None) -> bool:
    """Say whether a folder is a dataset or a run.

    The files that it holds together are no documents one by one.
    """
    if files is None:
        files = {path.name for path in folder.iterdir()} if folder.is_dir() and not folder.is_symlink() else set()
    # A run that was interrupted has some of its files: no other folder has two of these names.
    return bool(_DATASETS & files) or len(_RUN & files) > 1


def _no_file(path: Path) -> str | None:
    """Return what stands at a path that would be waited for without end.

    None for a file or a link that leads nowhere.

    >>> _no_file(Path("/dev/zero")), _no_file(Path("/nowhere"))
    ('a device', None)
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        # Whether it can be read is asked again, and answered aloud.
        return None
    kinds = {stat.S_ISDIR: "a link to a folder", stat.S_ISFIFO: "a pipe", stat.S_ISSOCK: "a socket"}
    devices = stat.S_ISCHR(mode) or stat.S_ISBLK(mode)
    return "a device" if devices else next((what for is_one, what in kinds.items() if is_one(mode)), None)


def _dataset_or_run(folder: Path, columns: Mapping[str, str]) -> FoundSource:
    name = name_of(folder)
    if any((folder / each).exists() for each in _DATASETS):
        return "dataset", Source(name, b"", columns=columns, folder=folder)
    return Refused(name, InputError(f"{name}: the folder of a run, which is no document"))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError:
        # Whether it can be read is asked again, and answered aloud, when it is a document by its name.
        return b""


def _may_be_document(name: str, head: bytes) -> bool:
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    about = path.stem.lower() in _ABOUT and suffix in ("", ".md", ".txt")
    return not about and (suffix in BY_SUFFIX or suffix in SUFFIXES or has_signature(head))


def _passed_over(name: str, passed: list[str]) -> Refused:
    kinds = Counter(PurePosixPath(each).suffix or "without suffix" for each in passed)
    counted = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    listed = counted if len(passed) > _NAMED else ", ".join(passed)
    return Refused(name, InputError(f"{name}: passed over, being no documents: {listed}"))


def opened(source: Source, depth: int = 0) -> Iterator[FoundSource]:
    """Yield a source with its kind, after undoing its compression and looking into an archive."""
    try:
        with faults_of(source.name):
            yield from _opened(source, depth)
    except InputError as error:
        yield Refused(source.name, error)


def _opened(source: Source, depth: int) -> Iterator[FoundSource]:
    if is_compressed(source.content) and depth < _DEEPEST:
        inner = PurePosixPath(source.name).with_suffix("") if source.suffix in SUFFIXES else PurePosixPath("")
        content = decompress(source.content, source.name)
        yield from opened(replace(source, content=content, suffix=inner.suffix.lower()), depth + 1)
        return
    kind = kind_of(source.content, source.suffix, source.name)
    if depth == _DEEPEST and (kind == "zip" or is_compressed(source.content)):
        raise InputError(f"{source.name}: refused: more than {_DEEPEST} archives within one another")
    if kind == "zip":
        yield from _unzipped(source, depth)
    elif kind is None:
        known = ", ".join(sorted(BY_SUFFIX))
        raise InputError(f"{source.name}: not a kind of document that can be read ({known})")
    else:
        yield kind, source


def _unzipped(source: Source, depth: int) -> Iterator[FoundSource]:
    passed: list[str] = []
    found = False
    for path, content in members(open_zip(source.content, source.name), source.name):
        found = True
        if isinstance(content, InputError):
            yield Refused(f"{source.name}/{path}", content)
        elif _may_be_document(PurePosixPath(path).name, content[:_HEAD]):
            suffix = PurePosixPath(path).suffix.lower()
            yield from opened(Source(f"{source.name}/{path}", content, suffix, source.columns), depth + 1)
        else:
            passed.append(path)
    if passed:
        yield _passed_over(source.name, passed)
    if not found:
        yield Refused(source.name, InputError(f"{source.name}: no document in it"))
