import json

import numpy as np
import pytest

from align.errors import IndexMismatchError, InputError
from align.search.ivf import IvfIndex
from align.search.stored import StoredIndex, build_index


class Letters:
    """Encode a text by which letters it holds: enough to search by, and other for another name."""

    def __init__(self, signature="letters"):
        self.signature, self.dim = signature, 26

    def encode(self, texts, lang):
        rows = np.array([[chr(97 + i) in text for i in range(26)] for text in texts], dtype=np.float32)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


TEXTS = ["abc", "xyz", "abx"]


@pytest.fixture
def folder(tmp_path):
    build_index(TEXTS, Letters(), tmp_path / "letters", lang="en")
    return tmp_path / "letters"


def test_search_finds_the_nearest_lines(folder):
    cosines, rows = StoredIndex.open(folder).search(["zyx", "cab"], Letters(), lang="kk", k=2)
    assert rows.tolist() == [[1, 2], [0, 2]]
    np.testing.assert_allclose(cosines, [[1, 1 / 3], [1, 2 / 3]], atol=1e-6)


def test_the_manifest_says_what_was_indexed(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["encoder"], manifest["dim"], manifest["rows"], manifest["lang"]) == ("letters", 26, 3, "en")


def test_another_encoder_is_refused(folder):
    with pytest.raises(IndexMismatchError, match="built with letters, can't be searched with others"):
        StoredIndex.open(folder).search(["a"], Letters("others"), lang="kk", k=1)


def test_building_again_replaces_the_index(folder):
    build_index(["new"], Letters(), folder, lang="en")
    assert StoredIndex.open(folder).texts == ["new"]
    assert [path.name for path in folder.parent.iterdir()] == ["letters"]


def test_changed_texts_are_noticed(folder):
    (folder / "texts.jsonl").write_text('{"row": 0, "text": "abd"}\n')
    with pytest.raises(IndexMismatchError, match="changed since it was indexed"):
        StoredIndex.open(folder)


def test_an_unknown_index_names_the_known(folder):
    with pytest.raises(InputError, match="no such index; there are: letters"):
        StoredIndex.open(folder.parent / "nope")


@pytest.mark.parametrize(("texts", "name"), [([], "x"), (["a"], "../x y"), (["a"], ".hidden")])
def test_bad_builds_are_refused(tmp_path, texts, name):
    with pytest.raises(InputError):
        build_index(texts, Letters(), tmp_path / name, lang="en")


class Directions:
    """Encode a number as a direction in space, so that the nearest are known."""

    signature, dim = "directions", 16

    def encode(self, texts, lang):
        rows = np.stack([np.random.default_rng(int(text)).normal(size=16) for text in texts]).astype(np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_an_index_in_cells_says_what_it_finds(tmp_path, monkeypatch):
    monkeypatch.setattr(IvfIndex, "fewest", 1000)
    numbers = [str(number) for number in range(2000)]
    manifest = build_index(numbers, Directions(), tmp_path / "cells", lang="en", kind="ivf")
    assert manifest.index == "ivf" and 0.3 < manifest.recall < 1
    stored = StoredIndex.open(tmp_path / "cells")
    assert stored.manifest == manifest
    cosines, rows = stored.search(["77", "1999"], Directions(), lang="en", k=3)
    assert rows[:, 0].tolist() == [77, 1999] and cosines[:, 0] == pytest.approx(1)


def test_few_texts_are_indexed_whole(tmp_path):
    manifest = build_index(TEXTS, Letters(), tmp_path / "few", lang="en", kind="ivf")
    assert (manifest.index, manifest.recall) == ("flat", None)
