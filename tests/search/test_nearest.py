import numpy as np
import pytest

from align.hybrid import hybrid_rows, whole_products, whole_rows
from align.search import cells
from align.search.cells import in_cells, recall_of
from align.search.nearest import AllRows, Nearest, merged, mutual, nearest_block, nearest_exact
from align.search.nearest_compiled import nearest_compiled


def _unit(seed, n, dim=48):
    rows = np.random.default_rng(seed).normal(size=(n, dim)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


# Every tenth row comes again, so that equal products have to be put in order.
SOURCES = whole_rows(np.concatenate([_unit(0, 1300), _unit(0, 1300)[::10]]))
TARGETS = whole_rows(np.concatenate([_unit(1, 2200), _unit(1, 2200)[::10]]))


def _by_hand(sources, targets, k):
    """The k nearest by a sort of all products as whole numbers: the greatest first, then the lower row."""
    products = sources.astype(np.int64) @ targets.astype(np.int64).T
    rows = np.argsort(-products, axis=1, kind="stable")[:, :k]
    return rows, np.take_along_axis(products, rows, axis=1)


@pytest.mark.parametrize("search", [nearest_exact, nearest_compiled, nearest_block])
@pytest.mark.parametrize("k", [1, 7])
def test_the_nearest_of_both_sides_come_from_one_pass(search, k):
    for found, sides in zip(search(SOURCES, TARGETS, k=k), ((SOURCES, TARGETS), (TARGETS, SOURCES)), strict=True):
        rows, products = _by_hand(*sides, k)
        np.testing.assert_array_equal(found.row, rows)
        np.testing.assert_allclose(found.similarity, products / 4000**2, rtol=1e-7)


@pytest.mark.parametrize("search", [nearest_exact, nearest_compiled])
@pytest.mark.parametrize("size", [1, 333, 1024])
def test_blocks_of_any_size_add_up_to_the_same(search, size):
    sources = SOURCES[:10] if size == 1 else SOURCES
    forward, backward = [], None
    for start in range(0, len(sources), size):
        ahead, back = search(sources[start : start + size], TARGETS, start=start, k=5)
        forward.append(ahead.keys)
        backward = back if backward is None else merged(backward, back, k=5)
    whole = nearest_exact(sources, TARGETS, k=5)
    np.testing.assert_array_equal(np.concatenate(forward), whole[0].keys)
    np.testing.assert_array_equal(backward.keys, whole[1].keys)


def test_a_row_with_fewer_than_k_neighbours_has_none_behind_them():
    forward, backward = nearest_compiled(SOURCES[:3], TARGETS[:5], k=8)
    assert forward.row.shape[1] == 5 and backward.row.shape[1] == 3
    rows, columns, _ = mutual(forward, backward, 8)
    assert len(rows) == 15 and sorted(zip(rows.tolist(), columns.tolist(), strict=True))[0] == (0, 0)


def test_cells_find_what_is_nearest_of_all(monkeypatch):
    monkeypatch.setattr(cells, "_FEWEST", 10)
    # Pairs that lie close to each other, as counterparts do, among rows that lie anywhere.
    base, noise = _unit(2, 1500, 64), _unit(3, 1500, 64)
    near = base + 0.7 * noise
    sources, targets = whole_rows(base), whole_rows(near / np.linalg.norm(near, axis=1, keepdims=True))
    forward, backward = in_cells(sources, targets).block(0, len(sources), k=9)
    exact = nearest_exact(sources, targets, k=9)
    assert recall_of(forward, sources, targets) > 0.97
    assert in_cells(sources, targets).recall(forward) == recall_of(forward, sources, targets)
    assert AllRows(sources, targets).recall(forward) is None
    for found, best in zip((forward, backward), exact, strict=True):
        assert all(len(set(row)) == len(row) for row in found.row.tolist())
        # Nothing is nearer than what is nearest, and what was found has the product that it has.
        assert (found.keys <= best.keys).all()
        assert np.mean(found.keys[:, 0] == best.keys[:, 0]) > 0.95


@pytest.mark.parametrize("size", [1500, 400])
def test_cells_are_the_same_again_in_blocks_of_any_size(size, monkeypatch):
    monkeypatch.setattr(cells, "_FEWEST", 10)
    whole = in_cells(SOURCES, TARGETS).block(0, len(SOURCES), k=3)
    searched, forward, backward = in_cells(SOURCES, TARGETS), [], None
    for start in range(0, len(SOURCES), size):
        ahead, back = searched.block(start, start + size, k=3)
        forward.append(ahead.keys)
        backward = back if backward is None else merged(backward, back, k=3)
    np.testing.assert_array_equal(np.concatenate(forward), whole[0].keys)
    np.testing.assert_array_equal(backward.keys, whole[1].keys)


def test_whole_rows_keep_the_cosine_and_the_likeness_of_spelling():
    vectors, lexical = _unit(5, 20), _unit(6, 20, 16)
    rows = hybrid_rows(vectors, lexical)
    pairs = np.arange(20), np.arange(20)[::-1].copy()
    expected = 0.8 * (vectors @ vectors.T)[pairs] + 0.2 * (lexical @ lexical.T)[pairs]
    np.testing.assert_allclose(whole_products(rows, rows, pairs), expected, atol=2e-4)
    np.testing.assert_allclose(
        whole_products(rows, rows, pairs, skip=48) / 0.2, (lexical @ lexical.T)[pairs], atol=1e-3
    )


def test_missing_neighbours_are_told():
    keys = np.array([[np.iinfo(np.int64).min]])
    assert Nearest(keys).row.tolist() == [[-1]] and Nearest(keys).similarity.tolist() == [[0.0]]
