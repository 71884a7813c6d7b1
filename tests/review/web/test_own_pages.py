"""A reviewer's own pages, and what the glossary of a run does: walked through by a Kazakh keyboard."""

import re

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
