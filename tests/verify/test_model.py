import json
from dataclasses import replace

import numpy as np
import pytest

from align.errors import ModelUnavailableError
from align.ports import Verifier
from align.types import Candidates
from align.verify.calibrate import Prior
from align.verify.features import FIRST, SECOND, THIRD
from align.verify.logistic import Logistic
from align.verify.model import BUNDLED_VERIFIER, LogisticVerifier
from align.verify.weights import VerifierWeights

KK = ["Президент келді", "Сайлау", "Қытай"]
EN = ["The president arrived", "Something else", "Election"]


def model(names, **coefficients):
    values = np.array([coefficients.get(name, 0.0) for name in names])
    return Logistic(-4.0, values, np.zeros(len(names)), np.ones(len(names)))


@pytest.fixture
def weights():
    first, second = model(FIRST, cosine=8.0), model(SECOND, cosine=8.0)
    third = model(THIRD, second_score=1.0, neighbours_link=4.0)
    return VerifierWeights(first, second, third, Prior(0.5, 3.0, 1.0), Prior(0.4, 2.0, 1.5), {"pairs": 7})


@pytest.fixture
def verifier(weights, encoder):
    return LogisticVerifier(weights, encoder)


def test_verifier_keeps_the_port(verifier):
    assert isinstance(verifier, Verifier)


def test_counterparts_are_the_most_probable(verifier, make_side, all_pairs):
    source, target = make_side(KK, "kk"), make_side(EN, "en")
    judgement = verifier.judge(all_pairs(source, target), source, target)
    p = judgement.probabilities.reshape(3, 3)
    assert p.dtype == np.float32
    assert p.argmax(axis=1)[:2].tolist() == [0, 2]
    assert p[0, 0] > 0.5 > p[0, 1]
    assert 0 < judgement.share < 1


def test_documents_are_judged_by_the_third_look(verifier, make_side, all_pairs):
    lines = make_side(KK, "kk"), make_side(EN, "en")
    documents = make_side(KK, "kk", [0, 0, 0]), make_side(EN, "en", [0, 0, 0])
    plain = verifier.judge(all_pairs(*lines), *lines)
    told = verifier.judge(all_pairs(*documents), *documents)
    assert not np.allclose(plain.probabilities, told.probabilities)


def test_no_candidates_give_no_probabilities(verifier, make_side):
    nothing = Candidates(*(np.empty(0, np.int64),) * 2, *(np.empty(0, np.float32),) * 4)
    side = make_side(KK, "kk")
    judgement = verifier.judge(nothing, side, side)
    assert (len(judgement.probabilities), judgement.share) == (0, 0.0)


@pytest.mark.parametrize("sizes", [(1, 1), (1, 3), (3, 1), (2, 3)])
def test_tiny_sides_are_judged(verifier, make_side, all_pairs, sizes):
    source, target = make_side(KK[: sizes[0]], "kk"), make_side(EN[: sizes[1]], "en")
    p = verifier.judge(all_pairs(source, target), source, target).probabilities
    assert p.shape == (sizes[0] * sizes[1],)
    assert ((p >= 0) & (p <= 1)).all()


def test_weights_come_back_from_their_file(weights, tmp_path, encoder, make_side, all_pairs):
    weights.write(tmp_path / "verifier.json")
    again = VerifierWeights.read(tmp_path / "verifier.json")
    assert again.signature == weights.signature
    assert again.training == {"pairs": 7}
    source, target = make_side(KK, "kk"), make_side(EN, "en")
    found = all_pairs(source, target)
    before, after = (LogisticVerifier(each, encoder).judge(found, source, target) for each in (weights, again))
    assert before.probabilities.tolist() == after.probabilities.tolist()


def test_signature_changes_with_a_coefficient_but_not_with_the_story_of_the_training(weights):
    other = VerifierWeights(
        model(FIRST, cosine=8.1),
        *(getattr(weights, name) for name in ("second", "third")),
        weights.lines,
        weights.documents,
    )
    retold = VerifierWeights(*(getattr(weights, name) for name in ("first", "second", "third", "lines", "documents")))
    assert other.signature != weights.signature == retold.signature


def test_scale_of_the_encoder_that_searched_makes_no_difference(verifier, make_side, all_pairs):
    source, target = make_side(KK, "kk"), make_side(EN, "en")
    found = all_pairs(source, target)
    # Cosines of a multilingual E5 lie between .7 and .9; their order is the same.
    narrow = replace(
        found, similarity=0.8 + found.similarity / 10, cosine=0.8 + found.cosine / 10, margin=found.margin / 2
    )
    plain, other = (verifier.judge(each, source, target).probabilities for each in (found, narrow))
    assert plain.tolist() == other.tolist()


# what is wrong with the file, part of the message
BROKEN = [
    (None, "align train verifier"),
    ("not json", "not a verifier"),
    ("[]", "not a verifier"),
    ('{"format": 99}', "format 99"),
    ('{"format": 1}', "first_look"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_broken_weights_say_what_to_do(tmp_path, content, message):
    path = tmp_path / "verifier.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelUnavailableError, match=message):
        VerifierWeights.read(path)


def test_bundled_weights_are_readable_and_lean_the_right_way():
    bundled = VerifierWeights.read(BUNDLED_VERIFIER)
    record = json.loads(BUNDLED_VERIFIER.read_text(encoding="utf-8"))
    assert list(record["third_look"]["features"]) == list(THIRD)
    second = dict(zip(SECOND, bundled.second.coefficients, strict=True))
    assert second["first_score"] > 0
    assert second["gap_among_targets"] > 0
    assert second["amounts_conflicting"] < 0
    assert dict(zip(THIRD, bundled.third.coefficients, strict=True))["neighbours_link"] > 0
