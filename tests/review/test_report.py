import csv
import json
from dataclasses import asdict
from datetime import date

import pytest
from typer.testing import CliRunner

from align.cli.main import app
from align.review.events import events_by_item
from align.review.events import events_of as all_of

A, B, C = "Айгүл", "Бауыржан", "=Carla"
FIRST, SECOND = "2026-03-02", "2026-03-03"

# reviewer, when, number of the pair (None: an unmatched segment), verdict, what goes with it
DONE = [
    (A, f"{FIRST}T10:00:00", 0, "accept", {}),
    (A, f"{FIRST}T10:00:04", 1, "reject", {"reason": "wrong facts"}),
    (A, f"{FIRST}T10:00:10", 2, "partial", {}),
    (A, f"{FIRST}T11:00:00", 3, "accept", {}),
    (A, f"{FIRST}T11:00:08", 4, "accept", {}),
    (A, f"{FIRST}T11:00:09", 4, "undo", {}),
    (B, f"{FIRST}T12:00:00", 0, "accept", {}),
    (B, f"{FIRST}T12:00:05", 1, "accept", {}),
    (B, f"{FIRST}T12:00:20", 2, "partial", {}),
    (A, f"{SECOND}T10:00:00", 5, "swap", {"other": 10}),
    (A, f"{SECOND}T10:00:10", 6, "reject", {"reason": "not parallel"}),
    (A, f"{SECOND}T10:00:30", 7, "accept", {}),
    (A, f"{SECOND}T10:01:00", 7, "reject", {"reason": "other"}),
    (B, f"{SECOND}T12:00:00", 3, "reject", {"reason": "boilerplate"}),
    (C, f"{SECOND}T13:00:00", 1, "reject", {"reason": "wrong facts", "adjudicates": True}),
    (C, f"{SECOND}T13:00:10", None, "no_counterpart", {}),
    (C, f"{SECOND}T13:00:40", 8, "skip", {}),
]

# reviewer, day, (accepted, partial, rejected), reasons, adjudicated, seconds, (alike, compared), overruled: by hand.
# A's verdict on 4 is undone, the one on 7 replaced; what the swap put in its place is no verdict of its own. The gap
# of 50 minutes is a pause. A and B agree on 0 and 2 and differ on 1 and 3, of which C has decided 1 against B.
WORK = [
    (C, SECOND, (0, 0, 1), {"no_counterpart": 1}, 1, 20.0, (0, 0), 0),
    (C, None, (0, 0, 1), {"no_counterpart": 1}, 1, 20.0, (0, 0), 0),
    (A, FIRST, (2, 1, 1), {"wrong facts": 1}, 0, 6.0, (2, 4), 0),
    (A, SECOND, (0, 0, 3), {"swap": 1, "not parallel": 1, "other": 1}, 0, 20.0, (0, 0), 0),
    (A, None, (2, 1, 4), {"wrong facts": 1, "swap": 1, "not parallel": 1, "other": 1}, 0, 9.0, (2, 4), 0),
    (B, FIRST, (2, 1, 0), {}, 0, 10.0, (2, 3), 1),
    (B, SECOND, (0, 0, 1), {"boilerplate": 1}, 0, None, (0, 1), 0),
    (B, None, (2, 1, 1), {"boilerplate": 1}, 0, 10.0, (2, 4), 1),
]

# Of 12 pairs and the one that the swap made, each for two reviewers, 0 to 2 are settled and 3 is disputed; the other
# nine have four verdicts. Half of all gaps are of 10 seconds or less; 12 verdicts stand, of two days: the other 14 take
# three more days.
LEFT = {"links": 9, "verdicts": 14, "disputed": 1, "unmatched": 6, "seconds": 140.0, "days": 14 / 6, "on": "2026-03-06"}


# 12 verdicts in the seven days to March 8, then the 5 of March 3 alone, then none.
LAST_DAYS = ["2026-03-17", "2026-03-29", None]


@pytest.fixture
def worked(store, folder, judge, links_of, monkeypatch):
    store.set_double(1.0)
    items = links_of(folder)
    loose = json.loads((folder / "unmatched.jsonl").read_text(encoding="utf-8").splitlines()[0])["id"]
    for reviewer, at, number, verdict, fields in DONE:
        monkeypatch.setattr("align.review.events._now", lambda *_, at=at: f"{at}.000000Z")
        if verdict == "undo":
            store.undo(reviewer)
            continue
        said = fields | ({"other": store.item(items[fields["other"]], A).target[0].id} if "other" in fields else {})
        judge(store, f"u-{loose}" if number is None else items[number], verdict, reviewer, **said)
    return store


def _told(work):
    counts = (work.accepted, work.partial, work.rejected)
    agreed = (work.alike, work.compared)
    return (
        *(work.reviewer, work.day, counts, dict(work.reasons), work.adjudicated, work.seconds),
        *(agreed, work.overruled),
    )


@pytest.mark.parametrize("work", WORK, ids=lambda work: f"{work[0]} {work[1]}")
def test_the_work_of_a_reviewer_is_counted_by_day_and_in_all(worked, work):
    found = worked.report()
    rows = found.reviewers if work[1] is None else found.days
    assert [_told(each) for each in rows if (each.reviewer, each.day) == work[:2]] == [work]
    assert len(found.days) == 5 and len(found.reviewers) == 3


def test_what_is_left_is_told_with_its_time(worked):
    left = asdict(worked.report(date(2026, 3, 3)).left)
    assert {**left, "on": None} == pytest.approx({**LEFT, "on": None}) and left["on"] == LEFT["on"]
    assert [worked.report(date(2026, 3, day)).left.on for day in (8, 9, 10)] == LAST_DAYS


def test_nobody_has_judged_yet(store):
    found = store.report()
    assert not found.days and not found.reviewers
    assert (found.left.links, found.left.seconds, found.left.days) == (12, None, None)


def test_the_command_prints_and_writes_it(worked, folder, tmp_path):
    path = tmp_path / "work.csv"
    shown = CliRunner().invoke(app, ["review", "report", str(folder), "--out", str(path)])
    assert shown.exit_code == 0, shown.output
    assert "2 of 4" in shown.stdout and "1 (wrong facts 1)" in shown.stdout
    with path.open(encoding="utf-8", newline="") as stream:
        rows = {(row["reviewer"], row["day"]): row for row in csv.DictReader(stream)}
    assert set(rows) == {(f"'{C}" if who == C else who, day or "") for who, day, *_ in WORK}
    first = rows[A, FIRST]
    names = ("done", "accepted", "rejected: wrong facts", "rejected: swap", "agreement", "seconds", "overruled")
    assert [first[name] for name in names] == ["4", "2", "1", "0", "0.5", "6.0", "0"]
    printed = CliRunner().invoke(app, ["review", "report", str(folder), "--json"])
    record = json.loads(printed.stdout)
    assert {**record["left"], "on": None} == pytest.approx({**LEFT, "on": None})
    assert record["reviewers"][1]["reasons"] == {"wrong facts": 1, "swap": 1, "not parallel": 1, "other": 1}
    assert CliRunner().invoke(app, ["review", "report", str(folder), "--out", "-", "--json"]).exit_code != 0
    # A file of the run is never written over.
    assert CliRunner().invoke(app, ["review", "report", str(folder), "--out", str(folder / "links.jsonl")]).exit_code


def test_all_events_are_read_in_one_pass_as_item_by_item(worked):
    with worked.database.reading() as reading:
        found = dict(events_by_item(reading))
        items = {item for (item,) in reading.execute("SELECT item FROM events WHERE kind = 'verdict'")}
        assert set(found) == items
        for item, events in found.items():
            assert events == [each for each in all_of(reading, item) if each.kind != "ripple"]
