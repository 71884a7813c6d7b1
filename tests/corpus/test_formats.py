"""The same article in every format, and what each format says of itself."""

import gzip
import io
import json
import lzma
import zipfile
from pathlib import Path
from string import Template

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from align.corpus.read import read

FIXTURES = Path(__file__).parent / "fixtures"
ARTICLES = {lang: (FIXTURES / f"{lang}.txt").read_text(encoding="utf-8").splitlines() for lang in ("kk", "en")}
HEADING = 3
CODE_PAGES = {"kk": ("kz1048", "KZ-1048"), "en": ("cp1251", "windows-1251")}

SENTENCES = {
    "kk": [
        "Қазақстан президенті Астанада жиын өткізді",
        "Президент Қасым-Жомарт Тоқаев 26 сәуірде Астанада үкімет мүшелерімен кездесіп, елдегі жағдайды талқылады.",
        "Жиында білім беру мен денсаулық сақтау саласына биыл 35,5 миллиард теңге бөлінетіні айтылды.",
        "Министрдің сөзінше, жаңа мектептердің құрылысы Шымкент пен Түркістанда өткен жылдың күзінде басталған.",
        "Оның айтуынша, 120 мектептің жартысы қыркүйекке дейін ашылады, ал қалғаны келесі жылға қалады.",
        "Денсаулық сақтау",
        "Ауылдық жерлердегі ауруханаларға 300 дәрігер жіберіледі, олардың көбі биыл университет бітірген жас мамандар.",
        "«Біз ауылды дәрігерсіз қалдырмаймыз», – деді министр журналистерге.",
        "Үкіметтің келесі жиыны 3 мамырға белгіленді, онда ауыл шаруашылығы мен су мәселесі қаралады деп хабарлады"
        " баспасөз қызметі.",
    ],
    "en": [
        "Kazakhstan's president holds a meeting in Astana",
        "President Kassym-Jomart Tokayev met members of the government in Astana on April 26 and discussed the"
        " situation in the country.",
        "The meeting was told that 35.5 billion tenge will go to education and health care this year.",
        "According to the minister, the building of new schools in Shymkent and Turkistan began in the autumn of last"
        " year.",
        "He said that half of the 120 schools will open by September, and the others will follow next year.",
        "Health care",
        "Three hundred doctors will be sent to hospitals in the villages, most of them young people who left university"
        " this year.",
        "“We will not leave a village without a doctor,” the minister told journalists.",
        "The government's next meeting was set for May 3, when farming and water will be discussed, the press service"
        " said.",
    ],
}


def _lines(lang):
    return "\n".join(ARTICLES[lang]) + "\n"


def _txt(lang):
    return _lines(lang).encode()


def _marked(lang):
    return _lines(lang).encode("utf-8-sig")


def _utf16(lang):
    return _lines(lang).encode("utf-16")


def _unmarked_utf16(lang):
    return _lines(lang).encode("utf-16-be")


def _code_page(lang):
    return _lines(lang).encode(CODE_PAGES[lang][0])


def _page(lang, charset):
    tags = ["h1" if number == 0 else "h2" if number == HEADING else "p" for number in range(len(ARTICLES[lang]))]
    body = "\n".join(f"<{tag}>{block}</{tag}>" for tag, block in zip(tags, ARTICLES[lang], strict=True))
    page = Template((FIXTURES / "page.html").read_text(encoding="utf-8"))
    return page.substitute(lang=lang, charset=charset, title=ARTICLES[lang][0], body=body)


def _html(lang):
    return _page(lang, "utf-8").encode()


def _old_html(lang):
    codec, name = CODE_PAGES[lang]
    return _page(lang, name).encode(codec)


def _html_that_lies(lang):
    return _page(lang, "windows-1251").encode(CODE_PAGES[lang][0])


def _pdf(lang):
    return (FIXTURES / f"{lang}.pdf").read_bytes()


def _docx(lang):
    document = docx.Document()
    document.core_properties.title = ARTICLES[lang][0]
    for number, block in enumerate(ARTICLES[lang]):
        document.add_heading(block, 1) if number in (0, HEADING) else document.add_paragraph(block)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _markdown(lang):
    blocks = [f"{'#' if number in (0, HEADING) else ''} {block}".strip() for number, block in enumerate(ARTICLES[lang])]
    return "---\ntitle: {}\ndate: 2019-04-27\n---\n{}\n".format(ARTICLES[lang][0], "\n\n".join(blocks)).encode()


def _epub(lang):
    container = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    package = f"""<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
      <dc:title>{ARTICLES[lang][0]}</dc:title><dc:date>2019-04-27</dc:date><dc:rights>CC BY 4.0</dc:rights></metadata>
      <manifest><item id="b" href="two.xhtml"/><item id="a" href="one%20.xhtml"/></manifest>
      <spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""
    chapters = [
        "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head>"
        f"<body>{''.join(f'<p>{block}</p>' for block in blocks)}</body></html>"
        for blocks in (ARTICLES[lang][:HEADING], ARTICLES[lang][HEADING:])
    ]
    return _zip(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OPS/book.opf": package,
            "OPS/two.xhtml": chapters[1],
            "OPS/one .xhtml": chapters[0],
        }
    )


def _tmx(lang):
    units = "".join(
        f'<tu><tuv xml:lang="{lang}-KZ"><seg>{text[:9]}<ph>{{1}}</ph>{text[9:]}</seg></tuv></tu>'
        for text in ARTICLES[lang]
    )
    return f'<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header/><body>{units}</body></tmx>'.encode()


def _jsonl(lang):
    return (json.dumps({"date": "2019-04-27", "body": _lines(lang)}, ensure_ascii=False) + "\n").encode()


def _csv(lang):
    quoted = _lines(lang).replace('"', '""')
    return f'Title;Text\nx;"{quoted}"\n'.encode()


def _tsv(lang):
    return f"id\t{lang}\n".encode() + "".join(f"1\t{block}\n" for block in ARTICLES[lang]).encode()


def _parquet(lang):
    stream = io.BytesIO()
    pq.write_table(pa.table({"text": [_lines(lang)], "url": ["https://news.example.org/a/1.html"]}), stream)
    return stream.getvalue()


def _zip(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members.items():
            archive.writestr(path, content)
    return stream.getvalue()


def _zip_of_zip(lang):
    return _zip({"a/inner.zip": _zip({"text.txt.xz": lzma.compress(_txt(lang))})})


def _gz(lang):
    return gzip.compress(_html(lang))


def _xz(lang):
    return lzma.compress(_docx(lang))


def _zst(lang):
    return pa.compress(_txt(lang), codec="zstd", asbytes=True)


# The kind is told by the content, so the suffix may be missing or wrong.
FORMATS = [
    (_txt, "a.txt", "txt"),
    (_txt, "a", "txt"),
    (_marked, "a.txt", "txt"),
    (_utf16, "a.txt", "txt"),
    (_unmarked_utf16, "a.txt", "txt"),
    (_code_page, "a.txt", "txt"),
    (_html, "a.html", "html"),
    (_html, "a.txt", "html"),
    (_old_html, "a.htm", "html"),
    (_html_that_lies, "a.html", "html"),
    (_pdf, "a.pdf", "pdf"),
    (_pdf, "a.html", "pdf"),
    (_docx, "a.docx", "docx"),
    (_docx, "a.zip", "docx"),
    (_markdown, "a.md", "md"),
    (_epub, "a.epub", "epub"),
    (_epub, "a", "epub"),
    (_tmx, "a.tmx", "tmx"),
    (_jsonl, "a.jsonl", "jsonl"),
    (_jsonl, "a.txt", "jsonl"),
    (_csv, "a.csv", "csv"),
    (_tsv, "a.tsv", "tsv"),
    (_tsv, "a", "tsv"),
    (_parquet, "a.parquet", "parquet"),
    (_zip_of_zip, "a.zip", "txt"),
    (_gz, "a.html.gz", "html"),
    (_xz, "a.docx.xz", "docx"),
    (_zst, "a.txt.zst", "txt"),
]


@pytest.mark.parametrize("lang", ["kk", "en"])
@pytest.mark.parametrize(("make", "name", "kind"), FORMATS)
def test_the_same_article_gives_the_same_segments(tmp_path, make, name, kind, lang):
    (tmp_path / name).write_bytes(make(lang))
    corpus = read(tmp_path / name)
    (document,) = corpus.documents
    assert [segment.text for segment in document.kept] == SENTENCES[lang]
    assert (document.kind, document.lang, corpus.skipped) == (kind, lang, ())
    assert all(document.text[each.start : each.end] == each.text for each in document.segments)


SAID = [
    (_html, "title", "Қазақстан президенті Астанада жиын өткізді"),
    (_html, "published", "2019-04-27"),
    (_html, "url", "https://news.example.org/a/1.html"),
    (_html, "author", "Aigerim Omarova"),
    (_html, "licence", "https://creativecommons.org/licenses/by/4.0/"),
    (_docx, "title", "Қазақстан президенті Астанада жиын өткізді"),
    (_docx, "author", "python-docx"),
    (_markdown, "title", "Қазақстан президенті Астанада жиын өткізді"),
    (_markdown, "published", "2019-04-27"),
    (_epub, "published", "2019-04-27"),
    (_epub, "licence", "CC BY 4.0"),
    (_jsonl, "published", "2019-04-27"),
    (_parquet, "url", "https://news.example.org/a/1.html"),
    (_txt, "title", "Қазақстан президенті Астанада жиын өткізді"),
    (_txt, "encoding", "UTF-8"),
    (_code_page, "encoding", "KZ-1048"),
    (_code_page, "notes", ("read as KZ-1048",)),
    (_old_html, "notes", ("read as KZ-1048",)),
    (_html_that_lies, "notes", ("read as KZ-1048",)),
    (_utf16, "notes", ("read as UTF-16",)),
]


@pytest.mark.parametrize(("make", "field", "value"), SAID)
def test_what_a_file_says_of_itself_is_kept(tmp_path, make, field, value):
    path = tmp_path / "a"
    path.write_bytes(make("kk"))
    (document,) = read(path.rename(path.with_suffix(".md")) if make is _markdown else path).documents
    assert getattr(document, field) == value


def test_the_same_article_in_two_formats_is_read_once(tmp_path):
    (tmp_path / "a.html").write_bytes(_html("kk"))
    (tmp_path / "b.docx").write_bytes(_docx("kk"))
    corpus = read(tmp_path)
    assert [document.kind for document in corpus.documents] == ["html"]
    assert corpus.skipped[0].reason == f"nearly the same as {tmp_path / 'a.html'} (100 % of its segments)"


def test_what_stands_outside_the_article_is_kept_with_its_reason(tmp_path):
    (tmp_path / "a.html").write_bytes(_html("en"))
    dropped = {each.text: each.dropped for each in read(tmp_path).documents[0].segments if each.dropped}
    assert dropped == {"HomeNewsSport": "outside the article", "© 2019 Example News": "rights notice"}
    marked = {
        each.text: each.mark
        for each in read(tmp_path, keep_boilerplate=True).documents[0].kept
        if each.mark not in (None, "title")
    }
    assert marked.keys() == dropped.keys()
