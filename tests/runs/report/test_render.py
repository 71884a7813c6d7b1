import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from align.corpus.read import Corpus
from align.runs.report import render
from align.runs.report.render import REVIEW_ADDRESS
from align.verify.threshold import Threshold

VOID = {"meta", "input", "link", "img", "br", "hr"}


class Reader(HTMLParser):
    """Collects tags, addresses and texts, and notes every tag that closes what was not open."""

    def __init__(self, page):
        super().__init__()
        self.open, self.wrong, self.tags, self.addresses, self.ids = [], [], Counter(), [], []
        self.classes, self.words = Counter(), []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        values = dict(attrs)
        self.tags[tag] += 1
        self.ids += [values["id"]] if "id" in values else []
        self.addresses += [values[name] for name in ("href", "src", "action", "xlink:href") if name in values]
        self.classes.update((values.get("class") or "").split())

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append((tag, self.getpos()))

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())


@pytest.fixture(scope="module")
def page(alignment):
    return render(alignment)


@pytest.fixture(scope="module")
def reader(page):
    return Reader(page)


def test_links_say_which_share_of_the_facts_both_tell(reader):
    assert re.search(r"facts shared \d+% of the Kazakh, \d+% of the English", reader.text)


def test_page_is_well_formed(reader):
    assert (reader.open, reader.wrong) == ([], [])
    assert [name for name, times in Counter(reader.ids).items() if times > 1] == []


def test_page_is_the_same_the_second_time(alignment, page):
    assert render(alignment) == page


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(2)">',
    "A runner-up <i>text</i>",
    "Near <u>miss</u>",
    "logistic@<def>",
]


def test_what_documents_say_stays_text(reader, page):
    assert reader.tags["script"] == 1
    assert reader.tags["img"] == reader.tags["i"] == reader.tags["u"] == reader.tags["b"] == 0
    for text in (
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(2)">',
        "logistic@<def>",
        "A runner-up <i>text</i>",
    ):
        assert text in reader.text
    assert "&amp;amp;" not in page


def test_page_needs_nothing_but_itself(reader, page):
    outside = [address for address in reader.addresses if not address.startswith("#")]
    review = [address for address in outside if address.startswith(f"{REVIEW_ADDRESS}/pair/")]
    # What leads to the review is followed by a person and loads nothing.
    assert [each for each in outside if each not in review] == ["https://example.org/kk?a=1&b=2"] and len(review) == 3
    assert not re.search(r"@import|url\(|<link|<iframe", page)


def test_anchors_lead_somewhere(reader):
    assert {address[1:] for address in reader.addresses if address.startswith("#")} <= set(reader.ids)


COUNTS = [
    "3 links between 1 Kazakh document and 1 English one",
    "1 accepted (from .80), 2 in review (from .30",
    "0 Kazakh and 1 English segment; an estimated 42% of the Kazakh segments have a counterpart",
    "2 Kazakh and 3 English segments; 2 more set aside (page furniture 2)",
    "not read: kk/empty.txt (empty)",
    "kk-en@abc",
]


@pytest.mark.parametrize("said", COUNTS)
def test_header_counts_the_alignment(said, reader):
    assert said in reader.text.replace("\xa0", " ")


def test_each_link_shows_both_texts_and_its_number(alignment, page):
    entries = re.findall(r'<article class="link.*?</article>', page, re.DOTALL)
    shown = [(Reader(entry).text, each) for entry, each in zip(entries, alignment.links, strict=True)]
    for text, each in shown:
        assert each.source[0].text in text
        assert each.target[0].text in text
    assert [re.search(r"^\d (\S+)", text).group(1) for text, _ in shown] == [">.99", ".85", ".30"]


def test_sides_have_their_languages(page):
    assert '<p class="source" lang="kk">' in page
    assert '<p class="target" lang="en">' in page


MARKED = [
    '<span class="f matched" title="date --06-09: matched">9 </span>',
    '<span class="w" data-k="1">Сайлау</span>',
    '<span class="f target_only w" data-k="1" title="name vote: target only">vote</span>',
    '<span class="f conflict" title="number 16 / 17: conflict">16</span>',
    '<span class="sign conflict" title="conflict: 16 / 17">≠</span>',
    '<span class="reason" lang="en">page furniture</span>',
]


@pytest.mark.parametrize("mark", MARKED)
def test_evidence_is_marked_in_the_texts(mark, page):
    assert mark in page


WHY = [
    (0.85, "review", "conflict", "probable, but facts conflict"),
    (0.02, "review", "partial", "not probable, but both tell of one person and day"),
    (0.5, "review", "conflict", ""),
    (0.85, "accepted", "partial", ""),
]


@pytest.mark.parametrize(("probability", "status", "relation", "said"), WHY)
def test_link_in_review_in_spite_of_its_probability_says_why(probability, status, relation, said, alignment):
    link = replace(alignment.links[2], probability=probability, status=status, relation=relation)
    why = re.findall(r'<span class="why">(.*?)</span>', render(replace(alignment, links=(link,))))
    assert why == ([said] if said else [])


def test_dropped_lines_stand_greyed_with_their_reason(reader):
    assert reader.classes["dropped"] == 2
    assert reader.text.count("page furniture") == 3


def test_both_margins_name_each_link(reader):
    assert reader.classes["ref"] == 2 * 3


def test_crowd_is_cut_and_says_so(crowd):
    read = Reader(render(crowd))
    assert read.tags["article"] == 500
    assert "The best 500 links are set here; 4,500 more stand in links.jsonl." in read.text
    inside = {address[1:] for address in read.addresses if not address.startswith(REVIEW_ADDRESS)}
    assert inside <= set(read.ids)


CUTS = [
    (
        Threshold(0.8123, 0.953, (0.88, 0.98), 12, 11.4),
        "95% are expected to be right (95% interval 88% to 98%)",
    ),
    (Threshold(1.000001, 0.0, (0.0, 1.0), 0, 0.0, reached=False), "no link is probable enough for a precision of 95%"),
    (Threshold(0.8, 0.0, (0.0, 1.0), 0, 0.0), "where both texts tell of one person and day) Unmatched"),
]


@pytest.mark.parametrize(("threshold", "said"), CUTS)
def test_target_precision_is_told(threshold, said, alignment):
    settings = replace(alignment.settings, target_precision=0.95)
    assert said in Reader(render(replace(alignment, threshold=threshold, settings=settings))).text


def test_run_without_links_reads_well(alignment):
    read = Reader(render(replace(alignment, links=(), unmatched=(), corpus=Corpus(alignment.corpus.documents))))
    assert (read.open, read.wrong, read.tags["article"]) == ([], [], 0)
    assert "No two segments reached the probability" in read.text
