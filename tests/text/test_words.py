from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.text.words import Word, comparable, raw_words, words

CASES = [
    ("both languages", "Майк Pompeo келді", ["mayk", "pompeo", "keldi"]),
    ("hyphen parts", "Нұр-Сұлтан 26-сы", ["nur", "sultan", "26", "sy"]),
    ("thousands", "35 000 = 35,000 = 35\u00a0000", ["35000", "35000", "35000"]),
    ("millions", "1,234,567", ["1234567"]),
    ("a year is not grouped", "2016 200", ["2016", "200"]),
    ("decimals", "1,5 1.5 12.75", ["1.5", "1.5", "12.75"]),
    ("date", "26.04.2019", ["26", "04", "2019"]),
    ("abbreviation", "U.S. and Б.Ұ.Ұ.", ["u.s", "and", "b.u.u"]),
    ("initials stand apart", "A. B. Smith", ["a", "b", "smith"]),
    ("sentence without a space", "end.Next", ["end", "next"]),
    ("apostrophe", "don’t", ["don", "t"]),
    ("underscore", "snake_case", ["snake", "case"]),
    ("letters and digits", "COVID19", ["covid", "19"]),
    ("accent in a word", "за\u0301мок", ["zamok"]),
    ("nothing", "... – !", []),
    ("sign letters alone", "ь", []),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_words(text, expected):
    assert [word.text for word in words(text)] == expected


def test_words_know_where_they_stood():
    assert words("Ол 35 000 теңге") == (Word("ol", 0, 2), Word("35000", 3, 9), Word("tenge", 10, 15))


@given(st.text())
def test_words_of_any_text_lie_inside_it_and_agree_with_the_fast_path(text):
    found = words(text)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert [word.text for word in found] == [form for form in map(comparable, raw_words(text)) if form]


@given(st.text())
def test_comparable_form_is_its_own_comparable_form(text):
    for word in words(text):
        assert comparable(word.text) == word.text
