import numpy as np
import pytest

from align.errors import ModelUnavailableError
from align.pairing.document_rows import Documents
from align.pairing.features import FEATURES, see_pairs
from align.pairing.pairer import DocumentPairer, DocumentPairs, day_evidence
from align.pairing.weights import PairingWeights
from align.search.exact import ExactIndex
from align.search.flat import FlatIndex


def _unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _collections(documents, sentences=6, *, noise=0.5, seed=0, day=lambda number: np.nan):
    """Two collections of like documents, the second in the reverse order."""
    rng = np.random.default_rng(seed)
    kk = rng.normal(size=(documents, sentences, 96))
    en = (kk + noise * rng.normal(size=kk.shape))[::-1]
    number = np.repeat(np.arange(documents), sentences)
    days = np.array([day(each) for each in range(documents)], np.float64)
    flat = [_unit(side.reshape(-1, 96)) for side in (kk, en)]
    return Documents(flat[0], number, days), Documents(flat[1], number, days[::-1])


@pytest.mark.parametrize("documents", [2, 30])
@pytest.mark.parametrize("index", [ExactIndex, FlatIndex])
def test_documents_find_their_partners(documents, index):
    pairs = DocumentPairer.load(index=index).pair(*_collections(documents)).one_to_one().at_least(0.5)
    assert sorted(zip(pairs.source.tolist(), pairs.target.tolist(), strict=True)) == [
        (number, documents - 1 - number) for number in range(documents)
    ]
    assert list(pairs.probabilities) == sorted(pairs.probabilities, reverse=True)


def test_unrelated_documents_are_improbable():
    source, _ = _collections(20)
    _, target = _collections(20, seed=1)
    assert DocumentPairer.load().pair(source, target).probabilities.max() < 0.5


def test_an_empty_side_gives_no_pair():
    source, _ = _collections(3)
    nothing = Documents(np.zeros((0, 96), np.float32), np.zeros(0, np.int64), np.zeros(0))
    assert len(DocumentPairer.load().pair(source, nothing)) == 0


def test_a_document_without_a_sentence_is_in_no_pair():
    source, target = _collections(4)
    more = Documents(source.vectors, source.document, np.append(source.days, np.nan))
    assert 4 not in DocumentPairer.load().pair(more, target).at_least(0.5).source


def test_votes_by_hand():
    # Two documents of one sentence a side: each sentence is the other's nearest, and votes with cosine over the means
    # of its one nearest, which is 1: no vote beyond a neighbourhood that is itself.
    rows = np.eye(2, dtype=np.float32)
    documents = Documents(rows, np.array([0, 1]), np.full(2, np.nan))
    seen = see_pairs(documents, documents, ExactIndex)
    own = dict(zip(FEATURES, seen.features[0], strict=True))
    assert (seen.source[0], seen.target[0]) == (0, 0)
    assert own["voters"] == own["source_covered"] == own["mean_cosine"] == own["title_cosine"] == 1


DAYS = [
    ("the same day", 5, 5, 1),
    ("a day apart", 5, 6, 1),
    ("months apart", 5, 90, -1),
    ("one is not known", 5, np.nan, 0),
]


@pytest.mark.parametrize(("name", "one", "other", "sign"), DAYS, ids=[case[0] for case in DAYS])
def test_days_speak_for_near_and_against_far(name, one, other, sign):
    days = np.append(np.arange(100.0), [one, other])
    evidence = day_evidence((days, days), (np.array([100]), np.array([101])))
    assert np.sign(np.round(evidence[0], 1)) == sign


def test_days_say_nothing_in_a_collection_of_one_day():
    days = np.full(50, 7.0)
    assert day_evidence((days, days), (np.array([0]), np.array([1]))) == pytest.approx(0, abs=0.1)


def test_probability_of_pairs_is_looked_up():
    pairs = DocumentPairs(np.array([3, 0]), np.array([1, 2]), np.array([0.9, 0.4]))
    assert pairs.of(np.array([0, 3, 3]), np.array([2, 1, 2])).tolist() == [0.4, 0.9, 0.0]


def test_weights_are_read_as_written(tmp_path):
    weights = DocumentPairer.load().weights
    weights.write(tmp_path / "w.json")
    assert PairingWeights.read(tmp_path / "w.json").signature == weights.signature
    (tmp_path / "w.json").write_text("{}")
    with pytest.raises(ModelUnavailableError):
        PairingWeights.read(tmp_path / "w.json")
