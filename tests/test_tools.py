"""Which models judge behind which encoder."""

import shutil

import pytest

from align.models import BUNDLED_FOLDER, own_models
from align.settings import Settings
from align.tools import load_tools


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "mine"
    shutil.copytree(BUNDLED_FOLDER, folder)
    return folder


def test_a_folder_that_was_trained_brings_its_own_encoder_and_verifier(own):
    tools = load_tools(Settings(encoder=str(own)), cached=False)
    bundled = load_tools(cached=False)
    assert tools.sides.encoder is tools.sides.bundled
    assert tools.signatures()["verifier"] == bundled.signatures()["verifier"]
    pair = "Ол мектепке барды.", "He went to school."
    assert tools.alone(*pair) == bundled.alone(*pair)


def test_an_encoder_without_a_verifier_is_judged_by_the_bundled_two(own, tmp_path):
    shutil.copytree(own, tmp_path / "other", ignore=shutil.ignore_patterns("verifier.json"))
    tools = load_tools(Settings(encoder=str(tmp_path / "other")), cached=False)
    assert tools.sides.encoder is not tools.sides.bundled


@pytest.mark.parametrize(("name", "expected"), [("kk-en", BUNDLED_FOLDER), ("sentence-transformers/LaBSE", None)])
def test_models_of_ones_own_are_folders_with_both(name, expected):
    assert own_models(name) == expected
