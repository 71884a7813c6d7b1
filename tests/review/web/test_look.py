"""How the pair's screen behaves under the hands, with a Kazakh keyboard: panels, the caret, and the end of a queue."""

import pytest

from align.review.records import Filter

from .test_browser import decide, moved_on, shown, strike

FOCUSED = "[document.activeElement.closest('[data-panel]')?.dataset.panel, document.activeElement.name].join(' ')"


@pytest.mark.parametrize("key", ["E", "T"])
def test_the_caret_is_in_the_english_first(key, open_page):
    page = open_page()
    strike(page, key)
    assert page.evaluate(FOCUSED) == f"{'edit' if key == 'E' else 'trim'} target_text"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_focused_box_leaves_its_label_in_sight(width, open_page):
    page = open_page()
    page.set_viewport_size({"width": width, "height": 700})
    strike(page, "E")
    for name in ("target_text", "source_text"):
        box = page.locator(f"[data-panel=edit] [name={name}]")
        box.focus()
        label = box.locator("xpath=..").bounding_box()
        panel = page.locator("[data-panel=edit]").bounding_box()
        assert label["y"] >= panel["y"] - 1, "the label has gone under the panel's edge"
        assert box.bounding_box()["y"] - label["y"] >= 15, "the box covers its label"


def test_reasons_stand_in_the_columns_of_the_texts(open_page):
    page = open_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    strike(page, "X")
    reason = page.locator("[data-panel=reasons] [data-key=Digit1]").bounding_box()
    note = page.locator("[data-panel=reasons] [data-key=KeyC]").bounding_box()
    columns = [page.locator(f".{side} .before").bounding_box()["x"] for side in ("source", "target")]
    assert [reason["x"], note["x"]] == pytest.approx(columns, abs=4)


def judge_all(site, name="Ana"):
    for row in site.store.browse(Filter(), name, limit=1000).rows:
        if site.store.item(row.id, name).mine is None:
            decide(site, row.id, name, "accept")


def test_the_end_of_the_queue_says_what_comes_next_and_a_digit_goes_there(site, open_page):
    first = site.store.next("Ana", count=1)[0].id
    decide(site, first, "Ana", "skip")
    judge_all(site)
    page = open_page()
    end = page.locator(".nothing")
    # What was skipped comes again at the end of the queue, so that the end is reached once it is judged.
    assert shown(page) == first
    strike(page, "A")
    end.wait_for()
    assert "You have judged all that is open to you" in end.inner_text()
    step = end.locator("[data-key=Digit1]")
    assert "without a counterpart" in step.inner_text()
    strike(page, "1")
    page.wait_for_url("**/unmatched**")


def test_an_empty_filter_says_so_and_leads_back_to_it(open_page):
    page = open_page("/?text=zzzzzz")
    end = page.locator(".nothing")
    assert "Nothing that passes this filter" in end.inner_text() and "to judge" in end.inner_text()
    end.get_by_text("Change the filter").click()
    page.wait_for_url("**/pairs?text=zzzzzz")


def test_a_gloss_names_its_model_only_behind_how_it_was_made(open_page):
    page = open_page()
    strike(page, "D")
    measured = page.locator(".gloss .measured")
    measured.wait_for()
    assert measured.locator("code").is_hidden()
    measured.locator("summary").click()
    assert measured.locator("code").is_visible()


def test_a_verdict_and_its_undo_stand_at_the_bar(site, open_page):
    page = open_page()
    item = shown(page)
    strike(page, "A")
    moved_on(page, item)
    said = page.locator(".dock .said").bounding_box()
    bar = page.locator(".bar").bounding_box()
    assert 0 <= bar["y"] - (said["y"] + said["height"]) < 12


def test_judging_what_a_filter_found_stays_in_the_filter(site, open_page):
    page = open_page("/pairs?text=%D2%9B%D0%B0%D0%B7%D0%B0%D2%9B%D1%81%D1%82%D0%B0%D0%BD")
    found = {row.id for row in site.store.browse(Filter(text="қазақстан"), "Ana", limit=500).rows}
    assert 2 < len(found) < site.store.run().links
    page.get_by_label("Open pair 2", exact=True).click()
    page.wait_for_url("**/pair/**")
    for _ in range(min(len(found), 4)):
        item = shown(page)
        assert item in found
        strike(page, "A")
        moved_on(page, item)


def test_chips_show_what_is_on_and_take_it_off(site, open_page):
    page = open_page("/pairs?text=budget&state=open")
    chips = page.locator(".chips li a.button")
    assert chips.count() == 2
    chips.filter(has_text="budget").click()
    page.wait_for_url("**/pairs?state=open")
    document = next(each for _, each in site.store.run().documents.values() if each.title)
    page.get_by_label("Document", exact=True).fill(document.title)
    page.keyboard.press("Enter")
    page.wait_for_url("**document=**")
    assert document.title[:20] in page.locator(".chips").inner_text()


def test_a_note_is_written_and_stays_with_its_pair(site, open_page):
    page = open_page()
    item = shown(page)
    strike(page, "C")
    page.keyboard.insert_text("Күні басқа")
    strike(page, "Enter")
    page.locator(".notes").wait_for()
    assert shown(page) == item and "Күні басқа" in page.locator(".notes").inner_text()
    strike(page, "A")
    moved_on(page, item)
    page.goto("/pairs?note=open")
    assert page.locator(".list tbody tr").count() == 1
