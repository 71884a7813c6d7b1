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
    (_changed(cluster="not-there"), "no verdict of that id comes before it"),
    (_changed(body=[]), "no event"),
    (_changed(undoes="x"), "undoes 'x'"),
    (_changed(at="9999-12-31T23:59:59.999999Z"), "still to come"),
    (_changed(at="2199-01-01T00:00:00.000000Z"), "still to come"),
    (_changed(at="0001-01-01T00:00:00.000000Z"), "before 2020"),
    (_changed(at="1969-12-31T23:59:59.999999Z"), "before 2020"),
    (_changed(reviewer="Mallory"), "Mallory's and belongs to a verdict of Айгүл's", 2),
    (_body(source_text=5), "source_text is empty"),
    (_body(target_text=["x"]), "target_text is empty"),
    (_body(target_text=""), "target_text is empty"),
    (_body(source_span=[0, 999]), "outside the 15 characters"),
    (_body(source_span=[-1, 4]), "no piece"),
    (_body(source_span=[4, 4]), "no piece"),
    (_body(source_span=[0.5, 4]), "no piece"),
    (_body(source_span="0-4"), "no piece"),
    (_body(source_span=[0, 2], source_text="1 сөйлем"), "no piece"),
    (_body(comment=5), "comment = '5'"),
    (_body(probability=2), "probability = '2'"),
    (_body(probability=float("nan")), "nan"),
    (_body(models="x"), "models = 'x'"),
    (_body(blind="yes"), "blind = 'yes'"),
    (_body(creates=None), "creates no pair"),
    (_body(creates={"item": "x"}), "creates no pair"),
    (_body(deep=json.loads("[" * 20 + "]" * 20)), "levels deep"),
    (_body(comment="a\x00b"), "NUL"),
    (_changed(kind="undo", verdict=None, undoes="SELF"), "undo itself"),
    (_changed(kind="undo", verdict=None), "undo with verdict None"),
    (_body(pair={"source": [], "target": []}), "no verdict"),
    (_body(pair={"source": [{"id": 1}], "target": []}), "no verdict"),
    (lambda record: {"id": "x"}, "missing"),
    (lambda record: {**record, "id": "e1"}, None),
]


@pytest.mark.parametrize("case", SPOILT, ids=lambda case: str(case[1]))
def test_a_bad_line_is_named_and_nothing_is_added(exported, runs, dump, tmp_path, case):
    spoil, part, row = (*case, 1)[:3]
    lines = exported.read_text().splitlines()
    record = json.loads(lines[row])
    spoilt = spoil(record)
    spoilt |= {"undoes": spoilt["id"]} if spoilt.get("undoes") == "SELF" else {}
    lines[row] = json.dumps(spoilt, ensure_ascii=False)
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


def _undo_of(lines, **changes):
    """Return the exported undo, changed, as a file's last line."""
    undo = next(each for each in map(json.loads, lines) if each["kind"] == "undo")
    return json.dumps({**undo, **changes}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"reviewer": A}, "undoes a verdict of"),
        ({"undoes": "nothing"}, "no verdict of that id"),
        ({"cluster": "x"}, "itself"),
    ],
)
def test_an_undo_of_what_is_not_ones_own_is_refused(exported, runs, tmp_path, changes, part):
    lines = [line for line in exported.read_text().splitlines() if json.loads(line)["kind"] != "undo"]
    bad = tmp_path / "bad.jsonl"
    bad.write_text("\n".join([*lines, _undo_of(exported.read_text().splitlines(), **changes)]) + "\n")
    other = Store.open(runs[1](tmp_path / "copy"))
    with pytest.raises(InputError, match=rf"bad\.jsonl, line {len(lines) + 1}: .*{part}"):
        import_events(other.database, bad)
    other.close()


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59.999999Z", "1-01-01T00:00:00.000000Z"])
def test_who_has_a_time_of_an_earlier_version_that_cannot_be_true_decides_on(store, folder, judge, links_of, at):
    item = links_of(folder)[0]
    saved = judge(store, item, "reject", reason="other")
    with store.database.writing() as writing:
        writing.execute("DROP TRIGGER events_stay_as_they_are")
        writing.execute("UPDATE events SET at = ? WHERE id = ?", (at, saved.event))
    judge(store, item, "accept")
    assert store.item(item, A).mine.verdict == "accept"
    store.undo(A)
    store.undo(A)
    assert store.item(item, A).mine is None


def test_a_trim_of_an_edited_text_travels(store, folder, runs, judge, links_of, tmp_path):
    item = links_of(folder)[0]
    judge(store, item, "edit", target_text="This is, in other words, sentence 0 about it")
    judge(store, item, "trim", target_span=(36, 44))
    path = tmp_path / "decisions.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in export_events(store.database)))
    other = Store.open(runs[1](tmp_path / "copy"))
    assert import_events(other.database, path).added == 2
    assert other.item(item, A).target_text == "about it"
    other.close()
