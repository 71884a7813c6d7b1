"""The map for runs in which few sources have a counterpart, fitted to made log-ratios."""

import numpy as np
import pytest

from align.train.pool_families import Drawn
from align.train.sparse import World, fit_sparse
from align.verify.experts import COLUMNS, Experts, Looked
from align.verify.logistic import Logistic
from align.verify.share import Prior

PRIOR = Prior(0.5, 4.0)
HIDDEN = 40


def _expert(names, coefficient):
    values = np.array([coefficient if name == "late" else 0.0 for name in names])
    return Logistic(0.0, values, np.zeros(len(names)), np.ones(len(names)))


EXPERTS = Experts({name: _expert(names, 1.0) for name, names in COLUMNS.items()}, 0.4, 0.05, 0.6)


def _world(ratios, known, *, hidden):
    """Return a world of one candidate a source, the first ones hidden pairs."""
    alone = np.zeros((len(ratios), len(COLUMNS["comparable"])), np.float32)
    alone[:, COLUMNS["comparable"].index("late")] = ratios
    rivals = np.zeros((len(ratios), len(COLUMNS["translation"]) - alone.shape[1]), np.float32)
    sources = np.arange(len(ratios))
    rows = np.where(sources < hidden, -1 - sources, sources)
    drawn = Drawn("sparse", Looked(sources, alone, rivals, None), sources, known == 1, len(ratios))
    return World(drawn, rows, rows, known, len(ratios))


@pytest.fixture
def hidden():
    chance = np.random.default_rng(1)
    ratios = np.r_[chance.normal(4, 1, HIDDEN), chance.normal(-4, 1.5, 960)]
    return _world(ratios, np.r_[np.ones(HIDDEN), np.zeros(960)].astype(np.int64), hidden=HIDDEN)


@pytest.mark.parametrize(("label", "higher"), [(1, True), (0, False)])
def test_all_lines_move_the_map_to_what_was_read(hidden, label, higher):
    ratios = np.r_[np.full(50, 1.5), np.full(950, -5.0)]
    whole = _world(ratios, np.r_[np.full(50, label), np.zeros(950)].astype(np.int64), hidden=0)
    maps = [fit_sparse(hidden, EXPERTS, PRIOR, np.random.default_rng(1), whole=each) for each in (None, whole)]
    without, heard = (each.log_odds(np.array([1.5]), 0.001)[0] for each in maps)
    assert (heard > without) == higher
    assert maps[1].log_odds(np.array([4.0]), 0.01)[0] > maps[1].log_odds(np.array([-4.0]), 0.01)[0]
