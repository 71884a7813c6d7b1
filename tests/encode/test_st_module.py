import json

import numpy as np
import pytest

from align.encode.encoder_weights import EncoderWeights, quantise, write_module_files
from align.encode.ngram import NgramEncoder
from align.models import BUNDLED_FOLDER

TEXTS = ["Помпео Нұр-Сұлтанға келді", "Pompeo arrived", "", "35,000"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("model")
    table, scale = quantise(np.random.default_rng(0).standard_normal((64, 16)).astype(np.float32))
    EncoderWeights(
        name="tiny",
        signature="",
        ngrams=(3, 6),
        prefix=0,
        resolution=40.0,
        table=table,
        scale=scale,
        log_weight=np.zeros(64, np.float32),
        rarity=np.ones(32, np.float32),
        lexical_rarity=np.ones(32, np.uint8),
        hubs=np.zeros((2, 32), np.uint8),
    ).write(folder)
    write_module_files(folder)
    return folder


@pytest.fixture(scope="module")
def model(folder):
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), trust_remote_code=True, device="cpu")


def test_sentence_transformer_gives_the_encoders_vectors(model, folder):
    vectors = model.encode(TEXTS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, NgramEncoder.load(folder).encode(TEXTS, "kk"), atol=1e-6)
    assert model.get_embedding_dimension() == 16


def test_prompt_is_put_before_the_text(model):
    np.testing.assert_array_equal(model.encode(["келді"], prompt="Помпео "), model.encode(["Помпео келді"]))


def test_saved_model_loads_again_with_the_same_vectors(model, tmp_path):
    from sentence_transformers import SentenceTransformer

    model.save(str(tmp_path / "saved"), create_model_card=False)
    again = SentenceTransformer(str(tmp_path / "saved"), trust_remote_code=True, device="cpu")
    np.testing.assert_array_equal(again.encode(TEXTS), model.encode(TEXTS))
    assert json.loads((tmp_path / "saved" / "modules.json").read_text())[0]["type"].endswith("NgramModule")


def test_folder_loads_by_its_path_alone_or_where_the_library_asks_with_trust(folder):
    import sentence_transformers

    if int(sentence_transformers.__version__.split(".")[0]) < 6:
        alone = sentence_transformers.SentenceTransformer(str(folder), device="cpu")
        np.testing.assert_allclose(alone.encode(TEXTS), NgramEncoder.load(folder).encode(TEXTS, "kk"), atol=1e-6)
    else:
        with pytest.raises(ValueError, match="trust_remote_code=True"):
            sentence_transformers.SentenceTransformer(str(folder), device="cpu")


def test_bundled_model_is_a_sentence_transformers_model():
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(BUNDLED_FOLDER), trust_remote_code=True, device="cpu")
    np.testing.assert_allclose(model.encode(TEXTS), NgramEncoder.load().encode(TEXTS, "kk"), atol=1e-4)
