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
