"""Parts of a run that are assigned to people: who gets what from the queue, and what is told of it."""

from datetime import UTC, datetime

import pytest

from align.errors import InputError
from align.review.assignments import Part
from align.review.errors import NotAllowedError
from align.review.records import Filter
from align.review.store import Store

A, B, C = "Айгүл", "Бауыржан", "Carla"


def served(store, reviewer, count=12, **filters):
    return [view.id for view in store.next(reviewer, Filter(**filters), count=count)]


def test_a_part_comes_first_for_whoever_has_it_and_is_kept_for_them(store, folder, links_of):
    store.set_double(0.0)
    links = links_of(folder)
    store.assign(A, Part(first=4, last=6), by=C)
    mine = {*links[3:6]}
    # Two of a hand of four are the audit's or come after: the part itself is what the queue brings first.
    assert {*served(store, A, 3)} <= mine and {*served(store, A)} == {*links}
    store.release(A)
    assert {*served(store, B)} == {*links} - mine
    assert {*served(store, B, text="4 sentence")} <= mine


def test_what_needs_two_verdicts_is_free_for_one_more(store, folder, links_of):
    store.set_double(1.0)
    mine = {*links_of(folder)[:2]}
    store.assign(A, Part(first=1, last=2), by=C)
    assert mine <= {*served(store, B)}
    store.assign(B, Part(first=1, last=2), by=C)
    assert not mine & {*served(store, C)}
    store.release(B)
    # Whoever has a part is not kept from it by others who have it as well.
    store.assign(C, Part(first=1, last=2), by=C)
    assert {*served(store, C, 2)} == mine


def test_a_skipped_item_is_free_for_others(store, folder, links_of, judge):
    store.set_double(0.0)
    store.assign(A, Part(first=1, last=1), by=C)
    judge(store, links_of(folder)[0], "skip")
    assert links_of(folder)[0] in served(store, B)


def test_it_is_told_how_far_each_part_is(store, folder, links_of, judge):
    store.set_double(0.0)
    document = store.item(links_of(folder)[0], A).source_document.id
    store.assign(A, Part(first=1, last=4), by=C)
    store.assign(A, Part(document), by=C)
    store.set_target(A, 5, by=C)
    judge(store, links_of(folder)[0], "accept")
    judge(store, links_of(folder)[1], "skip")
    judge(store, links_of(folder)[8], "accept", B)
    found = store.report()
    # The document has 12 pairs and three segments without a counterpart; one pair is done by another.
    assert [(each.total, each.done, each.left) for each in found.assigned] == [(4, 1, 3), (15, 1, 13)]
    assert [(each.reviewer, each.daily, each.today) for each in found.targets] == [(A, 5, 1)]
    today = datetime.now(UTC).date().isoformat()
    assert found.assigned[0].on == today and found.assigned[1].on > today
    store.set_target(A, 0, by=C)
    assert not store.targets()


def test_assignments_outlast_a_new_run_and_are_taken_back(store, folder, runs):
    assignment = store.assign(A, Part(first=1, last=3), by=C)
    store.close()
    runs[1](folder, count=10)
    again = Store.open(folder)
    assert [(each.total, each.left) for each in again.report().assigned] == [(3, 3)]
    again.unassign(assignment)
    assert not again.report().assigned
    again.close()


WRONG = [
    (Part(first=0, last=3), InputError, "the run has 12 pairs"),
    (Part(first=5, last=13), InputError, "the run has 12 pairs"),
    (Part(first=5), InputError, "the run has 12 pairs"),
    (Part("elsewhere"), InputError, "no document"),
    (Part(first=1, last=2), NotAllowedError, "has this part already"),
]


@pytest.mark.parametrize(("part", "error", "said"), WRONG)
def test_a_part_that_is_none_is_refused(part, error, said, store):
    store.assign(A, Part(first=1, last=2), by=C)
    with pytest.raises(error, match=said):
        store.assign(A, part, by=C)
    with pytest.raises(InputError, match="a number of verdicts"):
        store.set_target(A, -1, by=C)
