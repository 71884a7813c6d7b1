"""Batches: what they take, the pairs drawn first, one undo, and what they count for."""

import json

import pytest

from align.errors import InputError
from align.export.run_pairs import RunPairs
from align.review.batches import DRAWN
from align.review.errors import NotAllowedError
from align.review.records import Filter
from align.review.store import Store
from align.review.transfer import export_events, import_events
from align.storage.sealed import seal

A, B = "Айгүл", "Бауыржан"
COUNT = 20
ALL = Filter()


@pytest.fixture
def folder(tmp_path, runs):
    return runs[1](tmp_path / "run", count=COUNT, p=[0.95] * COUNT)


@pytest.fixture
def store(folder):
    opened = Store.open(folder, double=0.0)
    yield opened
    opened.close()


def drawn(store, judge, verdicts=("accept",) * DRAWN, reviewer=A):
    """Begin a batch of all pairs, and judge what was drawn."""
    identity = store.batches.begin(ALL, 0.9, reviewer)
    for each, verdict in zip(store.batches.get(identity).drawn, verdicts, strict=True):
        judge(store, each.item, verdict, reviewer, **({"reason": "other"} if verdict == "reject" else {}))
    return identity


def accepted(store, judge):
    identity = drawn(store, judge)
    store.batches.accept(identity, A)
    return identity


def batched(store):
    return {row.id for row in store.browse(Filter(state="batched"), A, limit=COUNT).rows}


def test_what_was_drawn_is_judged_before_the_rest_is_accepted_and_taken_back_as_one(store, judge, dump):
    identity = store.batches.begin(ALL, 0.9, A)
    assert store.batches.begin(ALL, 0.9, A) == identity
    with pytest.raises(NotAllowedError, match="drawn first"):
        store.batches.accept(identity, A)
    assert drawn(store, judge, ("accept",) * 4 + ("reject",)) == identity
    with pytest.raises(NotAllowedError, match="only they"):
        store.batches.accept(identity, B)
    before = dump(store)
    store.batches.accept(identity, A)
    assert store.batches.accept(identity, A).repeated
    found = store.batches.get(identity)
    assert (found.pairs, found.standing, found.judged, found.right) == (COUNT - DRAWN, COUNT - DRAWN, 5, 4)
    assert len(batched(store)) == COUNT - DRAWN
    assert store.item(min(batched(store)), A).mine.batch == identity
    store.undo(A)
    assert dump(store) == before
    assert (store.batches.get(identity).undone, store.batches.all()[0].standing) == (True, 0)
    assert store.batches.begin(ALL, 0.9, A) != identity


def test_pairs_that_are_judged_flagged_passed_on_or_in_conflict_are_left_out(folder, judge, links_of):
    lines = [json.loads(line) for line in (folder / "links.jsonl").read_text(encoding="utf-8").splitlines()]
    lines[0]["relation"] = "conflict"
    lines[1]["probability"] = 0.5
    (folder / "links.jsonl").write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    seal(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
    store = Store.open(folder, double=0.0)
    items = links_of(folder)
    for item, verdict in zip(items[2:], ("accept", "flag", "skip"), strict=False):
        judge(store, item, verdict, A)
    judge(store, items[5], "partial", B)
    found = store.batches.preview(ALL, 0.9, A)
    assert found.rows.total == COUNT - 6
    assert found.left_out == {"conflict": 1, "judged": 2, "flagged": 1, "skipped": 1}
    assert store.batches.sizes(ALL, [0.9, 0.4], A) == [COUNT - 6, COUNT - 5]
    document = store.item(items[0], A).source_document.id
    assert store.batches.preview(Filter(document=document, text="7"), 0.9, A).rows.total == 1
    assert store.batches.preview(Filter(document=document, beside=document), 0.9, B).rows.total == COUNT - 5
    with store.database.writing() as writing:
        writing.executemany("INSERT INTO assigned (item, reviewer) VALUES (?, ?)", [(items[7], A), (items[8], B)])
    assert [store.batches.preview(ALL, 0.9, name).left_out.get("assigned") for name in (A, B)] == [1, 1]
    with pytest.raises(InputError):
        store.batches.preview(ALL, 0.0, A)
    store.close()


def test_a_verdict_on_the_pair_itself_goes_before_the_batch(store, judge):
    accepted(store, judge)
    one, other = sorted(batched(store))[:2]
    assert store.item(one, B).hidden == 1
    judge(store, one, "reject", B, reason="other")
    judge(store, other, "partial", A)
    told = {each.item: (each.agreed, each.batch, each.reviewers) for each in store.outcomes()}
    assert (told[one], told[other]) == (("reject", None, 1), ("partial", None, 1))
    assert store.item(one, A).mine is None
    assert not store.disputes()
    store.undo(B)
    assert one in batched(store)


def test_a_batch_counts_neither_for_agreement_nor_for_precision(folder, store, judge, links_of):
    store.set_double(1.0)
    identity = accepted(store, judge)
    for item in links_of(folder):
        judge(store, item, "accept", B)
    assert store.agreement().n == DRAWN
    assert store.precision().audited <= COUNT
    assert store.batches.get(identity).standing == 0
    work = next(each for each in store.report().reviewers if each.reviewer == A)
    assert (work.done, work.batched) == (DRAWN, 0)


def test_the_random_audit_still_asks_for_what_a_batch_accepted(store, judge):
    accepted(store, judge)
    assert {each.id for each in store.next(B, count=COUNT)} == batched(store)
    assert store.precision().audited < COUNT
    for each in store.next(B, count=COUNT):
        judge(store, each.id, "accept", B)
    assert store.precision().audited == COUNT


def test_an_export_tells_what_a_batch_accepted(folder, store, judge):
    identity = accepted(store, judge)
    pairs = list(RunPairs(folder))
    told = {pair.id: (pair.batch, pair.reviewers, pair.config) for pair in pairs if pair.status == "accepted"}
    seen = set(told.values())
    assert seen == {(identity, 0, "en-kk-mined"), (None, 1, "en-kk")}
    assert {name for name, (batch, *_) in told.items() if batch} == batched(store)


def test_a_batch_outlives_an_export_of_the_decisions_and_another_run(folder, store, judge, runs, tmp_path):
    identity = accepted(store, judge)
    path = tmp_path / "decisions.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in export_events(store.database)), encoding="utf-8")
    other = Store.open(runs[1](tmp_path / "copy", count=COUNT + 3, p=[0.95] * (COUNT + 3)), double=0.0)
    import_events(other.database, path)
    assert batched(other) == batched(store)
    assert other.batches.get(identity).standing == COUNT - DRAWN
    assert [each.id for each in other.batches.all()] == [identity]
    other.undo(A)
    assert not batched(other)
    other.close()
