import dataclasses

import numpy as np
import pytest

from align.encode.encoder_weights import EncoderWeights, quantise, unpacked
from align.encode.hashing import ngram_hashes, word_hash
from align.encode.ngram import NgramEncoder, table_sums
from align.encode.ragged import Ragged
from align.encode.table_sums_compiled import table_sums_compiled
from align.errors import ModelUnavailableError
from align.ports import Encoder

ROWS = 64
TEXTS = ["Помпео Нұр-Сұлтанға келді", "", "Pompeo arrived in Nur-Sultan", "35,000 – 2019", "...", "a " * 9000]


def make_weights(dim=16):
    random = np.random.default_rng(0)
    table, scale = quantise(random.standard_normal((ROWS, dim)).astype(np.float32))
    return EncoderWeights(
        name="tiny",
        signature="tiny@0",
        ngrams=(3, 6),
        prefix=9,
        resolution=40.0,
        table=table,
        scale=scale,
        log_weight=random.standard_normal(ROWS).astype(np.float32) * 0.1,
        rarity=np.linspace(1, 9, 32, dtype=np.float32),
        lexical_rarity=np.full(128, 16, np.uint8),
        hubs=np.zeros((2, 32), np.uint8),
    )


@pytest.fixture
def encoder():
    return NgramEncoder(make_weights())


def test_encoder_meets_the_port(encoder):
    vectors = encoder.encode(TEXTS, "kk")
    assert isinstance(encoder, Encoder)
    assert vectors.shape == (len(TEXTS), encoder.dim) == (6, 16)
    assert vectors.dtype == np.float32
    assert vectors.flags.c_contiguous


def test_rows_have_length_one_or_zero_where_there_is_no_word(encoder):
    lengths = np.linalg.norm(encoder.encode(TEXTS, "kk"), axis=1)
    np.testing.assert_allclose(lengths, [1, 0, 1, 1, 0, 1], atol=1e-6)


def test_no_text_gives_no_row(encoder):
    assert encoder.encode([], "en").shape == (0, 16)
    assert encoder.word_vectors([]).shape == (0, 16)
    assert encoder.word_weights([]).shape == (0,)


def test_vector_is_the_same_to_the_bit_in_any_company(encoder):
    together = encoder.encode(TEXTS * 40, "kk")
    alone = np.vstack([NgramEncoder(make_weights()).encode([text], "en") for text in TEXTS])
    assert np.array_equal(together[-len(TEXTS) :], alone)


def test_vector_does_not_change_when_the_cache_of_words_starts_again(encoder, monkeypatch):
    before = encoder.encode(TEXTS[:4], "kk")
    monkeypatch.setattr("align.encode.bag._MOST_CACHED", 3)
    small = NgramEncoder(make_weights())
    assert np.array_equal(np.vstack([small.encode([text], "kk") for text in TEXTS[:4]]), before)


def test_text_vector_is_the_weighted_sum_of_word_vectors_by_hand():
    weights = make_weights()
    expected = np.zeros(16)
    for word in ("pompeo", "keldi"):
        rows = [number % ROWS for number in ngram_hashes([word], 3, 6, prefix=9)[0]]
        vector = sum(unpacked(weights.table)[row] * weights.scale for row in rows) / np.sqrt(len(rows))
        vector /= np.sqrt(np.linalg.norm(vector))
        weight = weights.rarity[word_hash(word) % 32] * np.exp(np.mean(weights.log_weight[rows]))
        expected += weight * vector
    got = NgramEncoder(weights).encode(["Помпео келді!"], "kk")[0]
    np.testing.assert_allclose(got, expected / np.linalg.norm(expected), atol=0.005)


def test_weight_of_a_word_is_rarity_times_what_was_learned():
    weights = dataclasses.replace(make_weights(), log_weight=np.full(ROWS, np.log(2), np.float32))
    bucket = word_hash("almaty") % 32
    np.testing.assert_allclose(NgramEncoder(weights).word_weights(["almaty"]), [2 * weights.rarity[bucket]], rtol=1e-6)


def test_word_vectors_are_unit_rows_and_word_weights_positive(encoder):
    words = ["almaty", "2019", "a", "u.s"]
    np.testing.assert_allclose(np.linalg.norm(encoder.word_vectors(words), axis=1), 1, atol=1e-6)
    assert encoder.word_vectors(words).dtype == encoder.word_weights(words).dtype == np.float32
    assert (encoder.word_weights(words) > 0).all()


def test_hubness_is_that_of_the_language_and_usual_where_nothing_is_known():
    hubs = np.zeros((2, 32), np.uint8)
    hubs[0, word_hash("almaty") % 32] = 51
    encoder = NgramEncoder(dataclasses.replace(make_weights(), hubs=hubs))
    assert encoder.word_hubness(["almaty"], "kk").tolist() == pytest.approx([0.2])
    assert encoder.word_hubness(["almaty"], "en").tolist() == pytest.approx([0.3])
    assert encoder.word_hubness([], "en").shape == (0,)


def test_four_bits_lose_little_of_a_table():
    table = np.random.default_rng(1).standard_normal((4000, 8)).astype(np.float32)
    packed, scale = quantise(table)
    assert packed.shape == (4000, 4) and packed.dtype == np.uint8
    assert np.mean((unpacked(packed) * scale - table) ** 2) < 0.013


def test_weights_of_an_earlier_format_are_refused(tmp_path):
    make_weights().write(tmp_path)
    config = (tmp_path / "encoder.json").read_text().replace('"format": 2', '"format": 1')
    (tmp_path / "encoder.json").write_text(config)
    with pytest.raises(ModelUnavailableError, match="format 1, expected 2: train it again"):
        NgramEncoder.load(tmp_path)


def test_written_weights_read_back_equal(tmp_path):
    make_weights().write(tmp_path)
    back = EncoderWeights.read(tmp_path)
    assert np.array_equal(back.table, make_weights().table)
    assert np.array_equal(NgramEncoder(back).encode(TEXTS, "kk"), NgramEncoder(make_weights()).encode(TEXTS, "kk"))
    assert back.signature.startswith("tiny@")


def test_signature_follows_the_weights(tmp_path):
    make_weights().write(tmp_path)
    before = NgramEncoder.load(tmp_path).signature
    dataclasses.replace(make_weights(), rarity=np.ones(32, np.float32)).write(tmp_path)
    assert NgramEncoder.load(tmp_path).signature != before


@pytest.mark.parametrize("content", [None, b"", b"\x08\0\0\0\0\0\0\0{}      "], ids=["absent", "empty", "no arrays"])
def test_unreadable_weights_name_the_folder(tmp_path, content):
    make_weights().write(tmp_path)
    (tmp_path / "model.safetensors").unlink()
    if content is not None:
        (tmp_path / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelUnavailableError, match="no encoder can be read there"):
        NgramEncoder.load(tmp_path)


def test_compiled_sums_of_the_table_are_those_of_its_twin():
    rng = np.random.default_rng(3)
    table = rng.integers(1, 16, (50, 16), np.uint8) | (rng.integers(1, 16, (50, 16), np.uint8) << np.uint8(4))
    rows = Ragged.of([rng.integers(0, 50, size).tolist() for size in rng.integers(1, 40, 60)])
    assert np.array_equal(table_sums_compiled(table, rows), table_sums(table, rows))
