"""The run's glossary as pages use it: read again when its file changes, and told of a pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Literal

from align.errors import InputError
from align.review.records import ItemView
from align.runs.report.marks import Mark
from align.translate.term_base import GLOSSARY_FILES, FoundTerm, TermBase, terms_of_run

__all__ = ["GlossaryFile", "TermNote", "broken_terms", "term_marks", "term_notes"]

TermState = Literal["kept", "broken", "open"]


@dataclass(frozen=True, slots=True)
class TermNote:
    """A term of the Kazakh text as it stands there, and its English names.

    `state` says whether the English has one, "open" where there is no English yet.
    """

    source: str
    target: str
    state: TermState
    note: str


@dataclass(slots=True)
class GlossaryFile:
    """The glossary in a run's folder. `fault` says in one line why its file is not taken."""

    folder: Path
    fault: str = ""
    _lock: Lock = field(default_factory=Lock)
    _read: tuple[tuple[str, int, int], ...] = ()
    _terms: TermBase | None = None

    def terms(self) -> TermBase | None:
        """Return the terms as the file now has them, None where there is none or it can't be read."""
        with self._lock:
            stamp = tuple(
                (name, stat.st_size, stat.st_mtime_ns)
                for name in GLOSSARY_FILES
                if (self.folder / name).is_file() and (stat := (self.folder / name).stat())
            )
            if stamp != self._read:
                self._read, self._terms, self.fault = stamp, None, ""
                try:
                    self._terms = terms_of_run(self.folder)
                except InputError as error:
                    self.fault = str(error)
            return self._terms


def term_marks(item: ItemView, terms: TermBase | None) -> tuple[list[Mark], list[Mark]]:
    """Return the marks that the glossary's terms put on the two texts of an item.

    Those on the Kazakh come first.
    """
    if terms is None:
        return [], []
    kazakh, english = terms.in_both(item.source_text, item.target_text)
    alone = not item.target_text
    return _marks(kazakh, "open" if alone else "broken"), _marks(english, "open")


def _marks(found: Sequence[FoundTerm], otherwise: TermState) -> list[Mark]:
    return [Mark(each.start, each.end, note=_told(each), term="kept" if each.kept else otherwise) for each in found]


def _told(found: FoundTerm) -> str:
    return f"{', '.join(found.term.source)} = {', '.join(found.term.target)}"


def term_notes(source: str, target: str, terms: TermBase | None) -> tuple[TermNote, ...]:
    """Return what the glossary has for a Kazakh text, each once.

    "" is an English text that is still to be written.
    """
    if terms is None:
        return ()
    notes: dict[tuple[str, str], TermNote] = {}
    for each in terms.in_both(source, target)[0]:
        state: TermState = "kept" if each.kept else "broken" if target else "open"
        note = TermNote(source[each.start : each.end], ", ".join(each.term.target), state, each.term.note)
        notes.setdefault((", ".join(each.term.source), state), note)
    return tuple(notes.values())


def broken_terms(source: str, target: str, terms: TermBase | None) -> tuple[TermNote, ...]:
    """Return the terms that the English of a pair lacks."""
    return tuple(each for each in term_notes(source, target, terms) if each.state == "broken")
