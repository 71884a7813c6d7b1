import json

import pytest

from align.corpus.declared import declared_language, site_language
from align.corpus.page_blocks import parse_html
from align.corpus.read import read

ROOTS = [
    ('lang="kk"', "kk"),
    ('lang="kk-KZ"', "kk"),
    ('lang="kz"', "kk"),
    ('xml:lang="en_US"', "en"),
    ('lang="ru"', None),
    ('lang=""', None),
    ("", None),
]
ADDRESSES = [
    ("https://www.azattyq.org/a/1.html", "kk"),
    ("https://kaz.example.kz/news/1", "kk"),
    ("https://kk.wikipedia.org/wiki/Abai", "kk"),
    ("https://en.example.kz/kz/1", "en"),
    ("https://www.example.kz/en/1", "en"),
    ("https://example.kz/qaz/1", "kk"),
    ("https://example.kz/kzt-rate", None),
    ("https://kz.kz/1", None),
    ("https://notazattyq.org/1", None),
    ("news/1.html", None),
    ("http://[", None),
    (None, None),
]
OPEN = "Astana jazgy mausym"
DOCUMENTS = [
    (OPEN, "kk", None, "kk"),
    (OPEN, None, "https://example.kz/kz/1", "kk"),
    (OPEN, "kk", "https://example.kz/en/1", "en"),  # They differ, so neither counts.
    (OPEN, None, None, "en"),
    ("The president signed a new law in Astana on Tuesday.", "kk", None, "en"),
    ("Қазақстанда президент сайлауы өтеді, деп хабарлады сайлау комиссиясы.", "en", None, "kk"),
    ("Президент подписал новый закон в Астане во вторник, сообщила пресс-служба.", "kk", None, None),
]


@pytest.mark.parametrize(("attribute", "lang"), ROOTS)
def test_the_language_that_a_page_names(attribute, lang):
    assert declared_language(parse_html(f"<html {attribute}><body><p>x</p></body></html>", "x")) == lang


@pytest.mark.parametrize(("url", "lang"), ADDRESSES)
def test_the_language_that_an_address_tells(url, lang):
    assert site_language(url) == lang


@pytest.mark.parametrize(("text", "declared", "url", "lang"), DOCUMENTS)
def test_what_a_page_names_decides_only_what_its_words_leave_open(tmp_path, text, declared, url, lang):
    named = f' lang="{declared}"' if declared else ""
    address = f'<link rel="canonical" href="{url}">' if url else ""
    page = f"<!doctype html><html{named}><head><meta charset=utf-8>{address}</head><body><p>{text}</p></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (tmp_path / "other.txt").write_text("He came to the city and spoke with the mayor.", encoding="utf-8")
    found = {each.kind: each.lang for each in read(tmp_path).documents}
    assert found.get("html") == lang


def test_the_address_of_a_table_row_counts(tmp_path):
    rows = [{"text": OPEN, "url": url} for url in ("https://example.kz/kz/1", "https://example.kz/2")]
    rows[1]["text"] += " ystyq"
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [each.lang for each in read(tmp_path / "rows.jsonl").documents] == ["kk", "en"]
