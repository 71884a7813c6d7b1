"""Ten pages each in the manner of five news sites: what is read of them, and what of the page is dropped."""

import json
from pathlib import Path

import pytest

from align.corpus.read import read

LAYOUTS = Path(__file__).parent / "fixtures" / "layouts"
# The day that each layout states: a site of tables and one of plain div states none.
STATED = {
    "agency": ("2024-05-12", "meta article:published_time"),
    "portal": ("2024-05-12", "JSON-LD"),
    "blog": ("2024-05-12", "address"),
    "divs": (None, None),
    "table": (None, None),
}
# The written news of benchmarks, CC BY 4.0.
ARTICLES = json.loads((LAYOUTS / "articles.json").read_text(encoding="utf-8"))


def _page(layout, article):
    paragraphs = article["paragraphs"]
    return (
        (LAYOUTS / f"{layout}.html")
        .read_text(encoding="utf-8")
        .replace("{{", "{")
        .replace("}}", "}")
        .replace("{title}", article["title"])
        .replace("{day}", "2024-05-12")
        .replace("{path}", "2024/05/12")
        .replace("{first}", paragraphs[0])
        .replace("{rest}", "".join(f"<p>{each}</p>" for each in paragraphs[1:]))
        .replace("{p}", "".join(f"<p>{each}</p>\n" for each in paragraphs))
        .replace("{br}", "<br><br>\n".join(paragraphs))
    )


def _read(layout, article, folder):
    path = folder / f"{layout}.html"
    path.write_text(_page(layout, article), encoding="utf-8")
    (document,) = read(path).documents
    return document


@pytest.mark.parametrize("layout", STATED)
def test_the_article_is_read_whole_and_the_page_around_it_dropped(layout, tmp_path):
    for article in ARTICLES:
        document = _read(layout, article, tmp_path)
        kept = " ".join(each.text for each in document.kept if each.mark is None or each.mark == "title")
        assert all(paragraph in kept for paragraph in (article["title"], *article["paragraphs"])), kept
        left = kept
        for known in (article["title"], *article["paragraphs"]):
            left = left.replace(known, "")
        # A page of one layout adds a list of facts to its article; nothing else of it is the article's.
        assert len(left.split()) <= 20, left
        assert (document.published, document.published_from) == STATED[layout]


NO_DAY = [
    "<p>© 2024 Example</p>",
    "<p>She made her debut in 1999 and won in 2012.</p>",
    "<div class='calendar'>5 May 2024</div>",
    "<div id='footer'>Copyright 2008-2024</div>",
    "<ul><li><time datetime='2024-05-01'>1 May</time><li><time datetime='2024-05-02'>2 May</time></ul>",
]


@pytest.mark.parametrize("piece", NO_DAY)
def test_no_day_of_publication_is_invented(piece, tmp_path):
    text = "The new bridge was opened in the city by the mayor, and many people came to see it. " * 3
    page = f"<html><body><h1>A bridge</h1><article><p>{text}</p></article>{piece}</body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (document,) = read(tmp_path).documents
    assert (document.published, document.published_from) == (None, None)


HTML = "<html><body><article><h1>A new bridge was opened</h1>{}<p>{}</p></article></body></html>"
LONG = "The bridge was built in two years, and it cost twelve billion tenge, the mayor of the city said on Monday. " * 2
PIECES = [
    ("<p>About 10<sup>6</sup> tons of grain were sold, the ministry said.</p>", "About 10⁶ tons"),
    ("<p>It reached 200<sup>1</sup> thousand in 2019<sup><a href='#2'>2</a></sup>.</p>", "200 thousand in 2019."),
    ("<p>An area of 25 km<sup>2</sup> burned in the 21<sup>st</sup> century.</p>", "25 km² burned in the 21st century"),
    ("<p>The level of CO<sub>2</sub> rose in the city last year.</p>", "CO₂ rose"),
    ("<p>The price is <del>300</del> 200 tenge in the shops now.</p>", "The price is 200 tenge"),
    (
        "<table><tr><td><ul><li>The first project got its money at last.</li></ul></td></tr></table>",
        "The first project",
    ),
    (
        "<figure><figcaption>The mayor of the city speaks at the new bridge.</figcaption></figure>",
        "The mayor of the city",
    ),
    ("<div>Bare text of a part that has no paragraph stands here, too.<p>More.</p></div>", "Bare text of a part"),
]
HIDDEN = [
    "<p hidden>{}</p>",
    "<p aria-hidden='true'>{}</p>",
    "<p style='display: none'>{}</p>",
    "<template><p>{}</p></template>",
]


@pytest.mark.parametrize(("piece", "wanted"), PIECES)
def test_what_a_page_shows_is_read(piece, wanted, tmp_path):
    (tmp_path / "a.html").write_text(HTML.format(piece, LONG), encoding="utf-8")
    (document,) = read(tmp_path).documents
    assert wanted in " ".join(each.text for each in document.kept)


@pytest.mark.parametrize("piece", HIDDEN)
def test_what_a_page_hides_is_not_read(piece, tmp_path):
    (tmp_path / "a.html").write_text(HTML.format(piece.format("Nobody sees this sentence."), LONG), encoding="utf-8")
    assert "Nobody" not in read(tmp_path).documents[0].text
