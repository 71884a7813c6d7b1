"""Gold links and measures for reports of the same events that are not translations.

Which sentences belong together follows from the facts behind each sentence.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from align.errors import InputError
from align.evaluate.metrics import Score, expected_calibration_error
from align.storage.files import read_jsonl
from align.types import Lang

__all__ = [
    "Gold",
    "Grade",
    "Told",
    "grade_links",
    "measure_links",
    "read_gold_news",
    "read_links",
    "tally_links",
    "write_news",
]

Grade: TypeAlias = Literal["equivalent", "partial", "mixed", "conflict", "none"]
RIGHT: Final = frozenset({"equivalent", "partial", "mixed"})
_RANK: Final = {"equivalent": 4, "partial": 3, "mixed": 2, "conflict": 1, "none": 0}
_NONE: Final[Grade] = "none"
_LEAST_PART: Final = 15
"""Letters from which a part of a sentence is known again."""

_ENDS: Final = re.compile(r"[.!?…»”\"]$")
_Key: TypeAlias = "tuple[str, ...]"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a report: its `event`, its document, and the keys of the facts it states."""

    text: str
    event: str
    document: str
    facts: frozenset[_Key]


@dataclass(frozen=True, slots=True)
class Gold:
    """Sentences of both languages, with the grade of each pair that shares a fact.

    `neutral` holds the pairs that don't count. `pairs` and `neutral` go by the places of the sentences in `kk` and
    `en`.
    """

    kk: tuple[Told, ...]
    en: tuple[Told, ...]
    pairs: Mapping[tuple[int, int], Grade]
    neutral: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    @property
    def right(self) -> frozenset[tuple[int, int]]:
        """Return the pairs that share a fact which both tell alike, without those that don't count."""
        return frozenset(pair for pair, grade in self.pairs.items() if grade in RIGHT and pair not in self.neutral)


def read_gold_news(root: Path) -> Gold:
    """Read the written news of a folder.

    The folder holds `articles/EVENT/DOC.tsv`, `sheets/EVENT.json` and `neutral.tsv`. Two sentences that share a fact
    are a pair: *equivalent* with the same facts, *partial* with some, *mixed* where some of the shared ones are told
    differently, *conflict* where all are. Raises InputError for what is not there.
    """
    keys, told_differently = _sheets(root / "sheets")
    sides: dict[Lang, list[Told]] = {"kk": [], "en": []}
    for path in sorted(root.glob("articles/*/*.tsv")):
        lang: Lang = "kk" if path.stem.startswith("kk") else "en"
        for text, facts in _sentences(path):
            stated = frozenset(keys[path.parent.name, fact] for fact in facts)
            sides[lang].append(Told(text, path.parent.name, path.stem, stated))
    if not sides["kk"] or not sides["en"]:
        raise InputError(f"{root}: holds no articles/EVENT/kk-N.tsv and en-N.tsv")
    pairs = _graded(sides["kk"], sides["en"], told_differently)
    return Gold(tuple(sides["kk"]), tuple(sides["en"]), pairs, _neutral(root / "neutral.tsv", sides))


def _sheets(folder: Path) -> tuple[dict[tuple[str, str], _Key], frozenset[_Key]]:
    """Return the key of each event's facts, and the keys of those that are told differently.

    A fact that several events share has one key.
    """
    keys: dict[tuple[str, str], _Key] = {}
    differently = set()
    for path in sorted(folder.glob("*.json")):
        for fact in json.loads(path.read_text(encoding="utf-8"))["facts"]:
            # Two events may report one fact, such as a yearly figure; "global" gives it one key in both.
            key = (fact["global"],) if fact.get("global") else (path.stem, fact["id"])
            keys[path.stem, fact["id"]] = key
            if fact.get("conflict"):
                differently.add(key)
    return keys, frozenset(differently)


def _sentences(path: Path) -> list[tuple[str, list[str]]]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return [(row[0].strip(), [fact for fact in row[1].strip().split(",") if fact]) for row in rows]


def _graded(kk: Sequence[Told], en: Sequence[Told], differently: frozenset[_Key]) -> dict[tuple[int, int], Grade]:
    states = defaultdict(list)
    for j, told in enumerate(en):
        for fact in told.facts:
            states[fact].append(j)
    pairs: dict[tuple[int, int], Grade] = {}
    for i, told in enumerate(kk):
        for j in sorted({j for fact in told.facts for j in states[fact]}):
            shared = told.facts & en[j].facts
            if shared <= differently:
                pairs[i, j] = "conflict"
            elif shared & differently:
                pairs[i, j] = "mixed"
            else:
                pairs[i, j] = "equivalent" if told.facts == en[j].facts else "partial"
    return pairs


def _neutral(path: Path, sides: Mapping[Lang, Sequence[Told]]) -> frozenset[tuple[int, int]]:
    if not path.is_file():
        return frozenset()
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]
    alike = {(_plain(row[0]), _plain(row[1])) for row in rows}
    places: list[dict[str, list[int]]] = []
    for lang in ("kk", "en"):
        found = defaultdict(list)
        for row, told in enumerate(sides[lang]):
            found[_plain(told.text)].append(row)
        places.append(found)
    return frozenset((i, j) for one, other in alike for i in places[0].get(one, ()) for j in places[1].get(other, ()))


def write_news(root: Path, out: Path) -> None:
    """Write the documents of the written news as a site would show them, a paragraph a line.

    They go into the folders `kk` and `en`.
    """
    for path in sorted(root.glob("articles/*/*.tsv")):
        text = ""
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                sentence = line.split("\t")[0].strip()
                text += sentence + (" " if _ENDS.search(sentence) else "\n")
            else:
                text = text.rstrip() + "\n\n"
        folder = out / path.stem[:2]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{path.parent.name}-{path.stem}.txt").write_text(text.strip() + "\n", encoding="utf-8")


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFC", text).lower()).strip()


@dataclass(frozen=True, slots=True)
class _Graded:
    """A link of a run: probability, acceptance, relation, grade, and the gold pairs it holds."""

    probability: float
    accepted: bool
    relation: str
    grade: Grade
    pairs: frozenset[tuple[int, int]]


def grade_links(gold: Gold, links: Sequence[Mapping[str, Any]]) -> list[_Graded]:
    """Return the links of a links.jsonl with their grades, without those that don't count.

    A segment is a gold sentence, holds one or is part of one; a link has the best grade of the pairs it holds.
    """
    find = {"source": _Finder(gold.kk), "target": _Finder(gold.en)}
    graded = []
    for link in links:
        rows = [{row for part in link[side] for row in find[side](part["text"])} for side in ("source", "target")]
        held = {(i, j) for i in rows[0] for j in rows[1]}
        # Judges could not say whether such a pair is one: it counts neither for nor against a run.
        if held & gold.neutral:
            continue
        pairs = frozenset(pair for pair in held if pair in gold.pairs)
        grade = max([*(gold.pairs[pair] for pair in pairs), _NONE], key=_RANK.__getitem__)
        graded.append(_Graded(link["probability"], link["status"] == "accept", link["relation"], grade, pairs))
    return graded


class _Finder:
    """Find the gold sentences that a segment is, holds or is part of."""

    def __init__(self, told: Sequence[Told]) -> None:
        self._texts = [_plain(each.text) for each in told]
        self._known: dict[str, list[int]] = {}

    def __call__(self, text: str) -> list[int]:
        if text not in self._known:
            self._known[text] = self._find(_plain(text))
        return self._known[text]

    def _find(self, text: str) -> list[int]:
        same = [row for row, known in enumerate(self._texts) if known == text]
        # A run may cut sentences differently. A short text stands in many others by chance, so it must be the same.
        if same or len(text) <= _LEAST_PART:
            return same
        long = ((row, known) for row, known in enumerate(self._texts) if len(known) > _LEAST_PART)
        return [row for row, known in long if known in text or text in known]


def measure_links(gold: Gold, links: Sequence[_Graded], *, signature: str = "") -> tuple[Score, ...]:
    """Return what a run's links are worth against the gold pairs.

    Precision and recall, of pairs and of sources, of the accepted links and of all that are shown; average precision
    of all links, those that are missing counted; the calibration error of the links; how often the relation of a right
    link is right; how many of the links in conflict are said to be, and how many others.
    """
    right = np.array([link.grade in RIGHT for link in links], dtype=bool)
    p = np.array([link.probability for link in links], dtype=np.float32)
    accepted = [link for link in links if link.accepted]
    truly = [link for link in links if link.grade in RIGHT]
    clashes = [link for link in links if link.grade in {"conflict", "mixed"}]
    clear = [link for link in links if link.grade in {"equivalent", "partial"}]
    values = [
        ("precision|accepted", _share(sum(link.grade in RIGHT for link in accepted), len(accepted))),
        *_recalls(gold, accepted, "accepted"),
        *_recalls(gold, links, "shown"),
        ("average-precision|pairs", _average_precision(gold, links)),
        ("relation-right", _share(sum(_same(link) for link in truly), len(truly))),
        ("conflicts-noticed", _share(sum(link.relation == "conflict" for link in clashes), len(clashes))),
    ]
    tail = f"|{signature}" if signature else ""
    scores = [Score(value, f"{name}{tail}|n:{len(links)}", "higher") for name, value in values]
    false = _share(sum(link.relation == "conflict" for link in clear), len(clear))
    scores.append(Score(false, f"false-conflicts{tail}|n:{len(clear)}", "lower"))
    return (*scores, expected_calibration_error(p, right, signature=signature))


def tally_links(gold: Gold, links: Sequence[_Graded]) -> list[tuple[str, int, int, int]]:
    """Return the figures that a person wants first, a row each.

    A row says what was counted, how many were found, how many of those are right, and how many were missed. Links,
    accepted and shown: missed are the Kazakh sentences with a counterpart of which no right link is there. Conflicts:
    links that are said to be in conflict, and pairs that tell a fact differently and are not said to.
    """
    sources = {i for i, _ in gold.right}
    rows = []
    for name, some in (("links accepted", [link for link in links if link.accepted]), ("links shown", links)):
        right = [link for link in some if link.grade in RIGHT]
        found = {i for link in right for i, _ in link.pairs}
        rows.append((name, len(some), len(right), len(sources - found)))
    said = [link for link in links if link.relation == "conflict"]
    true = [link for link in said if link.grade in {"conflict", "mixed"}]
    clashes = [link for link in links if link.grade in {"conflict", "mixed"}]
    return [*rows, ("conflicts said", len(said), len(true), len(clashes) - len(true))]


def _recalls(gold: Gold, links: Sequence[_Graded], which: str) -> list[tuple[str, float]]:
    found = {pair for link in links for pair in link.pairs} & gold.right
    sources = {i for i, _ in gold.right}
    return [
        (f"recall|pairs|{which}", _share(len(found), len(gold.right))),
        (f"recall|sources|{which}", _share(len({i for i, _ in found}), len(sources))),
    ]


def _average_precision(gold: Gold, links: Sequence[_Graded]) -> float:
    """Return the mean precision at each right pair, by probability; a pair counts once."""
    seen: set[tuple[int, int]] = set()
    total, taken, hits = 0.0, 0, 0
    for link in sorted(links, key=lambda each: -each.probability):
        taken += 1
        new = (link.pairs & gold.right) - seen
        seen |= new
        # A second link to the same pair is no second hit, but it takes a place in the ranking.
        hits += bool(new)
        total += len(new) * hits / taken
    return total / max(len(gold.right), 1)


def _same(link: _Graded) -> bool:
    return link.relation == link.grade or (link.grade == "mixed" and link.relation in {"partial", "conflict"})


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def read_links(run: Path) -> list[dict[str, Any]]:
    """Return the links of a run's folder; raises InputError where there are none."""
    return list(read_jsonl(run / "links.jsonl"))
