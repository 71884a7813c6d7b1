"""Read beads from files and count the right ones, strictly and by overlap with the truth."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from align.errors import InputError
from align.evaluate.metrics import Score

__all__ = ["BeadLines", "bead_scores", "read_beads"]

BeadLines: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""A bead as the numbers of its lines on either side, from 0."""

_LADDER: Final = re.compile(r"\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]\s*(?::\s*\S+\s*)?$")


def read_beads(path: Path) -> dict[str, list[BeadLines]]:
    """Return the beads of a file by document: JSON lines, or vecalign's ladder lines.

    JSON lines have `source` and `target`. They may name a `source_document`, where a file holds the beads of several;
    all else is one document, "". A ladder line is `[0, 1]:[0]`, a score may follow after another colon. Raises
    InputError with file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: can't be read ({error})") from error
    found: dict[str, list[BeadLines]] = defaultdict(list)
    for number, line in enumerate(lines, 1):
        if line.strip():
            document, bead = _bead(line, f"{path}, line {number}")
            found[document].append(bead)
    return dict(found)


def _bead(line: str, place: str) -> tuple[str, BeadLines]:
    if line.lstrip().startswith("{"):
        try:
            record = json.loads(line)
            return str(record.get("source_document") or ""), (_numbers(record["source"]), _numbers(record["target"]))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{place}: source and target must be lists of line numbers from 0 ({error})") from error
    match = _LADDER.match(line)
    if match is None:
        raise InputError(f"{place}: neither a JSON object nor a ladder line: write [0, 1]:[0]")
    sides = [tuple(sorted(int(number) for number in re.findall(r"\d+", side))) for side in match.groups()]
    return "", (sides[0], sides[1])


def _numbers(values: Sequence[int]) -> tuple[int, ...]:
    if not all(isinstance(value, int) and value >= 0 for value in values):
        raise ValueError(f"not line numbers: {values!r}")
    return tuple(sorted(values))


def bead_scores(
    gold: Mapping[str, Collection[BeadLines]], predicted: Mapping[str, Collection[BeadLines]], *, signature: str = ""
) -> tuple[Score, ...]:
    """Return precision, recall and F1, strict and then lax, over all documents, each 0-1.

    A bead is strictly right where the truth has the very same; laxly right too where one of its sources and one of its
    targets stand together in a true bead. Lines that are left out count for precision, not for recall. Source: the
    scorer of vecalign (Thompson and Koehn 2019, "Vecalign: Improved Sentence Alignment in Linear Time and Space").

    >>> truth, found = [((0,), (0,)), ((1, 2), (1,))], [((0,), (0,)), ((1,), (1,)), ((2,), ())]
    >>> [round(score.value, 2) for score in bead_scores({"": truth}, {"": found})]
    [0.33, 0.5, 0.4, 0.67, 1.0, 0.8]
    """
    counts = [0, 0, 0, 0, 0, 0]
    for document in sorted({*gold, *predicted}):
        truth, found = set(gold.get(document, ())), set(predicted.get(document, ()))
        # Recall asks only for beads that pair something: to leave out a line without a counterpart is no miss.
        precision = _counted(found, truth)
        recall = _counted(_pairing(truth), _pairing(found))
        counts = [total + more for total, more in zip(counts, (*precision, *recall), strict=True)]
    strict = counts[0], counts[3], counts[2], counts[5]
    lax = counts[1], counts[4], counts[2], counts[5]
    tail = f"{'|' + signature if signature else ''}|n:{sum(map(len, gold.values()))}"
    return (*_scores("strict", strict, tail), *_scores("lax", lax, tail))


def _counted(judged: Collection[BeadLines], truth: Collection[BeadLines]) -> tuple[int, int, int]:
    """Return how many beads are strictly right, how many laxly, and how many there are.

    Beads without a line on one side do not count.
    """
    partners: dict[int, set[int]] = defaultdict(set)
    for sources, targets in truth:
        for source in sources:
            partners[source].update(targets)
    strict = lax = 0
    filled = [bead for bead in judged if bead[0] or bead[1]]
    for bead in filled:
        right = bead in truth
        strict += right
        lax += right or any(target in partners[source] for source in bead[0] for target in bead[1])
    return strict, lax, len(filled)


def _pairing(beads: Iterable[BeadLines]) -> set[BeadLines]:
    return {bead for bead in beads if bead[0] and bead[1]}


def _scores(variant: str, counts: tuple[int, int, int, int], tail: str) -> tuple[Score, Score, Score]:
    right, found, judged, wanted = counts
    precision, recall = right / judged if judged else 0.0, found / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    named = (("precision", precision), ("recall", recall), ("f1", f1))
    precision_score, recall_score, f1_score = (
        Score(value, f"beads-{name}|{variant}{tail}", "higher") for name, value in named
    )
    return precision_score, recall_score, f1_score
