import numpy as np
import pytest

from align.ports import Index
from align.search import INDEXES
from align.search.exact import ExactIndex

ROWS = np.random.default_rng(5).normal(size=(300, 24)).astype(np.float32)
ROWS /= np.linalg.norm(ROWS, axis=1, keepdims=True)


@pytest.fixture(params=sorted(INDEXES.entries))
def index(request):
    return INDEXES.load(request.param)(24)


def test_index_meets_the_port(index):
    assert isinstance(index, Index)


@pytest.mark.parametrize("k", [1, 10, 300, 999])
def test_search_gives_the_values_of_the_exact_twin(index, k):
    exact = ExactIndex(24)
    for held in (index, exact):
        held.add(ROWS[:200])
        held.add(ROWS[200:])
    similarities, rows = index.search(ROWS[:50], k)
    expected_similarities, expected_rows = exact.search(ROWS[:50], k)
    assert similarities.dtype == np.float32 and rows.dtype == np.int64
    np.testing.assert_allclose(similarities, expected_similarities, atol=1e-6)
    np.testing.assert_array_equal(rows, expected_rows)


def test_search_by_itself_finds_itself_first(index):
    index.add(ROWS)
    similarities, rows = index.search(ROWS, 1)
    np.testing.assert_array_equal(rows[:, 0], np.arange(300))
    np.testing.assert_allclose(similarities[:, 0], 1, atol=1e-6)
