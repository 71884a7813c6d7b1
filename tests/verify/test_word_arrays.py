import pytest

from align.verify.word_arrays import spelling, spelling_columns

# two romanisations of one name
SPELLINGS = [
    ("tokayev", "toqaev"),
    ("nazarbayev", "nazarbaev"),
    ("qassym", "kasym"),
    ("kharkiv", "harkiv"),
    ("jomart", "zhomart"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_spelling_is_the_same_in_two_romanisations(one, other):
    assert spelling(one) == spelling(other)


def test_short_words_and_numbers_have_no_spelling():
    assert not any(map(spelling_columns, ["abc", "2016", ""]))
