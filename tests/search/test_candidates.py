import subprocess
import sys

import numpy as np
import pytest

from align.hybrid import STEPS
from align.search import PASSES
from align.search.candidates import candidates
from align.sides import SideBuilder


def _rows(seed, n, dim):
    rows = np.random.default_rng(seed).normal(size=(n, dim)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class Rows:
    """An encoder that gives the rows it was made with, whatever the texts."""

    def __init__(self, rows):
        self.rows, self.dim, self.signature = rows, rows.shape[1], "rows"

    def encode(self, texts, lang):
        return self.rows


def _side_of(vectors, lexical, lang):
    sides = SideBuilder(Rows(vectors), Rows(vectors), Rows(lexical))
    return sides.of_lines([f"text {i}" for i in range(len(vectors))], lang)


def _side(seed, n, lang):
    return _side_of(_rows(seed, n, 16), _rows(seed + 100, n, 8), lang)


SIZES = [(4, 2), (1, 1), (1, 50), (50, 1), (60, 40)]


@pytest.mark.parametrize(("sources", "targets"), SIZES)
@pytest.mark.parametrize("index", sorted(PASSES.entries))
def test_candidates_are_mutual_neighbours(index, sources, targets):
    source, target = _side(0, sources, "kk"), _side(1, targets, "en")
    found = candidates(source, target, k=5, index=index)
    similarity = source.rows.astype(np.float64) @ target.rows.T.astype(np.float64) / STEPS**2
    lexical = [each.builder.lexical.rows for each in (source, target)]
    expected = 0.8 * source.vectors @ target.vectors.T + 0.2 * lexical[0] @ lexical[1].T
    np.testing.assert_allclose(similarity, expected, atol=5e-4)
    near_source = np.argsort(np.argsort(-similarity, axis=0), axis=0) < 5
    near_target = np.argsort(np.argsort(-similarity, axis=1), axis=1) < 5
    expected = set(zip(*np.nonzero(near_source & near_target), strict=True))
    assert set(zip(found.source, found.target, strict=True)) == expected
    np.testing.assert_allclose(found.similarity, similarity[found.source, found.target], atol=1e-6)
    np.testing.assert_allclose(found.cosine, (source.vectors @ target.vectors.T)[found.source, found.target], atol=1e-6)


def test_candidates_are_sorted_by_source_then_similarity():
    found = candidates(_side(2, 30, "kk"), _side(3, 30, "en"), k=7)
    keys = list(zip(found.source.tolist(), (-found.similarity).tolist(), strict=True))
    assert keys == sorted(keys)


def test_pairs_that_are_asked_for_are_candidates_however_far():
    source, target = _side(2, 30, "kk"), _side(3, 30, "en")
    near = candidates(source, target, k=2)
    pairs = set(zip(near.source.tolist(), near.target.tolist(), strict=True))
    wanted = {(0, 29), (29, 0), min(pairs)}
    found = candidates(source, target, k=2, also=np.array(sorted(wanted)))
    assert set(zip(found.source.tolist(), found.target.tolist(), strict=True)) == pairs | wanted
    place = [(i, j) for i, j in zip(found.source, found.target, strict=True)].index((0, 29))
    assert found.cosine[place] == pytest.approx(float(source.vectors[0] @ target.vectors[29]), abs=1e-6)


@pytest.mark.parametrize(("sources", "targets"), [(0, 3), (3, 0), (0, 0)])
def test_candidates_of_an_empty_side_are_none(sources, targets):
    assert len(candidates(_side(0, sources, "kk"), _side(1, targets, "en"))) == 0


def test_margin_of_a_unique_match_stands_out_of_its_neighbourhood():
    # Two sides of the same four orthogonal rows: each row's own match has similarity 1, its neighbourhood of two
    # (the match and an orthogonal row) a mean of 1/2, so the ratio is 2.
    side = _side_of(np.eye(4, dtype=np.float32), np.eye(4, dtype=np.float32), "kk")
    found = candidates(side, side, k=1)
    assert found.source.tolist() == found.target.tolist() == [0, 1, 2, 3]
    np.testing.assert_allclose(found.margin, [2, 2, 2, 2])


def test_a_small_search_does_not_load_the_compiler():
    # It takes a second and 60 MB, more than all else that a short run does.
    code = (
        "import sys, numpy as np; from align.search.passes import by_size;"
        "rows = np.ones((9, 4), np.int16); by_size(rows, rows).block(0, 9, k=2); assert 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
