"""From what is asked and what is there to what becomes of each pair."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from align.export.exclude import read_exclusion
from align.export.exported import CONFIGS, MINED, REVIEWED, ExportedPair
from align.export.near import Keys, groups_of, near_groups, sketches
from align.export.selection import Selection
from align.export.splits import ENOUGH, Member, Split, split_by_group
from align.export.survey import Survey, survey
from align.types import IntArray
from align.verify.threshold import Threshold, threshold_for

__all__ = ["Plan", "plan"]

_REPEATED: Final = "repeats an earlier pair"
_HELD_OUT: Final = "tied to what is held out for testing, and reviewed by too few"


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of each pair of a source.

    `splits` has one entry a pair, None for one that is left out; `order` is (k,) int64, the kept pairs as they are to
    be written. `left_out` counts the others by configuration and reason. `threshold` is what --target-precision chose.
    """

    splits: Sequence[Split | None]
    order: IntArray
    left_out: Mapping[tuple[str, str], int]
    threshold: Threshold | None = None


def plan(pairs: Iterable[ExportedPair], selection: Selection, *, format: str) -> Plan:
    """Return which pairs are written where.

    `pairs` must be ready to be gone through again, and is never held. Only the format hf has splits, and what was
    rejected or drafted beside the rest.
    """
    excluded = read_exclusion(selection.exclude) if selection.exclude else None
    found = survey(pairs, selection, format=format, excluded=excluded)
    threshold = _apply_target(found, selection)
    if selection.dedup != "none":
        _drop_repeats(found, _keys(found.kk), _keys(found.en))
    # Sketches cost a pass over all texts, so they are made only where they are needed: to drop near copies, and to
    # keep like texts out of two splits.
    splitting = format == "hf" and sum(map(bool, found.reviewers)) >= ENOUGH
    near = _near(pairs) if selection.dedup == "near" or splitting else None
    if near and selection.dedup == "near":
        _drop_repeats(found, *near)
    held = _held_out(found, near) if splitting and near else {}
    splits = [held.get(row, "train") if reason is None else None for row, reason in enumerate(found.reasons)]
    order = np.array([row for row, split in enumerate(splits) if split], dtype=np.int64)
    if selection.shuffle is not None:
        np.random.default_rng(selection.shuffle).shuffle(order)
    reasons = zip(found.config, found.reasons, strict=True)
    return Plan(splits, order, Counter((CONFIGS[each], reason) for each, reason in reasons if reason), threshold)


def _keys(values: array[int]) -> Keys:
    return np.frombuffer(values, dtype=np.uint64) if values else np.zeros(0, dtype=np.uint64)


def _apply_target(found: Survey, selection: Selection) -> Threshold | None:
    """Leave out the unreviewed pairs below the threshold that the wanted precision asks for."""
    if selection.target_precision is None:
        return None
    mined = CONFIGS.index(MINED)
    rows = [row for row, reason in enumerate(found.reasons) if reason is None and found.config[row] == mined]
    threshold = threshold_for(
        np.array([found.probability[row] for row in rows], np.float32), selection.target_precision
    )
    for row in rows:
        # Compared as the 32 bits that the survey keeps, else a pair just at the threshold would fall below it.
        if found.probability[row] < np.float32(threshold.value):
            found.reasons[row] = "below the threshold of --target-precision"
    return threshold


def _drop_repeats(found: Survey, kk: Keys, en: Keys) -> None:
    """Leave out what has both sides of an earlier pair of its own configuration."""
    seen: set[tuple[int, int, int]] = set()
    for row, key in enumerate(zip(found.config, kk.tolist(), en.tolist(), strict=True)):
        if found.reasons[row] is None:
            # Only pairs that are kept count as earlier ones: a dropped pair must not take its repeats with it.
            if key in seen:
                found.reasons[row] = _REPEATED
            seen.add(key)


def _near(pairs: Iterable[ExportedPair]) -> tuple[Keys, Keys]:
    """Return each pair's group of like Kazakh texts and of like English ones.

    They are keys that are never 0.
    """
    # Groups count from 0, and 0 means that there is nothing to compare.
    kk = near_groups(sketches(pair.kk for pair in pairs)) + 1
    en = near_groups(sketches(pair.en for pair in pairs)) + 1
    return kk.astype(np.uint64), en.astype(np.uint64)


def _held_out(found: Survey, near: tuple[Keys, Keys]) -> dict[int, Split]:
    """Return the rows of validation and test; leave out rows that share something with them.

    Common is a document, a text, a like text or the facts.
    """
    ties = [*map(_keys, (found.kk, found.en, found.kk_document, found.en_document, found.facts)), *near]
    reviewed = np.array(
        [
            row
            for row, (config, reason) in enumerate(zip(found.config, found.reasons, strict=True))
            if reason is None and CONFIGS[config] == REVIEWED
        ],
        dtype=np.int64,
    )
    groups = groups_of([tie[reviewed] for tie in ties], len(reviewed)).labels()
    members = [Member(found.reviewers[row], found.published[row]) for row in reviewed.tolist()]
    split_of = dict(zip(reviewed.tolist(), split_by_group(members, groups), strict=True))
    held = {row: split for row, split in split_of.items() if split in ("validation", "test")}
    _leave_out_what_is_held(found, ties, split_of)
    return held


def _leave_out_what_is_held(found: Survey, ties: Sequence[Keys], split_of: Mapping[int, Split | None]) -> None:
    # A pair that no split takes (None) is held too: what is tied to it would still give a test away.
    held = [row for row, split in split_of.items() if split != "train"]
    keys = [set(tie[held].tolist()) - {0} for tie in ties]
    for row, reason in enumerate(found.reasons):
        tied = row not in split_of and any(int(tie[row]) in mine for tie, mine in zip(ties, keys, strict=True))
        if reason is None and (tied or (row in split_of and split_of[row] is None)):
            found.reasons[row] = _HELD_OUT
