from itertools import pairwise

import numpy as np
import pytest

from align.monotone.aligner import shared_borders
from align.monotone.anchors import Piece, increasing_chain, pieces


def _unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _documents(lines, *, foreign=0, seed=0):
    """Two documents of like lines, with a foreign stretch in the middle of the first."""
    rng = np.random.default_rng(seed)
    lines_of = rng.normal(size=(lines, 32))
    other = lines_of + 0.2 * rng.normal(size=(lines, 32))
    strange = rng.normal(size=(foreign, 32))
    return _unit(np.vstack([lines_of[: lines // 2], strange, lines_of[lines // 2 :]])), _unit(other)


CHAINS = [
    ([], []),
    ([(0, 3)], [0]),
    ([(0, 0), (1, 5), (2, 1), (3, 2)], [0, 2, 3]),
    ([(0, 9), (1, 1), (2, 0), (3, 2), (4, 3)], [2, 3, 4]),
]


@pytest.mark.parametrize(("pairs", "chain"), CHAINS)
def test_chain_is_the_longest_that_increases(pairs, chain):
    found = increasing_chain(pairs)
    assert len(found) == len(chain)
    assert [pairs[number][1] for number in found] == sorted(pairs[number][1] for number in found)


@pytest.mark.parametrize(("lines", "foreign"), [(1, 0), (30, 0), (400, 0), (400, 500), (3000, 0), (3000, 1500)])
def test_pieces_cover_both_documents_and_cut_between_true_pairs(lines, foreign):
    source, target = _documents(lines, foreign=foreign)
    found = pieces(source, target)
    assert found[0].source == found[0].target == 0
    assert (found[-1].source_end, found[-1].target_end) == (len(source), len(target))
    for before, after in pairwise(found):
        assert (before.source_end, before.target_end) == (after.source, after.target)
        moved = foreign if after.source > lines // 2 else 0
        assert after.source - moved == after.target
    assert max(piece.places for piece in found) < 600_001


def test_unrelated_documents_give_pieces_of_bounded_size():
    rng = np.random.default_rng(0)
    found = pieces(_unit(rng.normal(size=(1500, 8))), _unit(rng.normal(size=(1500, 8))))
    assert max(piece.places for piece in found) <= 600_000


def test_borders_are_cut_at():
    source, target = _documents(20)
    assert Piece(0, 5, 0, 5) in pieces(source, target, borders=[(5, 5)])


SECTIONS = [
    (([5, 10], [5, 10]), [(5, 5), (10, 10)]),
    (([5], [5, 10]), []),
    (([], []), []),
]


@pytest.mark.parametrize(("starts", "borders"), SECTIONS)
def test_sections_that_correspond_are_borders(starts, borders):
    source, target = _documents(15)
    assert shared_borders(source, target, starts) == borders


def test_sections_in_another_order_are_none():
    source, target = _documents(15)
    moved = np.vstack([target[10:], target[5:10], target[:5]])
    assert shared_borders(source, moved, ([5, 10], [5, 10])) == []
