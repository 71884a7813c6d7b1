"""The kernel's half of the notebook's review: messages as the widget sends them, against a real store."""

import json
import subprocess
import sys

import pytest

import align
from align.errors import InputError
from align.review.records import Decision, Filter

pytest.importorskip("anywidget", reason="the extra 'notebook' is not installed")

A, B, C = "Айгүл", "Бауыржан", "Carla"
KK, EN = "3 сөйлем туралы", "3 sentence about it"

# what is sent for the pair of sentences 3, the verdict and reason that the store has then, its texts
VERDICTS = [
    ({"verdict": "accept"}, ("accept", None), (KK, EN)),
    ({"verdict": "partial"}, ("partial", None), (KK, EN)),
    ({"verdict": "reject:not parallel"}, ("reject", "not parallel"), (KK, EN)),
    ({"verdict": "reject:wrong facts", "comment": "the sum"}, ("reject", "wrong facts"), (KK, EN)),
    ({"verdict": "reject:other"}, ("reject", "other"), (KK, EN)),
    ({"verdict": "skip"}, ("skip", None), (KK, EN)),
    ({"verdict": "no_counterpart"}, ("no_counterpart", None), (KK, EN)),
    ({"verdict": "edit", "source_text": KK, "target_text": "Of\r\n three."}, ("edit", None), (KK, "Of three.")),
    ({"verdict": "trim", "source_text": KK, "target_text": " 3 sentence "}, ("trim", None), (KK, "3 sentence")),
    ({"verdict": "merge:source_after"}, ("merge", None), (KK, EN)),
    ({"verdict": "swap:RUNNER_UP"}, ("swap", None), (KK, EN)),
]

# what is sent, a part of what is said
REFUSED = [
    ({"do": "verdict", "item": "nowhere", "verdict": "accept"}, "no item 'nowhere'"),
    ({"do": "verdict", "verdict": "praise"}, "choose one of accept"),
    ({"do": "verdict", "verdict": "reject"}, "a rejection has one of not parallel"),
    ({"do": "verdict", "verdict": "trim", "source_text": "another text"}, "must be one piece"),
    ({"do": "verdict", "verdict": "edit", "target_text": " "}, "is empty"),
    ({"do": "verdict", "verdict": "swap:'; DROP TABLE events; --"}, "stands in this run"),
    ({"do": "verdict", "verdict": "accept", "version": "1"}, "version = '1'"),
    ({"do": "verdict", "verdict": "accept", "id": "../../etc"}, "id must be"),
    ({"do": "item", "item": "nowhere"}, "no item 'nowhere'"),
    ({"do": "undo"}, "nothing to undo"),
    ({"do": "ripple", "event": "nothing"}, "nothing"),
    ({"do": "next", "queue": "elsewhere"}, "choose one of pairs"),
    ({"do": "next", "passed": "a1"}, "passed = 'a1'"),
    ({"do": "launch"}, "can't do 'launch'"),
    ({"answer": 42}, "answer = 42"),
    ({}, "can't do ''"),
]


class Sitting:
    """A widget, and what it answers: each answer goes through JSON, as it does on its way to the browser."""

    def __init__(self, folder, reviewer=A):
        self.widget = align.open_run(folder).review(reviewer=reviewer)
        self.store = self.widget.store
        self.answers = []
        self.widget.send = lambda content, buffers=None: self.answers.append(json.loads(json.dumps(content)))

    def __call__(self, **message):
        self.widget._handle_custom_msg({"request": f"q{len(self.answers)}", **message}, [])
        answer = self.answers[-1]
        assert answer.pop("request") == f"q{len(self.answers) - 1}"
        return answer

    def judge(self, item, verdict, **more):
        view = self.store.item(item, self.widget.reviewer, adjudicating=more.get("adjudicates", False))
        return self(do="verdict", item=item, version=view.version, verdict=verdict, **more)


@pytest.fixture
def sit(folder):
    """Return a function that opens the widget on the run."""
    sittings = []

    def opened(reviewer=A):
        sittings.append(Sitting(folder, reviewer))
        return sittings[-1]

    yield opened
    for each in sittings:
        each.widget.close()


def events(store):
    with store.database.reading() as reading:
        return reading.execute("SELECT count(*) FROM events").fetchone()[0]


@pytest.mark.parametrize(("sent", "said", "texts"), VERDICTS, ids=lambda value: str(value)[:40])
def test_a_verdict_reaches_the_store_and_the_next_pair_comes(sit, folder, links_of, sent, said, texts):
    ask, item = sit(), links_of(folder)[3]
    verdict = sent["verdict"].replace("RUNNER_UP", ask.store.item(item, A).runners_up[0].id)
    answer = ask.judge(item, **{**sent, "verdict": verdict})
    view = ask.store.item(item, A)
    assert (view.mine.verdict, view.mine.reason, view.mine.comment) == (*said, sent.get("comment"))
    assert (view.source_text, view.target_text) == texts
    assert (view.source[0].text, view.target[0].text) == (KK, EN)
    assert answer["card"]["item"]["id"] not in (item, None)
    assert answer["rescores"] == (said[0] in ("reject", "swap", "merge", "no_counterpart"))
    assert bool(answer["created"]) == (said[0] in ("swap", "merge"))


@pytest.mark.parametrize(("sent", "part"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_cant_be_done_is_one_line_and_changes_nothing(sit, folder, links_of, sent, part):
    ask = sit()
    defaults = {"item": links_of(folder)[3], "version": 0} if sent.get("do") == "verdict" else {}
    refused = ask(**{**defaults, **sent})["refused"]
    assert part in refused and "\n" not in refused and "Error" not in refused
    assert events(ask.store) == 0


def test_flag_keeps_the_pair_and_is_taken_back(sit, folder, links_of):
    ask = sit()
    for item in links_of(folder)[:2]:
        flagged = ask.judge(item, "flag")["card"]["item"]
        assert flagged["id"] == item and flagged["flagged"]
        assert not ask.judge(item, "flag")["card"]["item"]["flagged"]


def test_undo_shows_the_pair_again(sit, folder, links_of):
    ask, item = sit(), links_of(folder)[3]
    ask.judge(item, "reject:bad text")
    answer = ask(do="undo", id="u1")
    assert (answer["card"]["item"]["id"], answer["card"]["item"]["mine"], answer["said"]) == (item, None, "Undone")
    assert ask.store.item(item, A).mine is None


def test_a_repeated_message_is_kept_once(sit, folder, links_of):
    ask, item = sit(), links_of(folder)[3]
    message = {"do": "verdict", "id": "d1", "item": item, "version": 0, "verdict": "accept"}
    assert ask(**message)["event"] == ask(**message)["event"] == "d1"
    assert events(ask.store) == 1


def test_a_stale_verdict_brings_both_versions_and_saves_nothing(sit, folder, links_of):
    ask, item = sit(), links_of(folder)[3]
    ask.judge(item, "reject:bad text")
    answer = ask(do="verdict", item=item, version=0, verdict="edit", target_text="Mine.")
    now, mine = answer["stale"]["now"], answer["stale"]["mine"]
    assert (now["item"]["mine"]["verdict"], now["item"]["mine"]["reason"]) == ("reject", "bad text")
    assert (mine["verdict"], mine["target_text"]) == ("edit", "Mine.")
    assert ask.store.item(item, A).mine.verdict == "reject"
    again = ask(do="verdict", item=item, version=now["item"]["version"], verdict="edit", target_text="Mine.")
    assert again["said"] == "Edited and accepted"
    assert ask.store.item(item, A).target_text == "Mine."


def test_a_card_has_the_context_and_the_evidence(sit, folder, links_of):
    card = sit()(do="item", item=links_of(folder)[3])["card"]
    source, target = card["columns"]
    assert [place["text"][0] for place in source["paper"]["before"]] == ["0", "1", "2"]
    assert [place["text"][0] for place in target["paper"]["after"]] == ["4", "5", "6"]
    assert "".join(run["text"] for run in source["sentence"]) == KK
    assert source["sentence"][0] == {
        "text": "3",
        "status": "source_only",
        "note": "number 1: source only",
        "words": "1",
    }
    assert [note["status"] for note in card["facts"]] == ["source_only"]
    assert len(card["words"]) == 1 and len(card["item"]["runners_up"]) == 3
    assert [each["value"] for each in card["neighbours"]] == [
        *("source_before", "source_after"),
        *("target_before", "target_after"),
    ]


def test_what_was_passed_over_comes_again_when_nothing_else_is_left(sit, folder, links_of):
    ask = sit()
    passed = []
    for _ in links_of(folder):
        passed.append(ask(do="next", passed=passed)["card"]["item"]["id"])
    assert sorted(passed) == sorted(links_of(folder))
    assert ask(do="next", passed=passed)["card"]["item"]["id"] in passed[:-1]
    for item in passed:
        ask.judge(item, "accept")
    left = ask(do="next")
    assert left["card"] is None and left["progress"]["said"] == "12 of 12 links decided"


@pytest.mark.parametrize(
    ("queue", "side", "verdict"), [("source", "target", "post_edit"), ("target", "source", "post_edit")]
)
def test_an_unmatched_segment_becomes_a_pair(sit, queue, side, verdict):
    ask = sit()
    item = ask(do="next", queue=queue)["card"]["item"]
    assert item["kind"] == "unmatched" and item[queue] and not item[side]
    answer = ask.judge(item["id"], verdict, queue=queue, **{f"{side}_text": "written by a person"})
    made = ask.store.item(answer["created"], A)
    assert (made.origin, getattr(made, f"{side}_text")) == ("post_edited", "written by a person")
    assert answer["card"]["item"]["kind"] == "unmatched" and answer["card"]["item"]["id"] != item["id"]


def test_others_stay_hidden_until_both_have_judged_and_a_third_decides(sit, folder, links_of):
    item = links_of(folder)[3]
    first, second, third = (sit(name) for name in (A, B, C))
    first.store.set_double(1.0)
    first.judge(item, "accept", comment="SECRET")
    assert "SECRET" not in json.dumps(second(do="item", item=item))
    second.judge(item, "reject:wrong facts")
    assert "SECRET" in json.dumps(second(do="item", item=item))
    card = third(do="next", queue="adjudicate")["card"]
    assert card["adjudicates"] and [each["reviewer"] for each in card["item"]["others"]] == [A, B]
    third.judge(item, "partial", adjudicates=True, queue="adjudicate")
    assert first.store.item(item, A).agreed == "partial"
    again = third(do="undo")["card"]
    assert again["adjudicates"] and len(again["item"]["others"]) == 2
    third.judge(item, "accept", adjudicates=True)
    assert first.store.item(item, A).agreed == "accept"


def test_the_page_and_the_notebook_share_the_store(sit, folder, store, judge):
    ask = sit()
    item = ask(do="next")["card"]["item"]["id"]
    judge(store, item, "accept")
    assert ask(do="item", item=item)["card"]["item"]["mine"]["verdict"] == "accept"


def test_a_fault_is_answered_and_logged(sit, monkeypatch, caplog):
    ask = sit()
    monkeypatch.setattr(type(ask.store), "next", lambda *_, **__: 1 / 0)
    assert ask(do="next") == {"refused": "ZeroDivisionError: division by zero"}
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("run", "reviewer", "part"),
    [(3, A, "not int"), ("nowhere", A, "holds no run"), (None, "\n", "printable"), (None, "x" * 65, "1 to 64")],
)
def test_what_cant_be_reviewed_is_said(folder, run, reviewer, part):
    with pytest.raises(InputError, match=part):
        align.open_run(folder if run is None else run).review(reviewer=reviewer)


def test_the_name_is_the_accounts_unless_given(folder, monkeypatch):
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 2**31 - 2, raising=False)
    with pytest.raises(InputError, match="give one"):
        align.open_run(folder).review()
    monkeypatch.setenv("LOGNAME", "Дина")
    widget = align.open_run(folder).review()
    assert widget.reviewer == "Дина"
    widget.close()


def test_a_path_and_a_string_are_the_same_run(folder):
    for run in (folder, str(folder)):
        widget = align.open_run(run).review(reviewer="  Ana ")
        assert (widget.store.folder, widget.reviewer) == (folder, "Ana")
        assert widget.store.run().links == 12
        widget.close()


def test_the_notebooks_file_gets_no_text_of_the_run(sit, folder, links_of):
    ask = sit()
    ask(do="next")
    kept = json.dumps(ask.widget.get_state(), default=str)
    assert "сөйлем" not in kept and "sentence about" not in kept


def test_nothing_is_fetched_and_nothing_is_parsed_as_markup(sit):
    state = sit().widget.get_state()
    whole = state["_esm"] + state["_css"]
    assert "export default { render }" in state["_esm"] and ".align-review {" in state["_css"]
    for each in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "http:",
        "https:",
        "url(",
        "@import",
        "fetch(",
    ):
        assert each not in whole


STARTS = [
    "import sys, align; align.open_run; assert 'anywidget' not in sys.modules and 'ipywidgets' not in sys.modules",
    (
        "import sys, align; sys.modules['anywidget'] = None\n"
        "from pathlib import Path\n"
        "try: align.Run(Path('x')).review()\n"
        "except align.AlignError as error: assert \"pip install 'align-workbench[notebook]'\" in str(error)\n"
        "else: assert False"
    ),
]


@pytest.mark.parametrize("code", STARTS, ids=["light", "without the extra"])
def test_a_run_is_opened_without_the_widget_and_its_review_names_the_extra(code):
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr


def test_a_verdict_in_python_makes_the_view_stale_like_any_other(sit):
    ask = sit()
    card = ask(do="next")["card"]["item"]
    ask.store.decide(Decision("p1", card["id"], A, "partial", card["version"]))
    assert "stale" in ask(do="verdict", item=card["id"], version=card["version"], verdict="accept")
    assert ask.store.browse(Filter(verdict="partial"), A).total == 1
