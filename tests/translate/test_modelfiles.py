import shutil

import pytest

from align.errors import InputError, ModelUnavailableError
from align.translate.modelfiles import locate, open_tokenizer

COMMIT = "f8d333a098d19b4fd9a8b18f94170487ad3f821d"

CARDS = [
    (None, None),
    ("No heading.", None),
    ("---\nlicense: apache-2.0\n---\n", "apache-2.0"),
    ("---\nlicense: [mit, cc-by-4.0]\n---\n", "mit, cc-by-4.0"),
    ("---\nlicense: other\nlicense_name: gemma\n---\n", "gemma"),
    ("---\nlicense: mit\nbase_model: facebook/nllb-200-distilled-600M\n---\n", "cc-by-nc-4.0"),
    ("---\nbase_model: [facebook/nllb-200-3.3B]\n---\n", "cc-by-nc-4.0"),
    ("---\nlicense: [unclosed\n---\n", None),
]


def _copy(built_model, folder):
    shutil.copytree(built_model("nllb", trained=False), folder)
    return folder


@pytest.mark.parametrize(("card", "licence"), CARDS)
def test_the_licence_is_the_model_cards(tmp_path, card, licence):
    (tmp_path / "config.json").write_text("{}")
    if card is not None:
        (tmp_path / "README.md").write_text(card)
    assert locate(str(tmp_path)).licence == licence


def test_a_folders_revision_is_its_contents(built_model, tmp_path):
    one, two = _copy(built_model, tmp_path / "one"), _copy(built_model, tmp_path / "two")
    assert locate(str(one)).revision == locate(str(two)).revision
    assert locate(str(one)).name == "one"
    with (two / "model.safetensors").open("r+b") as weights:
        weights.seek(-1, 2)
        weights.write(b"\x07")
    assert locate(str(one)).revision != locate(str(two)).revision


@pytest.fixture
def hub_cache(tmp_path, monkeypatch):
    """Point the hub's client at a cache of our own."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    return tmp_path / "hub"


def _cache_model(built_model, hub_cache, name):
    """Lay a model out as the hub's client does."""
    home = hub_cache / f"models--{name.replace('/', '--')}"
    (home / "refs").mkdir(parents=True)
    (home / "refs" / "main").write_text(COMMIT)
    return _copy(built_model, home / "snapshots" / COMMIT)


def test_a_cached_model_is_found_with_its_commit_and_licence(built_model, hub_cache):
    folder = _cache_model(built_model, hub_cache, "facebook/nllb-200-distilled-600M")
    files = locate("facebook/nllb-200-distilled-600M")
    assert (files.folder, files.revision) == (folder, COMMIT)
    assert (files.name, files.licence) == ("facebook/nllb-200-distilled-600M", "cc-by-nc-4.0")


BROKEN = ["config.json", "model.safetensors"]


@pytest.mark.parametrize("missing", BROKEN)
def test_a_cached_model_that_is_not_whole_is_asked_for_again(built_model, hub_cache, missing):
    (_cache_model(built_model, hub_cache, "some/model") / missing).unlink()
    with pytest.raises(ModelUnavailableError, match="translator 'some/model' is not on disk"):
        locate("some/model")


def test_a_cached_model_without_one_of_its_shards_is_asked_for_again(built_model, hub_cache):
    folder = _cache_model(built_model, hub_cache, "some/model")
    index = '{"weight_map": {"a": "model.safetensors", "b": "model-00002-of-00002.safetensors"}}'
    (folder / "model.safetensors.index.json").write_text(index)
    with pytest.raises(ModelUnavailableError, match="is not on disk"):
        locate("some/model")


UNAVAILABLE = [
    (
        "facebook/no-such-model",
        ModelUnavailableError,
        "not on disk and can't be had from the hub .*give a model's folder",
    ),
    ("no such name", ModelUnavailableError, "not on disk"),
    ("./no-such-folder", InputError, "no such folder"),
    ("/no/such/folder", InputError, "no such folder"),
]


@pytest.mark.parametrize(("name", "error", "message"), UNAVAILABLE)
def test_a_model_that_is_not_there_is_one_line(hub_cache, name, error, message):
    with pytest.raises(error, match=message) as caught:
        locate(name)
    assert "\n" not in str(caught.value)


def test_a_hub_that_does_not_answer_is_one_line(hub_cache, monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelUnavailableError, match="can't be had from the hub") as caught:
        locate("facebook/no-such-model")
    assert "\n" not in str(caught.value)


def test_a_folder_without_a_model_is_one_line(tmp_path):
    (tmp_path / "notes.txt").write_text("no model")
    with pytest.raises(InputError, match="not a model of transformers") as caught:
        open_tokenizer(locate(str(tmp_path)))
    assert "\n" not in str(caught.value)
