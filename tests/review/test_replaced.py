"""A new verdict takes back what the one before it brought about, in the store and so for page, widget and import."""

import json

import pytest

from align.review.records import Filter
from align.review.store import Store
from align.review.sync import sync_run
from align.review.transfer import export_events, import_events

A, B, C = "Айгүл", "Бауыржан", "Carla"


def accepted(store):
    return {each.item for each in store.outcomes() if each.agreed == "accept"}


def swapped(store, item, other):
    return {"other": store.item(other, A).target[0].id}


# the verdict that implies a pair, what goes with it, and the verdict that takes its place
REPLACED = [
    ("swap", swapped, "accept", {}),
    ("swap", swapped, "partial", {}),
    ("swap", swapped, "reject", {"reason": "other"}),
    ("swap", swapped, "merge", {"neighbour": "target_after"}),
    ("merge", lambda *_: {"neighbour": "target_after"}, "accept", {}),
    ("merge", lambda *_: {"neighbour": "target_after"}, "merge", {"neighbour": "source_after"}),
    ("merge", lambda *_: {"neighbour": "source_after"}, "edit", {"target_text": "Other words."}),
]


@pytest.mark.parametrize(("first", "details", "then", "fields"), REPLACED, ids=lambda value: str(value)[:12])
def test_another_verdict_withdraws_the_implied_pair(store, folder, judge, links_of, first, details, then, fields):
    item, other = links_of(folder)[3], links_of(folder)[7]
    implied = judge(store, item, first, **details(store, item, other)).created
    assert implied in accepted(store)
    saved = judge(store, item, then, **fields)
    assert implied not in {each.item for each in store.outcomes()}
    assert implied in saved.touched
    assert accepted(store) == ({item} if then in ("accept", "edit") else {saved.created} - {None})
    store.undo(A)
    assert implied in accepted(store), "the verdict before stands again, with what it implied"
    store.undo(A)
    assert accepted(store) == set()


def test_skip_and_flag_leave_what_was_implied(store, folder, judge, links_of):
    item, other = links_of(folder)[3], links_of(folder)[7]
    implied = judge(store, item, "swap", **swapped(store, item, other)).created
    for verdict in ("skip", "flag"):
        judge(store, item, verdict)
    assert implied in accepted(store)


def test_a_segment_without_a_counterpart_has_none_that_was_written_before(store, judge):
    item = store.browse(Filter(kind="unmatched", side="source"), A).rows[0].id
    made = judge(store, item, "post_edit", target_text="My words").created
    again = judge(store, item, "post_edit", target_text="Better words").created
    assert accepted(store) == {again} and made != again
    judge(store, item, "no_counterpart")
    assert accepted(store) == set()


def test_a_pair_that_the_run_proposed_stays_and_is_open_again(store, folder, judge, links_of):
    rows = links_of(folder)
    first = judge(store, rows[3], "swap", **swapped(store, rows[3], rows[7])).created
    # Swapped back from the made pair, the link of the run itself is what is implied.
    back = judge(store, first, "swap", other=store.item(rows[3], A).target[0].id).created
    assert back == rows[3] and store.item(back, A).agreed == "accept"
    judge(store, first, "accept")
    assert store.item(rows[3], A).agreed == "swapped", "what the swap said of it stands again"
    assert accepted(store) == {first}


def test_only_the_third_persons_own_verdict_replaces_a_third_persons(store, folder, judge, links_of):
    store.set_double(1.0)
    rows = links_of(folder)
    judge(store, rows[3], "accept", A)
    judge(store, rows[3], "reject", B, reason="other")
    details = {"other": store.item(rows[7], C).target[0].id, "adjudicates": True}
    implied = judge(store, rows[3], "swap", C, **details).created
    judge(store, rows[3], "partial", A)
    assert implied in accepted(store)
    judge(store, rows[3], "accept", "Dana", adjudicates=True)
    assert implied not in accepted(store)


def test_an_import_withdraws_likewise(store, folder, runs, judge, links_of, tmp_path, dump):
    rows = links_of(folder)
    judge(store, rows[3], "swap", **swapped(store, rows[3], rows[7]))
    path, both = tmp_path / "first.jsonl", tmp_path / "both.jsonl"

    def write(path):
        path.write_text("".join(json.dumps(each) + "\n" for each in export_events(store.database)), encoding="utf-8")

    write(path)
    judge(store, rows[3], "accept")
    write(both)
    other = Store.open(runs[1](tmp_path / "copy"))
    import_events(other.database, path)
    assert len(accepted(other)) == 1
    import_events(other.database, both)
    assert accepted(other) == {rows[3]}
    assert dump(other, "judgements") == dump(store, "judgements")
    assert other.browse(Filter(), A).total == 12, "the pair that was implied is forgotten"
    store.undo(A)
    store.undo(A)
    write(both)
    import_events(other.database, both)
    assert accepted(other) == set() and other.browse(Filter(), A).total == 12
    other.close()


def test_a_review_of_an_earlier_version_is_put_right_when_it_is_opened(store, folder, judge, links_of):
    rows = links_of(folder)
    implied = judge(store, rows[3], "swap", **swapped(store, rows[3], rows[7])).created
    with store.database.reading() as reading:
        kept = [tuple(row) for row in reading.execute("SELECT * FROM judgements WHERE item = ?", (implied,))]
        row = tuple(reading.execute("SELECT * FROM items WHERE id = ?", (implied,)).fetchone())
        body = tuple(reading.execute("SELECT * FROM bodies WHERE number = ?", (row[0],)).fetchone())
    judge(store, rows[3], "accept")
    with store.database.writing() as writing:
        # As the first version left it: the implied verdict stands, and the database says so.
        writing.execute(f"INSERT INTO items VALUES ({', '.join('?' * len(row))})", row)
        writing.execute("INSERT INTO bodies VALUES (?, ?)", body)
        writing.execute("INSERT INTO judgements VALUES (?, ?, ?, ?, ?)", kept[0])
        writing.execute("ALTER TABLE documents RENAME TO papers")
        for later in ("DROP INDEX items_batched", "ALTER TABLE items DROP COLUMN batched"):
            writing.execute(later)
        for later in ("item_segments", "batches", "assignments", "assigned", "targets"):
            writing.execute(f"DROP TABLE {later}")
        writing.execute("PRAGMA user_version = 1")
    store.close()
    again = Store.open(folder)
    assert accepted(again) == {rows[3]}
    again.close()


def test_a_replaced_rejection_gives_the_other_links_their_probability_back(store, folder, judge, links_of):
    rows = links_of(folder)
    saved = judge(store, rows[3], "reject", reason="other")
    change = {"item": rows[4], "source_text": "", "target_text": "", "before": 0.69, "after": 0.9, "log_odds": 1.4}
    with store.database.writing() as writing:
        from align.review.consequences import keep_shifts
        from align.review.events import NewEvent, append
        from align.review.items import refresh

        body = {"changes": [change], "ruled_out": [], "models": {}}
        kept = append(writing, NewEvent(A, rows[3], body, kind="ripple", cluster=saved.event))
        keep_shifts(writing, kept.id, [change])
        refresh(writing, rows[4])
    moved = store.item(rows[4], A)
    assert moved.probability != moved.run_probability
    assert rows[4] in judge(store, rows[3], "accept").touched
    assert store.item(rows[4], A).probability == moved.run_probability
    store.undo(A)
    assert store.item(rows[4], A).probability == moved.probability
    assert store.rescore(saved.event).changes, "it stands again, and is not computed twice"


# what is said of the sentence that lies within a new one before the run and after it, and whether the new link is asked
COVERED = [
    ([(A, "accept")], [], False),
    ([(A, "accept"), (B, "reject")], [], True),
    ([(A, "skip")], [], True),
    ([(A, "accept")], [(B, "accept")], False),
    ([(A, "accept")], [(B, "reject")], True),
    ([(A, "accept"), (B, "accept")], [(B, "undo"), (A, "undo")], True),
    ([(A, "accept"), (B, "reject")], [(C, "adjudicate")], False),
]


@pytest.mark.parametrize(("before", "after", "asked"), COVERED, ids=str)
def test_only_decided_texts_cover_a_new_link(tmp_path, runs, judge, links_of, before, after, asked):
    kk, en = ["Бірінші сөйлем.", "Екінші сөйлем."], ["First sentence.", "Second sentence."]
    documents = {"kk.txt": ("kk", kk), "en.txt": ("en", en)}
    folder = runs[0](tmp_path / "run", documents, list(zip(kk, en, [0.9, 0.9], strict=True)))
    first, second = links_of(folder)
    store = Store.open(folder, double=1.0)

    def say(reviewer, verdict):
        if verdict == "undo":
            store.undo(reviewer)
        elif verdict == "adjudicate":
            judge(store, first, "accept", reviewer, adjudicates=True)
        else:
            judge(store, first, verdict, reviewer, reason="other" if verdict == "reject" else None)

    judge(store, second, "accept", A)
    for each in before:
        say(*each)
    whole = (" ".join(kk), " ".join(en))
    runs[0](folder, {"kk.txt": ("kk", [whole[0]]), "en.txt": ("en", [whole[1]])}, [(*whole, 0.9)])
    sync_run(folder)
    for each in after:
        say(*each)
    (new,) = links_of(folder)
    assert (new in [each.id for each in store.next("Dana")]) == asked
    store.close()
