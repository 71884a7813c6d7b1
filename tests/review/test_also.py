"""A segment that is in several links: what is said of the others, and one pair made of both."""

import pytest

from align.errors import AlignError
from align.review.items import pair_id
from align.review.store import Store

A, B = "Айгүл", "Берік"
KK = ["Бірінші сөйлем", "Екінші сөйлем", "Үшінші сөйлем"]
EN = ["First sentence", "Second sentence", "Third sentence"]


@pytest.fixture
def forked(tmp_path, runs):
    """Open a run in which the first Kazakh sentence is linked twice, and its first English one too."""
    documents = {"kk.txt": ("kk", KK), "en.txt": ("en", EN), "other.txt": ("en", ["Elsewhere"])}
    links = [(KK[0], EN[0], 0.95), (KK[0], EN[1], 0.93), (KK[1], EN[0], 0.4), (KK[0], "Elsewhere", 0.5)]
    runs[0](tmp_path / "run", documents, links)
    store = Store.open(tmp_path / "run")
    yield store
    store.close()


def ids(store):
    segments = {place.text: place.id for lang in ("kk", "en") for place in store.segments(lang)}
    pairs = ((KK[0], EN[0]), (KK[0], EN[1]), (KK[1], EN[0]), (KK[0], "Elsewhere"))
    return [pair_id([segments[kk]], [segments[en]]) for kk, en in pairs]


def test_the_other_links_are_said_with_what_may_be_known_of_them(forked, judge):
    first, second, third, elsewhere = ids(forked)
    judge(forked, second, "accept", A)
    judge(forked, third, "accept", B)
    also = forked.item(first, A).also
    assert [(each.id, each.side, each.text, each.said, each.joins) for each in also] == [
        (second, "source", EN[1], "accept", True),
        (elsewhere, "source", "Elsewhere", None, False),
        (third, "target", KK[1], None, True),
    ]
    judge(forked, second, "reject", A, reason="other")
    assert second not in [each.id for each in forked.item(first, A).also]


def test_one_verdict_joins_both_and_undo_parts_them(forked, judge, dump):
    first, second, third, _ = ids(forked)
    judge(forked, second, "accept", A)
    before = dump(forked)
    saved = judge(forked, first, "merge", A, other=second)
    made = forked.item(saved.created, A)
    assert ([place.text for place in made.target], made.mine.verdict) == (EN[:2], "accept")
    assert [forked.item(each, A).agreed for each in (first, second)] == ["merged", "merged"]
    assert [each.id for each in forked.item(third, A).also] == [saved.created]
    assert [each.id for each in forked.item(third, B).also] == [first], "what another made is not told"
    wider = judge(forked, saved.created, "merge", A, other=third)
    assert [len(side) for side in (forked.item(wider.created, A).source, forked.item(wider.created, A).target)] == [
        2,
        2,
    ]
    forked.undo(A)
    forked.undo(A)
    assert dump(forked) == before
    assert forked.item(second, A).mine.verdict == "accept"


def test_a_later_verdict_on_the_first_parts_them_too(forked, judge):
    first, second, *_ = ids(forked)
    judge(forked, first, "merge", A, other=second)
    judge(forked, first, "accept", A)
    assert forked.item(second, A).mine is None


@pytest.mark.parametrize(("mine", "other", "said"), [(0, 3, "different documents"), (1, 2, "shares no segment")])
def test_what_can_not_be_joined_is_said(mine, other, said, forked, judge):
    with pytest.raises(AlignError, match=said):
        judge(forked, ids(forked)[mine], "merge", A, other=ids(forked)[other])


def test_a_pair_has_nothing_to_join_that_it_holds_already(forked, judge):
    first, second, *_ = ids(forked)
    made = judge(forked, first, "merge", A, other=second).created
    with pytest.raises(AlignError, match="holds nothing"):
        judge(forked, made, "merge", A, other=second)
