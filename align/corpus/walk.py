"""Paths to sources: folders all the way down, standard input, archives and compressed files opened."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from align.corpus.archive import members, open_zip
from align.corpus.compressed import SUFFIXES, decompress, is_compressed
from align.corpus.kinds import BY_SUFFIX, has_signature, kind_of
from align.corpus.source import Refused, Source
from align.errors import InputError

__all__ = ["opened", "sources"]

_HEAD = 4096
_DEEPEST = 3
"""Archives within archives: more than that is a riddle rather than a delivery."""
_DATASETS = frozenset({"dataset_info.json", "dataset_dict.json"})
_RUN = frozenset({"manifest.json", "links.jsonl"})
_NAMED = 3
"""Files that are told of by their names; more are counted by their kinds."""
_ABOUT = frozenset("changelog contributing copying licence license notice readme sources".split())
"""Files that tell of a folder rather than belong to what it holds, by their names without suffix."""

Found = tuple[str, Source] | Refused


def sources(paths: Iterable[str | Path], columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield the kind and the source of each document, or the error of one that can't be taken in.

    "-" is standard input. What a folder holds beside documents is passed over, and told of in one line a folder.
    Raises InputError for a path that does not exist.
    """
    for path in dict.fromkeys(map(str, paths)):
        if path == "-":
            yield from opened(Source("<stdin>", sys.stdin.buffer.read(), columns=columns))
        elif Path(path).is_dir():
            yield from _folder(Path(path), columns)
        elif Path(path).exists():
            yield from _file(Path(path), columns)
        else:
            raise InputError(f"{path}: no such file or folder")


def _file(path: Path, columns: Mapping[str, str]) -> Iterator[Found]:
    try:
        source = Source(str(path), path.read_bytes(), path.suffix.lower(), columns)
    except OSError as error:
        reason = f"{path}: can't be read ({error.strerror}): check the path and its permissions"
        yield Refused(str(path), InputError(reason))
        return
    yield from opened(source)


def _folder(folder: Path, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield what stands in a folder and below it, in the order of the paths."""
    passed: list[str] = []
    closed: list[OSError] = []
    for path in sorted(_paths(folder, closed.append)):
        if path.is_dir():
            yield _dataset_or_run(path, columns)
        elif _may_be_document(path.name, _head(path)):
            yield from _file(path, columns)
        else:
            passed.append(path.name)
    for error in closed:
        yield Refused(error.filename, InputError(f"{error.filename}: can't be opened ({error.strerror})"))
    if passed:
        yield _passed_over(str(folder), passed)


def _paths(folder: Path, on_error: Callable[[OSError], None]) -> Iterator[Path]:
    """Yield the files below a folder that are not hidden, and the folders that are one thing: datasets and runs."""
    for here, folders, files in os.walk(folder, onerror=on_error):
        if _DATASETS & set(files) or set(files) >= _RUN:
            folders.clear()
            yield Path(here)
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (Path(here, name) for name in files if not name.startswith("."))
        # A link that leads nowhere is told of; a pipe or a device would be waited for without end.
        yield from (path for path in paths if path.is_file() or path.is_symlink())


def _dataset_or_run(folder: Path, columns: Mapping[str, str]) -> Found:
    if any((folder / name).exists() for name in _DATASETS):
        return "dataset", Source(str(folder), b"", columns=columns, folder=folder)
    return Refused(str(folder), InputError(f"{folder}: the folder of a run, which is no document"))


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


def opened(source: Source, depth: int = 0) -> Iterator[Found]:
    """Yield a source with its kind, after undoing its compression and looking into an archive."""
    try:
        if is_compressed(source.content) and depth < _DEEPEST:
            inner = PurePosixPath(source.name).with_suffix("") if source.suffix in SUFFIXES else PurePosixPath("")
            content = decompress(source.content, source.name)
            yield from opened(replace(source, content=content, suffix=inner.suffix.lower()), depth + 1)
            return
        kind = kind_of(source.content, source.suffix, source.name)
    except InputError as error:
        yield Refused(source.name, error)
        return
    if depth == _DEEPEST and (kind == "zip" or is_compressed(source.content)):
        reason = f"{source.name}: refused: more than {_DEEPEST} archives within one another"
        yield Refused(source.name, InputError(reason))
    elif kind == "zip":
        yield from _unzipped(source, depth)
    elif kind is None:
        known = ", ".join(sorted(BY_SUFFIX))
        reason = f"{source.name}: not a kind of document that can be read ({known})"
        yield Refused(source.name, InputError(reason))
    else:
        yield kind, source


def _unzipped(source: Source, depth: int) -> Iterator[Found]:
    passed: list[str] = []
    for path, content in members(open_zip(source.content, source.name), source.name):
        if isinstance(content, InputError):
            yield Refused(f"{source.name}/{path}", content)
        elif _may_be_document(PurePosixPath(path).name, content[:_HEAD]):
            suffix = PurePosixPath(path).suffix.lower()
            yield from opened(Source(f"{source.name}/{path}", content, suffix, source.columns), depth + 1)
        else:
            passed.append(path)
    if passed:
        yield _passed_over(source.name, passed)
