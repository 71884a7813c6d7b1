"""Files that are damaged, locked or made to do harm: each refused in one line, and nothing else lost."""

import gzip
import io
import os
import socket
import stat
import sys
import zipfile
import zlib

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.corpus.documents import Skipped, documents_of
from align.corpus.duplicates import Duplicates
from align.corpus.read import read
from align.corpus.source import Refused, Source
from align.corpus.walk import opened
from align.errors import InputError, UnforeseenError
from align.types import Document

GOOD = "The vote will be held today, and the minister will come.\n"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _zip(members, **how):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for path, content in members.items():
            archive.writestr(path, content)
    return stream.getvalue()


def _docx():
    stream = io.BytesIO()
    document = docx.Document()
    for _ in range(200):
        document.add_paragraph(GOOD)
    document.save(stream)
    return stream.getvalue()


def _link():
    entry = zipfile.ZipInfo("link.txt")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return _zip({entry: "/etc/passwd"})


def _locked():
    content = bytearray(_zip({"a.txt": GOOD}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


def _nested(depth):
    content = GOOD.encode()
    for _ in range(depth):
        content = _zip({"a.zip" if content.startswith(b"PK") else "a.txt": content})
    return content


def _broken_crc():
    content = bytearray(_zip({"a.txt": GOOD * 50}))
    content[60] ^= 0xFF
    return bytes(content)


def _attributes(attributes):
    return f"<html><body><p {attributes}>{GOOD}</p></body></html>".encode()


def _rows(**columns):
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream, compression="zstd")
    return stream.getvalue()


def _repeating(text, times=60_000):
    return _rows(text=pa.DictionaryArray.from_arrays(pa.array([0] * times, pa.int32()), [text]))


def _pdf(content, about=""):
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<<%s/Length %d>>stream\n%s\nendstream" % (about.encode(), len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    return (
        b"%PDF-1.7\n"
        + b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
        + b"trailer<</Root 1 0 R>>\n"
    )


BOMB = bytes(20 << 20)

_TOO_DEEP = "brackets within brackets" if sys.version_info < (3, 13) else "not valid JSON"
"""Python 3.13 reads deeper than 2,000 brackets, and comes to the end of the line."""

HOSTILE = [
    ("bomb.zip", lambda: _zip({"a.txt": BOMB}), "bomb.zip: refused: 1 members of 20 MB"),
    ("bomb.docx", lambda: _zip({"word/document.xml": BOMB}), "bomb.docx: refused: 1 members of 20 MB"),
    ("bomb.txt.gz", lambda: gzip.compress(BOMB), "bomb.txt.gz: refused: grows past"),
    ("bomb.txt.zst", lambda: pa.compress(BOMB, codec="zstd", asbytes=True), "bomb.txt.zst: refused: grows past"),
    ("bomb.gz.gz", lambda: gzip.compress(gzip.compress(BOMB)), "bomb.gz.gz: refused: grows past"),
    ("escape.zip", lambda: _zip({"../../a.txt": GOOD}), "escape.zip/../../a.txt: refused: its path leaves the archive"),
    ("root.zip", lambda: _zip({"/etc/a.txt": GOOD}), "root.zip//etc/a.txt: refused: its path leaves the archive"),
    ("drive.zip", lambda: _zip({"C:\\a.txt": GOOD}), "its path leaves the archive"),
    ("link.zip", _link, "link.zip/link.txt: refused: a link, not a file"),
    ("locked.zip", _locked, "a.txt is locked with a password"),
    ("crc.zip", _broken_crc, "a.txt is damaged"),
    ("deep.zip", lambda: _nested(6), "refused: more than 3 archives within one another"),
    ("cut.zip", lambda: _zip({"a.txt": GOOD})[:-9], "cut.zip: damaged or cut short"),
    ("cut.docx", lambda: _docx()[:9000], "cut.docx: damaged or cut short"),
    ("cut.gz", lambda: gzip.compress(GOOD.encode())[:-9], "cut.gz: damaged or cut short"),
    ("xml.docx", lambda: _zip({"word/document.xml": "<w:document"}), "xml.docx: damaged XML"),
    ("sheet.xlsx", lambda: _zip({"[Content_Types].xml": "", "xl/a.xml": ""}), "an office file of another kind"),
    (
        "old.doc",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "old.doc: an old Office file: save it as .docx",
    ),
    (
        "entities.docx",
        lambda: _zip({"word/document.xml": f"{ENTITIES}<w:document {W}><w:p><w:t>&c;</w:t></w:p></w:document>"}),
        "entities.docx: refused: it declares XML entities",
    ),
    ("entities.tmx", lambda: f"{ENTITIES}<tmx><tu><tuv/></tu></tmx>".replace("x [", "tmx [").encode(), "XML entities"),
    (
        "deep.html",
        lambda: b"<html><body>" + b"<div>" * 50_000 + GOOD.encode(),
        "deep.html: refused: more than 1000 tags",
    ),
    ("inline.html", lambda: b"<html><body>" + b"<b><i>" * 25_000 + GOOD.encode(), "refused: more than 1000 tags"),
    ("deep.md", lambda: b"> " * 5000 + GOOD.encode(), None),
    ("cut.pdf", lambda: b"%PDF-1.7\n1 0 obj\n<< /Type", "cut.pdf: "),
    (
        "cut.epub",
        lambda: _zip({"mimetype": "application/epub+zip"}),
        "cut.epub: damaged: holds no META-INF/container.xml",
    ),
    ("cut.parquet", lambda: b"PAR1" + bytes(40), "cut.parquet: damaged or cut short"),
    ("bad.jsonl", lambda: b'{"text": "x"}\n{"text": \n', "bad.jsonl, line 2: not valid JSON"),
    ("list.jsonl", lambda: b"[1]\n", "list.jsonl, line 1: not a JSON object"),
    ("none.csv", lambda: b"a,b\n1,2\n", "none.csv: no column of text among a, b: name it with --columns"),
    ("ragged.csv", lambda: b"text,date\nx,1,2\n", "ragged.csv, line 2: 3 columns where the heading has 2"),
    ("brackets.html", lambda: b"[" * 2000, "neither Kazakh nor English"),
    ("braces.md", lambda: b'{"a":' * 2000, f"braces.md, line 1: {_TOO_DEEP}"),
    ("digits.jsonl", lambda: b'{"text": "x", "n": ' + b"9" * 5000 + b"}", "digits.jsonl, line 1: a number of too many"),
    ("empty.zip", lambda: _zip({}), "empty.zip: no document in it"),
    ("hidden.zip", lambda: _zip({".a.txt": GOOD, "b/": b""}), "hidden.zip: no document in it"),
    ("dot.zip", lambda: _zip({".": GOOD}), "dot.zip/.: refused: its path names no file"),
    ("empty.jsonl", lambda: b"", "empty.jsonl: no text in it"),
    ("heading.csv", lambda: b"text,date\n", "heading.csv: no text in it"),
    ("foreign.tmx", lambda: b"<tmx><tu><tuv xml:lang='de'><seg>a</seg></tuv></tu></tmx>", "foreign.tmx: no text in it"),
    (
        "attributes.html",
        lambda: _attributes(" ".join(f"a{n}='>'" for n in range(200_000))),
        "more than 2000 attributes",
    ),
    ("bare.html", lambda: _attributes("a " * 200_000), "bare.html: refused: more than 2000 attributes"),
    ("attributes.md", lambda: b"<p " + b"a " * 200_000 + b">", "attributes.md: refused: more than 2000 attributes"),
    ("comments.html", lambda: b"<!-- -->" * 300 + b" " * 2000, "comments.html: "),
    ("values.parquet", lambda: _repeating("Қазақ " * 16_000), "values.parquet: refused: 16 MB of text in"),
    ("page.parquet", lambda: _repeating("a" * (20 << 20), times=1), "page.parquet: refused: 20 MB of text in"),
    ("struct.parquet", lambda: _rows(text=[{"a": 1}]), None),
    (
        "inflated.pdf",
        lambda: _pdf(zlib.compress(bytes(40 << 20)), "/Filter/FlateDecode"),
        "inflated.pdf: refused: grows",
    ),
    ("drawing.pdf", lambda: _pdf(b"q " * (3 << 20)), "drawing.pdf: its pages are drawings without end"),
    ("letters.pdf", lambda: _pdf(b"BT /F1 9 Tf " + b"(Word) Tj 9 9 Td " * 4000), "its pages are drawings without end"),
    ("quote.csv", lambda: b'text,date\n"x,1\n', "quote.csv, line 2: unexpected end of data"),
]


@pytest.mark.parametrize(("name", "make", "message"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_a_bad_file_is_refused_in_one_line_and_nothing_else_is_lost(tmp_path, name, make, message):
    (tmp_path / name).write_bytes(make())
    (tmp_path / "z.txt").write_text(GOOD)
    corpus = read(tmp_path)
    assert corpus.documents[-1].path == str(tmp_path / "z.txt")
    if message is not None:
        (skipped,) = corpus.skipped
        line = skipped.path + (", " if skipped.reason.startswith("line") else ": ") + skipped.reason
        assert message in line and "\n" not in line


def test_a_bad_member_costs_no_other(tmp_path):
    members = {
        "../x.txt": GOOD,
        "a.docx": b"PK\x03\x04",
        "b.txt": GOOD,
        "c/d.txt": "Another text, about the weather today.",
    }
    (tmp_path / "a.zip").write_bytes(_zip(members))
    corpus = read(tmp_path)
    assert [document.path for document in corpus.documents] == [f"{tmp_path}/a.zip/b.txt", f"{tmp_path}/a.zip/c/d.txt"]
    assert [skipped.path for skipped in corpus.skipped] == [f"{tmp_path}/a.zip/../x.txt", f"{tmp_path}/a.zip/a.docx"]


def test_nothing_is_written_beside_an_archive(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(_zip({"../x.txt": GOOD, "b.txt": GOOD}))
    read(tmp_path / "in")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "in"]


ODD = [
    ("half.jsonl", b'{"text": "Half \\ud83d of it was said today."}', "Half \ufffd of it was said today."),
    ("year.parquet", _rows(text=[GOOD], date=pa.array([2**52], pa.timestamp("us"))), GOOD.strip()),
    ("day.parquet", _rows(text=[GOOD], published=pa.array([2**30], pa.date32())), GOOD.strip()),
    ("digits.txt", b"It was " + b"9" * 5000 + b" years ago.", "It was " + "9" * 5000 + " years ago."),
]


@pytest.mark.parametrize(("name", "content", "text"), ODD, ids=[name for name, _, _ in ODD])
def test_what_is_only_odd_is_read(tmp_path, name, content, text):
    (tmp_path / name).write_bytes(content)
    (document,) = read(tmp_path).documents
    assert document.text.strip() == text
    document.text.encode()


def test_what_would_be_waited_for_without_end_is_passed_over(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "pipe.txt")
    (tmp_path / "zero.html").symlink_to("/dev/zero")
    (tmp_path / "up").symlink_to(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / "s.txt"))
        corpus = read(tmp_path)
    assert len(corpus.documents) == 1
    assert {each.path.rsplit("/", 1)[1]: each.reason for each in corpus.skipped} == {
        "pipe.txt": "passed over, being a pipe",
        "link.txt": "passed over, being a pipe",
        "zero.html": "passed over, being a device",
        "s.txt": "passed over, being a socket",
        "up": "passed over, being a link to a folder",
    }
    with pytest.raises(InputError, match="/dev/zero: a device or a socket"):
        read("/dev/zero")


def test_a_name_that_is_not_utf_8_can_be_written(tmp_path):
    (tmp_path / os.fsdecode(b"\xff\x1b.txt")).write_text(GOOD)
    (document,) = read(tmp_path).documents
    assert document.path == f"{tmp_path}/\\xff\x1b.txt"


def test_a_chapter_that_is_named_again_and_again_is_read_once(tmp_path):
    items = "".join(f'<item id="i{n}" href="{"./" * n}c.xhtml#{n}"/><itemref idref="i{n}"/>' for n in range(300))
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfile full-path="a.opf"/></container>',
        "a.opf": f"<package>{items}</package>",
        "c.xhtml": f"<html><body><p>{GOOD}</p></body></html>",
    }
    (tmp_path / "a.epub").write_bytes(_zip(members))
    (document,) = read(tmp_path).documents
    assert document.text == GOOD.strip()


def _failing(source):
    raise AssertionError(f"a page of {source.name}\nwent wrong")


def test_a_fault_that_nobody_foresaw_is_named_by_its_kind_or_raised(tmp_path, monkeypatch):
    monkeypatch.setattr("align.corpus.html.read_html", _failing)
    (tmp_path / "a.html").write_text("<html>")
    (tmp_path / "b.txt").write_text(GOOD)
    (skipped,) = read(tmp_path).skipped
    assert skipped.reason.startswith("can't be read (AssertionError: a page of") and "\n" not in skipped.reason
    with pytest.raises(UnforeseenError) as raised:
        read(tmp_path, raise_faults=True)
    assert isinstance(raised.value.__cause__, AssertionError)


def _parquet():
    stream = io.BytesIO()
    pq.write_table(pa.table({"text": [GOOD]}), stream)
    return stream.getvalue()


WHOLE = {
    "docx": _docx(),
    "gz": gzip.compress(GOOD.encode() * 20),
    "html": f"<html><head><title>A</title></head><body><p>{GOOD}</p></body></html>".encode(),
    "parquet": _parquet(),
    "tmx": f"<tmx><tu><tuv xml:lang='en'><seg>{GOOD}</seg></tuv></tu></tmx>".encode(),
    "zip": _zip({"a.txt": GOOD, "b.zip": _zip({"c.txt": GOOD})}),
}


@pytest.mark.parametrize("kind", WHOLE)
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_no_damage_makes_anything_but_a_document_or_a_refusal(kind, data):
    content = bytearray(WHOLE[kind])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    start, length = data.draw(st.integers(0, len(content))), data.draw(st.sampled_from([0, 0, 7, 300]))
    del content[start : start + length]
    for found in opened(Source("a", bytes(content))):
        if not isinstance(found, Refused):
            assert all(isinstance(each, (Document, Skipped, Refused)) for each in documents_of(*found, Duplicates()))
