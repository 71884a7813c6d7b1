"""Web archives, feeds, dumps, subtitles and OpenDocument texts."""

import gzip
import io
import zipfile

import pytest

from align.corpus.read import read
from align.errors import InputError

KK = "Алматыда жаңа көпір ашылды, оған қала әкімі Ерболат Досаев қатысты. Көпірдің құрылысы екі жылға созылды."
EN = "The mayor of the city opened a new bridge on Monday. It was built in two years."
PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"


def _read(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)


def _kept(corpus):
    return [[each.text for each in document.kept] for document in corpus.documents]


SRT = """1
00:00:01,000 --> 00:00:03,000
<i>Алматыда жаңа көпір</i>

2
00:00:03,500 --> 00:00:06,000
ашылды, деп хабарлады қала әкімі.

3
00:00:07,000 --> 00:00:08,000
[музыка]
"""
VTT = """WEBVTT

00:01.000 --> 00:03.000 align:start
<v Anna>The mayor of the city

00:03.500 --> 00:06.000
opened a new bridge on Monday.
"""


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("a.srt", SRT, "Алматыда жаңа көпір ашылды, деп хабарлады қала әкімі."),
        ("a.vtt", VTT, "The mayor of the city opened a new bridge on Monday."),
    ],
)
def test_subtitles_give_sentences(name, content, wanted, tmp_path):
    assert _kept(_read(tmp_path, name, content)) == [[wanted]]


def test_a_feed_gives_a_document_an_entry(tmp_path):
    items = "".join(
        f"<item><title>{title}</title><link>https://example.kz/{number}</link>"
        f"<pubDate>Mon, 13 May 2024 10:00:00 +0500</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
        for number, (title, text) in enumerate([("Жаңа көпір ашылды", KK), ("A new bridge", EN)])
    )
    corpus = _read(tmp_path, "a.xml.rss", f"<?xml version='1.0'?><rss version='2.0'><channel>{items}</channel></rss>")
    first, second = corpus.documents
    assert (first.title, first.published, first.published_from) == ("Жаңа көпір ашылды", "2024-05-13", "feed")
    assert first.url == "https://example.kz/0" and second.lang == "en"
    assert "It was built in two years." in _kept(corpus)[1]


def test_a_sitemap_says_that_it_holds_no_text(tmp_path):
    sitemap = "<?xml version='1.0'?><urlset xmlns='x'><url><loc>https://example.kz/1</loc></url></urlset>"
    with pytest.raises(InputError, match="a sitemap of 1 addresses"):
        _read(tmp_path, "sitemap.rss", sitemap)


def test_an_opendocument_text_is_read(tmp_path):
    names = "xmlns:office='urn:o' xmlns:text='urn:t'"
    body = (
        "<office:body><office:text><text:tracked-changes><text:p>Deleted text.</text:p></text:tracked-changes>"
        f"<text:h>A new bridge</text:h><text:p>{EN}<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>A note about the bridge.</text:p></text:note-body></text:note></text:p>"
        "</office:text></office:body>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
    (kept,) = _kept(_read(tmp_path, "a.odt", stream.getvalue()))
    assert kept == [
        "A new bridge",
        "A note about the bridge.",
        "The mayor of the city opened a new bridge on Monday.",
        "It was built in two years.",
    ]


def _record(number, status, page):
    response = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2024-05-12T00:00:00Z\r\n"
        f"WARC-Target-URI: https://example.kz/2024/05/12/{number}.html\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n"
    )
    return head.encode() + response + b"\r\n\r\n"


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_gives_a_document_a_page(packed, tmp_path):
    pytest.importorskip("warcio", reason="web archives need the archives extra")
    pages = [("200 OK", ("Жаңа көпір", KK)), ("404 Not Found", ("Жоқ", "Бет табылмады."))]
    records = [_record(number, status, PAGE.format(*texts)) for number, (status, texts) in enumerate(pages)]
    content = b"".join(map(gzip.compress, records)) if packed else b"".join(records)
    (document,) = _read(tmp_path, "a.warc.gz" if packed else "a.warc", content).documents
    assert document.url == "https://example.kz/2024/05/12/0.html" and document.lang == "kk"
    assert "Көпірдің құрылысы екі жылға созылды." in [each.text for each in document.kept]


def test_a_dump_gives_a_document_an_article(tmp_path):
    pytest.importorskip("mwparserfromhell", reason="Wikipedia's dumps need the archives extra")
    text = (
        "{{Infobox|a=b}}'''Алматы''' – [[Қазақстан]]дағы ең ірі қала.&lt;ref&gt;Дереккөз&lt;/ref&gt; "
        "Халқы [[2 млн]] адам болды.\n\n== Тарихы ==\n[[Файл:A.jpg|thumb|Сурет]]\nҚала 1854 жылы құрылды деп айтылады."
    )
    pages = (
        f"<page><title>Алматы</title><ns>0</ns><revision><text>{text}</text></revision></page>"
        "<page><title>Алма-Ата</title><ns>0</ns><revision><text>#REDIRECT [[Алматы]]</text></revision></page>"
        "<page><title>Талқылау:Алматы</title><ns>1</ns><revision><text>Пікір осында жазылды.</text></revision></page>"
    )
    corpus = _read(tmp_path, "dump.xml", f"<mediawiki xmlns='x'>{pages}</mediawiki>")
    (kept,) = _kept(corpus)
    assert corpus.documents[0].title == "Алматы"
    assert "Алматы – Қазақстандағы ең ірі қала." in kept and "Қала 1854 жылы құрылды деп айтылады." in kept
    assert not any("{" in each or "Дереккөз" in each or "thumb" in each for each in kept)
