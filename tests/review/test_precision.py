import numpy as np
import pytest

from align.review.precision import Audited, point, wilson
from align.review.store import Store

# right, of n, the interval that Newcombe 1998, Statistics in Medicine 17, table I, gives for Wilson's score method
WILSON = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("right", "n", "low", "high"), WILSON)
def test_wilson_gives_the_published_intervals(right, n, low, high):
    assert wilson(right / n, n) == pytest.approx((low, high), abs=5e-5)


def _drawn(rng, truth, probabilities, each):
    strata = np.repeat(np.arange(10), len(truth) // 10)
    rows = np.concatenate([rng.choice(np.flatnonzero(strata == stratum), each, replace=False) for stratum in range(10)])
    right = truth[rows].astype(float)
    return Audited(probabilities, strata, rows, right, right)


@pytest.mark.parametrize(("a", "b", "each"), [(2, 0.6, 24), (2, 0.6, 6), (8, 0.3, 24)])
def test_nineteen_of_twenty_intervals_hold_the_truth(a, b, each):
    rng = np.random.default_rng(0)
    held = []
    for _ in range(150):
        p = np.sort(rng.beta(a, b, 1000))[::-1]
        truth = rng.random(1000) < p
        found = point(_drawn(rng, truth, p, each), float(p[700]))
        held.append(found.low <= truth[: found.pairs].mean() <= found.high)
    # Of 150, 95 % less three standard errors; without the strata's sizes the estimate would be far off.
    assert np.mean(held) >= 0.90


def test_a_stratum_counts_by_its_size_and_not_by_its_sample():
    p = np.array([0.9] * 900 + [0.5] * 100)
    strata = np.array([0] * 900 + [1] * 100)
    rows = np.array([*range(10), *range(900, 950)])
    right = np.array([1.0] * 10 + [0.0] * 50)
    found = point(Audited(p, strata, rows, right, right * 0), 0.4)
    assert (found.pairs, found.n, found.precision, found.whole) == (1000, 60, pytest.approx(0.9), 0.0)
    assert found.low < 0.9 < found.high


def test_everything_judged_leaves_no_doubt():
    p, right = np.linspace(1, 0, 20), np.array([1.0] * 15 + [0.0] * 5)
    found = point(Audited(p, np.zeros(20, int), np.arange(20), right, right), 0.0)
    assert (found.low, found.precision, found.high) == pytest.approx((0.75, 0.75, 0.75), abs=1e-3)


def test_nothing_judged_says_nothing(store):
    found = store.precision()
    assert (found.now.threshold, found.now.n, found.now.precision, found.now.low, found.now.high) == (
        0.8,
        0,
        None,
        0,
        1,
    )
    assert found.now.pairs == 3 and found.signature.endswith("|n=0")


def test_the_audit_is_woven_in_and_is_the_same_for_everybody(tmp_path, runs, judge):
    folder = runs[1](tmp_path / "run", count=200, extra=0)
    store = Store.open(folder, double=0.0)
    with store.database.reading() as reading:
        turns = {row["id"]: row["turn"] for row in reading.execute("SELECT id, turn FROM items")}
        strata = [row[0] for row in reading.execute("SELECT count(*) FROM items GROUP BY stratum")]
    assert strata == [20] * 10
    served = []
    for _ in range(40):
        (view,) = store.next("a", count=1)
        served.append(view.id)
        judge(store, view.id, "accept", "a")
    audit = [turns[item] for item in served[3::4]]
    assert audit == sorted(audit) and max(audit) <= 1, "one of each stratum before a second of any"
    found = store.precision()
    assert found.audited >= 10 and found.now.precision == 1.0
    assert [each.threshold for each in found.curve] == sorted(each.threshold for each in found.curve)
    assert all(later.pairs <= earlier.pairs for earlier, later in zip(found.curve, found.curve[1:], strict=False))
    store.close()


def test_a_gap_ends_the_sample_of_its_stratum(store, judge):
    with store.database.reading() as reading:
        order = [row["id"] for row in reading.execute("SELECT id FROM items WHERE turn IS NOT NULL ORDER BY turn")]
    judge(store, order[0], "accept")
    judge(store, order[2], "reject", reason="other")
    assert store.precision(0.0).audited == 1
    judge(store, order[1], "partial")
    found = store.precision(0.0).now
    assert (found.n, found.precision, found.whole) == (3, pytest.approx(2 / 3), pytest.approx(1 / 3))
