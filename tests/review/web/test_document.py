"""The page of two whole documents in a real browser, under a Kazakh keyboard."""

import pytest

from align.review.records import Decision
from align.review.store import Store

KK = [f"{number}-сөйлем тұрғын үй құрылысына бөлінетін қаржы туралы" for number in range(30)]
EN = [f"Sentence {number} is about the money for the building of homes" for number in range(30)]
CROSSED = {7: 9, 9: 7}
MISSING = (4, 12, 13)


def pairs():
    """Return the links of a run of 30 segments a side: three are missing, and two cross."""
    return [(KK[row], EN[CROSSED.get(row, row)], 0.95) for row in range(30) if row not in MISSING]


@pytest.fixture
def documents(tmp_path, runs, serve, browser):
    """Serve the run, and give a function that opens its two documents as a reviewer."""
    write_run, _ = runs
    write_run(tmp_path / "run", {"kk.txt": ("kk", KK), "en.txt": ("en", EN)}, pairs())
    contexts = []
    with serve(tmp_path / "run", double=0.0) as site:

        def opened(path=None, *, name="Ana", **settings):
            context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, **settings)
            context.set_default_timeout(30_000)
            contexts.append(context)
            held = {cookie.name: cookie.value for cookie in site.client(name=name).cookies.jar}
            context.add_cookies([{"name": each, "value": value, "url": site.url} for each, value in held.items()])
            page = context.new_page()
            page.goto(path or address(site.store))
            page.locator(".bands path").first.wait_for(state="attached")
            return page

        yield site, opened
        for context in contexts:
            context.close()


def address(store):
    (pair,), _ = store.document_pairs("Ana")
    return f"/document/{pair.source}/{pair.target}"


def both(site, name="Ana"):
    (pair,), _ = site.store.document_pairs(name)
    return site.store.documents(pair.source, pair.target, name)


def said(site, source):
    """Return what was said of the links of a Kazakh row, with their English rows."""
    return [(link.target, link.said) for link in both(site).links if source in link.source]


def told(page, text):
    page.locator("[data-part=focus]").get_by_text(text).wait_for()


def test_both_texts_are_there_with_a_band_for_each_link(documents):
    _, opened = documents
    page = opened()
    assert page.locator("[data-part=source] .text").all_inner_texts() == KK
    assert page.locator("[data-part=target] .text").all_inner_texts() == EN
    assert page.locator(".bands path").count() == 27
    assert page.locator(".row:not([data-look])").count() == 6
    told(page, "Kazakh 1 · English 1 · 95")


def test_keys_move_turn_and_judge_the_link_in_focus(documents, press):
    site, opened = documents
    page = opened()
    press(page, "J", "J")
    told(page, "Kazakh 3 · English 3")
    press(page, "A")
    told(page, "Kazakh 4 · English 4")
    press(page, "S")
    told(page, "Kazakh 5 has no link")
    press(page, "K", "X", "2")
    page.locator("[data-part=status]").get_by_text("Rejected").wait_for()
    assert [said(site, row) for row in (2, 3)] == [[((2,), "accept")], []]
    press(page, "Control+Z")
    told(page, "Kazakh 4 · English 4")
    assert said(site, 3) == [((3,), "partial")]


def test_a_crossing_link_leads_to_its_other_side(documents, press):
    _, opened = documents
    page = opened()
    press(page, *"J" * 7)
    told(page, "Kazakh 8 · English 10")
    press(page, "ArrowRight")
    assert page.locator("[data-part=target] .row.here .n").inner_text() == "10"


def test_the_edit_of_a_link_opens_here(documents, press):
    site, opened = documents
    page = opened()
    press(page, "E")
    page.locator("[data-panel=edit] [name=target_text]").fill("Edited here.")
    press(page, "Control+Enter")
    told(page, "Kazakh 2")
    assert said(site, 0) == [((0,), "edit")]


def test_one_screen_leads_to_the_other_and_back_to_the_place(documents, press):
    _, opened = documents
    page = opened()
    press(page, *"J" * 5, "G")
    page.wait_for_url("**/pair/**")
    page.locator(".sentence").get_by_text(KK[5]).wait_for()
    press(page, "G")
    page.wait_for_url("**/document/**")
    told(page, "Kazakh 6 · English 6")
    press(page, "J")
    page.goto("/")
    page.goto(page.evaluate("'/document/' + document.querySelector('[data-documents]').dataset.documents"))
    told(page, "Kazakh 7 · English 7")


def test_open_goes_to_the_next_segment_that_wants_a_look(documents, press):
    _, opened = documents
    page = opened()
    press(page, "O")
    told(page, "Kazakh 5 has no link. Enter links it with English 5.")
    press(page, "O", "O")
    told(page, "Kazakh 14 has no link")


CHANGES = [
    (("O", "Enter"), 4, [((4,), "accept")]),
    (("J", "Shift+J", "Enter"), 1, [((1,), "accept")]),
    (("J", "BracketRight"), 2, [((1,), "accept"), ((2,), None)]),
    (("J", "ArrowRight", "BracketRight"), 1, [((1, 2), "accept")]),
    (("J", "J", "Shift+BracketLeft", "BracketLeft"), 1, [((1,), None), ((2,), "accept")]),
    (("J", "ArrowRight", "J", "Enter"), 1, [((2,), "accept")]),
    (("J", "ArrowRight", "J", "Shift+Enter"), 1, [((1,), None), ((2,), "accept")]),
    (("J", "U"), 1, []),
    (("Shift+J", "ArrowRight", "Shift+J", "Enter"), 1, [((0, 1), "accept")]),
]


@pytest.mark.parametrize(("keys", "row", "becomes"), CHANGES, ids=[" ".join(keys) for keys, _, _ in CHANGES])
def test_keys_change_links_and_undo_takes_all_back(keys, row, becomes, documents, press):
    site, opened = documents
    page = opened()
    press(page, *keys)
    page.locator("[data-part=status] [data-do=undo]").wait_for()
    page.locator("[data-part=saving]").wait_for(state="hidden")
    assert sorted(said(site, row)) == becomes
    press(page, "Z")
    page.locator("[data-part=status]").get_by_text("Undone").wait_for()
    if keys[-1] == "BracketLeft":
        page.locator("[data-part=saving]").wait_for(state="hidden")
        press(page, "Z")
    page.wait_for_function("() => document.querySelectorAll('.bands path').length === 27")
    assert all(link.said is None for link in both(site).links)


def test_what_is_chosen_is_told_and_let_go(documents, press):
    _, opened = documents
    page = opened()
    press(page, "J", "ArrowRight", "J")
    told(page, "Kazakh 2, English 3: Enter links them, Esc lets go.")
    page.locator("[data-part=source] .row.held").get_by_text(KK[1]).wait_for()
    press(page, "Escape")
    told(page, "Kazakh 3 · English 3")
    assert page.locator(".row.held").count() == 0


def test_the_pointer_chooses_as_well(documents):
    site, opened = documents
    page = opened()
    page.locator("[data-part=source] .row").nth(4).click()
    page.locator("[data-part=target] .row").nth(5).click()
    page.locator(".bar [data-act=Enter]").click()
    page.locator("[data-part=status]").get_by_text("Linked 1:1").wait_for()
    assert said(site, 4) == [((5,), "accept")]


def test_a_link_that_changed_meanwhile_is_shown_as_it_stands(documents, press):
    site, opened = documents
    page, other = opened(), opened()
    press(other, "A")
    told(other, "Kazakh 2")
    press(page, "ArrowRight", "J", "Enter")
    page.locator("[data-part=status]").get_by_text("has changed").wait_for()
    page.locator(".bands path[data-look=accept]").wait_for(state="attached")
    assert said(site, 0) == [((0,), "accept")]


def test_a_segment_is_split_at_the_caret_and_its_second_part_linked(documents, press, axe_faults):
    site, opened = documents
    page = opened()
    press(page, "J", "D")
    page.locator("dialog.split[open]").wait_for()
    assert not axe_faults(page)
    caret = "() => document.activeElement.selectionStart"
    proposed = page.evaluate(caret)
    page.keyboard.press("Control+ArrowRight")
    assert page.evaluate(caret) > proposed
    press(page, "Q", "Enter")
    page.locator("[data-part=status]").get_by_text("Split in two").wait_for()
    pieces = page.locator("[data-part=source] .text").all_inner_texts()
    assert len(pieces) == 31 and " ".join(pieces[1:3]) == KK[1]
    assert said(site, 1) == said(site, 2) == [((1,), None)]
    press(page, "BracketLeft")
    page.locator("[data-part=status]").get_by_text("Linked 1:1").wait_for()
    assert [said(site, row) for row in (1, 2)] == [[((1,), "accept")], []]
    press(page, "Z")
    page.locator("[data-part=status]").get_by_text("Undone").wait_for()
    press(page, "Z")
    page.wait_for_function("() => document.querySelectorAll('[data-part=source] .text').length === 30")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(scheme, documents, press, axe_faults):
    site, opened = documents
    for row, verdict in ((0, "accept"), (1, "partial"), (2, "skip")):
        link = next(each for each in both(site).links if row in each.source)
        site.store.decide(Decision(f"axe-{row}", link.id, "Ana", verdict, link.version))
    page = opened(color_scheme=scheme)
    assert not axe_faults(page)
    press(page, "J", "ArrowRight", "J")
    told(page, "Enter links them")
    assert not axe_faults(page)
    press(page, "Escape", "X")
    page.locator("[data-panel=reasons]:not([hidden])").wait_for()
    assert not axe_faults(page)
    page.goto("/documents")
    assert not axe_faults(page)


def test_a_store_without_links_lists_no_documents(tmp_path, runs):
    write_run, _ = runs
    store = Store.open(write_run(tmp_path / "run", {"kk.txt": ("kk", KK[:2]), "en.txt": ("en", EN[:2])}, []))
    assert store.document_pairs("Ana") == ((), 0)
    store.close()
