import numpy as np
import pytest

from align.verify.document_likeness import DOCUMENTS
from align.verify.experts import COLUMNS, GROUNDS, Experts, Looked, multiplicity
from align.verify.logistic import Logistic


def model(names, **coefficients):
    values = np.array([coefficients.get(name, 0.0) for name in names])
    return Logistic(0.0, values, np.zeros(len(names)), np.ones(len(names)))


@pytest.fixture
def experts():
    models = {
        "report": model(COLUMNS["report"], late=1.0, best_beside=1.0),
        "comparable": model(COLUMNS["comparable"], late=10.0),
        "translation": model(COLUMNS["translation"], margin=1.0),
    }
    return Experts(models, 0.4, 0.05, 0.6)


def looked(experts, late, *, documents=None, sources=6):
    """Return what is seen of sources that have the same two candidates each."""
    late = np.tile(late, sources)
    documents = None if documents is None else np.tile(documents, (sources, 1))
    alone = np.zeros((len(late), len(COLUMNS["comparable"])), np.float32)
    alone[:, COLUMNS["comparable"].index("late")] = late
    rivals = np.zeros((len(late), len(COLUMNS["translation"]) - alone.shape[1]), np.float32)
    rivals[:, 0] = 7.0
    return Looked(np.repeat(np.arange(sources), len(late) // sources), alone, rivals, documents)


# log-odds of a source's two candidates, multiplicity
SECONDS = [((9.0, 9.0), 1.0), ((9.0, -9.0), 0.0), ((0.0, 0.0), 1.0)]


@pytest.mark.parametrize(("log_odds", "expected"), SECONDS)
def test_multiplicity(log_odds, expected):
    assert multiplicity(np.zeros(2, np.int64), np.array(log_odds)) == pytest.approx(expected, abs=1e-3)


def test_the_evidence_is_heard_where_sources_have_several_partners(experts):
    ratios, share = experts.log_ratio(looked(experts, [0.9, 0.9]))
    assert share > 0.99
    assert ratios.tolist() == pytest.approx([9, 9] * 6, abs=0.05)


def test_rivals_are_heard_where_they_have_one(experts):
    ratios, share = experts.log_ratio(looked(experts, [0.9, -0.9]))
    assert share < 0.01
    assert ratios.tolist() == pytest.approx([7, 7] * 6, abs=0.05)


def test_the_evidence_is_heard_most_in_a_run_of_a_few_sentences(experts):
    _, share = experts.log_ratio(looked(experts, [0.9, -0.9], sources=5))
    assert share == 0.65


def test_a_report_is_heard_for_most_of_it(experts):
    documents = np.zeros((2, len(DOCUMENTS)), np.float32)
    _, share = experts.log_ratio(looked(experts, [0.9, -0.9], documents=documents))
    assert share == 0.6


def test_grounds_add_up_to_the_ratio(experts):
    documents = np.full((2, len(DOCUMENTS)), 2.0, np.float32)
    seen = looked(experts, [0.9, 0.1], documents=documents)
    ratios, share = experts.log_ratio(seen)
    grounds = experts.grounds(seen, share)
    assert grounds.shape == (12, len(GROUNDS))
    assert grounds.sum(axis=1).tolist() == pytest.approx(ratios.tolist(), abs=1e-4)
    assert grounds[0, GROUNDS.index("beside")] > 0
