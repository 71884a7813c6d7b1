import pytest

from align.monotone.moves import Move, moves_of

ALLOWED = [
    ({}, "1-0 0-1 1-1 1-2 2-1 1-3 3-1 2-2 1-1x1-1 1-2x1-1 2-1x1-1 1-1x1-2 1-1x2-1"),
    ({"largest": 2}, "1-0 0-1 1-1 1-1x1-1"),
    ({"largest": 3, "one_to_many": True}, "1-0 0-1 1-1 1-2 1-1x1-1 1-2x1-1 1-1x1-2"),
]


@pytest.mark.parametrize(("wanted", "moves"), ALLOWED)
def test_moves_are_those_that_the_size_allows(wanted, moves):
    assert " ".join(map(str, moves_of(**wanted))) == moves


def test_larger_beads_are_added_to_the_usual_ones():
    assert {"2-3", "3-2", "1-4", "4-1"} <= set(map(str, moves_of(5)))


SPANS = [
    (((2, 1),), [(3, 2, 7, 1)]),
    (((1, 0),), [(3, 1, 7, 0)]),
    (((1, 2), (1, 1)), [(3, 1, 8, 2), (4, 1, 7, 1)]),
    (((1, 1), (2, 1)), [(3, 1, 8, 1), (4, 2, 7, 1)]),
]


@pytest.mark.parametrize(("beads", "spans"), SPANS)
def test_spans_are_the_lines_of_each_bead(beads, spans):
    assert list(Move.of(*beads).spans(3, 7)) == spans
