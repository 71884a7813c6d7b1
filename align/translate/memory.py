"""A translation memory: what a person translated of the same or a similar Kazakh text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from align.corpus.tmx import tmx_pairs
from align.errors import InputError
from align.runs.records import link_of, read_records
from align.storage.sealed import check_run
from align.text.normalise import normalise
from align.types import Draft

__all__ = ["MemoryTranslator", "memory_pairs"]

_LEAST: Final = 70.0
"""Percent of likeness from which a match helps more than it misleads: the customary threshold of CAT tools."""


class MemoryTranslator:
    """Offer the English of the likest Kazakh text, marked with its likeness in percent.

    Likeness is rapidfuzz's normalised indel similarity (2 x longest common subsequence over both lengths) of the
    normalised texts. Of equally alike texts the first in alphabetical order is taken, whatever order the memory is in.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], name: str) -> None:
        known: dict[str, str] = {}
        for source, target in sorted({(normalise(source), target.strip()) for source, target in pairs}):
            if source and target:
                known.setdefault(source, target)
        self._known = known
        self._sources = tuple(known)
        self._name = name
        digest = hashlib.sha256("\n".join(f"{source}\t{target}" for source, target in known.items()).encode())
        self.signature = f"memory@{digest.hexdigest()[:12]}"

    @classmethod
    def load(cls, paths: Sequence[Path]) -> MemoryTranslator:
        """Read memories: TMX files, the folders of runs, or their links.jsonl.

        Raises InputError for anything else.
        """
        pairs = (pair for path in paths for pair in memory_pairs(path))
        return cls(pairs, f"memory:{','.join(str(path) for path in paths)}")

    def __len__(self) -> int:
        return len(self._known)

    def draft(self, texts: Sequence[str], *, safer: bool = False) -> list[Draft | None]:
        """Return the best match of each text, None where none is alike by 70 %.

        `safer` takes exact ones alone.
        """
        return [self._draft(normalise(text), least=100.0 if safer else _LEAST) for text in texts]

    def _draft(self, text: str, *, least: float) -> Draft | None:
        if text in self._known:
            return self._match(self._known[text], "exact match, 100%")
        from rapidfuzz import fuzz, process

        found = process.extractOne(text, self._sources, scorer=fuzz.ratio, score_cutoff=least) if text else None
        if found is None:
            return None
        source, likeness, _ = found
        # 99.6 is no exact match, so the percentage is cut and not rounded.
        return self._match(self._known[source], f"fuzzy match, {int(likeness)}%: {source}")

    def _match(self, target: str, decoding: str) -> Draft:
        return Draft(target, "memory", self._name, self.signature, None, decoding)


def memory_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the Kazakh and English texts of a memory.

    Raises InputError for a path that holds none.
    """
    if path.is_dir():
        check_run(path)
        path = path / "links.jsonl"
    if not path.is_file():
        raise InputError(f"{path}: no such file: give a .tmx file, a run's folder or its links.jsonl as memory:PATH")
    suffixes = {suffix.lower() for suffix in path.suffixes}
    if ".tmx" in suffixes:
        yield from (pair for pair in tmx_pairs(path) if all(side.strip() for side in pair))
    elif ".jsonl" in suffixes:
        for link in read_records(path, link_of):
            if link.status == "accepted":
                source, target = (" ".join(segment.text for segment in side) for side in (link.source, link.target))
                yield source, target
    else:
        raise InputError(f"{path}: not a memory: give a .tmx file, a run's folder or its links.jsonl")
