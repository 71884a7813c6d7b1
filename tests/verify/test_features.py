import numpy as np
import pytest

from align.types import Candidates
from align.verify.context import neighbours_link
from align.verify.fact_features import FACTS, fact_features
from align.verify.features import FIRST, SECOND, contenders, first_look, gap_to_rival, rank_in, second_look
from align.verify.interaction import INTERACTION, interaction
from align.verify.words import bag, spelling, spelling_vectors

KK = ["Президент Қытайға келді", "Ол 16 үйлендi"]
EN = ["The president arrived in China", "He married 17 in 2016", "!?"]

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


def test_interaction_by_hand(encoder, make_side, all_pairs):
    source, target = make_side(KK[:1], "kk"), make_side(EN[:1], "en")
    values = dict(
        zip(INTERACTION, interaction(all_pairs(source, target), bag(KK[:1]), bag(EN[:1]), encoder)[0], strict=True)
    )
    # Two of the three Kazakh words stand in the dictionary; the third, inflected, is like nothing but by chance.
    english = encoder.word_vectors(["the", "president", "arrived", "in", "china"])
    chance = max(float((encoder.word_vectors(["kytayga"]) @ english.T).max()), 0)
    assert values["source_covered"] == pytest.approx((2 + chance) / 3, abs=1e-5)
    back = np.maximum(english @ encoder.word_vectors(["prezident", "kytayga", "keldi"]).T, 0).max(axis=1)
    assert values["target_covered"] == pytest.approx(back @ [0.1, 1, 1, 0.1, 1] / 3.2, abs=1e-5)
    assert values["source_worst"] > 0.5
    assert values["target_names_missing"] > 0.5


def test_wordless_text_gives_a_row_of_zeros(encoder, make_side, all_pairs):
    source, target = make_side(KK, "kk"), make_side(EN, "en")
    made = interaction(all_pairs(source, target), bag(KK), bag(EN), encoder)
    assert not made[2].any()
    assert made[0].any()


def test_interaction_does_not_depend_on_the_company(encoder, make_side, all_pairs):
    source, target = make_side(KK, "kk"), make_side(EN, "en")
    together = interaction(all_pairs(source, target), bag(KK), bag(EN), encoder)
    pair = Candidates(*(np.array([1]),) * 2, *(np.zeros(1, np.float32),) * 4)
    alone = interaction(pair, bag(KK), bag(EN), encoder)
    assert alone[0].tolist() == pytest.approx(together[4].tolist(), abs=1e-6)


def test_first_look_counts_numbers(encoder, make_side, all_pairs):
    source, target = make_side(KK, "kk"), make_side(EN, "en")
    seen = first_look(all_pairs(source, target), source, target, encoder)
    assert seen.shape == (6, len(FIRST))
    numbers = seen[:, FIRST.index("numbers_shared") :][:, :3]
    assert numbers[4].tolist() == [0, 1, 2]
    assert numbers[0].tolist() == [0, 0, 0]


def test_ranks_and_gaps_by_hand():
    rows = np.array([3, 1, 3, 1, 3])
    scores = np.array([0.5, 0.9, 0.75, -0.1, 0.5])
    assert rank_in(rows, scores).tolist() == [1, 0, 0, 1, 2]
    assert gap_to_rival(rows, scores).tolist() == pytest.approx([-0.25, 1.0, 0.25, -1.0, -0.25])
    assert gap_to_rival(np.array([5]), np.array([100.0])).tolist() == [6]


def test_contenders_are_the_best_of_either_side():
    # One source with six targets, each of which has that source only: all are the best of their target.
    one = Candidates(np.zeros(6, np.int64), np.arange(6), *(np.zeros(6, np.float32),) * 4)
    assert contenders(one, np.arange(6.0)).all()
    square = Candidates(*(axis.ravel() for axis in np.indices((6, 6))), *(np.zeros(36, np.float32),) * 4)
    kept = contenders(square, np.add.outer(np.arange(6.0), np.arange(6.0)).ravel()).reshape(6, 6)
    assert not kept[:2, :2].any()
    assert kept[2:].all()


def test_second_look_has_a_row_for_each_chosen_candidate(encoder, make_side, all_pairs):
    source, target = make_side(KK, "kk"), make_side(EN, "en")
    found = all_pairs(source, target)
    first = first_look(found, source, target, encoder)
    chosen, sides = np.flatnonzero(contenders(found, np.arange(6.0))), (source, target)
    assert second_look(found, first, np.arange(6.0), chosen=chosen, sides=sides).shape == (6, len(SECOND))


def test_facts_by_kind(make_side):
    source, target = make_side(["1 ақпанда 16 адам келді", "жоқ"], "kk"), make_side(["17 people, February 1"], "en")
    rows = fact_features(np.array([0, 1]), np.array([0, 0]), source, target)
    values = [dict(zip(FACTS, row.tolist(), strict=True)) for row in rows]
    assert values[0]["dates_matched"] > 0
    assert values[0]["amounts_conflicting"] > 0
    assert values[0]["dates_conflicting"] == values[0]["amounts_matched"] == 0
    assert values[1]["dates_target_alone"] > 0
    assert values[1]["dates_matched"] == 0


def test_rare_fact_counts_more_than_a_frequent_one(make_side):
    kk = ["2011 жылы 57 адам", *["2011 жылы"] * 9]
    source, target = make_side(kk, "kk"), make_side(["in 2011", "57 people"], "en")
    rows = fact_features(np.r_[0, 0, np.arange(1, 10)], np.r_[0, 1, np.zeros(9, int)], source, target)
    frequent, rare = rows[0].sum(), rows[1][FACTS.index("amounts_matched")]
    assert 0 < rows[0][FACTS.index("dates_matched")] < rare <= 1
    assert frequent > 0


# documents of three sources and three targets, best neighbour of the pair (1, 1)
SURROUNDINGS = [
    ([0, 0, 0], [0, 0, 0], 0.9),
    ([0, 0, 1], [0, 0, 0], 0.2),
    ([0, 1, 2], [0, 0, 0], 0.0),
]


@pytest.mark.parametrize(("left", "right", "expected"), SURROUNDINGS)
def test_neighbours_link_within_documents_only(make_side, all_pairs, left, right, expected):
    source, target = make_side(["a", "b", "c"], "kk", left), make_side(["a", "b", "c"], "en", right)
    p = np.full((3, 3), 0.01)
    p[0, 0], p[2, 2], p[1, 0], p[1, 1] = 0.2, 0.9, 0.99, 0.5
    log_odds = np.log(p / (1 - p)).ravel()
    found = neighbours_link(all_pairs(source, target), log_odds, (source, target)).reshape(3, 3)
    assert found[1, 1] == pytest.approx(expected, abs=1e-6)


def test_lines_have_no_neighbours(make_side, all_pairs):
    source, target = make_side(["a"], "kk", [0]), make_side(["a"], "en")
    assert neighbours_link(all_pairs(source, target), np.zeros(1), (source, target)) is None
