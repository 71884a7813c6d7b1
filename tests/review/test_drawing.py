"""Links drawn between segments of two documents: what becomes of the others, undo, another reviewer and a re-run."""

import json
from uuid import uuid4

import pytest

from align.review.drawing import DrawnLink
from align.review.errors import NotAllowedError, StaleError
from align.review.store import Store
from align.review.transfer import export_events, import_events

KK = [f"{number}-сөйлем туралы" for number in range(7)]
EN = [f"Sentence {number} about it" for number in range(7)]
LINKS = [(0, 0), (1, 1), (2, 2), (3, 5), (4, 4)]


def write(folder, runs, links=LINKS):
    write_run, _ = runs
    texts = {"kk.txt": ("kk", KK), "en.txt": ("en", EN)}
    return write_run(folder, texts, [(KK[one], EN[other], 0.9) for one, other in links])


@pytest.fixture
def store(tmp_path, runs):
    opened = Store.open(write(tmp_path / "run", runs), double=1.0)
    yield opened
    opened.close()


def both(store, reviewer="Ana"):
    names = {each.path: name for name, (_, each) in store.run().documents.items()}
    return store.documents(names["kk.txt"], names["en.txt"], reviewer)


def drawn(store, reviewer="Ana"):
    return sorted((link.source, link.target, link.said) for link in both(store, reviewer).links)


def link_at(store, source, target):
    return next(link for link in both(store).links if (link.source, link.target) == (source, target))


def draw(store, source, target, *, instead=None, reviewer="Ana", **fields):
    shown = both(store, reviewer)
    changed = link_at(store, *instead) if instead else None
    rows = [
        tuple(side.names[row] for row in chosen) for side, chosen in ((shown.source, source), (shown.target, target))
    ]
    if changed:
        fields = {"replaces": changed.id, "version": changed.version, **fields}
    return store.draw(DrawnLink(uuid4().hex, reviewer, shown.source.id, shown.target.id, *rows, **fields))


AS_IT_WAS = {((one,), (other,), None) for one, other in LINKS}
DRAWN = [
    pytest.param({"source": (6,), "target": (6,)}, set(), {((6,), (6,))}, id="missing"),
    pytest.param({"source": (5, 6), "target": (3, 6)}, set(), {((5, 6), (3, 6))}, id="two-to-two"),
    pytest.param({"source": (3,), "target": (3,), "instead": ((3,), (5,))}, {(3, 5)}, {((3,), (3,))}, id="wrong"),
    pytest.param({"source": (3,), "target": (3,), "beside": True}, set(), {((3,), (3,))}, id="beside"),
    pytest.param({"source": (0, 1), "target": (0, 1)}, {(0, 0), (1, 1)}, {((0, 1), (0, 1))}, id="bead-of-two-links"),
    pytest.param({"source": (2,), "target": (2, 3), "instead": ((2,), (2,))}, {(2, 2)}, {((2,), (2, 3))}, id="wider"),
]


@pytest.mark.parametrize(("given", "gone", "made"), DRAWN)
def test_a_drawn_link_is_accepted_and_takes_the_place_of_others(given, gone, made, store):
    saved = draw(store, **given)
    stay = {link for link in AS_IT_WAS if (link[0][0], link[1][0]) not in gone}
    assert set(drawn(store)) == stay | {(*link, "accept") for link in made}
    assert saved.created in [link.id for link in both(store).links]
    # Another reviewer is told nothing of it.
    assert set(drawn(store, "Bek")) == AS_IT_WAS
    store.undo("Ana")
    assert set(drawn(store)) == AS_IT_WAS
    assert {row["proposed"] for row in rows(store, "SELECT proposed FROM items WHERE kind = 'link'")} == {1}


def rows(store, question):
    with store.database.reading() as reading:
        return reading.execute(question).fetchall()


def test_an_edge_that_moves_takes_from_a_link_that_keeps_another_segment(store):
    draw(store, (1, 2), (2,), instead=((2,), (2,)))
    draw(store, (0, 1), (0,), instead=((0,), (0,)), edge=True)
    assert drawn(store)[:3] == [((0, 1), (0,), "accept"), ((1,), (1,), None), ((2,), (2,), "accept")]
    store.undo("Ana")
    assert drawn(store)[:3] == [((0,), (0,), None), ((1,), (1,), None), ((1, 2), (2,), "accept")]


def test_an_edge_may_go_there_and_back(store):
    draw(store, (0, 1), (0,), instead=((0,), (0,)), edge=True)
    draw(store, (0,), (0,), instead=((0, 1), (0,)), edge=True)
    assert drawn(store)[:2] == [((0,), (0,), "accept"), ((1,), (1,), None)]
    for _ in range(2):
        store.undo("Ana")
    assert set(drawn(store)) == AS_IT_WAS


def test_a_drawn_link_is_saved_once(store):
    shown = both(store)
    sent = DrawnLink("one", "Ana", shown.source.id, shown.target.id, shown.source.names[6:], shown.target.names[6:])
    first, again = store.draw(sent), store.draw(sent)
    assert (first.repeated, again.repeated, again.created) == (False, True, first.created)
    assert len(rows(store, "SELECT 1 FROM events")) == 1


REFUSED = [
    pytest.param({"source": (), "target": (1,)}, NotAllowedError, id="one side"),
    pytest.param({"source": (3,), "target": (3,), "replaces": "gone"}, NotAllowedError, id="changed link is gone"),
    pytest.param({"source": (3,), "target": (3,), "instead": ((3,), (5,)), "version": 7}, StaleError, id="stale"),
]


@pytest.mark.parametrize(("given", "error"), REFUSED)
def test_a_link_that_does_not_stand_is_refused(given, error, store):
    with pytest.raises(error):
        draw(store, **given)
    assert set(drawn(store)) == AS_IT_WAS


def test_drawn_links_outlive_a_rerun_and_an_import(store, tmp_path, runs):
    draw(store, (6,), (6,))
    draw(store, (0, 1), (0, 1))
    draw(store, (3,), (3,), instead=((3,), (5,)))
    expected = drawn(store)
    write(tmp_path / "other", runs)
    lines = [json.dumps(each, ensure_ascii=False) for each in export_events(store.database)]
    (tmp_path / "events.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    other = Store.open(tmp_path / "other")
    import_events(other.database, tmp_path / "events.jsonl")
    assert drawn(other) == expected
    other.close()
    # Another run proposes fewer links; what was drawn stays.
    write(tmp_path / "run", runs, links=LINKS[:3])
    again = Store.open(tmp_path / "run")
    assert {link for link in drawn(again) if link[2]} == {link for link in expected if link[2]}
    again.close()


def test_outcomes_hold_what_was_drawn(store):
    draw(store, (6,), (6,))
    draw(store, (0, 1), (0, 1))
    told = {(len(each.source), len(each.target), each.agreed, each.origin) for each in store.outcomes()}
    assert told == {(1, 1, "accept", "linked"), (2, 2, "accept", "merged"), (1, 1, "merged", "mined")}
