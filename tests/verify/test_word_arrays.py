import pytest

from align.verify.word_arrays import bag, spelling, spelling_vectors

# text, which words are names
CAPITALS = [
    ("Yesterday he met Pompeo in Astana", ["pompeo", "astana"]),
    ("U.S. To Strengthen Ties With New Government", []),
    ("кеше Помпео келді", ["pompeo"]),
    ("all lower case here", []),
    ("", []),
]

# two romanisations of one name
SPELLINGS = [
    ("tokayev", "toqaev"),
    ("nazarbayev", "nazarbaev"),
    ("qassym", "kasym"),
    ("kharkiv", "harkiv"),
    ("jomart", "zhomart"),
]


@pytest.mark.parametrize(("text", "names"), CAPITALS)
def test_capitals_tell_names_but_not_in_headlines(text, names):
    held = bag([text])
    assert [held.vocabulary[i] for i in held.ids[held.proper]] == names


def test_capital_at_the_start_is_a_name_where_it_is_one_elsewhere():
    held = bag(["Pompeo spoke", "They met Pompeo there at noon"])
    assert held.proper[held.row(0)].tolist() == [True, False]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_spelling_is_the_same_in_two_romanisations(one, other):
    assert spelling(one) == spelling(other)


def test_short_words_and_numbers_have_no_spelling():
    assert not spelling_vectors(["abc", "2016", ""]).any()
