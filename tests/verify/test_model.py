import json
from dataclasses import replace

import numpy as np
import pytest

from align.errors import ModelUnavailableError
from align.ports import Verifier
from align.sides import Side
from align.types import Candidates
from align.verify.decoys import Decoys
from align.verify.experts import COLUMNS, Experts
from align.verify.logistic import Logistic
from align.verify.model import BUNDLED_DECOYS, BUNDLED_VERIFIER, LogisticVerifier
from align.verify.relation import CLASH, OVERLAP, RelationModel
from align.verify.share import Prior, Sparse
from align.verify.weights import VerifierWeights

KK = ["Президент келді", "Сайлау", "Қытай"]
EN = ["The president arrived", "Something else", "Election"]


def model(names, **coefficients):
    values = np.array([coefficients.get(name, 0.0) for name in names])
    return Logistic(-4.0, values, np.zeros(len(names)), np.ones(len(names)))


@pytest.fixture
def weights():
    models = {
        "report": model(COLUMNS["report"], cosine=8.0, best_beside=6.0),
        "comparable": model(COLUMNS["comparable"], cosine=8.0),
        "translation": model(COLUMNS["translation"], cosine=8.0, gap_to_source_rival=1.0),
    }
    return VerifierWeights(
        Experts(models, 0.4, 0.05, 0.6), Prior(0.5, 4.0), Sparse(-2.0, 0.5, 0.5, 0.06), training={"pairs": 7}
    )


@pytest.fixture
def decoys(encoder):
    return Decoys(encoder.encode(["бір", "екі"], "kk"), encoder.encode(["one", "two"], "en"))


@pytest.fixture
def verifier(weights, encoder, decoys):
    return LogisticVerifier(weights, encoder, decoys)


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


def test_documents_are_judged_by_another_expert(verifier, make_side, all_pairs):
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


def test_what_cannot_be_a_pair_is_refused_with_the_reason(verifier, make_side, all_pairs):
    kk, en = ["Президент келді", "Election", "..."], ["The president arrived", "election."]
    source, target = make_side(kk, "kk"), make_side(en, "en")
    judgement = verifier.judge(all_pairs(source, target), source, target)
    assert judgement.refused[3] == "copy"
    assert judgement.refused[4] == judgement.refused[5] == "no words"
    assert judgement.probabilities[list(judgement.refused)].max() <= 0.05


def test_a_pair_gets_about_the_same_alone_and_in_company(verifier, make_side, all_pairs):
    alone, together = (
        verifier.judge(all_pairs(*sides), *sides).probabilities[0]
        for sides in (
            (make_side(KK[:1], "kk"), make_side(EN[:1], "en")),
            (make_side(KK, "kk"), make_side(EN, "en")),
        )
    )
    assert alone == pytest.approx(together, abs=0.15)


def test_weights_come_back_from_their_file(weights, tmp_path, encoder, decoys, make_side, all_pairs):
    relation = RelationModel(model(OVERLAP, less_covered=2.0), model(CLASH, number=1.0))
    replace(weights, relation=relation).write(tmp_path / "verifier.json")
    again = VerifierWeights.read(tmp_path / "verifier.json")
    assert again.signature == weights.signature
    assert again.training == {"pairs": 7}
    assert again.relation.same.intercept == -4.0
    source, target = make_side(KK, "kk"), make_side(EN, "en")
    found = all_pairs(source, target)
    before, after = (LogisticVerifier(each, encoder, decoys).judge(found, source, target) for each in (weights, again))
    assert before.probabilities.tolist() == after.probabilities.tolist()


def test_signature_changes_with_a_coefficient_but_not_with_the_story_of_the_training(weights):
    other = replace(weights, sparse=Sparse(-2.1, 0.5, 0.5, 0.06))
    assert other.signature != weights.signature == replace(weights, training={}).signature


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
    ('{"format": 2}', "experts"),
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
    assert set(record["experts"]) == set(COLUMNS)
    report, translation = (
        dict(zip(COLUMNS[name], bundled.experts.models[name].coefficients, strict=True))
        for name in ("report", "translation")
    )
    assert report["amounts_conflicting"] < 0 < report["dates_matched"]
    assert report["best_beside"] + report["support_beside"] > 0
    assert translation["gap_to_source_rival"] + translation["late_gap_to_source"] > 0
    assert bundled.relation is not None
    assert len(Decoys.read(BUNDLED_DECOYS).kk) == record["training"]["decoys"]


def test_facts_are_read_only_where_they_may_decide(verifier, make_side, all_pairs, monkeypatch):
    source, target = make_side(KK, "kk"), make_side(EN, "en")
    read = set()
    counted = Side.counted_facts
    monkeypatch.setattr(Side, "counted_facts", lambda side, row: read.add((side.lang, row)) or counted(side, row))
    verifier.judge(all_pairs(source, target), source, target)
    # Nothing is like the third line of either side, and these experts hear nothing from facts.
    assert ("kk", 0) in read and ("kk", 2) not in read
    assert verifier._weights.experts.most_of_facts(0.5, documents=False) == 0
    assert verifier._weights.experts.most_of_facts(0.5, documents=True) == np.inf
