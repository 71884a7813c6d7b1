from dataclasses import replace

from align.corpus.read import Corpus
from align.runs.report import render
from align.runs.report.path import path_of
from align.runs.report.spreads import pages, spreads
from tests.runs.report.conftest import alignment_of, document, link


def _aligned():
    source, target = document("kk", ["Бір.", "Екі.", "Үш."]), document("en", ["One.", "Two.", "Three.", "Four."])
    first = link(source.segments[0], target.segments[0], 0.9, status="accepted")
    wide = replace(first, id="f" * 16, source=(source.segments[2],), target=tuple(target.segments[2:]), probability=0.6)
    return Corpus((source, target)), [replace(each, found_by="beads") for each in (first, wide)]


def test_a_bead_is_a_box_over_its_segments():
    corpus, links = _aligned()
    spread = spreads(pages(corpus.documents, links), links)[0][0]
    path = path_of(spread, links)
    assert [(dot.number, dot.x, dot.y, dot.width, dot.height) for dot in path.dots] == [
        (1, 24.0, 24.0, 84.0, 63.0),
        (2, 192.0, 150.0, 84.0, 126.0),
    ]


def test_links_of_a_search_have_no_path():
    corpus, links = _aligned()
    links = [replace(each, found_by="search") for each in links]
    assert path_of(spreads(pages(corpus.documents, links), links)[0][0], links) is None


def test_the_page_draws_the_path_of_documents_that_translate_each_other():
    corpus, links = _aligned()
    page = render(alignment_of(corpus, links))
    assert "The path through K1 and E1" in page and "1-2, probability 0.6" in page
