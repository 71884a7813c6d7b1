import numpy as np
import pytest

from align.encode import load_encoder
from align.encode.sbert import SbertEncoder, SbertOptions, prompt_for
from align.errors import InputError, ModelUnavailableError
from align.ports import Encoder

TEXTS = ["Помпео келді", "The presidential election will be held in the city", "", "He came"]


@pytest.fixture(scope="module")
def encoder(tiny_model):
    return load_encoder(str(tiny_model))


def test_encoder_meets_the_port_with_unit_rows(encoder):
    vectors = encoder.encode(TEXTS, "kk")
    assert isinstance(encoder, Encoder)
    assert vectors.shape == (4, encoder.dim) == (4, 16)
    assert vectors.dtype == np.float32 and vectors.flags.c_contiguous
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, 1], atol=1e-6)


def test_vectors_are_the_librarys_own_with_the_models_prompt(encoder, tiny_model):
    from sentence_transformers import SentenceTransformer

    own = SentenceTransformer(str(tiny_model), device="cpu")
    expected = own.encode(["query: He came"], normalize_embeddings=True)
    np.testing.assert_allclose(encoder.encode(["He came"], "en"), expected, atol=1e-6)


def test_order_and_company_do_not_change_a_vector(encoder):
    alone = np.vstack([encoder.encode([text], "en") for text in TEXTS])
    np.testing.assert_allclose(encoder.encode(TEXTS, "en"), alone, atol=1e-5)


def test_no_texts_give_no_rows(encoder):
    assert encoder.encode([], "kk").shape == (0, 16)


def test_truncated_vectors_are_the_first_columns_made_unit(encoder, tiny_model):
    short = SbertEncoder.load(str(tiny_model), options=SbertOptions(truncate_dim=4))
    columns = encoder.encode(TEXTS[:1], "kk")[:, :4]
    assert short.dim == 4 and short.signature != encoder.signature
    np.testing.assert_allclose(short.encode(TEXTS[:1], "kk"), columns / np.linalg.norm(columns), atol=1e-6)


@pytest.mark.slow
def test_several_processes_give_the_same_vectors(encoder, tiny_model):
    several = SbertEncoder.load(str(tiny_model), options=SbertOptions(processes=2, batch_size=2))
    np.testing.assert_allclose(several.encode(TEXTS, "kk"), encoder.encode(TEXTS, "kk"), atol=1e-5)


def test_signature_tells_models_apart(encoder, tiny_model):
    assert SbertEncoder.load(str(tiny_model)).signature == encoder.signature
    assert "prompt:'query: '" in encoder.signature


PROMPTS = [
    ("intfloat/multilingual-e5-small", "query: "),
    ("models/my-e5", "query: "),
    ("intfloat/multilingual-e5-large-instruct", "Instruct: Retrieve the translation of this sentence\nQuery: "),
    ("sentence-transformers/LaBSE", ""),
    ("BAAI/bge-m3", ""),
    ("some/abe52-model", ""),
]


@pytest.mark.parametrize(("name", "prompt"), PROMPTS)
def test_prompt_for(name, prompt):
    assert prompt_for(name) == prompt


BAD = [
    (
        "sentence-transformers/LaBSE",
        ModelUnavailableError,
        "is not on disk and can't be had from the hub .*; on disk: kk-en",
    ),
    ("no such name", ModelUnavailableError, "on disk: kk-en"),
    ("./no-such-folder", InputError, "no such folder"),
    ("seeds", InputError, "not a sentence-transformers model"),
]


@pytest.mark.parametrize(("name", "error", "message"), BAD)
def test_a_model_that_is_not_there_is_one_line(name, error, message):
    with pytest.raises(error, match=message) as caught:
        load_encoder(name)
    assert "\n" not in str(caught.value)
