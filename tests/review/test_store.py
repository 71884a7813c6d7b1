import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from align.errors import InputError
from align.export.run_pairs import RunPairs
from align.review.errors import NotAllowedError, StaleError, UnknownItemError
from align.review.records import Decision, Filter
from align.review.store import Store
from align.review.verdicts import OUTCOMES
from align.storage.sealed import seal

A, B, C = "Айгүл", "Бауыржан", "Carla"

# verdict, what goes with it, the outcome, the texts of pair 3 that hold then
VERDICTS = [
    ("accept", {}, "accept", ("3 сөйлем туралы", "3 sentence about it")),
    ("partial", {"comment": "half of it"}, "partial", ("3 сөйлем туралы", "3 sentence about it")),
    ("reject", {"reason": "wrong facts"}, "reject", ("3 сөйлем туралы", "3 sentence about it")),
    ("edit", {"target_text": "Sentence 3."}, "accept", ("3 сөйлем туралы", "Sentence 3.")),
    ("edit", {"source_text": "Үш", "target_text": "Three"}, "accept", ("Үш", "Three")),
    ("trim", {"source_span": (0, 8), "target_span": (0, 10)}, "partial", ("3 сөйлем", "3 sentence")),
    ("trim", {"target_span": (0, 10)}, "partial", ("3 сөйлем туралы", "3 sentence")),
    ("no_counterpart", {}, "no_counterpart", ("3 сөйлем туралы", "3 sentence about it")),
    ("skip", {}, None, ("3 сөйлем туралы", "3 sentence about it")),
    ("flag", {}, None, ("3 сөйлем туралы", "3 sentence about it")),
]

# what is sent, the error, a part of its line
REFUSED = [
    ({"verdict": "praise"}, InputError, "known are accept"),
    ({"verdict": "reject"}, InputError, "one of not parallel, wrong facts"),
    ({"verdict": "reject", "reason": "because"}, InputError, "one of not parallel"),
    ({"verdict": "edit"}, InputError, "neither text is changed"),
    ({"verdict": "edit", "target_text": "3 sentence  about it "}, InputError, "neither text is changed"),
    ({"verdict": "edit", "source_text": "3 сөйлем туралы", "target_text": ""}, InputError, "English text is empty"),
    ({"verdict": "trim"}, InputError, "nothing is cut"),
    ({"verdict": "trim", "source_span": (0, 15)}, InputError, "nothing is cut"),
    ({"verdict": "edit", "target_text": "  "}, InputError, "English text is empty"),
    ({"verdict": "edit", "source_text": "x" * 10_000_000}, InputError, "10000000 characters"),
    ({"verdict": "edit", "source_text": "a\x00b"}, InputError, "NUL"),
    ({"verdict": "edit", "source_text": "a\ud800b"}, InputError, "surrogate"),
    ({"verdict": "trim", "source_span": (5, 5)}, InputError, "not within"),
    ({"verdict": "trim", "target_span": (0, 999)}, InputError, "not within"),
    ({"verdict": "swap", "other": "'; DROP TABLE events; --"}, NotAllowedError, "stands in this run"),
    ({"verdict": "merge"}, InputError, "neighbour must be"),
    ({"verdict": "post_edit", "target_text": "x"}, NotAllowedError, "unmatched"),
    ({"verdict": "accept", "adjudicates": True}, NotAllowedError, "not disputed"),
    ({"verdict": "accept", "id": "../../etc"}, InputError, "id must be"),
    ({"verdict": "accept", "reviewer": "\n"}, InputError, "printable"),
    ({"verdict": "accept", "reviewer": "x" * 65}, InputError, "printable"),
    ({"verdict": "accept", "item": "nowhere"}, UnknownItemError, "nowhere"),
    ({"verdict": "accept", "version": 7}, StaleError, "version 0, yours was 7"),
]


@pytest.mark.parametrize(("verdict", "fields", "agreed", "texts"), VERDICTS)
def test_a_verdict_has_its_outcome_and_keeps_the_original(
    store, folder, judge, links_of, verdict, fields, agreed, texts
):
    item = links_of(folder)[3]
    saved = judge(store, item, verdict, **fields)
    view = store.item(item, A)
    assert (view.agreed, (view.source_text, view.target_text)) == (agreed, texts)
    assert (view.source[0].text, view.target[0].text) == ("3 сөйлем туралы", "3 sentence about it")
    assert view.version == saved.version > 0
    assert view.flagged == (verdict == "flag")
    assert [each.agreed for each in store.outcomes()] == ([agreed] if agreed else [])


@pytest.mark.parametrize(("sent", "error", "part"), REFUSED)
def test_a_bad_decision_is_one_line_and_changes_nothing(store, folder, dump, links_of, sent, error, part):
    before = dump(store), dump(store, "events")
    values = {"id": uuid4().hex, "item": links_of(folder)[3], "reviewer": A, "version": 0, **sent}
    with pytest.raises(error, match=part) as caught:
        store.decide(Decision(**values))
    assert "\n" not in str(caught.value)
    assert (dump(store), dump(store, "events")) == before


def test_an_event_says_who_when_what_on_which_texts_and_what_the_model_said(store, folder, judge, links_of):
    judge(store, links_of(folder)[3], "reject", reason="bad text")
    with store.database.reading() as reading:
        row = dict(reading.execute("SELECT * FROM events").fetchone())
    body = json.loads(row["body"])
    assert (row["reviewer"], row["verdict"], body["reason"]) == (A, "reject", "bad text")
    assert row["at"].endswith("Z") and len(row["at"]) == len("2026-11-22T10:15:00.000000Z")
    place = body["pair"]["source"][0]
    assert set(place) == {"id", "document", "position", "text", "start", "end", "path", "sha256"}
    assert (place["text"], place["path"], place["start"]) == ("3 сөйлем туралы", "news/kk.txt", 48)
    assert body["probability"] == body["run_probability"] == 0.765
    assert body["models"] == {"verifier": "logistic-test"}


@pytest.mark.parametrize("change", ["UPDATE events SET reviewer = 'x'", "DELETE FROM events"])
def test_events_are_append_only(store, folder, judge, links_of, change):
    judge(store, links_of(folder)[0])
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), store.database.writing() as writing:
        writing.execute(change)


def test_a_repeated_save_is_one_save(store, folder, links_of):
    decision = Decision("one-id", links_of(folder)[0], A, "accept", 0)
    first, second = store.decide(decision), store.decide(decision)
    assert not first.repeated and second.repeated and first.event == second.event
    assert store.progress(A).mine == 1
    with pytest.raises(NotAllowedError, match="taken"):
        store.decide(Decision("one-id", links_of(folder)[1], A, "accept", 0))


def test_a_stale_save_carries_both_versions(store, folder, judge, links_of):
    item = links_of(folder)[0]
    judge(store, item, "edit", target_text="Mine, in another tab")
    with pytest.raises(StaleError) as caught:
        store.decide(Decision(uuid4().hex, item, A, "reject", 0, reason="other"))
    assert caught.value.current.target_text == "Mine, in another tab"
    assert caught.value.decision.verdict == "reject"


def test_a_swap_makes_a_pair_and_is_undone_as_one(store, folder, dump, judge, links_of):
    item, other = links_of(folder)[:2]
    before = dump(store)
    target = store.item(other, A).target[0]
    saved = judge(store, item, "swap", other=target.id)
    made = store.item(saved.created, A)
    assert (made.source_text, made.target_text, made.agreed) == ("0 сөйлем туралы", "1 sentence about it", "accept")
    assert store.item(item, A).agreed == "swapped"
    assert store.browse(Filter(text="0 сөйлем"), A).total == 2
    undone = store.undo(A)
    assert undone.item == item and set(undone.touched) == {item, saved.created}
    assert dump(store) == before
    assert store.browse(Filter(text="0 сөйлем"), A).total == 1
    with pytest.raises(NotAllowedError, match="nothing to undo"):
        store.undo(A)


def test_a_merge_takes_the_neighbour_in(store, folder, judge, links_of):
    saved = judge(store, links_of(folder)[3], "merge", neighbour="target_after")
    made = store.item(saved.created, A)
    assert made.target_text == "3 sentence about it 4 sentence about it"
    assert (made.origin, [place.position for place in made.target]) == ("merged", [3, 4])
    with pytest.raises(NotAllowedError, match="no segment before"):
        judge(store, links_of(folder)[0], "merge", neighbour="source_before")


@pytest.mark.parametrize("fields", [{"verdict": "post_edit", "target_text": "My words"}, {"verdict": "swap"}])
def test_an_unmatched_segment_becomes_a_pair(store, folder, judge, fields):
    item = store.browse(Filter(kind="unmatched", side="source"), A).rows[0].id
    if fields["verdict"] == "swap":
        fields = {**fields, "other": store.segments("en")[-1].id}
    saved = judge(store, item, **fields)
    made = store.item(saved.created, A)
    assert made.target_text == ("My words" if "target_text" in fields else "14 sentence about it")
    assert made.origin == ("post_edited" if "target_text" in fields else "picked")
    assert {each.agreed for each in store.outcomes()} == {"accept", OUTCOMES[fields["verdict"]]}
    with pytest.raises(NotAllowedError, match="is for pairs"):
        judge(store, item, "partial")


DRAFT = {"kind": "translation", "model": "mt-test", "revision": "r1", "text": "A draft | of it"}


@pytest.mark.parametrize("kind", ["translation", "memory", "gloss"])
def test_a_machines_words_are_nobodys_translation_until_they_are_changed(folder, judge, kind):
    path = folder / "unmatched.jsonl"
    lines = [{**json.loads(line), "draft": {**DRAFT, "kind": kind}} for line in path.read_text("utf-8").splitlines()]
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    seal(folder)
    store = Store.open(folder)
    item = store.browse(Filter(kind="unmatched", side="source"), A).rows[0].id
    for text in ("A draft | of it", " A  draft | of\nit "):
        with pytest.raises(InputError, match="is unchanged"):
            judge(store, item, "post_edit", target_text=text)
    assert not list(store.outcomes())
    if kind == "gloss":
        with pytest.raises(InputError, match="no draft of this segment"):
            judge(store, item, "take_draft")
    else:
        made = judge(store, item, "take_draft").created
        (pair,) = [each for each in RunPairs(folder) if each.id == made]
        taken = (pair.en, pair.origin, pair.config, pair.mt_model, pair.draft_distance)
        assert taken == (DRAFT["text"], "machine_translated", "en-kk-synthetic", "mt-test@r1", 0.0)
        store.undo(A)
    made = judge(store, item, "post_edit", target_text="A draft of it").created
    judge(store, made, "edit", target_text="The draft of it")
    (pair,) = [each for each in RunPairs(folder) if each.id == made]
    told = (pair.en, pair.origin, pair.mt_model, pair.draft_distance)
    named = (None, None) if kind == "gloss" else ("mt-test@r1", pytest.approx(0.3333, abs=1e-4))
    assert told == ("The draft of it", "post_edited", *named)
    store.close()


def test_what_was_edited_stays_edited_and_undo_goes_back_step_by_step(store, folder, judge, links_of):
    item = links_of(folder)[0]
    judge(store, item, "edit", target_text="Better")
    judge(store, item, "partial")
    assert (store.item(item, A).target_text, store.item(item, A).agreed) == ("Better", "partial")
    store.undo(A)
    assert (store.item(item, A).target_text, store.item(item, A).agreed) == ("Better", "accept")
    store.undo(A)
    assert (store.item(item, A).target_text, store.item(item, A).agreed) == ("0 sentence about it", None)


def test_reviewers_are_blind_until_both_have_judged_and_a_third_decides(store, folder, judge, links_of):
    store.set_double(1.0)
    item = links_of(folder)[0]
    judge(store, item, "edit", A, target_text="Айгүл's words")
    blind = store.item(item, B)
    assert (blind.others, blind.hidden, blind.agreed, blind.version) == ((), 1, None, 0)
    assert blind.target_text == "0 sentence about it"
    assert store.browse(Filter(verdict="edit"), B).total == 0
    assert store.browse(Filter(), B).rows[0].agreed is None
    judge(store, item, "reject", B, reason="not parallel")
    seen = store.item(item, B)
    assert [(each.reviewer, each.verdict) for each in seen.others] == [(A, "edit")]
    assert seen.agreed == "disputed"
    with pytest.raises(NotAllowedError, match="third person"):
        judge(store, item, "accept", B, adjudicates=True)
    assert store.adjudications(A) == store.adjudications(B) == []
    (view,) = store.adjudications(C)
    assert {each.reviewer for each in view.others} == {A, B}
    judge(store, item, "accept", C, adjudicates=True)
    assert store.item(item, A).agreed == "accept" and store.adjudications("Dana") == []
    assert [each.agreement for each in store.outcomes()] == [0.5]
    store.undo(C)
    assert store.item(item, A).agreed == "disputed"


def test_nobody_undoes_anothers_verdict(store, folder, judge, links_of):
    saved = judge(store, links_of(folder)[0], "accept", A)
    with pytest.raises(NotAllowedError, match=A):
        store.undo(B, event=saved.event)


def test_an_undo_repeated_with_its_id_takes_back_one_verdict(store, folder, judge, links_of):
    for item in links_of(folder)[:2]:
        judge(store, item)
    assert not store.undo(A, id="undo-1").repeated
    assert store.undo(A, id="undo-1").repeated
    assert store.progress(A).mine == 1


def test_the_state_follows_from_the_events_alone(store, folder, dump, judge, links_of):
    store.set_double(1.0)
    items = links_of(folder)
    judge(store, items[0], "edit", target_text="Better")
    judge(store, items[0], "reject", B, reason="other")
    judge(store, items[1], "skip")
    judge(store, items[2], "flag")
    judge(store, items[3], "swap", other=store.item(items[5], A).target[0].id)
    judge(store, items[4], "merge", neighbour="source_after")
    judge(store, items[6], "accept")
    store.undo(A)
    columns = "id, origin, probability, need, judged, disputed, flagged, agreed, open"
    with store.database.reading() as reading:
        before = sorted(map(tuple, reading.execute(f"SELECT {columns} FROM items")), key=repr)
    judgements = dump(store, "judgements")
    with store.database.writing() as writing:
        writing.execute("UPDATE meta SET value = 'gone' WHERE key = 'files'")
    store.close()
    again = Store.open(folder)
    with again.database.reading() as reading:
        assert sorted(map(tuple, reading.execute(f"SELECT {columns} FROM items")), key=repr) == before
    assert dump(again, "judgements") == judgements
    again.close()


def test_a_pair_that_a_corpus_says_twice_is_one_item(folder, links_of):
    links = folder / "links.jsonl"
    links.write_text(links.read_text(encoding="utf-8") * 2, encoding="utf-8")
    seal(folder)
    store = Store.open(folder)
    assert store.run().links == store.progress(A).total == 12 and len(links_of(folder)) == 24
    store.close()


# what a file of the run holds, what the error says
SPOILT = [
    ("links.jsonl", "{", r"links\.jsonl, line 1: not valid JSON"),
    ("links.jsonl", '{"id": "x"}', r"links\.jsonl, line 1: not of an"),
    ("links.jsonl", '{"id": "x", "probability": "high"}', r"links\.jsonl, line 1: not of an"),
    ("unmatched.jsonl", '{"id": "x"}', r"unmatched\.jsonl, line 1: not of an"),
    ("segments.jsonl", '{"id": "x"}', r"segments\.jsonl, line 1: not of an"),
    ("documents.jsonl", "[]", r"documents\.jsonl, line 1: not a JSON object"),
    ("documents.jsonl", "{}", r"documents\.jsonl, line 1: not of an"),
    ("manifest.json", "{", r"manifest\.json: not valid JSON"),
]


@pytest.mark.parametrize(("name", "content", "part"), SPOILT)
def test_a_spoilt_run_is_named_and_loses_no_decision(folder, store, judge, dump, links_of, name, content, part):
    judge(store, links_of(folder)[0])
    before = dump(store), dump(store, "events")
    (folder / name).write_text(content + "\n", encoding="utf-8")
    if name != "manifest.json":
        seal(folder)
    with pytest.raises(InputError, match=part):
        Store.open(folder)
    assert (dump(store), dump(store, "events")) == before


def _foreign(path):
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE recipes (name TEXT)")


def _later(path):
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("spoil", "part"),
    [
        (_foreign, "another program's"),
        (_later, "later version"),
        (lambda path: path.write_bytes(b"no database" * 100), "can't be used"),
    ],
)
def test_another_database_is_refused_and_left_alone(folder, spoil, part):
    path = folder / "workbench.db"
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(InputError, match=part):
        Store.open(folder)
    assert path.read_bytes() == before


JUDGE = """
import sys
from pathlib import Path
from align.review.records import Decision
from align.review.store import Store
folder, name = Path(sys.argv[1]), sys.argv[2]
store = Store.open(folder)
for number, item in enumerate(sys.argv[3:]):
    store.decide(Decision(f"{name}-{item}", item, name, "accept", 0))
    if number % 50 == 0:
        store.next(name, count=2)
"""


@pytest.mark.parametrize("count", [100, pytest.param(500, marks=pytest.mark.slow)])
def test_four_processes_that_judge_all_lose_nothing(tmp_path, runs, links_of, count):
    folder = runs[1](tmp_path / "run", count=count, extra=0)
    names = ("a", "b", "c", "d")
    # Nobody has opened the run before: the four also race to make the database.
    commands = [[sys.executable, "-c", JUDGE, str(folder), name, *links_of(folder)] for name in names]
    writers = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for command in commands]
    assert [writer.communicate(timeout=120)[1] for writer in writers] == [""] * 4
    store = Store.open(folder)
    with store.database.reading() as reading:
        assert reading.execute("SELECT count(*), count(DISTINCT id) FROM events").fetchone()[:] == (
            4 * count,
            4 * count,
        )
        assert reading.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert {store.progress(name).mine for name in names} == {count}
    store.close()


def test_threads_share_a_store(store, folder, links_of):
    def work(item):
        return store.decide(Decision(uuid4().hex, item, A, "accept", 0)).item

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, links_of(folder))) == links_of(folder)
    assert store.progress(A).mine == 12


WRITER = """
import sys
from pathlib import Path
from align.review.records import Decision
from align.review.store import Store
store = Store.open(Path(sys.argv[1]))
for number in range(100_000):
    item = sys.argv[2]
    saved = store.decide(Decision(f"n{number}", item, "a", "accept", store.item(item, "a").version))
    print(saved.event, flush=True)
"""


def test_every_acknowledged_verdict_survives_kill_9(folder, links_of):
    command = [sys.executable, "-c", WRITER, str(folder), links_of(folder)[0]]
    acknowledged = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        for line in writer.stdout:
            acknowledged.append(line.strip())
            if len(acknowledged) == 60:
                writer.kill()
    store = Store.open(folder)
    with store.database.reading() as reading:
        kept = {row[0] for row in reading.execute("SELECT id FROM events")}
    store.close()
    assert len(acknowledged) >= 60 and set(acknowledged) <= kept
