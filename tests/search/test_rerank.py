import numpy as np
import pytest

from align.search.rerank import SecondStage

KK = ["Президент келді", "Сайлау туралы Қытай", "Помпео үйленді"]
EN = ["The president arrived", "Pompeo married", "China of the election", "Something else altogether"]


@pytest.fixture
def found(encoder, make_side, all_pairs):
    source, target = make_side(KK, "kk"), make_side(EN, "en")
    return SecondStage(encoder)(all_pairs(source, target), source, target)


def test_counterparts_come_first_and_order_is_by_score(found):
    keys = list(zip(found.source.tolist(), (-found.score).tolist(), strict=True))
    assert keys == sorted(keys)
    first = np.flatnonzero(np.diff(found.source, prepend=-1))
    assert found.target[first].tolist() == [0, 2, 1]
    assert found.words.shape == (12, 6)


def test_score_is_that_of_the_words_and_a_share_of_the_cosine(found, encoder, make_side, all_pairs):
    source, target = make_side(KK, "kk"), make_side(EN, "en")
    words_alone = SecondStage(encoder, share=0.0)(all_pairs(source, target), source, target)
    by_pair = {(i, j): s for i, j, s in zip(words_alone.source, words_alone.target, words_alone.score, strict=True)}
    share = SecondStage(encoder).share
    expected = [by_pair[i, j] + share * c for i, j, c in zip(found.source, found.target, found.cosine, strict=True)]
    assert found.score.tolist() == pytest.approx(expected, abs=1e-6)


def test_signature_tells_the_table_and_the_weights(encoder):
    assert SecondStage(encoder).signature == "words-dictionary|hub:0.25|cosine:0.25"


def test_margin_is_the_ratio_to_the_two_best_of_both_sides(found, encoder):
    scores = {(i, j): float(s) for i, j, s in zip(found.source, found.target, found.score, strict=True)}

    def neighbourhood(side, row):
        return np.mean(sorted((s for pair, s in scores.items() if pair[side] == row), reverse=True)[:2])

    expected = [
        scores[i, j] / max((neighbourhood(0, i) + neighbourhood(1, j)) / 2, 0.01)
        for i, j in zip(found.source, found.target, strict=True)
    ]
    assert SecondStage(encoder).margins(found).tolist() == pytest.approx(expected, rel=1e-5)


def test_order_of_a_search_is_by_score(encoder):
    cosines = np.zeros((2, 3), np.float32)
    texts = (["He came", "The president", "Election in China"], "en")
    (scores, order), (_, other) = SecondStage(encoder).order((["президент", "Қытай"], "kk"), [texts, texts], cosines)
    assert order[0] == 1 and other[0] == 2
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)
