import numpy as np
import pytest

from align.search.rows import best_per_row
from align.verify.logistic import fit, sigmoid
from align.verify.share import Prior, Sparse, adjusted, estimate_share
from align.verify.threshold import precision_interval, threshold_for

PRIOR = Prior(0.5, 4.0)
SPARSE = Sparse(-1.0, 0.5, 1.0, 0.06)


def ratios(n, share, seed=5):
    """Log-ratios of n best candidates, a share of which is right: two normal distributions, eight apart."""
    rng = np.random.default_rng(seed)
    right = rng.random(n) < share
    return np.where(right, rng.normal(4, np.sqrt(8), n), rng.normal(-4, np.sqrt(8), n)), right


@pytest.mark.parametrize("share", [0.05, 0.1, 0.5, 0.9, 0.98])
def test_share_is_found_again_in_a_large_run(share):
    found, right = ratios(3000, share)
    assert estimate_share(found, 3000, PRIOR) == pytest.approx(right.mean(), abs=0.02)


@pytest.mark.parametrize("found", [[9.0, 9.0], [-9.0, -9.0], [9.0, -9.0]])
def test_tiny_run_stays_near_the_prior(found):
    assert 0.3 < estimate_share(np.array(found), 2, PRIOR) < 0.7


def test_adjusted_are_true_where_many_have_a_counterpart():
    found, right = ratios(5000, 0.3)
    log_odds, _ = adjusted(found, np.arange(5000), 5000, prior=PRIOR, sparse=SPARSE)
    p = sigmoid(log_odds)
    for low, high in ((0.2, 0.5), (0.5, 0.8), (0.9, 1.0)):
        within = (p > low) & (p < high)
        assert p[within].mean() == pytest.approx(right[within].mean(), abs=0.08)


@pytest.mark.parametrize("share", [0.01, 0.04, 0.2, 0.9])
def test_adjusted_keep_their_order(share):
    found, _ = ratios(500, share)
    ordered = np.sort(found)
    log_odds, _ = adjusted(ordered, np.arange(500), 500, prior=PRIOR, sparse=SPARSE)
    assert (np.diff(log_odds) >= 0).all()


def test_a_sparse_run_goes_by_the_map():
    found = np.full(1000, -9.0)
    found[:3] = 6.0
    log_odds, share = adjusted(found, np.arange(1000), 1000, prior=PRIOR, sparse=SPARSE)
    assert share < 0.01
    assert log_odds[0] == pytest.approx(SPARSE.log_odds(found, share)[0])


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
