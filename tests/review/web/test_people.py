"""The pages about the reviewers in a real browser, under a Kazakh keyboard: disputes, agreement, who did what."""

import pytest

from align.review.records import Decision


def decide(site, item, name, verdict, **details):
    version = site.store.item(item, name, adjudicating=details.get("adjudicates", False)).version
    return site.store.decide(Decision(f"{name}-{verdict}-{item}", item, name, verdict, version, **details))


ON_SCREEN = """document.querySelector('[data-part="pair"] [data-item]')?.dataset.item"""


def shown(page):
    return page.locator("[data-part=pair] [data-item]").get_attribute("data-item")


def moved_on(page, item):
    """Wait until another pair is on the screen."""
    page.wait_for_function(f"item => {ON_SCREEN} !== item", arg=item)


@pytest.fixture
def disputed(site):
    """Let Ana and Ben differ on three pairs; Carla is to decide."""
    items = [each.id for each in site.store.next("Ana", count=3)]
    first, second, third = items
    edited = site.store.item(first, "Ana").target_text.replace(" ", " very ", 1)
    decide(site, first, "Ana", "edit", target_text=edited)
    decide(site, first, "Ben", "reject", reason="wrong facts", comment="Not the same day")
    decide(site, second, "Ana", "accept")
    decide(site, second, "Ben", "partial")
    decide(site, third, "Ana", "accept")
    decide(site, third, "Ben", "reject", reason="other")
    return items


def test_a_third_person_sides_with_one_key(site, open_page, disputed, press):
    page = open_page("/adjudicate", name="Carla")
    for key, whose in (("1", "Ana"), ("2", "Ben"), ("2", "Ben")):
        item = shown(page)
        cards = page.locator(".said-card")
        assert [each.get_attribute("aria-label") for each in cards.all()] == ["Ana", "Ben"]
        if item == disputed[0]:
            assert "Not the same day" in cards.nth(1).inner_text() and "wrong facts" in cards.nth(1).inner_text()
            assert cards.nth(0).locator("ins").inner_text().strip() == "very"
        press(page, key)
        moved_on(page, item)
        mine, theirs = site.store.item(item, "Carla").mine, site.store.item(item, whose).mine
        said = ("verdict", "reason", "target_text")
        assert [getattr(mine, name) for name in said] == [getattr(theirs, name) for name in said]
        assert mine.adjudicates
    assert not site.store.adjudications("Carla")


def test_undo_brings_both_cards_back(site, open_page, disputed, press):
    page = open_page("/adjudicate", name="Carla")
    item = shown(page)
    press(page, "2")
    moved_on(page, item)
    press(page, "Z")
    page.wait_for_function(f"item => {ON_SCREEN} === item", arg=item)
    assert page.locator(".said-card").count() == 2
    assert site.store.item(item, "Ana").agreed == "disputed"


def test_everybody_sees_what_became_of_their_verdicts(site, open_page, disputed):
    decide(site, disputed[0], "Carla", "reject", reason="wrong facts", adjudicates=True)
    page = open_page("/became", name="Ana")
    counts = dict(
        zip(page.locator(".counts dt").all_inner_texts(), page.locator(".counts dd").all_inner_texts(), strict=True)
    )
    assert (counts["overruled"], counts["a third person is to decide"]) == ("1", "2")
    row = page.locator(".disputes tr", has_text="Carla")
    assert "Carla Rejected (wrong facts)" in row.inner_text()
    row.get_by_role("link").click()
    page.locator("[data-part=pair] .sentence").first.wait_for()
    assert page.url.endswith(f"/pair/{disputed[0]}") and "Carla" in page.locator(".others").inner_text()


def test_disputes_are_listed_and_lead_to_their_decision(site, open_page, disputed, press):
    page = open_page("/disputes", name="Carla")
    assert page.locator(".disputes tbody tr").count() == 3
    with page.expect_download() as found:
        page.get_by_role("link", name="As CSV").click()
    assert found.value.suggested_filename == "disputes.csv"
    page.locator(".disputes tbody a").first.click()
    page.locator(".said-card").first.wait_for()
    press(page, "1")
    page.get_by_text("Two reviewers differ").wait_for(state="detached")
    assert len(site.store.adjudications("Carla")) == 2


def test_agreement_has_its_table_and_intervals(site, open_page):
    for number, row in enumerate(site.store.next("Ana", count=12)):
        decide(site, row.id, "Ana", "accept")
        decide(site, row.id, "Ben", "partial" if number == 3 else "accept")
    page = open_page("/agreement", name="Ana")
    table = page.locator(".cross")
    assert table.locator("td.n").all_inner_texts() == ["11", "1", "0", "0", "0", "0", "0", "0", "0"]
    assert page.get_by_text("of these verdicts are “Accepted”").is_visible()


def test_the_team_page_tells_what_each_did_and_what_is_left(site, open_page, disputed):
    decide(site, disputed[0], "Carla", "reject", reason="wrong facts", adjudicates=True)
    page = open_page("/team", name="Carla")
    rows = page.locator(".work").first.locator("tbody tr")
    told = {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in rows.all()}
    assert told["Ana"][:4] == ["3", "3", "0", "0"] and told["Ana"][-2:] == ["0% of 3", "1"]
    assert told["Ben"][:5] == ["3", "0", "1", "2", "other 1, wrong facts 1"]
    assert told["Carla"][0] == "0" and told["Carla"][5] == "1"
    assert page.locator(".counts dd").nth(1).inner_text() == "2" and page.get_by_text("Pairs done on").is_visible()
    with page.expect_download() as found:
        page.get_by_role("link", name="As CSV").click()
    assert found.value.suggested_filename == "team.csv"


def test_a_part_is_assigned_and_a_target_set_by_keys_alone(site, open_page):
    page = open_page("/team", name="Carla")
    typed = page.keyboard

    def fill(form, *texts):
        form.locator("input").first.focus()
        for number, text in enumerate(texts):
            typed.press("Tab") if number else None
            typed.type(text)
        typed.press("Enter")

    fill(page.locator("form[action$=assign]"), "Ana", "", "2", "4")
    page.locator(".assigned", has_text="pairs 2 to 4").wait_for()
    fill(page.locator("form[action$=target]"), "Ana", "5")
    page.get_by_text("0 of 5 today").wait_for()
    part = {row[0] for row in site.store.database._connection().execute("SELECT item FROM assigned")}
    theirs = open_page("/", name="Ana")
    assert shown(theirs) in part and "0 of 5 today" in theirs.locator("[data-part=progress]").inner_text()
    page.get_by_role("button", name="Take back from Ana").press("Enter")
    page.get_by_text("Nothing is assigned").wait_for()


def test_a_name_that_is_taken_is_asked_about_and_the_team_sees_who_is_here(site, browser, disputed):
    with browser.new_context(base_url=site.url) as context:
        page = context.new_page()
        page.goto("/?token=a+token+of+the+tests")
        page.get_by_label("Your name").fill("ana")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Continue as Ana?").wait_for()
        assert "3 verdicts have this name, the last one just now" in page.locator("main").inner_text()
        assert page.get_by_role("button", name="I am somebody else: ana").is_visible()
        page.keyboard.press("Enter")
        page.locator(".top").get_by_role("link", name="Ana").wait_for()
        # The browser knows her now, and so does whoever runs the review; a second Ana is warned.
        page.goto("/team")
        assert page.locator(".here").inner_text().split("\n") == ["Ana just now"]
        answer = site.client().post("/who", data={"reviewer": "Ana"}).text
        assert "Somebody is here under this name now." in answer
        assert site.client().post("/who", data={"reviewer": "Dana"}).status_code == 303


PAGES = ["/adjudicate", "/disputes", "/became", "/agreement", "/team"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(scheme, open_page, disputed, axe_faults):
    page = open_page("/who", name="Carla", color_scheme=scheme, bypass_csp=True)
    for path in PAGES:
        page.goto(path)
        assert not axe_faults(page)
