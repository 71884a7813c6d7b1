import numpy as np
import pytest

from align.evaluate.metrics import (
    Score,
    average_precision,
    brier,
    expected_calibration_error,
    nearest_accuracy,
    pair_scores,
    reliability,
    xsim_error,
)

EYE = np.eye(4, dtype=np.float32)

# gold, predicted, precision, recall, F1
PAIRS = [
    ({(0, 0), (1, 1)}, {(0, 0), (1, 1)}, 1, 1, 1),
    ({(0, 0), (1, 1)}, {(0, 0), (2, 2), (3, 3), (4, 4)}, 1 / 4, 1 / 2, 1 / 3),
    ({(0, 0)}, set(), 1, 0, 0),
    (set(), {(0, 0)}, 0, 1, 0),
    (set(), set(), 1, 1, 0),
]

# probabilities, labels, positives to find, average precision
RANKINGS = [
    ([0.9, 0.8, 0.7], [1, 1, 0], None, 1),
    ([0.9, 0.8, 0.7], [0, 1, 1], None, (1 / 2 + 2 / 3) / 2),
    ([0.9, 0.8], [1, 0], 2, 1 / 2),
    ([], [], None, 0),
]

# probabilities, labels, Brier score, ECE of ten bins
CALIBRATIONS = [
    ([1, 0], [1, 0], 0, 0),
    ([0.8] * 5, [1, 1, 1, 1, 0], 0.16, 0),
    ([0.8] * 5, [0] * 5, 0.64, 0.8),
    ([0.95, 0.95, 0.15, 0.15], [1, 0, 0, 0], (0.05**2 + 0.95**2 + 2 * 0.15**2) / 4, (0.45 + 0.15) / 2),
    ([], [], 0, 0),
]


@pytest.mark.parametrize(("gold", "predicted", "precision", "recall", "f1"), PAIRS)
def test_pair_scores_by_hand(gold, predicted, precision, recall, f1):
    assert [score.value for score in pair_scores(gold, predicted)] == pytest.approx([precision, recall, f1])


@pytest.mark.parametrize(("probabilities", "labels", "positives", "expected"), RANKINGS)
def test_average_precision_by_hand(probabilities, labels, positives, expected):
    score = average_precision(np.float32(probabilities), np.array(labels, bool), positives=positives)
    assert score.value == pytest.approx(expected)


@pytest.mark.parametrize(("probabilities", "labels", "squares", "gap"), CALIBRATIONS)
def test_brier_and_calibration_error_by_hand(probabilities, labels, squares, gap):
    p, right = np.array(probabilities, np.float32), np.array(labels, bool)
    assert brier(p, right).value == pytest.approx(squares, abs=1e-6)
    assert expected_calibration_error(p, right).value == pytest.approx(gap, abs=1e-6)


def test_average_precision_agrees_with_scikit_learn():
    reference = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(0)
    p, right = rng.random(200).astype(np.float32), rng.random(200) < 0.3
    assert average_precision(p, right).value == pytest.approx(reference.average_precision_score(right, p))


def test_reliability_counts_every_judgement_once_ends_included():
    p = np.float32([0, 0.05, 0.0999, 0.1001, 0.5, 1])
    assert [bar.count for bar in reliability(p, p > 0.4)] == [3, 1, 0, 0, 1, 0, 0, 0, 0, 1]


def test_nearest_accuracy_tells_the_directions_apart():
    # Both sources lie nearest to target 0, whereas each target finds its own source.
    source = np.float32([[1, 0], [0.8, 0.6]])
    target = np.float32([[0.95, 0.3122499], [0, 1]])
    forward, backward = nearest_accuracy(source, target, signature="toy")
    assert (forward.value, backward.value) == (0.5, 0.5 if source[0] @ target[0] < source[1] @ target[0] else 1.0)
    assert (forward.signature, forward.direction) == ("nearest|kk-en|toy|n:2", "higher")


def test_nearest_accuracy_of_unlike_shapes_is_refused():
    with pytest.raises(ValueError, match=r"\(4, 4\) and \(2, 4\)"):
        nearest_accuracy(EYE, EYE[:2])


def test_xsim_counts_errors_in_percent():
    assert xsim_error(EYE, EYE[[1, 0, 2, 3]], k=2).value == 50


def test_score_prints_its_signature_and_direction():
    assert str(Score(0.5, "brier|n:2", "lower")) == "0.500 brier|n:2 (lower is better)"
