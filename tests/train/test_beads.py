import numpy as np
import pytest

from align.errors import InputError
from align.monotone.moves import moves_of
from align.monotone.weights import BeadWeights
from align.pairing.weights import PairingWeights
from align.train.beads import BeadTraining, train_beads, true_path
from align.train.made_documents import MadeDocument, Making, make_document
from align.train.pairing import make_collection, train_pairing

WORDS = "alma bala dala qala nan tas su jer kok tau kun ay ot jel qar shop at qoy qus balyq jol uy esik teres".split()
ENGLISH = dict(
    zip(WORDS, "apple child field city bread stone water land blue mountain sun moon fire wind".split(), strict=False)
)


def _rows(count, seed=0):
    rng = np.random.default_rng(seed)
    sentences = [[WORDS[word] for word in rng.integers(len(WORDS), size=10)] for _ in range(count)]
    return [(" ".join(each), " ".join(ENGLISH.get(word, word) for word in each)) for each in sentences]


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("pairs") / "pairs.tsv"
    path.write_text("".join(f"{kk}\t{en}\n" for kk, en in _rows(6500)), encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", range(5))
def test_made_documents_have_each_line_in_one_bead(seed):
    making = Making(deleted=0.2, merged=0.3, split=0.2, shifted=0.1, crossed=0.2)
    made = make_document(_rows(60), making, np.random.default_rng(seed))
    made = made.with_foreign(["x"] * 3, ["y"] * 2, before=len(made.beads) // 2)
    for side, lines in enumerate((made.sources, made.targets)):
        assert sorted(line for bead in made.beads for line in bead[side]) == list(range(len(lines)))
    assert [made.sources[bead[0][0]] for bead in made.beads if not bead[1]].count("x") == 3


@pytest.mark.parametrize("seed", range(5))
def test_a_path_passes_every_line(seed):
    made = make_document(_rows(60), Making(merged=0.3, split=0.2), np.random.default_rng(seed))
    path = true_path(made)
    moves = moves_of()
    assert sum(moves[number].sources for number, _, _ in path) == len(made.sources)
    assert sum(moves[number].targets for number, _, _ in path) == len(made.targets)


def test_a_path_that_no_steps_make_is_none():
    assert true_path(MadeDocument(("a", "b", "c"), ("a", "b", "c"), (((0,), (2,)), ((1,), (1,)), ((2,), (0,))))) is None


def test_the_same_pairs_give_the_same_weights_of_beads(table, tmp_path):
    settings = BeadTraining(documents=2, steps=1)
    first = train_beads(table, tmp_path / "a.json", settings=settings)
    train_beads(table, tmp_path / "b.json", settings=settings)
    assert (tmp_path / "a.json").read_text() == (tmp_path / "b.json").read_text()
    assert BeadWeights.read(tmp_path / "a.json").signature == first.signature


@pytest.mark.parametrize("shared", [1.0, 0.3])
def test_collections_pair_what_reports_one_event(shared):
    made = make_collection(_rows(400), 15, shared, np.random.default_rng(3))
    assert made.pairs and max(source for source, _ in made.pairs) < len(made.sources)
    assert len({target for _, target in made.pairs}) == len(made.pairs)


def test_weights_of_pairing_are_read_as_written(table, tmp_path, monkeypatch):
    monkeypatch.setattr("align.train.pairing._SIZES", ((8, 1),))
    fitted = train_pairing(table, tmp_path / "p.json")
    assert PairingWeights.read(tmp_path / "p.json").signature == fitted.signature


@pytest.mark.parametrize("train", [train_beads, train_pairing])
def test_too_few_pairs_are_refused(train, tmp_path):
    (tmp_path / "few.tsv").write_text("a b c\td e f\n", encoding="utf-8")
    with pytest.raises(InputError, match="holds out 0 pairs"):
        train(tmp_path / "few.tsv", tmp_path / "out.json")
