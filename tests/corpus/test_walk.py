import io
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.corpus import READERS
from align.corpus.compact import SegmentTable
from align.corpus.documents import documents_of
from align.corpus.duplicates import Duplicates
from align.corpus.file_kinds import BY_SUFFIX, kind_of
from align.corpus.page_blocks import page_text, parse_html
from align.corpus.pdf import Line, paragraphs
from align.corpus.read import read
from align.corpus.source import Source
from align.errors import InputError, MissingExtraError
from align.types import Document, Segment

EN = "The vote will be held today, and the minister will come."
OTHER = "Nothing new was said about the weather in the north."


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "a.txt": EN,
        "b/c.txt": OTHER,
        "b/page": f"<html><body><p>{EN} Third.</p></body></html>",
        "b/style.css": "p {}",
        "README.md": "# About this folder",
        ".hidden.txt": "Hidden.",
        ".git/x.txt": "Hidden.",
        "out/links.jsonl": "",
        "out/manifest.json": "{}",
        "out/report.html": f"<html><p>{EN}",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_folder_is_read_all_the_way_down_and_what_is_passed_over_is_told(folder):
    corpus = read(folder)
    assert [document.path for document in corpus.documents] == [
        f"{folder}/{name}" for name in ("a.txt", "b/c.txt", "b/page")
    ]
    assert [(each.path, each.reason) for each in corpus.skipped] == [
        (f"{folder}/out", "the folder of a run, which is no document"),
        (str(folder), "passed over, being no documents: README.md, style.css"),
    ]


STDIN = [
    (EN.encode(), "txt", [EN]),
    (EN.encode("utf-16"), "txt", [EN]),
    (b'{"text": "%s"}\n{"text": "%s"}\n' % (EN.encode(), OTHER.encode()), "jsonl", [EN, OTHER]),
    (b"text\tdate\n%s\t2019-04-26\n" % EN.encode(), "tsv", [EN]),
]


@pytest.mark.parametrize(("content", "kind", "texts"), STDIN)
def test_standard_input_is_told_by_its_content(monkeypatch, content, kind, texts):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    documents = read("-").documents
    assert [(document.kind, document.text) for document in documents] == [(kind, text) for text in texts]
    assert documents[0].path.startswith("<stdin>")


KINDS = [
    (b"%PDF-1.7", ".txt", "pdf"),
    (b"\n<!-- saved --><!DOCTYPE html><p>", "", "html"),
    (b"<?xml version='1.0'?><html xmlns='x'>", ".xml", "html"),
    ("<html>".encode("utf-16"), ".dat", "html"),
    (b"<p>A fragment</p>", ".htm", "html"),
    (b"<p>A fragment</p>", ".txt", "txt"),
    (b"<?xml version='1.0'?>\n<!DOCTYPE tmx SYSTEM 'x'>\n<tmx>", "", "tmx"),
    (b'{"text": "x"}\n', "", "jsonl"),
    (b'{"text": "' + b"x" * 9000, "", "jsonl"),
    (b'{\n "text": "x"}', ".json", None),
    (b"{curly} text", ".txt", "txt"),
    (b"text\ttitle\nx\ty", "", "tsv"),
    (b"one\ttwo\nx\ty", "", "txt"),
    (b"PAR1", "", "parquet"),
    (b"text", ".css", None),
    (b"\x89PNG\r\n", ".png", None),
    (b"", "", "txt"),
]


@pytest.mark.parametrize(("content", "suffix", "kind"), KINDS)
def test_the_kind_is_told_by_content_then_by_suffix(content, suffix, kind):
    assert kind_of(content, suffix, "x") == kind


def test_every_suffix_has_a_reader():
    assert set(BY_SUFFIX.values()) - {"zip"} == set(READERS.entries) - {"dataset", "dump"}
    assert all(callable(READERS.load(kind)) for kind in READERS.entries)


PAGES = [
    ("<p>One<br>two</p>three<div>four <b>and</b> five</div>", "One\ntwo\nthree\nfour and five"),
    ("<ul><li>a<li>b</ul><table><tr><td>c</td><td>d</td></tr></table>", "a\nb\nc\nd"),
    ("<p>a\n  b</p><script>no</script><style>no</style>tail<!-- no -->s", "a b\ntails"),
    ("<title>no</title><body><p>35\u00a0000</p>", "35\u00a0000"),
    ("<p>&lt;p&gt; &amp; &#1179;</p>", "<p> & қ"),
]


@pytest.mark.parametrize(("page", "text"), PAGES)
def test_blocks_become_lines(page, text):
    assert page_text(parse_html(page, "x")) == text


def _lines(*texts, left=0.0):
    return [Line(text, left, left + 7.0 * len(text)) for text in texts]


LAYOUTS = [
    ([_lines("The vote will be held in", "the capital.")], ["The vote will be held in the capital."]),
    ([_lines("All went well.", "The vote will be held soon")], ["All went well.", "The vote will be held soon"]),
    (
        [
            _lines(
                "a word that is hyphen-", "ated at the end of the li-", "nes of the whole docu-", "ment is made whole"
            )
        ],
        ["a word that is hyphenated at the end of the lines of the whole document is made whole"],
    ),
    (
        [_lines("the hyphenated word hyphen-", "ated once in the text")],
        ["the hyphenated word hyphenated once in the text"],
    ),
    ([_lines("бұл жерде дәрі-", "дәрмек жоқ еді")], ["бұл жерде дәрі-дәрмек жоқ еді"]),
    ([_lines("he came to Nur-", "Sultan in the morning")], ["he came to Nur-Sultan in the morning"]),
    (
        [_lines("well-known, and a well-", "known thing is well-known")],
        ["well-known, and a well-known thing is well-known"],
    ),
    ([_lines("ұлттық қауіп\u00ad", "сіздік туралы")], ["ұлттық қауіпсіздік туралы"]),
    ([_lines("one box"), _lines("another box", left=90)], ["one box", "another box"]),
]


@pytest.mark.parametrize(("boxes", "expected"), LAYOUTS)
def test_lines_of_a_page_become_paragraphs(boxes, expected):
    assert list(paragraphs(boxes)) == expected


def _segments(*texts, dropped=None):
    text = "\n".join(texts)
    return text, [
        Segment(
            f"{hash(each) & (1 << 64) - 1:016x}",
            "en",
            "d",
            place,
            text.index(each),
            text.index(each) + len(each),
            each,
            dropped,
        )
        for place, each in enumerate(texts)
    ]


def test_a_segment_table_is_the_tuple_it_was_made_of():
    text, segments = _segments("one", "two", "three")
    table = SegmentTable.of(text, segments)
    assert table == tuple(segments) and list(table) == segments and table[-1] == segments[-1]
    assert table[1:] == tuple(segments[1:]) and len(table) == 3
    dropped = table.dropping({1: "menu"})
    assert [each.dropped for each in dropped] == [None, "menu", None]
    assert [kept for _, kept in dropped.ids()] == [True, False, True]
    with pytest.raises(IndexError):
        table[3]
    with pytest.raises(ValueError, match="no slice"):
        SegmentTable.of("other", segments)


def _document(name, *texts):
    text, segments = _segments(*texts)
    return Document(name, name, "en", None, None, None, None, name, text, segments)


SENTENCES = [f"sentence {number}" for number in range(10, 30)]
NEAR = [
    (SENTENCES, "nearly the same as first (100 % of its segments)"),
    ([*SENTENCES[:18], "x", "y"], "nearly the same as first (90 % of its segments)"),
    ([*SENTENCES[:17], "x", "y", "z"], None),
    (SENTENCES[::-1], "nearly the same as first (100 % of its segments)"),
    (SENTENCES[:1], "nearly the same as first (100 % of its segments)"),
    ([*SENTENCES, *(f"more {number}" for number in range(10, 30))], None),
]


@pytest.mark.parametrize(("texts", "reason"), NEAR)
def test_near_duplicates_share_nine_tenths_of_their_segments(texts, reason):
    duplicates = Duplicates()
    assert duplicates.add(_document("first", *SENTENCES)) is None
    assert duplicates.add(_document("second", *texts)) == reason


WORDS = st.sampled_from(
    "The|vote|was|held.|Қазақстанда|сайлау|өтеді.|U.S.|<p>|</p>|<br>|&amp;|#|- |\n|\n\n|\r\n|\u00a0|\u2028|«|»|\t|"
    "Оқи отырыңыз:|© 2020|*|`|[|](x)|\U0001f600".split("|")
)


@pytest.mark.parametrize("kind", ["txt", "html", "md"])
@settings(deadline=None)
@given(words=st.lists(WORDS, max_size=40))
def test_spans_always_reproduce_the_text(kind, words):
    source = Source("x", " ".join(words).encode())
    for outcome in documents_of(kind, source, Duplicates()):
        if isinstance(outcome, Document):
            places = [(each.start, each.end) for each in outcome.segments]
            assert [outcome.text[start:end] for start, end in places] == [each.text for each in outcome.segments]
            assert places == sorted(places) and all(start < end for start, end in places)


def test_an_unreadable_file_is_told_of(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b.txt").write_text(EN)
    corpus = read(tmp_path)
    assert "can't be read" in corpus.skipped[0].reason
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "a.txt")


def test_a_pdf_without_its_extra_gives_the_pip_line(monkeypatch, tmp_path):
    monkeypatch.setattr("align.corpus.pdf.find_spec", lambda name: None)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(MissingExtraError, match=r"pip install 'align-workbench\[documents\]'"):
        read(tmp_path / "a.pdf")
