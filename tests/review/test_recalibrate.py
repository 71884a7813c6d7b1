import json

import numpy as np
import pytest

from align.errors import AlignError, InputError
from align.review.recalibrate import fit_line, recalibrate
from align.review.store import Store

SEED = 3


def _reviewed(tmp_path, runs, judge, links_of, *, intercept, slope, judged=300, served="queue"):
    """Write a run whose probabilities are off by a line in log-odds, and judge some of it as the truth has it."""
    rng = np.random.default_rng(SEED)
    x = rng.normal(0, 2.5, 600)
    p = np.round(1 / (1 + np.exp(-x)), 4)
    order = np.argsort(-p)
    folder = runs[1](tmp_path / "run", count=600, extra=0, p=[float(each) for each in p[order]])
    truth = rng.random(600) < 1 / (1 + np.exp(-(intercept + slope * x[order])))
    items = links_of(folder)
    store = Store.open(folder)
    for row in rng.permutation(600)[:judged].tolist():
        verdict = "accept" if truth[row] else "reject"
        judge(store, items[row], verdict, reason=None if truth[row] else "other", served=served)
    store.close()
    return folder


def _links(folder):
    return [json.loads(line) for line in (folder / "links.jsonl").read_text(encoding="utf-8").splitlines()]


def test_probabilities_that_were_too_sure_become_true(tmp_path, runs, judge, links_of, events_of):
    folder = _reviewed(tmp_path, runs, judge, links_of, intercept=-1.0, slope=0.5)
    before, events = _links(folder), events_of(folder)
    found = recalibrate(folder)
    assert (found.line.intercept, found.line.slope) == pytest.approx((-1.0, 0.5), abs=0.35)
    assert found.after < found.before - 0.05 and found.decisions == 300
    after = _links(folder)
    assert [each["id"] for each in after] == [each["id"] for each in before]
    assert [each["probability"] for each in after] == [found.line.probability(each["probability"]) for each in before]
    assert [each["status"] for each in after] == [
        "accept" if each["probability"] >= 0.8 else "review" for each in after
    ]
    rival = found.line.probability(before[0]["runners_up"][0]["probability"])
    assert after[0]["runners_up"][0]["probability"] == rival
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["recalibrated"][0]["line"]["slope"] == found.line.slope
    assert manifest["counts"]["links"]["accept"] == sum(each["status"] == "accept" for each in after)
    assert events_of(folder) == events, "old decisions keep the probability they were made at"
    store = Store.open(folder)
    assert store.item(after[0]["id"], "Айгүл").probability == after[0]["probability"]
    assert store.run().reattached["exact"] == 300
    store.close()
    # What was fitted once has nothing left to fit: it is said, and nothing is written.
    stamp = (folder / "links.jsonl").stat().st_mtime_ns
    with pytest.raises(AlignError, match="as good as 300 decisions"):
        recalibrate(folder)
    assert (folder / "links.jsonl").stat().st_mtime_ns == stamp


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"judged": 99}, "99 decisions"),
        ({"intercept": 9.0}, "20 of either kind"),
        ({"served": "search"}, "0 decisions"),
        ({"intercept": 0.0, "slope": 1.0}, "left as they are"),
    ],
)
def test_what_would_not_help_is_refused_in_one_line(tmp_path, runs, judge, links_of, fields, part):
    folder = _reviewed(tmp_path, runs, judge, links_of, **{"intercept": -1.0, "slope": 0.5, "judged": 150, **fields})
    before = (folder / "links.jsonl").read_bytes(), (folder / "manifest.json").read_bytes()
    with pytest.raises(AlignError, match=part) as caught:
        recalibrate(folder)
    assert "\n" not in str(caught.value) and caught.value.exit_code == 1
    assert ((folder / "links.jsonl").read_bytes(), (folder / "manifest.json").read_bytes()) == before


# seeds of made-up decisions on which Newton's whole steps ran away: log loss 37 to 314 where it had been 0.4 to 5
RUNAWAY = (2, 7, 8, 9, 10, 14, 17, 19, 28, 34, 36)


def _decisions(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(100, 400))
    x = np.clip(rng.normal(rng.normal(0, 4), rng.uniform(0.2, 6), n), -9.9, 9.9)
    a, b = rng.normal(0, 4), rng.normal(0, 1.5)
    right = (rng.random(n) < 1 / (1 + np.exp(-(a + b * x)))).astype(float)
    weights = rng.choice([0.2, 1, 5], n)
    return x, right, weights / weights.mean()


@pytest.mark.parametrize("seed", RUNAWAY)
def test_a_fit_never_runs_away(seed):
    x, right, weights = _decisions(seed)
    line = fit_line(x, right, weights)

    def cost(intercept, slope):
        z = intercept + slope * x
        return weights @ (np.logaddexp(0, z) - right * z) + (intercept**2 + 4 * (slope - 1) ** 2) / 2

    best = cost(line.intercept, line.slope)
    nudges = [(0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01), (0.1, 0.1), (-line.intercept, 1 - line.slope)]
    assert all(cost(line.intercept + one, line.slope + other) >= best for one, other in nudges)


def test_verdicts_that_contradict_the_probabilities_are_said_in_words(tmp_path, runs, judge, links_of):
    folder = _reviewed(tmp_path, runs, judge, links_of, intercept=0.0, slope=-1.0)
    before = (folder / "links.jsonl").read_bytes()
    with pytest.raises(AlignError, match="say the opposite of the probabilities"):
        recalibrate(folder)
    assert (folder / "links.jsonl").read_bytes() == before


def test_a_fit_that_does_not_settle_is_said_in_words(monkeypatch):
    monkeypatch.setattr("align.review.recalibrate._STEPS", 1)
    with pytest.raises(AlignError, match="does not settle"):
        fit_line(*_decisions(2))


def test_a_run_that_nobody_reviewed_is_said(tmp_path, runs):
    with pytest.raises(InputError, match="nobody has reviewed"):
        recalibrate(runs[1](tmp_path / "run"))


def test_the_line_goes_through_the_log_odds_of_two_groups():
    # Of two groups, the line goes through both groups' log-odds; so many repeats drown what was expected before.
    x = np.repeat([-2.0, 2.0], 4000)
    right = np.concatenate([np.repeat([1.0, 0.0], [500, 3500]), np.repeat([1.0, 0.0], [3500, 500])])
    line = fit_line(x, right, np.ones(8000))
    assert (line.intercept, line.slope) == pytest.approx((0.0, np.log(7) / 2), abs=2e-3)
