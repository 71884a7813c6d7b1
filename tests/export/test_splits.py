import random
from dataclasses import replace

import numpy as np
import pytest

from align.export.exported import Cell, ExportedSide
from align.export.near import groups_of, near_groups, sketches
from align.export.plan import plan
from align.export.selection import Selection

from .test_export import PLAIN

SUBJECTS = "үкімет министр президент мәжіліс қала аудан мектеп зауыт команда әнші дәрігер ғалым".split()
VERBS = "ашты жапты көрді сатты алды берді құрды бұзды жазды оқыды".split()


def _reviewed(number, document, reviewers, **changes):
    chooser = random.Random(number)
    words = " ".join(chooser.choices(SUBJECTS + VERBS, k=9))
    pair = replace(
        PLAIN,
        id=f"r{number}",
        kk=f"{words} {number}",
        en=f"{words[::-1]} {number}",
        facts=(),
        reviewers=reviewers,
        kk_side=ExportedSide(f"k{document}", published=f"2019-{1 + document % 12:02}-{1 + document % 28:02}"),
        en_side=ExportedSide(f"e{document}"),
    )
    return replace(pair, **changes)


@pytest.fixture
def pairs():
    reviewed = [_reviewed(number, number // 4, 1 + number % 2) for number in range(200)]
    mined = [_reviewed(1000 + number, number, 0) for number in range(60)]
    return reviewed + mined


def _by_split(pairs, format="hf"):
    decided = plan(pairs, Selection(), format=format)
    return {
        split: [pair for pair, mine in zip(pairs, decided.splits, strict=True) if mine == split]
        for split in ("train", "validation", "test")
    }


def test_no_document_stands_in_two_splits(pairs):
    splits = _by_split(pairs)
    assert all(splits.values())
    documents = [{side.document for pair in mine for side in (pair.kk_side, pair.en_side)} for mine in splits.values()]
    assert not documents[0] & documents[1] and not documents[0] & documents[2] and not documents[1] & documents[2]


def test_only_what_two_people_reviewed_is_tested_on(pairs):
    splits = _by_split(pairs)
    assert {pair.reviewers for pair in splits["test"]} == {2}
    assert {pair.config for pair in splits["validation"]} == {"en-kk"}
    assert min(pair.kk_side.published for pair in splits["test"]) > max(
        pair.kk_side.published for pair in splits["train"] if pair.reviewers
    )


TIES = [
    ("text", {"kk": "Бірдей сөйлем осы жерде тұр"}),
    ("near-duplicate", {"en": "the quick brown fox jumps over the lazy dog near the old river bank at dawn each day"}),
    ("facts", {"facts": tuple(Cell("number", str(n), str(n), "matched") for n in (3, 45, 2019))}),
]


@pytest.mark.parametrize("changes", [each[1] for each in TIES], ids=[each[0] for each in TIES])
def test_what_is_the_same_stays_together(pairs, changes):
    newest = max(range(200), key=lambda row: (pairs[row].kk_side.published, pairs[row].reviewers))
    other = next(row for row in range(200) if pairs[row].kk_side.published < "2019-03")
    pairs[newest] = replace(pairs[newest], **changes)
    if "en" in changes:
        changes = {"en": changes["en"] + " again"}
    pairs[other] = replace(pairs[other], **changes)
    splits = plan(pairs, Selection(), format="hf").splits
    groups = {splits[newest], splits[other]} - {None}
    assert len(groups) <= 1


def test_few_reviewed_pairs_all_train():
    pairs = [_reviewed(number, number, 2) for number in range(20)]
    assert set(plan(pairs, Selection(), format="hf").splits) == {"train"}


def test_near_groups_find_likes_and_no_others():
    chooser = random.Random(3)
    texts = [" ".join(chooser.choices([f"сөз{n}" for n in range(4000)], k=15)) for _ in range(400)]
    texts[399] = texts[7] + " тағы"
    groups = near_groups(sketches(texts))
    assert groups[399] == 7
    assert (groups[:399] == np.arange(399)).all()


def test_groups_of_nothing():
    assert groups_of([np.zeros(0, np.uint64)], 0).labels().tolist() == []
    assert len(sketches([])) == 0
