"""Pages in two and three columns: justified, ragged, at wide leading, with gutters as narrow as a wide space."""

import re
from pathlib import Path

import pytest

from align.corpus.pdf_layout import Line, boxes_of, is_unordered, without_heads
from align.corpus.read import read

pytest.importorskip("pdfminer", reason="reading PDF needs the documents extra")

COLUMNS = Path(__file__).parent / "fixtures" / "columns"
NAMES = ("two-justified", "three-ragged", "two-wide-leading", "three-narrow-gutter")


def _plain(text):
    return re.sub(r"\s+", " ", text).replace("\u00ad", "").strip()


@pytest.mark.parametrize("name", NAMES)
def test_nineteen_of_twenty_sentences_are_right(name):
    (document,) = read(COLUMNS / f"{name}.pdf").documents
    found = {_plain(each.text) for each in document.segments}
    wanted = {_plain(line) for line in (COLUMNS / f"{name}.txt").read_text(encoding="utf-8").splitlines()}
    right = sum(each in found for each in wanted)
    assert len(wanted) > 100 and right >= 0.95 * len(wanted), sorted(wanted - found)


def test_running_heads_go_and_sentences_are_joined_over_the_page():
    (document,) = read(COLUMNS / "running-head.pdf").documents
    kept = [each.text for each in document.kept]
    assert not any("ЕГЕМЕН" in text for text in kept)
    assert "Екінші беттегі сөйлем осы жерден басталады және осы бетте аяқталады." in kept
    assert "Бетті аралайтын сөйлем осында басталып, келесі бетте аяқталады деп айтылды." in kept
    assert "Соңғы сөйлем осы бағанда аяқталады." in kept
    assert any("сауда байланысын талқылады" in text and "премьер-министрі" in text for text in kept)
    assert any("1,5 млрд долларлық құжат бар" in text for text in kept)
    assert any("2020-2024 жылдары Алма-Ата – Нұр-Сұлтан жолы салынды" in text for text in kept)


def _column(left, count, *, leading=14.0, text="some words of a line"):
    return [Line(text, left, left + 200, 700 - leading * row, 710 - leading * row) for row in range(count)]


def test_a_page_whose_lines_have_wide_gaps_is_doubtful():
    scattered = [
        Line("a few words", left + 7 * row, left + 7 * row + 90, 700 - 14 * row, 710 - 14 * row)
        for row in range(8)
        for left in (30, 300)
    ]
    assert is_unordered(scattered) and not is_unordered(_column(30, 8))


def test_columns_of_other_leadings_are_told_apart():
    boxes = boxes_of([*_column(30, 8, leading=30.0, text="left"), *_column(300, 12, leading=20.0, text="right")])
    assert [line.text for box in boxes for line in box] == ["left"] * 8 + ["right"] * 12


def test_heads_and_page_numbers_go():
    pages = [
        [
            Line("NEWS No 4", 30, 90, 800, 808),
            *_column(30, 6, text="abc"[number - 1] * 9 + " of many words"),
            Line(str(number), 290, 300, 20, 28),
        ]
        for number in range(1, 4)
    ]
    assert all(len(page) == 6 for page in without_heads(pages))
