"""Train, validation and test by groups of documents.

So nothing that a model is tested on was trained on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from align.types import IntArray

__all__ = ["ENOUGH", "SPLITS", "Member", "Split", "split_by_group"]

Split: TypeAlias = Literal["train", "validation", "test"]
SPLITS: Final[tuple[Split, ...]] = ("train", "validation", "test")

_HELD_OUT: Final = 0.1
"""At most this share of the reviewed pairs goes to validation, and as much to test."""
_TWO: Final = 2
ENOUGH: Final = 50
"""Reviewed pairs below which everything is for training: a test of five pairs says nothing."""


@dataclass(frozen=True, slots=True)
class Member:
    """What decides where a reviewed pair goes.

    It is how many people reviewed it, and when its newer document appeared.
    """

    reviewers: int
    published: str


def split_by_group(members: Sequence[Member], groups: IntArray) -> list[Split | None]:
    """Return the split of each reviewed pair, None for one that must be left out of all.

    `groups` is (n,) int64: pairs that share a document, a text or their facts have one label, and stand in one split.
    The newest groups are held out, as a model is used on news newer than what it learned from. Test takes the pairs of
    its groups that two people have reviewed, and no others.

    >>> import numpy as np
    >>> split_by_group([Member(2, f"2019-01-{day}") for day in range(10, 20)], np.arange(10))[-3:]
    ['train', 'validation', 'test']
    """
    held = _held_out(members, groups)
    return [_split(member, held.get(int(group), "train")) for member, group in zip(members, groups, strict=True)]


def _split(member: Member, split: Split) -> Split | None:
    return None if split == "test" and member.reviewers < _TWO else split


def _held_out(members: Sequence[Member], groups: IntArray) -> dict[int, Split]:
    by_group: dict[int, list[Member]] = defaultdict(list)
    for member, group in zip(members, groups.tolist(), strict=True):
        by_group[group].append(member)
    room = round(_HELD_OUT * len(members))
    left: dict[Split, int] = {"test": room, "validation": room}
    held: dict[int, Split] = {}
    # The number of the group settles ties, so that the same run is always split in the same way.
    newest = sorted(by_group, key=lambda group: (max(member.published for member in by_group[group]), group))[::-1]
    for group in newest:
        mine = by_group[group]
        doubly = sum(member.reviewers >= _TWO for member in mine)
        sizes: dict[Split, int] = {"test": doubly, "validation": len(mine)}
        # Test is asked first, since only few pairs were reviewed by two people. A group goes whole or not at all.
        split = next((name for name in sizes if 0 < sizes[name] and len(mine) <= left[name]), None)
        if split is not None:
            held[group] = split
            left[split] -= len(mine)
    return held
