import pytest

import align
from align.errors import InputError

KK = ["Помпео Нұр-Сұлтанға келді.", "Жаңа мектеп ашылды."]
EN = ["Pompeo arrived in Nur-Sultan.", "A new school was opened."]


@pytest.fixture(scope="module")
def tools():
    return align.load_tools(cached=False)


def test_translations_score_above_other_pairs(tools):
    right, wrong = align.score(KK, EN, tools), align.score(KK, EN[::-1], tools)
    assert min(each.score for each in right) > 0.3 > max(each.score for each in wrong)
    assert min(each.probability for each in right) > 0.5 > max(each.probability for each in wrong)


def test_a_pair_scores_the_same_alone_and_among_others(tools):
    assert align.score(KK[1], EN[1], tools) == align.score(KK, EN, tools)[1:]


def test_sides_of_different_lengths_are_refused(tools):
    with pytest.raises(InputError, match="2 Kazakh and 1 English texts"):
        align.score(KK, EN[:1], tools)
