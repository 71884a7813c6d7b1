import pytest

from align.review.attach import RunSegment, RunSegments
from align.review.records import Filter
from align.review.store import Store
from align.review.sync import sync_run
from align.text.normalise import segment_id

A, B = "Айгүл", "Бауыржан"

OLD = {"document": "old", "sha256": "1" * 64, "path": "news/kk.txt", "position": 1}

# the text that was decided on, the document's sentences now, which of them hold it, and how
CASES = [
    ("Екінші сөйлем.", ["Бірінші сөйлем.", "Екінші сөйлем."], [1], "exact"),
    ("Екінші  сөйлем.", ["Екінші сөйлем."], [0], "exact"),
    ("Екінші сөйлем.", ["Бірінші сөйлем. Екінші сөйлем.", "Үшінші."], [0], "overlap"),
    ("Бірінші сөйлем. Екінші сөйлем.", ["Бірінші сөйлем.", "Екінші сөйлем.", "Үшінші."], [0, 1], "overlap"),
    ("Бірінші сөйлем. Екінші", ["Бірінші сөйлем.", "Екінші сөйлем.", "Үшінші."], [0, 1], "overlap"),
    ("сөйлем.", ["Бірінші сөйлем.", "Екінші сөйлем."], [1], "overlap"),
    ("кіші", ["Екішіліктер келді."], [], "lost"),
    ("Екінші сөйлем.", ["Екінші сөздер."], [], "lost"),
    ("Екінші сөйлем.", [], [], "lost"),
]


@pytest.mark.parametrize(("text", "now", "positions", "how"), CASES)
def test_a_text_is_found_however_its_document_is_cut(text, now, positions, how):
    starts = [sum(len(each) + 1 for each in now[:place]) for place in range(len(now))]
    standing = [RunSegment("new", n, segment_id(each, "kk"), starts[n], each) for n, each in enumerate(now)]
    segments = RunSegments(standing, [("new", "news/kk.txt", "2" * 64)])
    place = {**OLD, "id": segment_id(text, "kk"), "start": 20, "end": 20 + len(text), "text": text}
    found = segments.find({"source": [place], "target": []})
    assert (found.how, [position for _, position in found.source]) == (how, positions)
    assert [each["text"] for each in found.missing] == ([text] if how == "lost" else [])


# the documents of a run (id, path, sha256), and whether the old text is looked for there
HOMES = [
    ([("new", "elsewhere.txt", "1" * 64)], "overlap"),
    ([("new", "news/kk.txt", "2" * 64)], "overlap"),
    ([("new", "moved/kk.txt", "2" * 64)], "overlap"),
    ([("new", "moved/kk.txt", "2" * 64), ("other", "too/kk.txt", "3" * 64)], "lost"),
    ([("new", "moved/other.txt", "2" * 64)], "lost"),
]


@pytest.mark.parametrize(("documents", "how"), HOMES)
def test_only_the_same_document_is_searched(documents, how):
    whole = "Бірінші сөйлем. Екінші сөйлем."
    segments = RunSegments([RunSegment("new", 0, segment_id(whole, "kk"), 0, whole)], documents)
    text = "Екінші сөйлем."
    place = {**OLD, "id": segment_id(text, "kk"), "start": 16, "end": 30, "text": text}
    assert segments.find({"source": [place], "target": []}).how == how


@pytest.fixture
def decided(tmp_path, runs, judge, links_of):
    """Return a folder with decisions on eight links of documents that a later run cuts otherwise."""
    write_run, _ = runs
    kk = [f"{number} сөйлем осы жерде." for number in range(8)]
    en = [f"{number} sentence is here." for number in range(8)]
    links = [(one, other, 0.9) for one, other in zip(kk, en, strict=True)]
    folder = write_run(tmp_path / "run", {"kk.txt": ("kk", kk), "en.txt": ("en", en)}, links)
    store = Store.open(folder, double=0.0)
    for number, item in enumerate(links_of(folder)):
        judge(store, item, "accept" if number < 6 else "reject", reason=None if number < 6 else "other")
    store.close()
    return folder, kk, en, write_run


def test_decisions_outlive_segmentation_ranking_and_new_documents(decided, events_of):
    folder, kk, en, write_run = decided
    before = events_of(folder)
    # The first two sentences are one now, sentence 6 is gone, and no link is proposed that was one before.
    kk_now, en_now = [f"{kk[0]} {kk[1]}", *kk[2:6], kk[7]], [f"{en[0]} {en[1]}", *en[2:]]
    documents = {"kk.txt": ("kk", kk_now), "en.txt": ("en", en_now), "new.txt": ("en", ["Something new."])}
    write_run(folder, documents, [(kk_now[0], en_now[0], 0.7), (kk_now[1], "Something new.", 0.6)])
    found = sync_run(folder)
    assert (found.decisions, found.exact, found.overlap, found.lost) == (8, 5, 2, 1)
    assert events_of(folder) == before
    store = Store.open(folder)
    (lost,) = store.lost()
    assert (lost.reviewer, lost.verdict, [each.text for each in lost.missing]) == (A, "reject", ["6 сөйлем осы жерде."])
    rows = store.browse(Filter(state="judged"), A).rows
    assert sorted((row.attached, row.source_text) for row in rows if row.attached != "exact") == [
        ("lost", "6 сөйлем осы жерде."),
        ("overlap", "0 сөйлем осы жерде."),
        ("overlap", "1 сөйлем осы жерде."),
    ]
    assert {row.agreed for row in rows} == {"accept", "reject"}
    # Both halves of the joined sentence were accepted, so nobody is asked for the whole again.
    (other,) = store.next(B)
    assert other.target_text == "Something new."
    moved = store.item(next(row.id for row in rows if row.attached == "overlap"), A)
    assert moved.source_document.after[0].text == kk[2] and len(moved.related) == 1
    store.close()
    assert {each.agreed for each in Store.open(folder).outcomes()} == {"accept", "reject"}


def test_a_lost_text_comes_back_with_its_decision(decided):
    folder, kk, en, write_run = decided
    write_run(folder, {"kk.txt": ("kk", kk[1:]), "en.txt": ("en", en)}, [])
    assert sync_run(folder).lost == 1
    write_run(folder, {"kk.txt": ("kk", kk), "en.txt": ("en", en)}, [(kk[0], en[0], 0.4)])
    found = sync_run(folder)
    assert (found.exact, found.lost) == (8, 0)


def test_verdicts_that_differ_leave_what_covers_them_open(decided):
    folder, kk, en, write_run = decided
    kk_now, en_now = [*kk[:5], f"{kk[5]} {kk[6]}", kk[7]], [*en[:5], f"{en[5]} {en[6]}", en[7]]
    write_run(folder, {"kk.txt": ("kk", kk_now), "en.txt": ("en", en_now)}, [(kk_now[5], en_now[5], 0.7)])
    assert sync_run(folder).overlap == 2
    store = Store.open(folder)
    (view,) = store.next(B)
    assert view.source_text == kk_now[5] and len(view.related) == 2
    store.close()
