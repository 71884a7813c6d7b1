import unicodedata

import pytest

from align.text.normalise import normalise, segment_id

SAME = [
    ("«Азаттық» радиосы", '"Азаттық" радиосы'),
    ("1–2 шілде", "1-2 шілде"),
    ("U.S.’s", "U.S.'s"),
    ("екі  бос\u00a0орын\n", "екі бос орын"),
    ("жұм\u00adсақ", "жұмсақ"),
    (unicodedata.normalize("NFD", "йёү"), "йёү"),
]


@pytest.mark.parametrize(("text", "expected"), SAME)
def test_normalise(text, expected):
    assert normalise(text) == expected
    assert segment_id(text, "kk") == segment_id(expected, "kk")


def test_ids_differ_by_language_and_text():
    assert len({segment_id("a", "kk"), segment_id("a", "en"), segment_id("b", "en"), segment_id("A", "en")}) == 4
