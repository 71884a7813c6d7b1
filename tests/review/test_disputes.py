"""What a third person decides, and what becomes of everybody's verdicts."""

import csv
import io

import pytest

from align.errors import InputError
from align.review.disputes import disputes_sheet
from align.review.errors import NotAllowedError
from align.review.page.actions import Reviewing
from align.review.page.differences import differences
from align.review.page.services import Services
from align.review.page.verdict_cards import said_cards

A, B, C = "Айгүл", "Бауыржан", "=Carla"

# before, after, the stretches: s the same, - gone, + new
CHANGED = [
    ("The vote is today.", "The vote is today.", "s:The vote is today."),
    ("The vote is today.", "The votes are today.", "s:The |-:vote|+:votes|s: |-:is|+:are|s: today."),
    ("бір екі үш", "бір үш", "s:бір |-:екі |s:үш"),
    ("a well-known man", "a well-known old man", "s:a well-known |+:old |s:man"),
    ("", "new", "+:new"),
    ("gone", "", "-:gone"),
    ("5 million", "5,5 million", "+:5,|s:5 million"),
]


@pytest.mark.parametrize(("before", "after", "told"), CHANGED)
def test_an_edit_is_told_word_by_word(before, after, told):
    found = differences(before, after)
    signs = {"same": "s", "gone": "-", "new": "+"}
    assert "|".join(f"{signs[each.kind]}:{each.text}" for each in found) == told
    assert "".join(each.text for each in found if each.kind != "new") == before
    assert "".join(each.text for each in found if each.kind != "gone") == after


# what A and B said, with what the third person sides with (0 or 1), and what holds then: verdict, reason, texts
SIDES = [
    (("accept", {}), ("reject", {"reason": "wrong facts"}), 1, ("reject", "wrong facts")),
    (("accept", {}), ("reject", {"reason": "wrong facts"}), 0, ("accept", None)),
    (("edit", {"target_text": "Sentence 3."}), ("partial", {}), 0, ("edit", None)),
    (("accept", {}), ("trim", {"target_span": (0, 10)}), 1, ("trim", None)),
    (("accept", {}), ("merge", {"neighbour": "target_after"}), 1, ("merge", None)),
    (("swap", {}), ("accept", {}), 0, ("swap", None)),
    (("no_counterpart", {}), ("accept", {}), 0, ("no_counterpart", None)),
]


@pytest.fixture
def disputed(store, folder, judge, links_of):
    """Let two reviewers judge pair 3 each in their way; return its id."""
    store.set_double(1.0)

    def differ(first, second):
        item = links_of(folder)[3]
        other = store.item(links_of(folder)[9], A).target[0].id
        for reviewer, (verdict, fields) in ((A, first), (B, second)):
            said = {"other": other} if verdict == "swap" else {}
            judge(store, item, verdict, reviewer, **fields, **said)
        return item

    return differ


def sent(store, item, verdict, reviewer=C):
    view = store.item(item, reviewer, adjudicating=True)
    message = {"do": "verdict", "item": item, "version": view.version, "verdict": verdict, "adjudicates": True}
    return Reviewing(Services.of(store), reviewer).answer(message)


@pytest.mark.parametrize(("first", "second", "side", "holds"), SIDES)
def test_a_third_person_sides_with_one(first, second, side, holds, store, disputed):
    item = disputed(first, second)
    cards = said_cards(store.item(item, C, adjudicating=True))
    assert [(each.given.reviewer, each.key) for each in cards] == [(A, 1), (B, 2)]
    answer = sent(store, item, f"like:{cards[side].given.event}")
    assert answer.status == 200, answer.refused
    view = store.item(item, C)
    theirs = cards[side].given
    assert (view.mine.verdict, view.mine.reason) == holds
    assert view.mine.adjudicates and view.agreed != "disputed"
    names = ("source_text", "target_text", "made")
    assert [getattr(view.mine, name) for name in names] == [getattr(theirs, name) for name in names]
    outcome = {each.item: each for each in store.outcomes()}
    if theirs.made:
        assert theirs.made in {(each.source_text, each.target_text) for each in outcome.values()}
    store.undo(C)
    assert store.item(item, A).agreed == "disputed"


def test_siding_with_what_stands_no_more_is_refused(store, disputed, judge):
    item = disputed(("accept", {}), ("reject", {"reason": "other"}))
    gone = said_cards(store.item(item, C, adjudicating=True))[0].given.event
    judge(store, item, "partial", A)
    answer = sent(store, item, f"like:{gone}")
    assert answer.status == 400 and "stands no more" in answer.refused
    assert sent(store, item, "like:nothing").status == 400


def test_only_a_third_person_sides(store, disputed, judge):
    item = disputed(("accept", {}), ("reject", {"reason": "other"}))
    event = store.item(item, A).mine.event
    for fields in ({"like": event, "adjudicates": True}, {"like": event}):
        with pytest.raises((NotAllowedError, InputError)):
            judge(store, item, "accept", B if "adjudicates" in fields else C, **fields)


@pytest.fixture
def worked(store, folder, judge, links_of):
    """Six pairs: one judged alone, one agreed, one disputed, two decided (one for A, one against), one edited."""
    store.set_double(1.0)
    items = links_of(folder)
    said = [
        *(
            (0, A, "accept", {}),
            (1, A, "accept", {}),
            (1, B, "accept", {}),
            (2, A, "accept", {}),
            (2, B, "partial", {}),
        ),
        *((3, A, "accept", {"comment": "sure"}), (3, B, "reject", {"reason": "bad text"})),
        *((4, A, "edit", {"target_text": "=SUM(A1)"}), (4, B, "partial", {})),
    ]
    for number, reviewer, verdict, fields in said:
        judge(store, items[number], verdict, reviewer, **fields)
    judge(store, items[3], "reject", C, reason="wrong facts", adjudicates=True)
    judge(store, items[4], "edit", C, target_text="=SUM(A1)", adjudicates=True)
    return store


FATES = [
    (A, {"alone": 1, "agreed": 1, "disputed": 1, "upheld": 1, "overruled": 1}),
    (B, {"alone": 0, "agreed": 1, "disputed": 1, "upheld": 1, "overruled": 1}),
    (C, {"alone": 0, "agreed": 0, "disputed": 0, "upheld": 0, "overruled": 0}),
    ("nobody", {"alone": 0, "agreed": 0, "disputed": 0, "upheld": 0, "overruled": 0}),
]


@pytest.mark.parametrize(("reviewer", "counts"), FATES)
def test_everyone_sees_what_became_of_their_verdicts(reviewer, counts, worked):
    found = worked.fates(reviewer)
    assert found.counts == counts
    assert len(found.disputes) == counts["disputed"] + counts["upheld"] + counts["overruled"]


def test_disputes_are_listed_with_who_decided(worked, folder, links_of):
    items = links_of(folder)
    found = worked.disputes()
    assert [(each.item, each.decided is None) for each in found] == [
        (items[2], True),
        (items[4], False),
        (items[3], False),
    ]
    assert found[2].became == ("overruled", "upheld") and found[2].decided.reason == "wrong facts"


def test_the_sheet_has_a_row_a_verdict_and_no_formulas(worked):
    rows = list(csv.DictReader(io.StringIO(disputes_sheet(worked.disputes()))))
    assert len(rows) == 2 + 3 + 3
    assert {row["reviewer"] for row in rows} == {A, B, f"'{C}"}
    assert {row["their_english"] for row in rows} == {"", "'=SUM(A1)"}
    assert [row["note"] for row in rows if row["note"]] == ["sure"]
    assert not any(value.startswith("=") for row in rows for value in row.values())
