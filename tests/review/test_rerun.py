"""Real runs of the seed documents: what a re-run does to decisions, and what a verdict does to its neighbours."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from align.errors import InputError
from align.review.records import Filter
from align.review.rescore import Rescorer
from align.review.store import Store

SEEDS = Path(__file__).parents[2] / "seeds"
A, B = "Айгүл", "Бауыржан"


def _cut_otherwise(folder):
    """Join two lines of a document where neither ends a sentence, break the longest of another, drop one of a third."""
    for number, path in enumerate(sorted(folder.glob("*.txt"))):
        lines = path.read_text(encoding="utf-8").split("\n")
        longest = max(range(len(lines)), key=lambda row: len(lines[row]))
        loose = [row for row in range(len(lines) - 2) if _loose(lines[row]) and _loose(lines[row + 2])]
        if number % 2:
            cut = lines[longest].index(" ", len(lines[longest]) // 2)
            lines[longest : longest + 1] = [lines[longest][:cut], "", lines[longest][cut + 1 :]]
        elif loose:
            lines[loose[0] : loose[0] + 3] = [f"{lines[loose[0]]} {lines[loose[0] + 2]}"]
        else:
            del lines[longest]
        path.write_text("\n".join(lines), encoding="utf-8")


def _loose(line):
    return len(line) > 60 and line[-1].isalpha()


@pytest.mark.slow
def test_200_decisions_outlive_another_encoder_segmentation_and_document(tmp_path, align, tiny_model, judge, events_of):
    news, out = tmp_path / "news", tmp_path / "run"
    shutil.copytree(SEEDS, news, ignore=shutil.ignore_patterns("*.md"))
    assert align("run", news, "--out", out, "--review", "0", "--accept", "0.5")[0] == 0
    store = Store.open(out)
    items = [row.id for row in store.browse(Filter(order="probability"), A, limit=200).rows]
    assert len(items) == 200
    verdicts = [("accept", {}), ("reject", {"reason": "other"}), ("partial", {}), ("edit", {"target_text": "Better."})]
    for number, item in enumerate(items):
        verdict, fields = verdicts[number % 4]
        judge(store, item, verdict, **fields)
    store.close()
    before = events_of(out)

    _cut_otherwise(news)
    (news / "added.txt").write_text("Пайда болған жаңа құжат осы жерде тұр.\nОнда екі қазақша сөйлем бар.\n", "utf-8")
    status, _, err = align("run", news, "--out", out, "--encoder", tiny_model, "--review", "0.5")
    assert status == 0
    assert events_of(out) == before, "byte for byte"
    segments = [json.loads(line) for line in (out / "segments.jsonl").read_text(encoding="utf-8").splitlines()]
    ids = {each["id"] for each in segments}
    squeezed = {
        path: "".join("".join(each["text"].split()) for each in segments if each["document"] == document)
        for document, path in _paths(out).items()
    }
    expected = {"exact": 0, "overlap": 0, "lost": 0}
    for row in before:
        places = [place for side in ("source", "target") for place in json.loads(row[-1])["pair"][side]]
        whole = all(place["id"] in ids for place in places)
        stands = all(
            place["id"] in ids or "".join(place["text"].split()) in squeezed.get(place["path"], "") for place in places
        )
        expected["exact" if whole else "overlap" if stands else "lost"] += 1
    store = Store.open(out)
    found = store.run().reattached
    assert found == {"decisions": 200, **expected}
    assert found["overlap"] > 10 and found["exact"] > 100 and found["lost"] > 0
    assert len(list(store.outcomes())) == 200
    assert len(store.lost()) == expected["lost"]
    store.close()
    assert f"200 earlier decisions: {expected['exact']} re-attached" in err
    assert err.count("lost its text:") == expected["lost"]


def _paths(out):
    lines = (out / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    return {each["id"]: each["path"] for each in map(json.loads, lines)}


@pytest.fixture(scope="module")
def seeds_run(tmp_path_factory):
    from align.corpus.read import read
    from align.pipeline.run import align_documents
    from align.runs.write import write_run
    from align.settings import Settings
    from align.tools import load_tools

    out, settings = tmp_path_factory.mktemp("seeds"), Settings(review=0.05)
    corpus = read(*sorted(SEEDS.glob("*.txt")))
    write_run(align_documents(corpus, load_tools(settings, cached=False), settings=settings), out)
    return out


@pytest.fixture
def seeds_store(seeds_run, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(seeds_run, folder)
    store = Store.open(folder)
    yield store
    store.close()


RIPPLES = [
    ("reject", {"reason": "not parallel"}),
    ("swap", {}),
    ("merge", {"neighbour": "source_before"}),
    ("no_counterpart", {}),
]


def _crowded(store):
    """Return the link of the pair of documents that shares most links, and how many those are."""
    rows = store.browse(Filter(order="probability"), A).rows
    views = [store.item(row.id, A) for row in rows]
    papers = [(view.source_document.id, view.target_document.id) for view in views]
    most = max(papers, key=papers.count)
    return views[papers.index(most)]


@pytest.mark.parametrize(("verdict", "fields"), RIPPLES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_verdict_rescores_its_documents_and_is_undone_as_one(seeds_store, dump, judge, verdict, fields):
    view = _crowded(seeds_store)
    before = dump(seeds_store)
    if verdict == "swap":
        fields = {"other": view.runners_up[0].id}
    saved = judge(seeds_store, view.id, verdict, **fields)
    assert saved.rescores
    ripple = seeds_store.rescore(saved.event)
    assert ripple.changes and seeds_store.rescore(saved.event) == ripple
    documents = {view.source_document.id, view.target_document.id}
    for change in ripple.changes:
        moved = seeds_store.item(change.item, A)
        assert moved.probability == change.after != change.before
        assert moved.run_probability == change.before or change.before is None
        assert {moved.source_document.id, moved.target_document.id} == documents
        assert change.item not in (view.id, saved.created)
    assert set(seeds_store.undo(A).touched) >= {change.item for change in ripple.changes}
    assert dump(seeds_store) == before
    assert seeds_store.rescore(saved.event).changes == (), "what was undone moves nothing"


def test_weighing_writes_nothing_and_leaves_what_is_judged_meanwhile(seeds_store, dump, judge):
    view = _crowded(seeds_store)
    saved = judge(seeds_store, view.id, "reject", reason="other")
    before = dump(seeds_store), dump(seeds_store, "events")
    weighed = seeds_store.weigh(saved.event)
    assert (dump(seeds_store), dump(seeds_store, "events")) == before
    again = Store.open(seeds_store.folder)
    expected = {change.item for change in again.keep_rescoring(saved.event, weighed).changes}
    again.undo(A)
    second = judge(again, view.id, "reject", reason="other")
    judged = min(item for item in expected if again.item(item, A).proposed)
    judge(again, judged, "accept")
    assert {change.item for change in again.keep_rescoring(second.event, weighed).changes} == expected - {judged}
    again.close()


def test_a_ripple_stays_through_a_rebuild_and_adds_to_another(seeds_store, judge, dump):
    view = _crowded(seeds_store)
    first = judge(seeds_store, view.id, "reject", reason="other")
    changes = seeds_store.rescore(first.event).changes
    second = judge(seeds_store, changes[0].item, "reject", reason="other")
    seeds_store.rescore(second.event)
    shifts, before = dump(seeds_store, "shifts"), _probabilities(seeds_store)
    with seeds_store.database.writing() as writing:
        writing.execute("UPDATE meta SET value = 'gone' WHERE key = 'files'")
    again = Store.open(seeds_store.folder)
    assert (dump(again, "shifts"), _probabilities(again)) == (shifts, before)
    again.close()


def _probabilities(store):
    with store.database.reading() as reading:
        return {row["id"]: row["probability"] for row in reading.execute("SELECT id, probability FROM items")}


def test_an_encoder_that_is_gone_leaves_the_verdict_standing(seeds_store, judge):
    with seeds_store.database.writing() as writing:
        writing.execute("UPDATE meta SET value = json_set(value, '$.encoder', '/gone') WHERE key = 'settings'")
    saved = judge(seeds_store, _crowded(seeds_store).id, "reject", reason="other")
    with pytest.raises(InputError, match="/gone"):
        Rescorer(seeds_store.database).rescore(saved.event)
    assert seeds_store.item(saved.item, A).agreed == "reject"


def test_the_command_line_takes_decisions_out_and_in(seeds_run, tmp_path, align, judge):
    folders = [tmp_path / name for name in ("one", "other")]
    for folder in folders:
        shutil.copytree(seeds_run, folder)
    store = Store.open(folders[0])
    judge(store, store.next(A)[0].id, "partial")
    store.close()
    _, out, _ = align("review", "export", folders[0])
    assert [json.loads(line)["verdict"] for line in out.splitlines()] == ["partial"]
    align("review", "export", folders[0], "--out", tmp_path / "events.jsonl")
    assert (tmp_path / "events.jsonl").read_text(encoding="utf-8") == out
    for added, known in ((1, 0), (0, 1)):
        _, _, err = align("review", "import", folders[1], tmp_path / "events.jsonl")
        assert f"{added} events added, {known} were here already" in err
    assert align("review", "export", folders[1])[1] == out


def test_the_review_opens_by_its_folder_alone(monkeypatch, seeds_run, align):
    called = {}
    app = type(sys)("align.review.app")
    app.serve = lambda folder, **options: called.update(options, folder=folder)
    monkeypatch.setitem(sys.modules, "align.review.app", app)
    align("review", seeds_run, "--port", "9000", "--double", "0.5")
    note = called.pop("note")
    assert callable(note)
    assert called == {"folder": seeds_run, "port": 9000, "host": "127.0.0.1", "token": None}
    store = Store.open(seeds_run)
    with store.database.reading() as reading:
        doubled = reading.execute("SELECT count(*) FROM items WHERE need = 2 AND coin >= 0.5").fetchone()[0]
    assert doubled == 0
    store.close()
