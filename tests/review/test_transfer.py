import json

import pytest

from align.errors import InputError
from align.review.store import Store
from align.review.transfer import export_events, import_events

A, B = "Айгүл", "Бауыржан"


@pytest.fixture
def exported(store, folder, judge, links_of, tmp_path):
    items = links_of(folder)
    judge(store, items[0], "edit", target_text="Better")
    judge(store, items[1], "swap", other=store.item(items[4], A).target[0].id)
    judge(store, items[2], "reject", B, reason="boilerplate")
    judge(store, items[3], "accept", B)
    store.undo(B)
    path = tmp_path / "decisions.jsonl"
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in export_events(store.database)))
    return path


def test_decisions_travel_to_another_copy_of_the_run_and_back(exported, store, runs, dump, tmp_path):
    other = Store.open(runs[1](tmp_path / "copy"))
    found = import_events(other.database, exported)
    assert (found.added, found.known) == (6, 0)
    assert list(export_events(other.database)) == list(export_events(store.database))
    assert dump(other, "judgements") == dump(store, "judgements")
    assert [each.agreed for each in other.outcomes()] == [each.agreed for each in store.outcomes()]
    before = dump(other), dump(other, "events")
    again = import_events(other.database, exported)
    assert (again.added, again.known) == (0, 6)
    assert (dump(other), dump(other, "events")) == before
    other.close()


def test_a_later_verdict_stays_whatever_is_imported_after_it(exported, runs, judge, links_of, tmp_path):
    folder = runs[1](tmp_path / "copy")
    other = Store.open(folder)
    judge(other, links_of(folder)[0], "reject", A, reason="other")
    import_events(other.database, exported)
    assert other.item(links_of(folder)[0], A).mine.verdict == "reject"
    other.close()


def test_decisions_on_texts_that_are_not_here_are_kept_as_lost(exported, runs, tmp_path):
    folder = runs[0](tmp_path / "else", {"kk.txt": ("kk", ["Бөтен"]), "en.txt": ("en", ["Foreign"])}, [])
    other = Store.open(folder)
    assert import_events(other.database, exported).added == 6
    assert len(other.lost()) == 4
    other.close()


def _changed(**fields):
    return lambda record: {**record, **fields}


def _body(**fields):
    return lambda record: {**record, "body": {**record["body"], **fields}}


# what is done to the second line's event, what the error says
SPOILT = [
    (_changed(at="yesterday"), "no UTC time"),
    (_changed(kind="wish"), "kind 'wish'"),
    (_changed(verdict="praise"), "'praise'"),
    (_changed(reviewer=""), "reviewer"),
    (_changed(id="a b"), "event's id"),
    (_changed(cluster="not-there"), "FOREIGN KEY"),
    (_changed(body=[]), "no event"),
    (_changed(undoes="x"), "constraint"),
    (_body(pair={"source": [], "target": []}), "no verdict"),
    (_body(pair={"source": [{"id": 1}], "target": []}), "no verdict"),
    (lambda record: {"id": "x"}, "missing"),
    (lambda record: {**record, "id": "e1"}, None),
]


@pytest.mark.parametrize(("spoil", "part"), SPOILT)
def test_a_bad_line_is_named_and_nothing_is_added(exported, runs, dump, tmp_path, spoil, part):
    lines = exported.read_text().splitlines()
    record = json.loads(lines[1])
    lines[1] = json.dumps(spoil(record), ensure_ascii=False)
    bad = tmp_path / "bad.jsonl"
    bad.write_text("\n".join(lines) + "\n")
    other = Store.open(runs[1](tmp_path / "copy"))
    before = dump(other, "events")
    with pytest.raises(InputError, match=r"bad\.jsonl, line \d: ") as caught:
        import_events(other.database, bad)
    assert part is None or part in str(caught.value)
    assert dump(other, "events") == before
    other.close()


def test_an_id_that_stands_for_another_event_is_refused(exported, store, tmp_path):
    lines = exported.read_text().splitlines()
    lines[0] = lines[0].replace("Better", "Worse")
    forged = tmp_path / "forged.jsonl"
    forged.write_text("\n".join(lines) + "\n")
    with pytest.raises(InputError, match=r"line 1: the id .* stands for another event"):
        import_events(store.database, forged)
