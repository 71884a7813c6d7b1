import numpy as np
import pytest

from align.monotone.lattice import Lattice
from align.monotone.moves import Move, moves_of
from align.monotone.reference import best_path, step_probabilities

# Sizes of the pieces of one batch, padded to the largest: even, uneven, and with one side empty.
BATCHES = [[(4, 3), (3, 3), (2, 1)], [(1, 6)], [(6, 1), (1, 1)], [(5, 5), (5, 0), (0, 4)]]
MOVES = {"all": moves_of(), "one to many": moves_of(one_to_many=True), "large": moves_of(6), "plain": moves_of(2)}


def _lattice(moves, sizes, seed=0):
    rows, columns = (max(size[side] for size in sizes) for side in (0, 1))
    rng = np.random.default_rng(seed)
    scores = rng.normal(scale=2, size=(len(moves), rows + 1, columns + 1, len(sizes))).astype(np.float32)
    for number, move in enumerate(moves):
        for piece, (n, m) in enumerate(sizes):
            scores[number, max(0, n - move.sources + 1) :, :, piece] = -np.inf
            scores[number, :, max(0, m - move.targets + 1) :, piece] = -np.inf
    return Lattice(moves, (rows, columns), np.array(sizes), scores.reshape(len(moves), -1, len(sizes)))


@pytest.mark.parametrize("moves", MOVES.values(), ids=MOVES)
@pytest.mark.parametrize("sizes", BATCHES, ids=str)
def test_posteriors_are_those_of_the_readable_twin(moves, sizes):
    lattice = _lattice(moves, sizes)
    fast, _ = lattice.posteriors()
    width = lattice.shape[1] + 1
    for piece in range(len(sizes)):
        slow = step_probabilities(lattice, piece)
        for (number, i, j), probability in slow.items():
            assert fast[number, i * width + j, piece] == pytest.approx(probability, abs=1e-6)
        assert fast[:, :, piece].sum() == pytest.approx(sum(slow.values()), abs=1e-6)


@pytest.mark.parametrize("sizes", BATCHES, ids=str)
def test_best_path_is_that_of_the_readable_twin(sizes):
    lattice = _lattice(moves_of(), sizes, seed=1)
    gains = lattice.scores.astype(np.float64)
    width = lattice.shape[1] + 1
    for piece, path in enumerate(lattice.best(gains)):
        steps = step_probabilities(lattice, piece)
        worth = {step: gains[step[0], step[1] * width + step[2], piece] for step in steps}
        assert path == best_path(lattice, piece, worth)


def test_every_line_is_passed_once():
    lattice = _lattice(moves_of(), [(5, 4), (3, 6)])
    probabilities, _ = lattice.posteriors()
    for side, count in (("sources", 0), ("targets", 1)):
        passed = sum(probabilities[number].sum(axis=0) * getattr(m, side) for number, m in enumerate(lattice.moves))
        assert passed == pytest.approx(lattice.sizes[:, count])


def test_two_lines_by_hand():
    # One source, one target: a pair (e^1), or left out in either order (1 + 1).
    moves = (Move.of((1, 0)), Move.of((0, 1)), Move.of((1, 1)))
    scores = np.full((3, 4, 1), -np.inf, np.float32)
    scores[0, [0, 1]], scores[1, [0, 2]], scores[2, 0] = 0, 0, 1
    probabilities, total = Lattice(moves, (1, 1), np.array([[1, 1]]), scores).posteriors()
    assert probabilities[2, 0, 0] == pytest.approx(np.e / (np.e + 2))
    assert total[0] == pytest.approx(np.log(np.e + 2))


def test_a_line_is_left_out_wherever_the_path_stands():
    lattice = _lattice(moves_of(), [(4, 3)])
    found = lattice.bead_probabilities()
    steps = step_probabilities(lattice, 0)
    left_out = [sum(p for (move, i, _), p in steps.items() if move == 0 and i == source) for source in range(4)]
    width = lattice.shape[1] + 1
    assert [found[0, source * width + 2, 0] for source in range(4)] == pytest.approx(left_out)
