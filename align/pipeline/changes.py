"""What a run into a folder that held one has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from align.errors import InputError
from align.runs.alignment import Alignment
from align.runs.records import STATUS_ON_FILE
from align.storage.files import read_jsonl
from align.storage.sealed import check_run
from align.wording import count, shortened

__all__ = ["Before", "Changes"]

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Before:
    """What a folder held: its documents' paths, what was said of its links, and the unmatched.

    All are by id.
    """

    documents: Mapping[str, str]
    links: Mapping[str, tuple[float, str, str]]
    unmatched: frozenset[str]

    @classmethod
    def read(cls, folder: Path) -> Before | None:
        """Return what stands in a run's folder, None where no whole run does."""
        try:
            check_run(folder)
            return cls(
                {each["id"]: each["path"] for each in read_jsonl(folder / "documents.jsonl")},
                {
                    each["id"]: (each["probability"], each["status"], each["relation"])
                    for each in read_jsonl(folder / "links.jsonl")
                },
                frozenset(each["id"] for each in read_jsonl(folder / "unmatched.jsonl")),
            )
        except (InputError, KeyError):
            return None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new, changed and gone since the run before.

    Documents by their paths, links by their ids; `changed` are links of another probability, status or relation;
    `matched` are segments that were unmatched and now stand in a link.
    """

    new_documents: tuple[str, ...]
    gone_documents: tuple[str, ...]
    new_links: tuple[str, ...]
    changed_links: tuple[str, ...]
    gone_links: tuple[str, ...]
    matched: tuple[str, ...]

    @classmethod
    def since(cls, before: Before, now: Alignment) -> Changes:
        """Compare what a folder held with what a run has found."""
        documents = {each.id: each.path for each in now.documents}
        links = {each.id: (each.probability, STATUS_ON_FILE[each.status], each.relation) for each in now.links}
        linked = {segment.id for link in now.links for segment in (*link.source, *link.target)}
        return cls(
            tuple(path for id, path in documents.items() if id not in before.documents),
            tuple(path for id, path in before.documents.items() if id not in documents),
            tuple(id for id in links if id not in before.links),
            tuple(id for id, said in links.items() if before.links.get(id, said) != said),
            tuple(id for id in before.links if id not in links),
            tuple(sorted(before.unmatched & linked)),
        )

    def told(self) -> Iterator[str]:
        """Yield what changed, a line each for documents and for links; one line where nothing did."""
        documents = [f"new: {_named(self.new_documents)}"] if self.new_documents else []
        documents += [f"gone: {_named(self.gone_documents)}"] if self.gone_documents else []
        if documents:
            yield f"since the run before: documents {'; '.join(documents)}"
        if self.new_links or self.changed_links or self.gone_links or self.matched:
            yield (
                f"since the run before: {count(len(self.new_links), 'new link')}, {len(self.changed_links):,} changed,"
                f" {len(self.gone_links):,} gone; {count(len(self.matched), 'segment')} no longer unmatched"
            )
        elif not documents:
            yield "since the run before: nothing changed"


def _named(paths: tuple[str, ...]) -> str:
    more = f" and {len(paths) - _NAMED:,} more" if len(paths) > _NAMED else ""
    return ", ".join(shortened(path) for path in paths[:_NAMED]) + more
