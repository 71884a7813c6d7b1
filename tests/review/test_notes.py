"""Notes beside the verdicts, and the filters that ask for what others said: nothing is told before both have judged."""

import pytest

from align.errors import AlignError
from align.review.page.queues import Queue, document_named
from align.review.records import DocumentView, Filter

A, B, C = "Айгүл", "Болат", "Carla"
DOCUMENTS = {
    "d1": ("kk", DocumentView("d1", "kk/a.txt", "Қаржы министрі", None, None)),
    "d2": ("en", DocumentView("d2", "en/a.txt", "Finance minister", None, None)),
    "d3": ("en", DocumentView("d3", "en/b.txt", None, None, None)),
}


@pytest.fixture
def double(store):
    store.set_double(1.0)
    return store


def ids(store, name, **asked):
    return {row.id for row in store.browse(Filter(**asked), name).rows}


def test_a_note_judges_nothing_and_is_kept_with_undo(store, folder, links_of, judge):
    item = links_of(folder)[0]
    judge(store, item, "note", A, comment="Күні күмәнді")
    view = store.item(item, A)
    assert view.mine is None and [each.comment for each in view.notes] == ["Күні күмәнді"]
    assert item in ids(store, A, state="open")
    judge(store, item, "accept", A)
    assert store.item(item, A).mine.verdict == "accept" and store.item(item, A).notes
    store.undo(A)
    store.undo(A)
    assert not store.item(item, A).notes


def test_a_note_needs_words(store, folder, links_of, judge):
    with pytest.raises(AlignError, match="empty"):
        judge(store, links_of(folder)[0], "note", A)


def test_a_note_is_seen_by_those_who_have_judged_and_answered_by_the_adjudicator(double, folder, links_of, judge):
    item = links_of(folder)[0]
    judge(double, item, "accept", A, comment="The day is another")
    judge(double, item, "note", A, comment="look at the date")
    assert not double.item(item, B).notes and item not in ids(double, B, note="yes")
    judge(double, item, "reject", B, reason="wrong facts")
    assert double.item(item, B).notes and item in ids(double, B, note="open")
    judge(double, item, "note", C, comment="It is the same day in Almaty", adjudicates=True)
    assert double.item(item, A).agreed == "disputed"
    assert [each.reviewer for each in double.item(item, A).notes] == [A, C]
    assert item in ids(double, A, note="answered") and item not in ids(double, A, note="open")
    assert item in ids(double, B, noted="куни алматы") or item in ids(double, B, noted="almaty date")
    assert item not in ids(double, B, noted="astana")


JUDGED = [
    ({"reason": "bad text"}, A, True),
    ({"reason": "bad text", "reviewer": A}, A, True),
    ({"reason": "bad text", "reviewer": B}, A, False),
    ({"reason": "wrong facts"}, A, False),
    ({"reason": "bad text"}, B, False),
    ({"since": "2020-01-01"}, A, True),
    ({"since": "2020-01-01"}, B, False),
    ({"until": "2020-01-01"}, A, False),
    ({"since": "2999-01-01"}, A, False),
]


@pytest.mark.parametrize(("asked", "name", "found"), JUDGED)
def test_a_filter_asks_for_one_verdict_that_may_be_seen(asked, name, found, double, folder, links_of, judge):
    item = links_of(folder)[0]
    judge(double, item, "reject", A, reason="bad text")
    assert (item in ids(double, name, **asked)) == found


def test_no_day_is_said(store):
    with pytest.raises(AlignError, match="no day like"):
        store.browse(Filter(since="yesterday"), A)


NAMES = [("d1", "d1"), ("Finance minister", "d2"), ("en/b.txt", "d3"), ("карж", "d1"), ("qarzhy", "d1")]


@pytest.mark.parametrize(("name", "document"), NAMES)
def test_a_document_is_named_by_what_is_typed(name, document):
    assert document_named(name, DOCUMENTS) == document


@pytest.mark.parametrize(
    ("name", "said"), [("nothing", "no document"), ("minist", "3 documents"), ("en/", "3 documents")]
)
def test_a_document_that_is_none_or_several_is_said(name, said):
    documents = {**DOCUMENTS, "d4": ("en", DocumentView("d4", "en/c.txt", "The ministry", None, None))}
    with pytest.raises(AlignError, match=said):
        document_named(name, documents)


def test_each_filter_has_a_chip_that_takes_it_off(store):
    queue = Queue(Filter(text="теңге", reason="bad text", note="open", since="2026-11-01", flagged=False))
    chips = queue.chips(store.run())
    assert {each.name for each in chips} == {"text", "reason", "note", "since", "flagged"}
    for each in chips:
        left = {other.name for other in Queue.read(each.without).chips(store.run())}
        assert left == {other.name for other in chips} - {each.name}


def test_a_list_of_what_is_judged_is_walked_to_its_end(store, folder, links_of, judge):
    items = links_of(folder)
    for item in items:
        judge(store, item, "accept", A)
    asked = Filter(state="judged")
    seen: list[str] = []
    while found := store.next(A, asked, count=2, exclude=seen):
        seen += [each.id for each in found]
    assert sorted(seen) == sorted(items)
