import pytest

from align.explain.word_matches import word_matches

# source, target, pairs of words as they stand in the texts
MATCHES = [
    ("Президент келді.", "The president arrived.", [("Президент", "president"), ("келді", "arrived")]),
    ("Помпеоның сапары", "Pompeo said so", [("Помпеоның", "Pompeo")]),
    ("2016 жылы 35 000 адам", "35,000 in 2017", [("35 000", "35,000")]),
    ("келді, келді", "arrived", [("келді", "arrived")]),
    ("мүлде басқа", "something else", []),
    ("", "The president", []),
    ("...", "!", []),
]


@pytest.mark.parametrize(("source", "target", "expected"), MATCHES)
def test_words_that_correspond(encoder, source, target, expected):
    found = word_matches(source, target, encoder)
    assert [(source[slice(*match.source)], target[slice(*match.target)]) for match in found] == expected
    assert all(0.45 <= match.similarity <= 1 for match in found)


def test_each_word_stands_in_one_pair_at_most(encoder):
    found = word_matches("келді келді президент", "arrived arrived arrived president", encoder)
    assert len({match.source for match in found}) == len({match.target for match in found}) == len(found) == 3
