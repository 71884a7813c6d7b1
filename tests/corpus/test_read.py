import gzip

import pytest

import align
from align.corpus.read import read, read_lines
from align.errors import InputError

KK = "Қазақстанда президент сайлауы өтеді\nҚ. Тоқаев та бар. Ол келді\n"
EN = "Home > News > Vote\n\nThe vote will be held. It is early.\nThe vote will be held.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text(KK, encoding="utf-8")
    (tmp_path / "b" / "c.txt").write_text(EN, encoding="utf-8")
    return tmp_path


def test_read_finds_documents_languages_and_sentences(folder):
    kazakh, english = read(folder).documents
    assert (kazakh.lang, english.lang) == ("kk", "en")
    assert [each.text for each in kazakh.kept] == [
        "Қазақстанда президент сайлауы өтеді",
        "Қ. Тоқаев та бар.",
        "Ол келді",
    ]
    assert [(each.text, each.dropped) for each in english.segments] == [
        ("Home > News > Vote", "breadcrumbs"),
        ("The vote will be held.", None),
        ("It is early.", None),
        ("The vote will be held.", "repeated in this document"),
    ]
    assert english.title == "The vote will be held."


def test_spans_hold_the_text(folder):
    for document in align.read("seeds", folder).documents:
        for segment in document.segments:
            assert document.text[segment.start : segment.end] == segment.text


def test_ids_survive_another_segmentation(tmp_path):
    (tmp_path / "one.txt").write_text("Ол келді деп хабарлады\nҚытай үндемеді", encoding="utf-8")
    (tmp_path / "two.txt").write_text("Кеше  айтылды. Ол келді деп  хабарлады\n", encoding="utf-8")
    one, two = (read(tmp_path / name).documents[0] for name in ("one.txt", "two.txt"))
    assert one.segments[0].id == two.segments[1].id


def test_repeats_in_a_later_document_are_dropped(tmp_path):
    (tmp_path / "1.txt").write_text("The vote will be held today.\nAll is well in the city.", encoding="utf-8")
    (tmp_path / "2.txt").write_text("The vote will be held today.\nNothing new was said.", encoding="utf-8")
    second = read(tmp_path).documents[1]
    assert second.segments[0].dropped == "repeated in another document"


SKIPPED = [
    (b"", "empty"),
    (b" \n\n", "empty"),
    ("Это новость на русском языке.".encode(), "neither Kazakh nor English"),
]


@pytest.mark.parametrize(("content", "reason"), SKIPPED)
def test_files_without_a_document_are_named(folder, content, reason):
    (folder / "odd.txt").write_bytes(content)
    (skipped,) = read(folder).skipped
    assert (skipped.path, skipped.reason) == (str(folder / "odd.txt"), reason)


def test_the_same_file_twice_is_read_once(folder):
    (folder / "z.txt").write_text(KK, encoding="utf-8")
    corpus = read(folder)
    assert len(corpus.documents) == 2
    assert "the same file as" in corpus.skipped[0].reason


def test_a_byte_order_mark_and_windows_line_ends_are_no_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfThe first line.\r\nThe second line.\r\n")
    assert [each.text for each in read(tmp_path / "a.txt").documents[0].segments] == [
        "The first line.",
        "The second line.",
    ]


def _missing(folder):
    return folder / "missing"


def _empty_folder(folder):
    (folder / "none").mkdir()
    return folder / "none"


def _not_utf8(folder):
    (folder / "old.txt").write_bytes("Қазақ\nтілі".encode()[:12] + "мәтін".encode("utf-16"))
    return folder / "old.txt"


def _unknown_kind(folder):
    (folder / "x.docm").write_text("text")
    return folder / "x.docm"


BAD = [
    (_missing, "no such file"),
    (_empty_folder, "no documents found"),
    (_not_utf8, "line 2: not UTF-8"),
    (_unknown_kind, "not a kind"),
]


@pytest.mark.parametrize(("make", "message"), BAD)
def test_bad_paths_are_refused_in_one_line(folder, make, message):
    with pytest.raises(InputError, match=message) as caught:
        read(make(folder))
    assert "\n" not in str(caught.value)


def test_read_lines_keeps_blank_lines_so_that_numbers_hold(tmp_path):
    (tmp_path / "x.txt").write_text("one\n\nthree\n", encoding="utf-8")
    assert read_lines(tmp_path / "x.txt") == ["one", "", "three"]


@pytest.mark.parametrize(
    "content", [gzip.compress(b"one\n\nthree\n", mtime=0), "one\n\nthree".encode("utf-16"), b"one\r\n\r\nthree\r\n"]
)
def test_read_lines_undoes_compression_and_reads_utf16(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    assert read_lines(tmp_path / "x") == ["one", "", "three"]


def test_read_lines_guesses_at_no_code_page(tmp_path):
    (tmp_path / "x.txt").write_bytes("Қазақстанда сайлау өтеді".encode("kz1048"))
    with pytest.raises(InputError, match="line 1: not UTF-8"):
        read_lines(tmp_path / "x.txt")


MIXED = """Министр иностранных дел прибыл в столицу Казахстана с официальным визитом поздно вечером.
Переговоры продлятся два дня, сообщили в пресс-службе министерства иностранных дел страны.
Министр Қазақстан астанасына ресми сапармен кеш түсе келді, деп хабарлады ведомство.
The minister arrived in the capital of Kazakhstan late in the evening on an official visit.
"""


def test_a_mostly_russian_document_keeps_its_kazakh_and_english_parts(tmp_path):
    (tmp_path / "mixed.txt").write_text(MIXED, encoding="utf-8")
    (document,) = read(tmp_path).documents
    assert document.lang == "kk"
    assert [(segment.lang, segment.dropped) for segment in document.segments] == [
        ("kk", "another language"),
        ("kk", "another language"),
        ("kk", None),
        ("en", None),
    ]
