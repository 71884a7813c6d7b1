"""Segments without a counterpart as a queue, in a real browser, by the keys of a Kazakh keyboard."""

import json
import shutil

import pytest

from align.review.records import Decision, Filter
from align.storage.sealed import seal

ON_SCREEN = """document.querySelector('[data-part="pair"] [data-item]')?.dataset.item"""
DRAFTED = "A machine says this."
SOURCE = Filter(kind="unmatched", side="source")


@pytest.fixture(scope="module")
def drafted_run(finished_run, tmp_path_factory):
    """Give the first Kazakh segment a draft and the others a gloss."""
    folder = shutil.copytree(finished_run, tmp_path_factory.mktemp("drafted") / "run")
    path = folder / "unmatched.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lone = [each for each in records if each["side"] == "source"]
    for number, each in enumerate(lone):
        each["draft"] = {"kind": "gloss" if number else "translation", "model": "mt-test", "text": DRAFTED}
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8")
    seal(folder)
    return folder


@pytest.fixture
def site(drafted_run, tmp_path, serve):
    """Serve a fresh copy of the run with drafts."""
    with serve(shutil.copytree(drafted_run, tmp_path / "run")) as running:
        yield running


class Desk:
    """The queue on a page: what is on the screen, and keys that wait for the next segment."""

    def __init__(self, site, page, press):
        self.site, self.page, self.press = site, page, press

    @property
    def item(self):
        return self.page.locator("[data-part=pair] [data-item]").get_attribute("data-item")

    @property
    def box(self):
        return self.page.locator(".composer textarea")

    def judged(self, *keys):
        """Press keys that judge the segment, wait for the next one, and return the verdict."""
        item = self.item
        self.press(self.page, *keys)
        self.page.wait_for_function(f"item => {ON_SCREEN} !== item", arg=item)
        return self.site.store.item(item, "Ana").mine.verdict

    def undone(self, item):
        self.press(self.page, "Z")
        self.page.wait_for_function(f"item => {ON_SCREEN} === item", arg=item)


@pytest.fixture
def desk(site, open_page, press):
    return Desk(site, open_page("/unmatched"), press)


def test_the_queue_is_walked_by_keys_alone(desk, site):
    item = desk.item
    # The draft stands above an empty box; taken over and saved as it is, it stays a machine's.
    assert desk.page.locator(".draft blockquote").inner_text() == DRAFTED and desk.box.input_value() == ""
    desk.press(desk.page, "D")
    assert desk.box.input_value() == DRAFTED
    assert desk.judged("Control+Enter") == "take_draft"
    desk.undone(item)
    assert desk.box.input_value() == DRAFTED
    desk.press(desk.page, "E", "Y")
    assert desk.judged("Control+Enter") == "post_edit"
    # A gloss is nobody's to take over.
    assert desk.page.locator(".draft blockquote").inner_text() == DRAFTED
    desk.press(desk.page, "D")
    assert desk.box.input_value() == ""
    assert desk.judged("N") == "no_counterpart"
    assert desk.judged("2") == "swap"
    assert desk.page.get_by_role("link", name="Open the pair").is_visible()
    assert desk.judged("Space") == "skip"
    desk.press(desk.page, "Slash")
    desk.page.keyboard.type("presidential election in June")
    desk.press(desk.page, "Enter")
    found = desk.page.locator(".found button").first
    found.wait_for()
    text = found.locator("[lang]").inner_text()
    item = desk.item
    assert desk.judged("1") == "swap"
    assert site.store.item(item, "Ana").mine.made[1] == text
    assert site.store.segments_done("Ana", "source").done == 4


def test_what_is_typed_stays_through_a_reload_and_a_refusal(desk, site):
    desk.press(desk.page, "E", "Y", "Escape")
    typed = desk.box.input_value()
    assert typed and desk.page.get_by_text("Kept in this browser").is_visible()
    desk.page.reload()
    assert desk.box.input_value() == typed
    site.store.decide(Decision("other", desk.item, "Ana", "no_counterpart", 0))
    desk.press(desk.page, "E", "Control+Enter")
    desk.page.locator("[data-part=notice] .notice").wait_for()
    assert desk.box.input_value() == typed


@pytest.mark.parametrize("path", ["/unmatched", "/team"])
def test_a_phone_has_nothing_to_scroll_sideways(path, open_page):
    page = open_page(path)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_end_leads_to_the_other_language(site, open_page, press):
    page = open_page("/unmatched?side=source")
    lone = [row.id for row in site.store.browse(SOURCE, "Ana", limit=500).rows]
    for item in lone:
        site.store.decide(Decision(f"ana-{item}", item, "Ana", "no_counterpart", 0))
    page.reload()
    page.locator(".nothing").wait_for()
    step = page.locator(".nothing a", has_text="English segment")
    press(page, step.get_attribute("data-key").removeprefix("Digit"))
    page.wait_for_url("**/unmatched?side=target")
