"""Segments cut in two: their pieces, links of each, undo, another reviewer, a re-run and an export of the decisions."""

import json
from uuid import uuid4

import pytest

from align.errors import InputError
from align.export.run_pairs import RunPairs
from align.review.cutting import SentSplit, row_name
from align.review.drawing import DrawnLink
from align.review.errors import NotAllowedError
from align.review.event_checks import checked
from align.review.store import Store
from align.review.transfer import export_events, import_events

KK = ["Бірінші сөйлем. Екінші сөйлем.", "Үшінші сөйлем."]
EN = ["The first sentence.", "The second sentence.", "The third sentence."]
TEXTS = {"kk.txt": ("kk", KK), "en.txt": ("en", EN)}
LINKS = [(KK[0], EN[0], 0.9), (KK[1], EN[2], 0.9)]
AT = KK[0].index("Екінші")


@pytest.fixture
def store(tmp_path, runs):
    opened = Store.open(runs[0](tmp_path / "run", TEXTS, LINKS), double=0.0)
    yield opened
    opened.close()


def both(store, reviewer="Ana"):
    names = {each.path: name for name, (_, each) in store.run().documents.items()}
    return store.documents(names["kk.txt"], names["en.txt"], reviewer)


def kazakh(store, reviewer="Ana"):
    return [place.text for place in both(store, reviewer).source.rows]


def split(store, row=0, at=AT, reviewer="Ana"):
    side = both(store, reviewer).source
    return store.split(SentSplit(uuid4().hex, reviewer, side.id, side.names[row], at))


def draw(store, source, target, **fields):
    shown = both(store)
    rows = [
        tuple(side.names[row] for row in chosen) for side, chosen in ((shown.source, source), (shown.target, target))
    ]
    return store.draw(DrawnLink(uuid4().hex, "Ana", shown.source.id, shown.target.id, *rows, **fields))


def links(store, reviewer="Ana"):
    return [(link.source, link.target, link.said) for link in both(store, reviewer).links]


def test_a_split_gives_each_piece_its_link_and_is_undone(store, dump):
    before = dump(store)
    split(store)
    assert kazakh(store) == kazakh(store, "Bek") == ["Бірінші сөйлем.", "Екінші сөйлем.", KK[1]]
    assert links(store) == [((0, 1), (0,), None), ((2,), (2,), None)]
    whole = both(store).links[0]
    draw(store, (0,), (0,), replaces=whole.id, version=whole.version)
    draw(store, (1,), (1,))
    assert sorted(links(store)) == [((0,), (0,), "accept"), ((1,), (1,), "accept"), ((2,), (2,), None)]
    for _ in range(3):
        store.undo("Ana")
    assert (kazakh(store), dump(store)) == (KK, before)


def test_pieces_are_cut_again_and_stand_in_their_document(store):
    split(store)
    split(store, row=1, at=len("Екінші "))
    rows = both(store).source.rows
    assert [place.text for place in rows[:3]] == ["Бірінші сөйлем.", "Екінші", "сөйлем."]
    assert [KK[0][place.start : place.end] for place in rows[:3]] == [place.text for place in rows[:3]]
    assert len({row_name(place) for place in rows}) == len(rows)


@pytest.mark.parametrize(("row", "at"), [(0, 0), (0, len(KK[0])), (0, 10_000)])
def test_a_cut_that_leaves_nothing_of_a_part_is_refused(row, at, store):
    with pytest.raises(NotAllowedError, match="between two words"):
        split(store, row, at)


def test_a_row_that_is_gone_and_a_repeated_request(store):
    side = both(store).source
    sent = SentSplit("one", "Ana", side.id, side.names[0], AT)
    assert (store.split(sent).repeated, store.split(sent).repeated) == (False, True)
    with pytest.raises(NotAllowedError, match="look again"):
        store.split(SentSplit("two", "Ana", side.id, "7-0", AT))


def test_pieces_and_their_links_are_exported_and_outlive_another_run(store, runs, tmp_path):
    split(store)
    whole = both(store).links[0]
    draw(store, (0,), (0,), replaces=whole.id, version=whole.version)
    draw(store, (1,), (1,))
    told = {(pair.kk, pair.en, pair.kk_side.span) for pair in RunPairs(store.folder) if pair.reviewers}
    assert told == {("Бірінші сөйлем.", EN[0], (0, 15)), ("Екінші сөйлем.", EN[1], (16, 30))}
    path = tmp_path / "decisions.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in export_events(store.database)), encoding="utf-8")
    expected = sorted(links(store))
    other = Store.open(runs[0](tmp_path / "copy", TEXTS, LINKS), double=0.0)
    import_events(other.database, path)
    assert sorted(links(other)) == expected
    other.close()
    longer = {**TEXTS, "kk.txt": ("kk", [*KK, "Төртінші сөйлем."])}
    again = Store.open(runs[0](store.folder, longer, LINKS), double=0.0)
    assert kazakh(again)[:3] == ["Бірінші сөйлем.", "Екінші сөйлем.", KK[1]]
    again.close()


def test_a_split_from_a_file_must_be_one(store):
    split(store)
    event = next(export_events(store.database))
    assert checked(event)["verdict"] == "split"
    for body in ({**event["body"], "at": 0}, {**event["body"], "place": {}}, {**event["body"], "at": 999}):
        with pytest.raises(InputError, match="split"):
            checked({**event, "body": body})
