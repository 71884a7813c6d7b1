"""A run's folder as one thing, sealed by its manifest.

The manifest tells the sha256 of every other file, goes first and comes last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from align.errors import InputError
from align.storage.files import dump_json, dump_jsonl, ensure_folder, flush, read_json, staged, sweep, write_json
from align.storage.locks import locked

__all__ = [
    "MANIFEST",
    "RUN_FILES",
    "RUN_PATHS",
    "Resealing",
    "check_run",
    "claim_run",
    "is_run",
    "reading_run",
    "resealing",
    "seal",
]

MANIFEST: Final = "manifest.json"
RUN_FILES: Final = ("documents.jsonl", "segments.jsonl", "links.jsonl", "unmatched.jsonl", "report.html")
"""What the manifest of a run tells of, in the order in which it is written."""
_REVIEW: Final = ("workbench.db", "workbench.db-wal", "workbench.db-shm", "workbench.db-journal")
_OF_REVIEWERS: Final = ("glossary.tbx", "glossary.tsv", "guidelines.md", "guidelines.kk.md", "guidelines.ru.md")
"""What people put into a run's folder for those who review it."""
RUN_PATHS: Final = (MANIFEST, *RUN_FILES, *_REVIEW, *_OF_REVIEWERS)
"""All that a run's folder holds of ours and for its review."""
_AGAIN: Final = "run `align run` again"
_CHUNK: Final = 1 << 20


class Resealing:
    """The files of a run that are to be replaced together.

    `manifest` is to be set before the block ends.
    """

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.manifest: Mapping[str, Any] = {}
        self._folder = folder
        self._stack = stack
        self._staged: dict[str, Path] = {}

    def path(self, name: str) -> Path:
        """Return the path under which a file waits to be put in its place."""
        if name not in self._staged:
            self._staged[name] = self._stack.enter_context(staged(self._folder / name))
        return self._staged[name]

    def jsonl(self, name: str, records: Iterable[Mapping[str, Any]]) -> None:
        """Write a file of one JSON object a line."""
        dump_jsonl(self.path(name), records)

    def put_in_place(self) -> None:
        """Take the old manifest away, put each file in its place, and the new manifest at last.

        Whoever is killed in between leaves a folder without a manifest, which nobody takes for a run.
        """
        kept = {} if set(self._staged) >= set(RUN_FILES) else check_run(self._folder)["files"]
        files = {**kept, **{name: _described(path) for name, path in self._staged.items()}}
        manifest = self._stack.enter_context(staged(self._folder / MANIFEST))
        dump_json(manifest, {**self.manifest, "files": {name: files[name] for name in RUN_FILES}})
        for path in (*self._staged.values(), manifest):
            flush(path)
        (self._folder / MANIFEST).unlink(missing_ok=True)
        flush(self._folder)
        for name, path in self._staged.items():
            path.replace(self._folder / name)
        flush(self._folder)
        manifest.replace(self._folder / MANIFEST)
        flush(self._folder)


@contextmanager
def resealing(folder: Path) -> Iterator[Resealing]:
    """Replace files of a run's folder and its manifest: all, or none where the block fails.

    What an interrupted run left half written is cleared away. Raises InputError where the folder can't be written,
    holds what is no run, or is worked in by somebody else.
    """
    claim_run(folder)
    with locked(folder, writing=True), ExitStack() as stack:
        for name in (*RUN_FILES, MANIFEST):
            sweep(folder / name)
        replaced = Resealing(folder, stack)
        yield replaced
        replaced.put_in_place()


def seal(folder: str | Path, manifest: Mapping[str, Any] | None = None) -> None:
    """Write a run's manifest again over its files as they stand.

    It is for those who made or changed them by other means. Files that are missing become empty ones. Raises
    InputError for a folder whose manifest is to be kept and is none.
    """
    folder = Path(folder)
    told = read_json(folder / MANIFEST) if manifest is None else manifest
    for name in RUN_FILES:
        (folder / name).touch()
    write_json(folder / MANIFEST, {**told, "files": {name: _described(folder / name) for name in RUN_FILES}})


@contextmanager
def reading_run(folder: Path) -> Iterator[dict[str, Any]]:
    """Give the manifest of a run that is whole, and stays as it is until the block ends.

    Raises as `check_run` does.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: holds no run: give the --out folder of an `align run`")
    with locked(folder, writing=False):
        yield check_run(folder)


def check_run(folder: Path) -> dict[str, Any]:
    """Return the manifest of a run whose files are those that it tells of.

    Raises InputError for a folder that holds no run, an interrupted one, or files of another one.
    """
    if not (folder / MANIFEST).is_file():
        if any((folder / name).is_file() for name in RUN_FILES):
            raise InputError(f"{folder}: holds no {MANIFEST}, so a run into it was interrupted: {_AGAIN}")
        raise InputError(f"{folder}: holds no {MANIFEST}: give the --out folder of an `align run`")
    manifest = read_json(folder / MANIFEST)
    files = manifest.get("files")
    if not isinstance(files, dict) or set(files) != set(RUN_FILES):
        raise InputError(f"{folder}/{MANIFEST}: not of a run, or of one by another version of align: {_AGAIN}")
    for name, told in files.items():
        try:
            found = _described(folder / name)
        except OSError as error:
            raise InputError(f"{folder / name}: can't be read ({error.strerror}): {_AGAIN}") from error
        if found != told:
            raise InputError(f"{folder / name}: not the file that {MANIFEST} tells of (sha256): {_AGAIN}")
    return manifest


def is_run(folder: Path) -> bool:
    """Say whether a folder holds a run, interrupted or not.

    It holds our files, and a manifest that is a run's or none.
    """
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if MANIFEST not in names:
        return bool(names & set(RUN_FILES[:-1])) and {name for name in names if name[:1] != "."} <= set(RUN_PATHS)
    try:
        return {"settings", "decision", "counts"} <= read_json(folder / MANIFEST).keys()
    except InputError:
        return False


def claim_run(folder: Path) -> None:
    """Make a folder for a run.

    Raises InputError where it can't be written, or holds anything but a run. What is hidden does not count, and a run's
    folder may hold other files beside its own.
    """
    visible = [path.name for path in folder.iterdir() if path.name[:1] != "."] if folder.is_dir() else []
    if visible and not is_run(folder):
        raise InputError(
            f"{folder}: holds something else ({', '.join(sorted(visible)[:3])}), and is not written into:"
            " choose another --out, an empty folder or that of a run"
        )
    ensure_folder(folder)


def _described(path: Path) -> dict[str, Any]:
    stat = path.stat()
    sha256, lines = _digest(path, stat.st_size, stat.st_mtime_ns, stat.st_ino)
    return {"sha256": sha256, "lines": lines}


@lru_cache(maxsize=256)
def _digest(path: Path, size: int, changed: int, inode: int) -> tuple[str, int]:
    """Return the sha256 of a file and how many lines it has.

    `size`, `changed` and `inode` tell that the file has changed, and so that a remembered answer is stale.
    """
    digest, lines = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            digest.update(piece)
            lines += piece.count(b"\n")
    return digest.hexdigest(), lines
