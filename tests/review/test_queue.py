import math
import time

import pytest

from align.errors import InputError
from align.review.records import Filter
from align.review.store import Store

A, B, C = "Айгүл", "Бауыржан", "Carla"


@pytest.fixture
def single(tmp_path, runs):
    """A store of 60 links of which each is judged by one reviewer."""
    opened = Store.open(runs[1](tmp_path / "run", count=60, extra=2), double=0.0)
    yield opened
    opened.close()


def _surprise(view):
    return abs(math.log(view.probability / (1 - view.probability)) - math.log(0.8 / 0.2))


def test_the_nearest_to_the_threshold_comes_first(single):
    served = [view for place, view in enumerate(single.next(A, count=12)) if place % 4 != 3]
    assert [_surprise(view) for view in served] == sorted(_surprise(view) for view in served)
    assert _surprise(served[0]) < 0.1


def test_documents_come_in_their_order(single):
    served = [view for place, view in enumerate(single.next(A, Filter(order="document"), count=8)) if place % 4 != 3]
    places = [view.source[0].position for view in served]
    assert places == sorted(places) and places[-1] <= 8


def test_a_filtered_queue_takes_no_audit(single):
    served = single.next(A, Filter(status="accept", order="probability"), count=5)
    assert [view.probability for view in served] == [0.99, 0.975, 0.96, 0.945, 0.93]


def test_reviewers_get_different_items_and_keep_theirs(single):
    first, other = single.next(A, count=6), single.next(B, count=6)
    assert not {view.id for view in first} & {view.id for view in other}
    assert [view.id for view in single.next(A, count=6)] == [view.id for view in first]
    held = [view.id for view in first[1:]]
    (more,) = single.next(A, count=1, exclude=held)
    assert more.id == first[0].id
    single.release(A)
    assert single.next(C, count=1)[0].id == first[0].id


def test_a_reservation_expires(single, monkeypatch):
    first = single.next(A, count=3)
    now = time.time()
    monkeypatch.setattr("align.review.queue.time.time", lambda: now + 601)
    assert [view.id for view in single.next(B, count=3)] == [view.id for view in first]


def test_two_judge_what_two_shall_judge(single, judge):
    single.set_double(1.0)
    item = single.next(A, count=1)[0].id
    assert single.next(B, count=1)[0].id == item, "both may hold it at once"
    assert single.next(C, count=1)[0].id != item
    judge(single, item, "accept", A)
    assert single.next(A, count=1)[0].id != item
    judge(single, item, "accept", B)
    assert single.next(C, Filter(order="informative", status="accept"), count=60)[0].id != item


def test_what_a_page_holds_though_it_is_judged_is_reserved_no_more(single, judge):
    single.set_double(1.0)
    item = single.next(A, count=1)[0].id
    judge(single, item, "accept", A)
    judge(single, item, "reject", B, reason="other")
    single.next(B, exclude=[item])
    assert [view.id for view in single.adjudications(C)] == [item]


def test_a_skipped_item_comes_again_when_nothing_else_is_left(store, judge):
    first = store.next(A, count=1)[0].id
    judge(store, first, "skip", A)
    served = [view.id for view in store.next(A, count=12)]
    assert len(served) == 12 and served[-1] == first
    assert store.progress(A).mine == 0


# filter, and how many pass of 12 links (3 accepted by the run) and 6 unmatched, of which Айгүл accepted one and edited
# one, and Бауыржан rejected the first
FILTERS = [
    (Filter(), 12),
    (Filter(kind=None), 18),
    (Filter(kind="unmatched"), 6),
    (Filter(kind="unmatched", side="target"), 3),
    (Filter(state="open"), 10),
    (Filter(state="judged"), 2),
    (Filter(state="skipped"), 1),
    (Filter(state="disputed"), 1),
    (Filter(state="decided"), 2),
    (Filter(state="lost"), 0),
    (Filter(status="accept"), 3),
    (Filter(relation="partial"), 12),
    (Filter(relation="conflict"), 0),
    (Filter(verdict="edit"), 1),
    (Filter(verdict="reject"), 1),
    (Filter(reviewer=B), 1),
    (Filter(flagged=True), 1),
    (Filter(flagged=False), 11),
    (Filter(document="no such"), 0),
    (Filter(text="сөйл"), 12),
    (Filter(text="СӨЙЛЕМ 11"), 1),
    (Filter(text="sentence 3 about"), 1),
    (Filter(text="sentence 3 about", kind=None), 1),
    (Filter(text="14", kind=None), 2),
    (Filter(text="nowhere"), 0),
    (Filter(text="sent", state="judged", verdict="accept"), 1),
]

# the query, and which of the pairs below it finds
TYPED = [
    ("теңге", "12"),
    ("тенге", "12"),
    ("tenge", "12"),
    ("Қаржы", "13"),
    ("qarzhy", "13"),
    ("qarz", "13"),
    ("каржы министрлиги", "1"),
    ("казакстан", "3"),
    ("Qazaqstan", "3"),
    ("тенге budget", "1"),
    ("budget", "13"),
    ('"finance minister"', "1"),
    ('"minister finance"', ""),
    ('"каржы министрлиги"', "1"),
    ("«министрлиги каржы»", ""),
    ('"finance minist"', ""),
    ("finance minist", "1"),
    ('"теңге" «million tenge»', "2"),
    ('"million tenge', "2"),
    ("in", "2"),
    ('""', ""),
    ("ъ", ""),
]

HOSTILE = [
    "' OR 1=1 --",
    '"; DROP TABLE events; --',
    "sentence NOT about",
    "NEAR(a b)",
    "source:sentence",
    '"',
    "*",
    "()",
    "a" * 100_000,
    "\x00",
    "-1 AND (",
    "ә" * 30,
]


@pytest.mark.parametrize(("filter", "count"), FILTERS, ids=str)
def test_a_filter_finds_what_passes_it(store, folder, judge, links_of, filter, count):
    store.set_double(1.0)
    items = links_of(folder)
    judge(store, items[0], "accept", A)
    judge(store, items[0], "reject", B, reason="other")
    judge(store, items[1], "edit", A, target_text="Other words")
    judge(store, items[2], "skip", A)
    judge(store, items[3], "flag", A)
    found = store.browse(filter, A)
    assert (found.total, len(found.rows)) == (count, count)
    page = store.browse(filter, A, limit=5, offset=1)
    assert page.rows == found.rows[1:6] and page.total == count


@pytest.fixture(scope="module")
def finances(tmp_path_factory, runs):
    """Three pairs on money, the Kazakh in its own letters."""
    kk = ["Қаржы министрлігі теңге бөлді", "Ол он миллион теңге алды", "Қазақстан қаржы жинады", "Інісі үйде"]
    en = ["The finance minister spoke of the budget", "He got ten million in tenge", "A budget for all", "He is home"]
    documents = {"kk.txt": ("kk", kk), "en.txt": ("en", en)}
    folder = runs[0](tmp_path_factory.mktemp("money") / "run", documents, list(zip(kk, en, [0.9] * 4, strict=True)))
    opened = Store.open(folder)
    yield opened, {text: str(number) for number, text in enumerate(kk, 1)}
    opened.close()


@pytest.mark.parametrize(("text", "found"), TYPED)
def test_search_folds_kazakh_and_shows_it_as_it_is(finances, text, found):
    store, numbers = finances
    rows = store.browse(Filter(text=text), A).rows
    assert "".join(sorted(numbers[row.source_text] for row in rows)) == found


def test_the_index_of_an_earlier_version_is_built_again(single):
    with single.database.writing() as writing:
        writing.execute("INSERT INTO texts (texts) VALUES ('delete-all')")
        for later in ("DROP INDEX items_batched", "ALTER TABLE items DROP COLUMN batched"):
            writing.execute(later)
        for later in ("batches", "assignments", "assigned", "targets"):
            writing.execute(f"DROP TABLE {later}")
        writing.execute("PRAGMA user_version = 4")
    assert single.browse(Filter(text="soilem"), A).total == 0
    again = Store.open(single.folder)
    assert again.browse(Filter(text="soilem"), A).total == 60
    again.close()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_search_is_never_sql(store, dump, text):
    before = dump(store)
    assert store.browse(Filter(text=text, kind=None), A).total in (0, 18)
    for name in ("document", "verdict", "relation", "reviewer"):
        assert store.browse(Filter(**{name: text}), A).total == 0
    assert dump(store) == before


@pytest.mark.parametrize("filter", [Filter(order="id; DROP TABLE items"), Filter(state="1) OR (1")])
def test_an_unknown_order_or_state_is_an_error(store, filter):
    with pytest.raises(InputError, match="known are"):
        store.browse(filter, A)


def test_progress_tells_pace_and_what_is_left(single, judge, monkeypatch):
    assert single.progress(A).pace is None
    clock = iter(f"2026-11-22T10:{minute:02}:00.000000Z" for minute in range(60))
    monkeypatch.setattr("align.review.events._now", lambda database, reviewer: next(clock))
    for view in single.next(A, count=6):
        judge(single, view.id)
    judge(single, single.next(A, count=1)[0].id, "skip")
    found = single.progress(A)
    assert (found.mine, found.open, found.decided, found.total) == (6, 54, 6, 60)
    assert (found.pace, found.seconds_left) == (60.0, 54 * 60.0)
    assert single.progress(B).open == 54


def test_history_is_mine_the_latest_first(store, folder, judge, links_of):
    for item in links_of(folder)[:3]:
        judge(store, item)
    judge(store, links_of(folder)[4], "accept", B)
    assert [row.id for row in store.history(A)] == links_of(folder)[2::-1]


def test_an_item_shows_where_it_stands(store, folder, links_of):
    view = store.item(links_of(folder)[5], A)
    assert [place.position for place in view.source_document.before] == [2, 3, 4]
    assert [place.position for place in view.target_document.after] == [6, 7, 8]
    assert (view.source_document.path, view.source_document.title) == ("news/kk.txt", "0 сөйлем туралы")
    assert view.evidence.facts[0].source.value == "1" and view.evidence.words[0].similarity == 0.9
    assert [each.position for each in view.runners_up] == [0, 1, 2]
