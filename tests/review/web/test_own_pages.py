"""A reviewer's own pages, and what the glossary of a run does: walked through by a Kazakh keyboard."""

import re

import pytest

from .test_browser import moved_on, shown, standing


def long_word(text):
    return max(re.findall(r"[^\W\d_]+", text), key=len)


def test_a_term_that_the_english_lacks_is_asked_about_once(site, open_page, press):
    page = open_page()
    item = shown(page)
    view = site.store.item(item, "Ana")
    lacking, kept = long_word(view.source_text), long_word(view.target_text)
    first = next(word for word in re.findall(r"[^\W\d_]{4,}", view.source_text) if word != lacking)
    lines = f"{lacking}\tsyzygy\tastronomy\n{first}\t{kept}\n"
    (site.folder / "glossary.tsv").write_text(lines, encoding="utf-8")
    page.reload()
    assert shown(page) == item
    assert page.locator(".source .t.broken").first.inner_text() and page.locator(".target .t.kept").count()
    assert "syzygy" in page.locator(".terms").inner_text()
    press(page, "A")
    page.get_by_text("The same key again accepts it").wait_for()
    assert standing(site, item) is None
    press(page, "E")
    page.locator("[data-panel=edit] [name=target_text]").fill(f"{view.target_text} Syzygies.")
    press(page, "Control+Enter")
    moved_on(page, item)
    assert standing(site, item).verdict == "edit"
    press(page, "Z")
    page.wait_for_function(
        "item => document.querySelector('[data-part=pair] [data-item]').dataset.item === item", arg=item
    )
    press(page, "A")
    page.get_by_text("The same key again accepts it").wait_for()
    press(page, "A")
    moved_on(page, item)
    assert standing(site, item).verdict == "accept"
    page.goto("/glossary")
    assert page.get_by_role("cell", name="syzygy").is_visible()
    (site.folder / "glossary.tsv").write_text("теңге", encoding="utf-8")
    page.reload()
    assert "needs a Kazakh and an English term" in page.get_by_role("alert").inner_text()


SELECT = """word => {
  const inside = [...document.querySelectorAll('.source .sentence, .source .sentence *')];
  const texts = inside.flatMap((each) => [...each.childNodes]).filter((each) => each.nodeType === Node.TEXT_NODE);
  const node = texts.find((each) => each.data.includes(word));
  getSelection().setBaseAndExtent(node, node.data.indexOf(word), node, node.data.indexOf(word) + word.length);
}"""


def test_a_selected_word_is_looked_up_in_accepted_pairs(site, open_page, press):
    site.store.set_double(0.0)
    page = open_page()
    item = shown(page)
    word = long_word(site.store.item(item, "Ana").source_text)
    press(page, "A")
    moved_on(page, item)
    page.goto(f"/pair/{item}")
    page.evaluate(SELECT, word)
    press(page, "W")
    lines = page.locator("[data-panel=concordance] .lines")
    lines.wait_for()
    assert word in lines.locator("mark").all_inner_texts() and lines.get_by_role("link", name="Open pair 1").count()
    press(page, "Escape")
    assert not lines.is_visible()
    page.reload()
    press(page, "W")
    page.keyboard.type("zzzz")
    press(page, "Enter")
    page.get_by_text("No accepted pair has “zzzz”.").wait_for()
    page.goto(f"/concordance?word={word}")
    assert word in page.locator(".lines mark").all_inner_texts()


def test_the_first_run_and_ones_own_work_by_keyboard(site, open_page, press):
    page = open_page("/start")
    assert page.get_by_role("heading", name="Welcome, Ana").is_visible() and page.get_by_text("Ctrl Enter").is_visible()
    press(page, "1")
    page.wait_for_url(f"{site.url}/")
    item = shown(page)
    # A rejection would have the models loaded, for which nobody has to wait here.
    press(page, "S")
    moved_on(page, item)
    page.get_by_role("link", name="Ana", exact=True).click()
    page.get_by_role("heading", name="Ana, this waits for you").wait_for()
    page.get_by_role("link", name="1 verdict").click()
    assert "Partial" in page.locator("table.mine").inner_text()
    with page.expect_download() as waited:
        page.get_by_role("link", name="As a table (CSV)").click()
    assert item in waited.value.path().read_text(encoding="utf-8-sig")
    page.get_by_role("button", name="Reopen").click()
    page.wait_for_url(f"**/pair/{item}")
    assert standing(site, item) is None
    press(page, "A")
    moved_on(page, item)
    assert standing(site, item).verdict == "accept"
    assert len(site.client(name="Ana").get("/mine.jsonl").text.splitlines()) == 3


def test_guidelines_are_the_runs_own_or_the_default(site):
    kazakh = site.client(name="Ana", **{"Accept-Language": "kk"})
    english = site.client(name="Ana", **{"Accept-Language": "en"})
    assert "<h2>What is partial</h2>" in english.get("/guidelines").text
    assert "Жұпты қалай бағалау керек" in kazakh.get("/guidelines").text
    (site.folder / "guidelines.md").write_text(
        "# Ours\n\n<script>alert(1)</script> **so** [x](javascript:y)\n", encoding="utf-8"
    )
    (site.folder / "guidelines.kk.md").write_text("# Біздікі", encoding="utf-8")
    assert "<h1>Біздікі</h1>" in kazakh.get("/guidelines").text
    own = english.get("/guidelines").text
    assert "<h1>Ours</h1>" in own and "<strong>so</strong> [x](javascript:y)" in own and "<script>alert" not in own


PAGES = ["/start", "/mine", "/guidelines", "/glossary", "/concordance?word=сайлау"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(scheme, site, open_page, press, axe_faults):
    (site.folder / "glossary.tsv").write_text("сайлау\telection\nпрезидент\tsyzygy\n", encoding="utf-8")
    page = open_page("/", color_scheme=scheme, bypass_csp=True)
    press(page, "W")
    assert not axe_faults(page)
    press(page, "Escape", "A")
    page.get_by_text("Ana").first.wait_for()
    for path in PAGES:
        page.goto(path)
        assert not axe_faults(page), path
