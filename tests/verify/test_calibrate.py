import numpy as np
import pytest

from align.verify.calibrate import Prior, adapt, best_per_row
from align.verify.logistic import fit, sigmoid
from align.verify.threshold import precision_interval, threshold_for

PRIOR = Prior(0.5, 4.0, 2.0)
RNG_SEED = 5


def drawn(n, share, *, drift=0.0):
    """Log-odds of n best candidates as the prior has them: logistic right ones, and wrong ones that make them true."""
    rng = np.random.default_rng(RNG_SEED)
    right = rng.random(n) < share
    scale = PRIOR.spread * np.sqrt(3) / np.pi
    return np.where(right, rng.logistic(PRIOR.mean + drift, scale, n), rng.logistic(-4.0, 1.0, n)), right


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5, 0.9, 0.98])
def test_share_is_found_again_in_a_large_run(share):
    log_odds, right = drawn(3000, share)
    assert adapt(log_odds, np.arange(3000), PRIOR).share == pytest.approx(right.mean(), abs=0.03)


def test_drift_is_found_again_where_links_are_many():
    log_odds, _ = drawn(3000, 0.8, drift=-1.5)
    assert adapt(log_odds, np.arange(3000), PRIOR).drift == pytest.approx(-1.5, abs=0.3)


@pytest.mark.parametrize("log_odds", [[9.0, 9.0], [-9.0, -9.0], [9.0, -9.0]])
def test_tiny_run_stays_near_the_training(log_odds):
    adapted = adapt(np.array(log_odds), np.arange(2), PRIOR)
    assert 0.35 < adapted.share < 0.65
    assert abs(adapted.drift) < 0.2


def test_large_share_lifts_best_candidates_only():
    # 100 sources, each with a sure best candidate and a poor second one.
    log_odds = np.tile([6.0, -3.0], 100)
    adapted = adapt(log_odds, np.arange(0, 200, 2), PRIOR)
    assert adapted.share > 0.9
    assert adapted.log_odds[0] > 6
    assert adapted.log_odds[1] < -2


def test_small_share_lowers_all_candidates():
    log_odds = np.concatenate([[1.0, 0.5], np.full(500, -6.0)])
    adapted = adapt(log_odds, np.r_[0, 2:502], PRIOR)
    assert (adapted.log_odds[:2] < log_odds[:2] - 1).all()


def test_adjusted_log_odds_keep_their_order():
    log_odds, _ = drawn(500, 0.9, drift=-2.0)
    ordered = np.sort(log_odds)
    moved = adapt(ordered, np.arange(500), PRIOR).log_odds
    assert (np.diff(moved) >= 0).all()


def test_best_per_row_of_nothing_is_nothing():
    assert best_per_row(np.empty(0, np.int64), np.empty(0)).tolist() == []


def test_fit_finds_the_coefficients_that_made_the_labels():
    rng = np.random.default_rng(1)
    x = rng.normal(2.0, [1.0, 3.0, 1.0], (20_000, 3))
    labels = rng.random(20_000) < sigmoid(1.5 * x[:, 0] - 0.5 * x[:, 1] - 1.0)
    model = fit(x, labels, ridge=0.0)
    assert (model.coefficients / model.scales).tolist() == pytest.approx([1.5, -0.5, 0.0], abs=0.07)
    assert model.log_odds(np.zeros((1, 3)))[0] == pytest.approx(-1.0, abs=0.15)


def test_fit_of_separable_data_stays_finite():
    model = fit(np.array([[-1.0], [1.0]]), np.array([False, True]), ridge=1e-3)
    assert np.isfinite(model.coefficients).all()


def test_fit_of_one_kind_of_label_is_refused():
    with pytest.raises(ValueError, match="3 positives of 3"):
        fit(np.zeros((3, 1)), np.ones(3, bool))


# probabilities, target, cut, taken
CUTS = [
    ([0.99, 0.97, 0.9, 0.5], 0.95, 0.9, 3),
    ([0.99, 0.97, 0.9, 0.5], 0.99, 0.99, 1),
    ([0.9, 0.9, 0.9, 0.1], 0.9, 0.9, 3),
    ([0.9, 0.5, 0.5], 0.65, 0.9, 1),
    ([0.9, 0.5, 0.5], 0.6, 0.5, 3),
]


@pytest.mark.parametrize(("probabilities", "target", "value", "taken"), CUTS)
def test_threshold_takes_all_that_the_target_allows(probabilities, target, value, taken):
    cut = threshold_for(np.float32(probabilities), target)
    assert (cut.value, cut.taken, cut.reached) == (pytest.approx(value), taken, True)
    assert cut.precision >= target - 1e-6
    assert cut.interval[0] <= cut.precision <= cut.interval[1]
    assert (np.float32(probabilities) >= np.float32(cut.value)).sum() == taken


@pytest.mark.parametrize("probabilities", [[], [0.5, 0.4]])
def test_threshold_out_of_reach_takes_nothing(probabilities):
    cut = threshold_for(np.array(probabilities, np.float32), 0.9)
    assert (cut.taken, cut.reached) == (0, False)
    assert cut.value > 1


@pytest.mark.parametrize("target", [0.0, 1.1, -1.0])
def test_threshold_for_an_impossible_target_is_refused(target):
    with pytest.raises(ValueError, match="target precision"):
        threshold_for(np.float32([0.5]), target)


def test_interval_narrows_with_links_but_never_below_the_error_of_calibration():
    widths = [high - low for low, high in (precision_interval(0.9, n) for n in (10, 100, 10_000, 10_000_000))]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] > 0.05
