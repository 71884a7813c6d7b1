import numpy as np
import pytest

from align.search.compiled import word_sums_compiled
from align.search.interaction import SOUND, WORD_COLUMNS, word_scores, word_sums_exact
from align.search.word_numbers import HUB_SHARE, SCALE, word_side

KK = ["президент келді", "", "Уиллоуби бар", "сайлау туралы 2019 жылғы келісім", "...", "а " * 300]
EN = ["president arrived", "Willoughby is there", "...", "the 2019 agreement on the election", "arrived"]
TWINS = [word_sums_exact, word_sums_compiled]
RNG = np.random.default_rng(3)
PAIRS = RNG.integers(0, (len(KK), len(EN)), (400, 2))


@pytest.fixture
def sides(encoder):
    return word_side(KK, "kk", encoder), word_side(EN, "en", encoder)


def test_compiled_kernel_gives_the_twins_numbers_to_the_last_bit(sides):
    rows, columns = PAIRS.T
    assert np.array_equal(word_sums_exact(*sides, rows, columns), word_sums_compiled(*sides, rows, columns))


@pytest.mark.parametrize("sums", TWINS, ids=lambda each: each.__name__)
def test_sums_are_whole_numbers_and_the_same_in_any_order_and_company(sums, sides):
    together = sums(*sides, *PAIRS.T)
    assert np.array_equal(together[:, :4], np.rint(together[:, :4]))
    order = RNG.permutation(len(PAIRS))
    assert np.array_equal(sums(*sides, *PAIRS[order].T), together[order])
    alone = np.vstack([sums(*sides, *PAIRS[n : n + 1].T) for n in range(20)])
    assert np.array_equal(alone, together[:20])


def test_score_of_translated_words_by_hand(sides):
    # Both words find a cosine of 1, less a quarter of both hubnesses, which are .2.
    expected = 1 - 2 * HUB_SHARE * 0.2
    scores, seen = word_scores(*sides, np.array([0]), np.array([0]))
    assert scores[0] == pytest.approx(expected, abs=0.02)
    assert dict(zip(WORD_COLUMNS, seen[0].round(2).tolist(), strict=True)) == pytest.approx(
        {"source_covered": expected, "target_covered": expected}
        | dict.fromkeys(("source_found", "target_found"), 1)
        | dict.fromkeys(("source_worst", "target_worst"), 0),
        abs=0.02,
    )


def test_names_of_one_sound_are_alike_and_need_a_capital(encoder):
    target = word_side(["Willoughby", "willoughby"], "en", encoder)
    scores, _ = word_scores(word_side(["Уиллоуби"], "kk", encoder), target, np.zeros(2, np.int64), np.arange(2))
    assert scores[0] == pytest.approx(SOUND / SCALE)
    assert scores[1] < 0.4


@pytest.mark.parametrize(("source", "target"), [(1, 0), (4, 0), (0, 2), (1, 2)])
def test_pair_with_a_wordless_side_scores_nothing(sides, source, target):
    scores, seen = word_scores(*sides, np.array([source]), np.array([target]))
    assert scores.tolist() == [0] and not seen.any()


def test_no_pair_gives_no_row(sides):
    none = np.zeros(0, np.int64)
    assert [part.shape for part in word_scores(*sides, none, none)] == [(0,), (0, 6)]
