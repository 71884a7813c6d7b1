import pytest

from align.corpus.read import read
from align.corpus.rtf import read_rtf
from align.corpus.source import Source
from align.errors import InputError, MissingExtraError

HEAD = rb"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Times New Roman;}}{\info{\title T}}\plain\f0 "
TEXTS = [
    (rb"\u1178?\'e0\'e7\'e0\u1179?\'f1\'f2\'e0\'ed.\par \'ce\'eb \'ea\'e5\'eb\'e4i.", "Қазақстан.\nОл келдi."),
    ("Алма".encode("cp1251"), "Алма"),
    (rb"Paid {\v secret }to all.", "Paid to all."),
    (rb"About {\b 10}{\super 6} people.", "About 10⁶ people."),
    (rb"It reached 200{\b\super 1} thousand.", "It reached 200 thousand."),
    (rb"\trowd Name\cell Age\cell\row", "Name\nAge"),
    (rb'See {\field{\*\fldinst HYPERLINK "http://x.kz"}{\fldrslt the page}} now.', "See the page now."),
    (rb"{\header Page 1}He came{\footnote a note}.", "He came."),
    (rb"Smile \u-10179?\u-8704?.", "Smile 😀."),
]
DAMAGED = [b"plain text", HEAD + rb"\u99999999999? x}"]


@pytest.mark.parametrize(("body", "text"), TEXTS)
def test_a_rich_text_is_read_as_it_is_shown(body, text):
    pytest.importorskip("striprtf", reason="reading rich text needs the documents extra")
    assert [each.text for each in read_rtf(Source("a.rtf", HEAD + body + b"}"))] == [text]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_rich_text_is_refused(content):
    pytest.importorskip("striprtf", reason="reading rich text needs the documents extra")
    with pytest.raises(InputError, match=r"a\.rtf"):
        list(read_rtf(Source("a.rtf", content)))


def test_its_first_bytes_tell_it(tmp_path):
    pytest.importorskip("striprtf", reason="reading rich text needs the documents extra")
    (tmp_path / "a.txt").write_bytes(HEAD + rb"The president signed a new law in Astana.}")
    (document,) = read(tmp_path / "a.txt").documents
    assert (document.kind, document.lang) == ("rtf", "en")


def test_without_the_extra_the_pip_line_is_given(monkeypatch, tmp_path):
    monkeypatch.setattr("align.corpus.rtf.find_spec", lambda name: None)
    (tmp_path / "a.rtf").write_bytes(HEAD + b"}")
    with pytest.raises(MissingExtraError, match=r"pip install 'align-workbench\[documents\]'"):
        read(tmp_path / "a.rtf")
