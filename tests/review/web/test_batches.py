"""A batch in a real browser, by keyboard, from the whole documents."""

import pytest

from align.review.records import Filter

COUNT = 14


@pytest.fixture
def page_of(tmp_path, runs, serve, browser):
    """Serve a run of likely pairs, and give its site and a page of its two documents."""
    runs[1](tmp_path / "run", count=COUNT, p=[0.97] * COUNT)
    with serve(tmp_path / "run", double=0.0) as site:
        context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(10_000)
        held = {cookie.name: cookie.value for cookie in site.client(name="Ana").cookies.jar}
        context.add_cookies([{"name": each, "value": value, "url": site.url} for each, value in held.items()])
        page = context.new_page()
        (pair,), _ = site.store.document_pairs("Ana")
        page.goto(f"/document/{pair.source}/{pair.target}")
        yield site, page
        context.close()


def said(site):
    return [site.store.item(row.id, "Ana").mine for row in site.store.browse(Filter(), "Ana").rows]


def test_a_batch_is_drawn_judged_accepted_and_taken_back_by_keyboard(page_of, press, axe_faults):
    site, page = page_of
    page.locator(".bands path").first.wait_for(state="attached")
    press(page, "B")
    page.wait_for_url("**/batch?*")
    page.get_by_text(f"{COUNT} pairs would be accepted.").wait_for()
    assert not axe_faults(page)
    press(page, "Enter")
    page.wait_for_url("**/batch/*")
    page.get_by_text("Judge these 5 pairs first").wait_for()
    press(page, "Enter")
    page.wait_for_url("**/?batch=*")
    for left in range(5, 0, -1):
        shown = page.locator("[data-part=pair] [data-item]").get_attribute("data-item")
        press(page, "A")
        page.locator(f'[data-part=pair] [data-item="{shown}"]').wait_for(state="detached")
        assert sum(each is not None for each in said(site)) == 6 - left
    page.get_by_text("The pairs that were drawn are judged.").wait_for()
    press(page, "1")
    page.wait_for_url("**/batch/*")
    page.get_by_text("All that you judged are right").wait_for()
    assert not axe_faults(page)
    press(page, "Enter")
    page.locator("main form[action$=undo]").wait_for()
    page.wait_for_load_state()
    page.get_by_text(f"{COUNT - 5} pairs are accepted.").wait_for()
    assert sum(each.batch is not None for each in said(site)) == COUNT - 5
    press(page, "Z")
    page.get_by_text("and taken back.").wait_for()
    assert sum(each is not None for each in said(site)) == 5
    page.goto("/batches")
    page.get_by_text("taken back").wait_for()
    assert not axe_faults(page)
