"""The kernel's half of the notebook's review: messages as the widget sends them, against a real store."""

import json
import re
import subprocess
import sys
from html import unescape

import pytest

import align
from align.errors import InputError
from align.review.records import Decision, Filter
from align.review.verdicts import REASONS
from align.review.verdicts import VERDICTS as VERDICT_TABLE
from align.storage.sealed import seal

pytest.importorskip("anywidget", reason="the extra 'notebook' is not installed")

A, B, C = "Айгүл", "Бауыржан", "Carla"
SAID = r'class="said-card" aria-label="([^"]+)"'
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
    ({"do": "verdict", "verdict": "edit", "source_text": KK, "target_text": ""}, "English text is empty"),
    ({"do": "verdict", "verdict": "edit", "source_text": KK, "target_text": EN}, "neither text is changed"),
    ({"do": "verdict", "verdict": "trim", "source_text": KK, "target_text": ""}, "must be one piece"),
    ({"do": "verdict", "verdict": "trim", "source_text": KK, "target_text": EN}, "nothing is cut"),
    ({"do": "verdict", "verdict": "swap:'; DROP TABLE events; --"}, "stands in this run"),
    ({"do": "verdict", "verdict": "accept", "version": "1"}, "version = '1'"),
    ({"do": "verdict", "verdict": "accept", "id": "../../etc"}, "id must be"),
    ({"do": "item", "item": "nowhere"}, "no item 'nowhere'"),
    ({"do": "undo"}, "nothing to undo"),
    ({"do": "rescore", "event": "nothing"}, "nothing"),
    ({"do": "next", "queue": "kind=elsewhere"}, "choose one of link, unmatched"),
    ({"do": "next", "passed": "a1"}, "passed = 'a1'"),
    ({"do": "next", "served": "cold"}, "choose queue or search"),
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


def item_of(answer):
    """Return the item that an answer shows, None where nothing is left."""
    found = re.search(r'data-item="([^"]+)"', answer["parts"]["pair"])
    return found and found[1]


def plain(html):
    """Return the text of HTML, as it is read."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def events(store):
    with store.database.reading() as reading:
        return reading.execute("SELECT count(*) FROM events").fetchone()[0]


@pytest.mark.parametrize(("sent", "said", "texts"), VERDICTS, ids=lambda value: str(value)[:40])
def test_a_verdict_reaches_the_store(sit, folder, links_of, sent, said, texts):
    ask, item = sit(), links_of(folder)[3]
    verdict = sent["verdict"].replace("RUNNER_UP", ask.store.item(item, A).runners_up[0].id)
    answer = ask.judge(item, **{**sent, "verdict": verdict})
    view = ask.store.item(item, A)
    assert (view.mine.verdict, view.mine.reason, view.mine.comment) == (*said, sent.get("comment"))
    assert (view.source_text, view.target_text) == texts
    assert (view.source[0].text, view.target[0].text) == (KK, EN)
    assert plain(answer["parts"]["status"]).startswith(VERDICT_TABLE[said[0]].said)
    assert answer["rescores"] == (said[0] in ("reject", "swap", "merge", "no_counterpart"))
    assert (len(answer["stale"]) == 2) == VERDICT_TABLE[said[0]].implies


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
        for flagged in (True, False):
            assert ask.judge(item, "flag")["again"]
            assert ("Flagged" in ask(do="item", item=item)["parts"]["pair"]) == flagged


def test_undo_shows_the_pair_again(sit, folder, links_of):
    ask, item = sit(), links_of(folder)[3]
    ask.judge(item, "reject:bad text")
    answer = ask(do="undo", id="u1")
    assert (item_of(answer), plain(answer["parts"]["status"])) == (item, "Undone")
    assert "You:" not in answer["parts"]["pair"]
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
    notice = plain(answer["parts"]["notice"])
    assert answer["status"] == 409 and "Rejected (bad text)" in notice and "Yours Edited and accepted · Mine." in notice
    assert ask.store.item(item, A).mine.verdict == "reject"
    version = int(re.search(r'data-version="(\d+)"', answer["parts"]["notice"])[1])
    again = ask(do="verdict", item=item, version=version, verdict="edit", target_text="Mine.")
    assert "Edited and accepted" in again["parts"]["status"]
    assert ask.store.item(item, A).target_text == "Mine."


def test_a_pair_has_the_context_the_evidence_and_its_panels(sit, folder, links_of):
    shown = sit()(do="item", item=links_of(folder)[3])["parts"]["pair"]
    read = plain(shown)
    for text in ("0 сөйлем", "2 сөйлем", KK[1:], "4 sentence", "6 sentence", "Kazakh only 3", "1 pair of words"):
        assert text in read
    assert '<span class="f source_only w" data-k="1" title="number 1: source only">3</span>' in shown
    assert shown.count('data-verdict="swap:') == 3
    assert re.findall(r'data-verdict="merge:(\w+)"', shown) == [
        *("source_before", "source_after"),
        *("target_before", "target_after"),
    ]
    assert re.findall(r'data-verdict="reject:([\w ]+)"', shown) == list(REASONS)


def test_what_was_passed_over_comes_again_when_nothing_else_is_left(sit, folder, links_of):
    ask = sit()
    passed = []
    for _ in links_of(folder):
        passed.append(item_of(ask(do="next", passed=passed)))
    assert sorted(passed) == sorted(links_of(folder))
    assert item_of(ask(do="next", passed=passed)) in passed[:-1]
    for item in passed:
        ask.judge(item, "accept")
    left = ask(do="next")
    assert item_of(left) is None and "You have judged all" in left["parts"]["pair"]
    assert plain(left["parts"]["progress"]) == "12 of 12 links decided"


def test_the_first_pairs_of_a_queue_come_at_once_and_more_when_they_are_asked_for(sit, folder, links_of):
    ask = sit()
    parts = ask(do="open")["parts"]
    first = item_of({"parts": parts})
    waiting = re.findall(r'<template data-item="(\w+)"', parts["ahead"])
    assert len({first, *waiting}) == 9 and parts["status"] == "Most informative first."
    more = ask(do="ahead", have=waiting[4:])["parts"]["ahead"]
    assert len({*waiting[4:], *re.findall(r'<template data-item="(\w+)"', more)}) == 9


@pytest.mark.parametrize(("side", "other"), [("source", "target"), ("target", "source")])
def test_an_unmatched_segment_becomes_a_pair(sit, side, other):
    ask, queue = sit(), f"kind=unmatched&side={side}"
    shown = ask(do="next", queue=queue)
    item = item_of(shown)
    assert (
        'data-kind="unmatched"' in shown["parts"]["pair"] and f'<textarea name="{other}_text"' in shown["parts"]["pair"]
    )
    answer = ask.judge(item, "post_edit", queue=queue, **{f"{other}_text": "written by a person"})
    (made,) = [ask.store.item(each, A) for each in answer["stale"] if each != item]
    assert (made.origin, getattr(made, f"{other}_text")) == ("post_edited", "written by a person")
    assert item_of(ask(do="next", queue=queue)) != item


@pytest.mark.parametrize(("kind", "taken"), [("translation", True), ("memory", True), ("gloss", False)])
def test_a_draft_stands_above_an_empty_box_and_a_gloss_is_not_taken_over(folder, kind, taken):
    path = folder / "unmatched.jsonl"
    draft = {"kind": kind, "model": "mt-test", "text": "A machine | of words"}
    lines = [{**json.loads(line), "draft": draft} for line in path.read_text("utf-8").splitlines()]
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    seal(folder)
    ask = Sitting(folder)
    shown = ask(do="next", queue="kind=unmatched&side=source")["parts"]["pair"]
    assert "A machine | of words" in shown
    assert re.search(r"<textarea[^>]*>(.*?)</textarea>", shown)[1] == ""
    assert ("data-takes" in shown) == taken
    ask.widget.close()


def test_others_stay_hidden_until_both_have_judged_and_a_third_decides(sit, folder, links_of):
    item = links_of(folder)[3]
    first, second, third = (sit(name) for name in (A, B, C))
    first.store.set_double(1.0)
    first.judge(item, "accept", comment="SECRET")
    assert "SECRET" not in json.dumps(second(do="item", item=item))
    second.judge(item, "reject:wrong facts")
    assert "SECRET" in json.dumps(second(do="item", item=item))
    shown = third(do="next", queue="mode=adjudicate")["parts"]["pair"]
    assert 'data-adjudicates="true"' in shown and re.findall(SAID, shown) == [A, B]
    third.judge(item, "partial", adjudicates=True, queue="mode=adjudicate")
    assert first.store.item(item, A).agreed == "partial"
    again = third(do="undo")["parts"]["pair"]
    assert 'data-adjudicates="true"' in again and re.findall(SAID, again) == [A, B]
    third.judge(item, "accept", adjudicates=True)
    assert first.store.item(item, A).agreed == "accept"


def test_the_page_and_the_notebook_share_the_store(sit, folder, store, judge):
    ask = sit()
    item = item_of(ask(do="next"))
    judge(store, item, "accept")
    assert "You: Accepted" in plain(ask(do="item", item=item)["parts"]["pair"])


def test_a_fault_is_answered_and_logged(sit, monkeypatch, caplog):
    ask = sit()
    monkeypatch.setattr(type(ask.store), "next", lambda *_, **__: 1 / 0)
    assert ask(do="next") == {"status": 500, "refused": "ZeroDivisionError: division by zero"}
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


def test_nothing_is_fetched_and_no_text_is_run(sit):
    # The kernel's HTML is set as such, since its templates escape every text; what a text of the run could use is not.
    state = sit().widget.get_state()
    whole = state["_esm"] + state["_css"]
    assert "export default { render }" in state["_esm"] and ".align-review {" in state["_css"]
    for each in (
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
    item = item_of(ask(do="next"))
    version = ask.store.item(item, A).version
    ask.store.decide(Decision("p1", item, A, "partial", version))
    assert ask(do="verdict", item=item, version=version, verdict="accept")["status"] == 409
    assert ask.store.browse(Filter(verdict="partial"), A).total == 1


@pytest.mark.parametrize(("language", "label"), [("kk", "Қабылдамау"), ("ru", "Отклонить"), ("en", "Reject")])
def test_the_widget_speaks_the_language_that_is_asked_for(language, label, folder):
    widget = align.open_run(folder).review(reviewer=A, language=language)
    assert f">{label}<" in widget.frame and f'data-language="{language}"' in widget.frame
    widget.close()


def test_the_widget_speaks_no_other_language(folder):
    with pytest.raises(InputError, match="choose one of kk, ru, en"):
        align.open_run(folder).review(reviewer=A, language="de")


def test_a_line_says_what_to_do_where_the_widget_cannot_be_shown(folder, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: shown.append(data))
    widget = align.open_run(folder).review(reviewer=A)
    widget._ipython_display_()
    widget.close()
    assert "pip install anywidget" in shown[0]["text/html"] and "text/plain" not in shown[0]
    assert "application/vnd.jupyter.widget-view+json" in shown[1] and ".align-review-missing" in widget._css
