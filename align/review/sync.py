"""Follows a run: indexes its files, and ties every earlier decision to its texts again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from align.review.assignments import spread
from align.review.database import Database, get_meta, set_meta
from align.review.items import NewItem, add_items, coin, unmatched_item
from align.review.reattach import Reattached, reattach
from align.runs.records import read_records
from align.storage.sealed import reading_run

__all__ = ["is_current", "require_run", "stamp", "sync", "sync_run"]

Made = TypeVar("Made")

DOUBLE: Final = 0.1
"""Share of the items that two reviewers judge, unless told otherwise."""

_FILES: Final = ("links.jsonl", "unmatched.jsonl", "segments.jsonl", "documents.jsonl", "manifest.json")
_CACHE_KIB: Final = -262144
"""Memory for building the index: 256 MiB, so that no page is written twice."""
_STRATA: Final = 10
_FEWEST: Final = 20
"""Links that a stratum of the audit has at least."""
_DOCUMENT: Final = 1_000_000
_DERIVED: Final = (
    "reservations",
    "judgements",
    "shifts",
    "related",
    "bodies",
    "item_segments",
    "assigned",
    "items",
    "segments",
    "documents",
)


def sync_run(folder: Path) -> Reattached:
    """Bring a run's review up to date with its files, making workbench.db where there is none."""
    require_run(folder)
    database = Database(folder / "workbench.db")
    try:
        return sync(database, folder)
    finally:
        database.close()


def require_run(folder: Path) -> None:
    """Raise InputError for a folder that holds no run, or not a whole one."""
    with reading_run(folder):
        pass


def is_current(database: sqlite3.Connection, folder: Path) -> bool:
    """Say whether the index was built from the files as they are now."""
    return get_meta(database, "files") == stamp(folder)


def sync(database: Database, folder: Path) -> Reattached:
    """Index a run's files and re-attach all decisions, in one transaction.

    Nothing is done twice.
    """
    with reading_run(folder) as manifest, database.writing() as writing:
        now = stamp(folder)
        if get_meta(writing, "files") != now:
            writing.execute(f"PRAGMA cache_size = {_CACHE_KIB}")
            _index(writing, folder, manifest)
            found = reattach(writing)
            spread(writing)
            set_meta(writing, "reattached", json.dumps(asdict(found)))
            writing.execute("PRAGMA analysis_limit = 1000")
            writing.execute("ANALYZE")
            set_meta(writing, "files", now)
        return Reattached(**json.loads(get_meta(writing, "reattached") or "{}"))


def stamp(folder: Path) -> str:
    """Return what tells a run's files from others: names, sizes and times of change."""
    stats = [(name, (folder / name).stat()) for name in _FILES if (folder / name).is_file()]
    return json.dumps([[name, stat.st_size, stat.st_mtime_ns] for name, stat in stats])


def _index(database: sqlite3.Connection, folder: Path, manifest: Mapping[str, Any]) -> None:
    """Build documents, segments and items from the run's files."""
    database.execute("INSERT INTO texts (texts) VALUES ('delete-all')")
    for table in _DERIVED:
        database.execute(f"DELETE FROM {table}")
    decision = manifest.get("decision") or {}
    set_meta(database, "accept", str(decision.get("accept", 0.8)))
    set_meta(database, "review", str(decision.get("review", 0.3)))
    set_meta(database, "models", json.dumps(manifest.get("models") or {}))
    set_meta(database, "settings", json.dumps(manifest.get("settings") or {}))
    documents = _documents(database, folder)
    _segments(database, folder, documents)
    links = _with_audit(_once(_links(folder, documents, float(decision.get("accept", 0.8)))))
    add_items(database, links, 1)
    set_meta(database, "links", str(len(links)))
    add_items(database, _once(_unmatched(folder, documents)), len(links) + 1)
    double = float(get_meta(database, "double") or DOUBLE)
    set_meta(database, "double", str(double))
    database.execute("UPDATE items SET need = 2 WHERE coin < ?", (double,))


def _each(path: Path, make: Callable[[Mapping[str, Any]], Made]) -> Iterator[Made]:
    """Yield what is made of a file's records, nothing where the file is not there."""
    return read_records(path, make) if path.is_file() else iter(())


def _documents(database: sqlite3.Connection, folder: Path) -> dict[str, int]:
    """Keep the documents, and return their numbers by id."""

    def row(document: Mapping[str, Any]) -> tuple[Any, ...]:
        required = (document["id"], document["lang"], document["path"], document["sha256"])
        return (*required, document.get("title"), document.get("published"), document.get("url"))

    rows = list(_each(folder / "documents.jsonl", row))
    database.executemany(
        "INSERT INTO documents (id, lang, path, sha256, title, published, url, number) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((*each, number) for number, each in enumerate(rows)),
    )
    return {each[0]: number for number, each in enumerate(rows)}


def _segments(database: sqlite3.Connection, folder: Path, documents: Mapping[str, int]) -> None:
    def row(segment: Mapping[str, Any]) -> tuple[Any, ...]:
        start, end = segment["span"]
        names = ("document", "position", "id", "lang", "text")
        return (*(segment[name] for name in names), start, end, segment.get("dropped"))

    database.executemany(
        'INSERT INTO segments (document, position, id, lang, text, start, "end", dropped)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (each for each in _each(folder / "segments.jsonl", row) if each[0] in documents),
    )


def _links(folder: Path, documents: Mapping[str, int], accept: float) -> Iterator[NewItem]:
    def item(link: Mapping[str, Any]) -> NewItem:
        p = float(link["probability"])
        rival = max((float(each["probability"]) for each in link.get("runners_up", ())), default=0.0)
        return NewItem(
            *(link["id"], "link", "mined", _side(link["source"]), _side(link["target"])),
            json.dumps(link, ensure_ascii=False),
            probability=p,
            relation=link["relation"],
            status=link["status"],
            doubt=-1.0 if link["relation"] == "conflict" and p >= 0.5 else abs(p - rival),
            proposed=True,
            place=_place(link["source"], documents),
            accept=accept,
        )

    return _each(folder / "links.jsonl", item)


def _unmatched(folder: Path, documents: Mapping[str, int]) -> Iterator[NewItem]:
    def item(each: Mapping[str, Any]) -> NewItem:
        sides = {"source": [], "target": [], each["side"]: _side([each])}
        place = _place([each], documents)
        return NewItem(
            *(unmatched_item(each["id"]), "unmatched", "mined", sides["source"], sides["target"]),
            json.dumps(each, ensure_ascii=False),
            side=each["side"],
            proposed=True,
            # The order of the documents: nothing tells which unmatched segment would teach more.
            doubt=float(place),
            place=place,
        )

    return _each(folder / "unmatched.jsonl", item)


def _side(places: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{name: place[name] for name in ("id", "document", "position", "text")} for place in places]


def _once(items: Iterable[NewItem]) -> list[NewItem]:
    """Return items without repeats.

    A corpus that was imported may say a pair twice, and it is judged once.
    """
    return list({item.id: item for item in items}.values())


def _place(side: Sequence[Mapping[str, Any]], documents: Mapping[str, int]) -> int:
    return documents.get(side[0]["document"], len(documents)) * _DOCUMENT + int(side[0]["position"])


def _with_audit(links: list[NewItem]) -> list[NewItem]:
    """Cut the links into strata of equal size by probability.

    Each stratum is put into a random order.

    Whoever judges a stratum in that order, from its beginning and however far, has drawn a simple random sample.
    """
    ranked = sorted(range(len(links)), key=lambda row: (-(links[row].probability or 0.0), links[row].id))
    strata = min(_STRATA, max(1, len(links) // _FEWEST))
    for stratum, members in enumerate(np.array_split(np.array(ranked, dtype=np.int64), strata)):
        shuffled = sorted(members.tolist(), key=lambda row: coin("audit", links[row].id))
        for turn, row in enumerate(shuffled):
            links[row] = replace(links[row], audit=(stratum, turn))
    return links
